-- Counters, the controls done at them, and answers to keys.

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
