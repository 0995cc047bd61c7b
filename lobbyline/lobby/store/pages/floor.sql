-- What the lobby manager's pages ask of the memory.

-- name: alerts_open
SELECT * FROM alert WHERE branch = :branch AND gone_at IS NULL ORDER BY id

-- name: alert
SELECT * FROM alert WHERE branch = :branch AND id = :id

-- name: raise_alert
INSERT INTO alert (branch, day, name, kind, level, facts, detail, since, raised_at)
VALUES (:branch, :day, :name, :kind, :level, :facts, :detail, :since, :at)

-- name: keep_alert
UPDATE alert SET kind = :kind, level = :level, facts = :facts, detail = :detail, taken_by = :taken_by,
    taken_at = :taken_at, done_by = :done_by, done_at = :done_at, gone_at = :gone_at
WHERE branch = :branch AND id = :id

-- name: alerts_of_day
SELECT * FROM alert WHERE branch = :branch AND day BETWEEN :first AND :last ORDER BY id

-- name: last_at_counter
-- When something last happened at a counter.
SELECT at FROM event WHERE branch = :branch AND counter = :counter ORDER BY id DESC LIMIT 1

-- name: strays
-- Those who wait again after a counter sent them to the right line.
SELECT ticket.number, ticket.service, max(event.at) AS at
FROM ticket JOIN event ON event.branch = ticket.branch AND event.ticket = ticket.id AND event.what = 'moved'
    AND event.counter IS NOT NULL
WHERE ticket.branch = :branch AND ticket.day = :day AND ticket.state = 'waiting' AND ticket.moves > 0
    AND NOT EXISTS (SELECT 1 FROM referral WHERE referral.branch = ticket.branch AND referral.ticket = ticket.id)
GROUP BY ticket.id, ticket.number, ticket.service

-- name: complaints_since
SELECT event.id, event.at, event.detail, ticket.number
FROM event LEFT JOIN ticket ON ticket.branch = event.branch AND ticket.id = event.ticket
WHERE event.branch = :branch AND event.what = 'complaint' AND event.at >= :since ORDER BY event.id

-- name: rating_due
-- The newest visit that ended at a counter, and whether it was rated.
SELECT ticket.id, ticket.number, ticket.ended_at, rating.level
FROM ticket LEFT JOIN rating ON rating.branch = ticket.branch AND rating.ticket = ticket.id
WHERE ticket.branch = :branch AND ticket.counter = :counter AND ticket.state = 'done' AND ticket.ended_at >= :since
ORDER BY ticket.ended_at DESC, ticket.id DESC LIMIT 1

-- name: add_rating
-- The first press counts.
INSERT INTO rating (ticket, branch, day, counter, level, at) VALUES (:ticket, :branch, :day, :counter, :level, :at)
ON CONFLICT (ticket, branch) DO NOTHING

-- name: ratings_low
SELECT ticket.number, rating.level, rating.counter, rating.at
FROM rating JOIN ticket ON ticket.branch = rating.branch AND ticket.id = rating.ticket
WHERE rating.branch = :branch AND rating.day = :day AND rating.level <= :level ORDER BY rating.at

-- name: add_referral
INSERT INTO referral (branch, day, ticket, counter, teller, was, service, at)
VALUES (:branch, :day, :ticket, :counter, :teller, :was, :service, :at)

-- name: referrals_of_day
-- Referrals of one day with when each was called to its desk.
SELECT referral.*, ticket.number, ticket.state,
    (SELECT min(event.at) FROM event
     WHERE event.branch = :branch AND event.ticket = referral.ticket AND event.what = 'called'
        AND event.at >= referral.at) AS picked_at
FROM referral JOIN ticket ON ticket.branch = referral.branch AND ticket.id = referral.ticket
WHERE referral.branch = :branch AND referral.day BETWEEN :first AND :last ORDER BY referral.id

-- name: keep_outcome
UPDATE referral SET outcome = :outcome, outcome_by = :by, outcome_at = :at
WHERE branch = :branch AND id = :id
