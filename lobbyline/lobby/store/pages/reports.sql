-- What reports are reckoned from: one row for each visit, with the moments of its life.

-- name: progress_between
-- How many numbers of each day were drawn, are dealt with and were rated.
SELECT ticket.day, count(*) AS drawn, count(rating.ticket) AS rated,
    count(CASE WHEN ticket.state IN ('done', 'missed', 'abandoned', 'void') THEN 1 END) AS ended
FROM ticket LEFT JOIN rating ON rating.branch = ticket.branch AND rating.ticket = ticket.id
WHERE ticket.branch = :branch AND ticket.day BETWEEN :first AND :last AND ticket.state <> 'booked'
GROUP BY ticket.day

-- name: past_days
-- Days as they were reckoned when they were over.
SELECT day, drawn, rated, visits, used, diverted FROM past_day
WHERE branch = :branch AND day BETWEEN :first AND :last

-- name: past_days_marked
-- Of how much of each day this was.
SELECT day, drawn, rated FROM past_day WHERE branch = :branch

-- name: keep_past_day
INSERT INTO past_day (branch, day, drawn, rated, visits, used, diverted)
VALUES (:branch, :day, :drawn, :rated, :visits, :used, :diverted)
ON CONFLICT (branch, day) DO UPDATE
SET drawn = :drawn, rated = :rated, visits = :visits, used = :used, diverted = :diverted

-- name: visits_between
-- Every visit of some days, under one version of the files where it is named, by arrival; appointments that nobody came
-- to are none. Moments are the first or the last of their kind.
SELECT ticket.id, ticket.day, ticket.number, ticket.service, ticket.queue, ticket.segment, ticket.state, ticket.counter,
    ticket.arrived_at, ticket.ended_at, ticket.misses, ticket.moves, rating.level,
    min(CASE WHEN event.what = 'called' THEN event.at END) AS first_called,
    max(CASE WHEN event.what = 'called' THEN event.at END) AS last_called,
    max(CASE WHEN event.what = 'greet' THEN event.at END) AS greeted,
    max(CASE WHEN event.what = 'ask' THEN event.at END) AS asked,
    max(CASE WHEN event.what = 'operate' THEN event.at END) AS operated,
    max(CASE WHEN event.what = 'confirm' THEN event.at END) AS confirmed,
    min(CASE WHEN event.what = 'taken' THEN CAST(event.detail ->> 'expected' AS DOUBLE PRECISION) END) AS told,
    min(CASE WHEN event.what = 'filled' THEN event.at END) AS filled,
    min(CASE WHEN event.what = 'moved' AND event.counter IS NOT NULL THEN event.at END) AS sent_on,
    min(CASE WHEN event.what = 'referred' THEN event.at END) AS referred,
    min(CASE WHEN event.what = 'intake' THEN event.at END) AS handed_in,
    max(CASE WHEN event.what IN ('passed', 'returned') THEN event.at END) AS reviewed,
    sum(CASE WHEN event.what = 'returned' THEN 1 ELSE 0 END) AS sent_back
FROM ticket
LEFT JOIN event ON event.branch = ticket.branch AND event.ticket = ticket.id
LEFT JOIN rating ON rating.branch = ticket.branch AND rating.ticket = ticket.id
WHERE ticket.branch = :branch AND ticket.day BETWEEN :first AND :last AND ticket.state <> 'booked'
    AND :version IN ('', ticket.config)
GROUP BY ticket.branch, ticket.id, rating.level ORDER BY ticket.arrived_at, ticket.id

-- name: days_under
-- The latest days on which numbers were drawn under one version of the files.
SELECT DISTINCT day FROM ticket WHERE branch = :branch AND config = :version AND state <> 'booked'
ORDER BY day DESC LIMIT :most

-- name: moments_between
-- When counters opened, paused and closed, who waited and who was served: each kind by an index of its own. The line is
-- the event's own, where it names one, else the last that the ticket stood in.
SELECT event.id, event.at, event.what, event.counter, event.ticket, ticket.service, ticket.queue,
    CASE WHEN event.what IN ('taken', 'moved', 'referred') THEN event.detail END AS line
FROM ticket JOIN event ON event.branch = ticket.branch AND event.ticket = ticket.id
WHERE ticket.branch = :branch AND ticket.day BETWEEN :first AND :last AND event.at >= :since AND event.at < :until
    AND event.what IN ('taken', 'arrived', 'called', 'restored', 'moved', 'recognised', 'referred', 'passed', 'returned',
    'done', 'missed', 'held', 'intake', 'abandoned', 'void')
UNION ALL
SELECT id, at, what, counter, NULL, NULL, NULL, NULL FROM event
WHERE branch = :branch AND at >= :since AND at < :until AND what IN ('open', 'paused', 'closed', 'diverted')
ORDER BY at, id

-- name: calls_before
-- Calls of a day's numbers that came later than one, until it was called itself.
SELECT event.at, event.counter, event.detail, ticket.number, ticket.arrived_at
FROM ticket JOIN event ON event.branch = ticket.branch AND event.ticket = ticket.id
WHERE ticket.branch = :branch AND ticket.day = :day AND ticket.arrived_at > :arrived AND event.what = 'called'
    AND event.at < :until
ORDER BY event.id
