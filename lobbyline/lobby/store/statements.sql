-- Every statement that the programs run, by name. A line that begins with "-- name:" opens one; the prose says what it is for.

-- name: newest_number
-- The highest number that a line gave today (a colon follows the nine).
SELECT max(CAST(substr(number, 2) AS INTEGER)) AS last FROM ticket
WHERE branch = :branch AND day = :day AND number > :queue AND number < :queue || ':'

-- name: numbers_drawn
-- Every number that a line gave today.
SELECT number FROM ticket WHERE branch = :branch AND day = :day AND number > :queue AND number < :queue || ':'

-- name: standing
-- Where the branch stands: the end of its chain, the newest number that anything ever happened to (an erased one stands
-- in the chain for ever, so that no id is used twice), and the version that was applied last, or gone back to.
SELECT event.id, event.at, event.hash, stage.id AS step, stage.hash AS version,
    (SELECT ticket FROM event WHERE branch = :branch AND ticket IS NOT NULL ORDER BY ticket DESC LIMIT 1) AS newest_ticket
FROM (SELECT 1 AS here) AS branch
LEFT JOIN (SELECT id, at, hash FROM event WHERE branch = :branch ORDER BY id DESC LIMIT 1) AS event ON true
LEFT JOIN (SELECT id, hash FROM version_stage WHERE branch = :branch AND stage IN ('trial', 'back')
    ORDER BY id DESC LIMIT 1) AS stage ON true

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

-- name: ticket
SELECT * FROM ticket WHERE branch = :branch AND id = :id

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

-- name: add_event
INSERT INTO event (branch, id, at, what, ticket, counter, who, config, detail, hash)
VALUES (:branch, :id, :at, :what, :ticket, :counter, :who, :config, :detail, :hash)

-- name: events
-- The chain from an event on, a page at a time.
SELECT * FROM event WHERE branch = :branch AND id > :after ORDER BY id LIMIT :most

-- name: events_of_ticket
SELECT * FROM event WHERE branch = :branch AND ticket = :ticket ORDER BY id

-- name: newest_calls
SELECT event.id, event.at, event.what, event.counter, ticket.number
FROM event JOIN ticket ON ticket.branch = event.branch AND ticket.id = event.ticket
WHERE event.branch = :branch AND event.what IN ('called', 'recalled') AND event.at >= :since
ORDER BY event.id DESC LIMIT :most

-- name: latest_calls
-- What was noted of the newest first calls, newest first.
SELECT detail FROM event
WHERE branch = :branch AND what IN ('called', 'recalled') AND what = 'called' ORDER BY id DESC LIMIT :most

-- name: calls_since
SELECT event.id, event.at, event.what, event.counter, ticket.number
FROM event JOIN ticket ON ticket.branch = event.branch AND ticket.id = event.ticket
WHERE event.branch = :branch AND event.what IN ('called', 'recalled') AND event.id > :after
ORDER BY event.id

-- name: help_since
SELECT id, at FROM event WHERE branch = :branch AND what = 'help' AND at >= :since ORDER BY id DESC

-- name: counters
SELECT * FROM counter WHERE branch = :branch

-- name: keep_counter
INSERT INTO counter (branch, number, state, teller, since) VALUES (:branch, :number, :state, :teller, :since)
ON CONFLICT (branch, number) DO UPDATE SET state = :state, teller = :teller, since = :since

-- name: controls
SELECT name, person FROM control WHERE branch = :branch AND ticket = :ticket

-- name: add_control
INSERT INTO control (branch, ticket, name, person, at) VALUES (:branch, :ticket, :name, :person, :at)
ON CONFLICT (branch, ticket, name) DO UPDATE SET person = :person, at = :at

-- name: request
SELECT what, answer FROM request WHERE branch = :branch AND key = :key

-- name: request_answered
SELECT key FROM request WHERE branch = :branch AND what = :what AND answer = :answer

-- name: keep_request
INSERT INTO request (branch, key, at, what, answer) VALUES (:branch, :key, :at, :what, :answer)

-- name: sweep_requests
-- Nobody repeats a request after days.
DELETE FROM request WHERE branch = :branch AND at < :before

-- name: hand_in
-- Papers of a ticket go to the back office.
INSERT INTO review (branch, ticket, maker, counter, handed_at) VALUES (:branch, :ticket, :maker, :counter, :at)

-- name: reviews_open
-- What lies in the back office, oldest first.
SELECT review.*, ticket.number FROM review JOIN ticket ON ticket.branch = review.branch AND ticket.id = review.ticket
WHERE review.branch = :branch AND review.outcome = '' ORDER BY review.handed_at, review.id

-- name: review_of
-- The open review of a ticket.
SELECT review.*, ticket.number FROM review JOIN ticket ON ticket.branch = review.branch AND ticket.id = review.ticket
WHERE review.branch = :branch AND review.ticket = :ticket AND review.outcome = ''

-- name: review
SELECT review.*, ticket.number FROM review JOIN ticket ON ticket.branch = review.branch AND ticket.id = review.ticket
WHERE review.branch = :branch AND review.id = :id

-- name: reviews_of
-- Every review a ticket went through.
SELECT review.*, ticket.number FROM review JOIN ticket ON ticket.branch = review.branch AND ticket.id = review.ticket
WHERE review.branch = :branch AND review.ticket = :ticket ORDER BY review.id

-- name: keep_review
UPDATE review SET reviewer = :reviewer, begun_at = :begun_at, ended_at = :ended_at, outcome = :outcome,
    reason = :reason
