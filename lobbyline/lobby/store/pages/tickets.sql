-- The tickets of a day, and what the rule asks of them.

-- name: newest_number
-- The last number that a line gave today, while all of them have as many digits (a colon follows the nine).
SELECT max(number) AS last FROM ticket
WHERE branch = :branch AND day = :day AND number > :queue AND number < :queue || ':'

-- name: highest_number
-- The highest number that a line gave today, however many digits each has: all of them are looked at.
SELECT max(CAST(substr(number, 2) AS INTEGER)) AS last FROM ticket
WHERE branch = :branch AND day = :day AND number > :queue AND number < :queue || ':'

-- name: numbers_drawn
-- Every number that a line gave today.
SELECT number FROM ticket WHERE branch = :branch AND day = :day AND number > :queue AND number < :queue || ':'

-- name: add_ticket
INSERT INTO ticket (branch, id, day, number, service, queue, segment, state, token, taken_at, arrived_at, booked_for,
    config)
VALUES (:branch, :id, :day, :number, :service, :queue, :segment, :state, :token, :taken_at, :arrived_at, :booked_for,
    :config)

-- name: keep_ticket
-- The ticket after a move of its life.
UPDATE ticket SET service = :service, queue = :queue, segment = :segment, state = :state, step = :step,
    taken_at = :taken_at, returned_at = :returned_at, called_at = :called_at, counter = :counter, calls = :calls,
    misses = :misses, moves = :moves, ready = :ready, why = :why, ended_at = :ended_at
WHERE branch = :branch AND id = :id

-- name: keep_ready
UPDATE ticket SET ready = :ready WHERE branch = :branch AND id = :id

-- name: set_back
-- Everyone who came earlier and waits for something that this counter does waits for the work of this call, too.
UPDATE ticket SET set_back = set_back + :seconds
WHERE branch = :branch AND day = :day AND state = 'waiting'
    AND (arrived_at, id) < (:arrived_at, :id) AND queue IN (SELECT value FROM json_each(:queues))
    AND service IN (SELECT value FROM json_each(:services))

-- name: tickets_of_day
-- Everybody who came on one day, by arrival.
SELECT * FROM ticket WHERE branch = :branch AND day = :day ORDER BY arrived_at, id

-- name: ticket_days
-- The days on which somebody came, newest first.
SELECT DISTINCT day FROM ticket WHERE branch = :branch AND day < :day ORDER BY day DESC LIMIT :most

-- name: served_in
-- Minutes of the finished visits of some days, by service; a visit far over its time was a pause, not a job.
SELECT service, count(*) AS visits, avg((ended_at - called_at) / 60e6) AS minutes FROM ticket
WHERE branch = :branch AND day IN (SELECT value FROM json_each(:days)) AND state = 'done' AND called_at IS NOT NULL
    AND ended_at BETWEEN called_at + 20e6 AND called_at + 7200e6
GROUP BY service

-- name: told_in
-- What those who came on some days were told, and how long it was until they were called first.
SELECT ticket.queue, min(CAST(taken.detail ->> 'expected' AS DOUBLE PRECISION)) AS expected,
    (min(called.at) - min(taken.at)) / 60e6 AS came
FROM ticket
JOIN event AS taken ON taken.branch = ticket.branch AND taken.ticket = ticket.id AND taken.what = 'taken'
JOIN event AS called ON called.branch = ticket.branch AND called.ticket = ticket.id AND called.what = 'called'
WHERE ticket.branch = :branch AND ticket.day IN (SELECT value FROM json_each(:days))
    AND taken.detail ->> 'expected' IS NOT NULL
GROUP BY ticket.id, ticket.queue

-- name: ticket_by_number
-- Today's ticket of this number.
SELECT * FROM ticket WHERE branch = :branch AND day = :day AND number = :number

-- name: ticket_by_token
-- Today's ticket of this code, found among the numbers of the day.
SELECT * FROM ticket WHERE branch = :branch AND day = :day AND token = :token

-- name: tickets_waiting
SELECT * FROM ticket WHERE branch = :branch AND day = :day AND state = 'waiting' ORDER BY arrived_at, id

-- name: tickets_at_counters
-- Whom the counters serve.
SELECT * FROM ticket WHERE branch = :branch AND state IN ('called', 'serving')

-- name: tickets_open
-- Today's tickets in one of the states aside from the line, in the order they were drawn.
SELECT * FROM ticket
WHERE branch = :branch AND day = :day AND state IN ('booked', 'review', 'held', 'missed') AND state = :state
ORDER BY id

-- name: tickets_left
-- What a day (and those before it) leaves unfinished; missed tickets have their outcome.
SELECT * FROM ticket WHERE branch = :branch AND day <= :day AND state = 'waiting'
UNION ALL SELECT * FROM ticket
WHERE branch = :branch AND day <= :day AND state IN ('booked', 'review', 'held', 'missed') AND state <> 'missed'
UNION ALL SELECT * FROM ticket WHERE branch = :branch AND day <= :day AND state IN ('called', 'serving')

-- name: outcomes
-- How many tickets of a day are in each state.
SELECT state, count(*) AS tickets FROM ticket WHERE branch = :branch AND day = :day GROUP BY state

-- name: calls_counted
-- How many calls there were on a day, again or not.
SELECT coalesce(sum(calls), 0) AS calls FROM ticket WHERE branch = :branch AND day = :day

-- name: booked_at
-- How many appointments are booked for one time.
SELECT count(*) AS booked FROM ticket
WHERE branch = :branch AND day = :day AND state IN ('booked', 'review', 'held', 'missed') AND state = 'booked'
    AND booked_for = :booked_for

-- name: called_since_miss
-- Numbers of its line that were called after a ticket was missed last.
SELECT count(*) AS called FROM event JOIN ticket ON ticket.branch = event.branch AND ticket.id = event.ticket
WHERE event.branch = :branch AND event.what = 'called' AND ticket.day = :day AND ticket.queue = :queue
    AND event.id > (SELECT max(id) FROM event AS missed
        WHERE missed.branch = :branch AND missed.ticket = :ticket AND missed.what = 'missed')

-- name: worked_on
-- Everyone who did something to a ticket at a counter.
SELECT DISTINCT who FROM event
WHERE branch = :branch AND ticket = :ticket AND what IN ('called', 'greet', 'ask', 'operate', 'confirm', 'intake')

-- name: taken_today
-- How many tickets a service gave today, for its daily limit.
SELECT count(*) AS taken FROM ticket WHERE branch = :branch AND day = :day AND service = :service
