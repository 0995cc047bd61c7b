-- The chain of events, and what is read from it.

-- name: standing
-- Where the branch stands: the end of its chain, the newest number that anything ever happened to (an erased one stands
-- in the chain for ever, so that no id is used twice), and the version that was applied last, or gone back to.
SELECT event.id, event.at, event.hash, stage.id AS step, stage.hash AS version,
    (SELECT ticket FROM event WHERE branch = :branch AND ticket IS NOT NULL ORDER BY ticket DESC LIMIT 1) AS newest_ticket
FROM (SELECT 1 AS here) AS branch
LEFT JOIN (SELECT id, at, hash FROM event WHERE branch = :branch ORDER BY id DESC LIMIT 1) AS event ON true
LEFT JOIN (SELECT id, hash FROM version_stage WHERE branch = :branch AND stage IN ('trial', 'back')
    ORDER BY id DESC LIMIT 1) AS stage ON true

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
