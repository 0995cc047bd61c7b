-- Every statement that the programs run, by name. A line that begins with "-- name:" opens one; the prose says what it is for.

-- name: draw_number
-- The next number of a queue today; rolls over after :top.
INSERT INTO sequence (branch, day, queue, last) VALUES (:branch, :day, :queue, 1)
ON CONFLICT (branch, day, queue) DO UPDATE SET last = CASE WHEN last >= :top THEN 1 ELSE last + 1 END
RETURNING last

-- name: number_in_use
-- Whether a number was drawn today already (after a roll-over the first thousand may still stand).
SELECT 1 FROM ticket WHERE branch = :branch AND day = :day AND number = :number

-- name: add_ticket
INSERT INTO ticket (branch, day, number, service, queue, segment, state, token, taken_at, arrived_at, promise, config)
VALUES (:branch, :day, :number, :service, :queue, :segment, 'waiting', :token, :taken_at, :arrived_at, :promise, :config)
RETURNING *

-- name: keep_ticket
-- The ticket after a move of its life.
UPDATE ticket SET service = :service, queue = :queue, segment = :segment, state = :state, step = :step,
    returned_at = :returned_at, called_at = :called_at, counter = :counter, calls = :calls, misses = :misses,
    ready = :ready, why = :why
WHERE id = :id

-- name: keep_ready
UPDATE ticket SET ready = :ready WHERE id = :id

-- name: count_overtaken
-- Everyone who came earlier, waits in a line of this counter and was passed by this call.
UPDATE ticket SET overtaken = overtaken + 1
WHERE branch = :branch AND day = :day AND state = 'waiting'
    AND (arrived_at, id) < (:arrived_at, :id) AND queue IN (SELECT value FROM json_each(:queues))

-- name: ticket
SELECT * FROM ticket WHERE id = :id

-- name: ticket_by_number
-- Today's ticket of this number.
SELECT * FROM ticket WHERE branch = :branch AND day = :day AND number = :number

-- name: ticket_by_token
SELECT * FROM ticket WHERE branch = :branch AND day = :day AND token = :token

-- name: tickets_waiting
SELECT * FROM ticket WHERE branch = :branch AND day = :day AND state = 'waiting' ORDER BY arrived_at, id

-- name: tickets_at_counters
SELECT * FROM ticket WHERE branch = :branch AND state IN ('called', 'serving')

-- name: ticket_at_counter
SELECT * FROM ticket WHERE branch = :branch AND state IN ('called', 'serving') AND counter = :counter

-- name: taken_today
-- How many tickets a service gave today, for its daily limit.
SELECT count(*) AS taken FROM ticket WHERE branch = :branch AND day = :day AND service = :service

-- name: last_event
SELECT id, hash FROM event WHERE branch = :branch ORDER BY id DESC LIMIT 1

-- name: add_event
INSERT INTO event (branch, id, at, what, ticket, counter, who, config, detail, hash)
VALUES (:branch, :id, :at, :what, :ticket, :counter, :who, :config, :detail, :hash)

-- name: events
-- The chain from an event on, a page at a time.
SELECT * FROM event WHERE branch = :branch AND id > :after ORDER BY id LIMIT :most

-- name: events_of_ticket
SELECT * FROM event WHERE ticket = :ticket ORDER BY id

-- name: newest_calls
SELECT event.id, event.at, event.what, event.counter, ticket.number
FROM event JOIN ticket ON ticket.id = event.ticket
WHERE event.branch = :branch AND event.what IN ('called', 'recalled') AND event.at >= :since
ORDER BY event.id DESC LIMIT :most

-- name: calls_since
SELECT event.id, event.at, event.what, event.counter, ticket.number
FROM event JOIN ticket ON ticket.id = event.ticket
WHERE event.branch = :branch AND event.what IN ('called', 'recalled') AND event.id > :after
ORDER BY event.id

-- name: help_since
SELECT id, at FROM event WHERE branch = :branch AND what = 'help' AND at >= :since ORDER BY id DESC

-- name: counters
SELECT * FROM counter WHERE branch = :branch

-- name: counter
SELECT * FROM counter WHERE branch = :branch AND number = :number

-- name: keep_counter
INSERT INTO counter (branch, number, state, teller, since) VALUES (:branch, :number, :state, :teller, :since)
ON CONFLICT (branch, number) DO UPDATE SET state = :state, teller = :teller, since = :since

-- name: controls
SELECT name, person FROM control WHERE ticket = :ticket

-- name: add_control
INSERT INTO control (ticket, name, person, at) VALUES (:ticket, :name, :person, :at)
ON CONFLICT (ticket, name) DO UPDATE SET person = :person, at = :at

-- name: request
SELECT what, answer FROM request WHERE branch = :branch AND key = :key

-- name: keep_request
INSERT INTO request (branch, key, at, what, answer) VALUES (:branch, :key, :at, :what, :answer)

-- name: add_print_job
INSERT INTO print_job (branch, printer, ticket, copy, slip, state, at)
VALUES (:branch, :printer, :ticket, :copy, :slip, 'queued', :at) RETURNING *

-- name: print_jobs
-- Jobs of one printer in one state, oldest first.
SELECT * FROM print_job WHERE branch = :branch AND printer = :printer AND state = :state ORDER BY id LIMIT :most

-- name: print_jobs_of_ticket
SELECT * FROM print_job WHERE ticket = :ticket ORDER BY copy DESC

-- name: doubtful_prints
-- Papers nobody knows of: a person decides whether to print them again.
SELECT ticket.number, print_job.at FROM print_job JOIN ticket ON ticket.id = print_job.ticket
WHERE print_job.branch = :branch AND print_job.state = 'unknown' AND ticket.day = :day
    AND print_job.copy = (SELECT max(copy) FROM print_job AS copies WHERE copies.ticket = print_job.ticket)
ORDER BY print_job.id DESC

-- name: keep_print_job
UPDATE print_job SET state = :state, fence = :fence, note = :note, at = :at WHERE id = :id

-- name: keep_answer
INSERT INTO answer (ticket, form, sealed, at) VALUES (:ticket, :form, :sealed, :at)
ON CONFLICT (ticket, form) DO UPDATE SET sealed = :sealed, at = :at

-- name: answers
SELECT form, sealed FROM answer WHERE ticket = :ticket ORDER BY form

-- name: forget_answers
DELETE FROM answer WHERE ticket = :ticket

-- name: forget_old_answers
-- Answers of earlier days go, whatever became of their tickets.
DELETE FROM answer WHERE ticket IN (SELECT id FROM ticket WHERE branch = :branch AND day < :day)

-- name: devices
SELECT * FROM device WHERE branch = :branch ORDER BY kind, name

-- name: device
SELECT * FROM device WHERE branch = :branch AND name = :name

-- name: keep_device
INSERT INTO device (branch, name, kind, state, sentence, face, at)
VALUES (:branch, :name, :kind, :state, :sentence, :face, :at)
ON CONFLICT (branch, name) DO UPDATE SET kind = :kind, state = :state, sentence = :sentence, face = :face, at = :at

-- name: bookmark
SELECT last FROM reader WHERE branch = :branch AND name = :name

-- name: turn_page
INSERT INTO reader (branch, name, last) VALUES (:branch, :name, :last)
ON CONFLICT (branch, name) DO UPDATE SET last = :last