WHERE branch = :branch AND id = :id

-- name: add_voucher
INSERT INTO voucher (branch, kind, serial, state, holder, at) VALUES (:branch, :kind, :serial, 'stock', '', :at)
ON CONFLICT DO NOTHING RETURNING serial

-- name: pass_vouchers
-- Stock from one holder to another.
UPDATE voucher SET holder = :receiver, at = :at
WHERE branch = :branch AND kind = :kind AND serial BETWEEN :first AND :last AND state = 'stock' AND holder = :holder

-- name: void_vouchers
UPDATE voucher SET state = 'void', at = :at
WHERE branch = :branch AND kind = :kind AND serial BETWEEN :first AND :last AND state = 'stock' AND holder = :holder

-- name: next_voucher
-- Serials are used in order.
SELECT serial FROM voucher WHERE branch = :branch AND kind = :kind AND state = 'stock' AND holder = :holder
ORDER BY serial LIMIT 1

-- name: use_voucher
UPDATE voucher SET state = 'used', ticket = :ticket, at = :at
WHERE branch = :branch AND kind = :kind AND serial = :serial

-- name: vouchers_counted_by
-- How many serials of a range one holder has in stock.
SELECT count(*) AS found FROM voucher
WHERE branch = :branch AND kind = :kind AND serial BETWEEN :first AND :last AND state = 'stock' AND holder = :holder

-- name: voucher_known
-- Whether the register of a kind was ever begun.
SELECT 1 FROM voucher WHERE branch = :branch AND kind = :kind LIMIT 1

-- name: voucher_stock
-- The book's stock of every holder, with its first and last serial.
SELECT kind, holder, count(*) AS stock, min(serial) AS first, max(serial) AS last
FROM voucher WHERE branch = :branch AND state = 'stock' GROUP BY kind, holder ORDER BY kind, holder

-- name: voucher_states
-- The whole register of each kind: in stock, used, void.
SELECT kind, state, count(*) AS vouchers FROM voucher WHERE branch = :branch GROUP BY kind, state

-- name: keep_voucher_count
INSERT INTO voucher_count (branch, day, kind, holder, counted, book, person, witness, at)
VALUES (:branch, :day, :kind, :holder, :counted, :book, :person, :witness, :at)
ON CONFLICT (branch, day, kind, holder) DO UPDATE SET counted = :counted, book = :book, person = :person,
    witness = :witness, at = :at

-- name: voucher_counts
-- The counts of one day.
SELECT kind, holder, counted FROM voucher_count WHERE branch = :branch AND day = :day

-- name: add_print_job
INSERT INTO print_job (branch, printer, ticket, copy, slip, state, at)
VALUES (:branch, :printer, :ticket, :copy, :slip, 'queued', :at)

-- name: print_jobs
-- Jobs of one printer in one of the states that are not the end, oldest first.
SELECT * FROM print_job
WHERE branch = :branch AND printer = :printer AND state IN ('queued', 'sending', 'unknown', 'failed') AND state = :state
ORDER BY id LIMIT :most

-- name: prints_waiting
-- How many papers wait for each printer.
SELECT printer, count(*) AS papers FROM print_job
WHERE branch = :branch AND state IN ('queued', 'sending', 'unknown', 'failed') AND state = 'queued' GROUP BY printer

-- name: print_jobs_of_ticket
SELECT * FROM print_job WHERE branch = :branch AND ticket = :ticket ORDER BY copy DESC

-- name: prints_counted
-- How the papers of a day ended, by printer.
SELECT print_job.printer, print_job.state, count(*) AS papers
FROM ticket JOIN print_job ON print_job.ticket = ticket.id AND print_job.branch = ticket.branch
WHERE ticket.branch = :branch AND ticket.day = :day GROUP BY print_job.printer, print_job.state

-- name: doubtful_prints
-- Papers nobody knows of: a person decides whether to print them again.
SELECT ticket.number, print_job.at FROM print_job JOIN ticket ON ticket.branch = print_job.branch AND ticket.id = print_job.ticket
WHERE print_job.branch = :branch AND print_job.state = 'unknown' AND ticket.day = :day
    AND print_job.copy = (SELECT max(copy) FROM print_job AS copies
        WHERE copies.branch = print_job.branch AND copies.ticket = print_job.ticket)
ORDER BY print_job.id DESC

-- name: move_print_job
-- To another printer, while no byte of it was sent.
UPDATE print_job SET printer = :printer, at = :at WHERE branch = :branch AND id = :id AND state = 'queued'

-- name: keep_print_job
UPDATE print_job SET state = :state, fence = :fence, note = :note, at = :at WHERE branch = :branch AND id = :id

-- name: keep_answer
INSERT INTO answer (branch, ticket, form, sealed, at) VALUES (:branch, :ticket, :form, :sealed, :at)
ON CONFLICT (branch, ticket, form) DO UPDATE SET sealed = :sealed, at = :at

-- name: answers
SELECT form, sealed FROM answer WHERE branch = :branch AND ticket = :ticket ORDER BY form

-- name: forget_answers
DELETE FROM answer WHERE branch = :branch AND ticket = :ticket

-- name: forget_answer
DELETE FROM answer WHERE branch = :branch AND ticket = :ticket AND form = :form

-- name: forget_old_answers
-- Answers of earlier days go, whatever became of their tickets.
DELETE FROM answer
WHERE branch = :branch AND ticket IN (SELECT id FROM ticket WHERE branch = :branch AND day < :day)

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
