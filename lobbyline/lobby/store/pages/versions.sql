-- The versions of a branch's files: what they were, what became of them, which is in use.

-- name: version
SELECT * FROM version WHERE branch = :branch AND hash = :hash

-- name: add_version
INSERT INTO version (branch, hash, files, at) VALUES (:branch, :hash, :files, :at)

-- name: add_version_stage
INSERT INTO version_stage (branch, hash, stage, author, reason, at)
VALUES (:branch, :hash, :stage, :author, :reason, :at)

-- name: version_stages
-- The life of every version, oldest first.
SELECT hash, stage, author, reason, at FROM version_stage WHERE branch = :branch ORDER BY id

-- name: visits_under
-- The visits of the tickets drawn under one version, with their first call and their greeting.
SELECT ticket.state, ticket.arrived_at, ticket.ended_at, ticket.moves, ticket.misses,
    (SELECT min(at) FROM event
        WHERE event.branch = ticket.branch AND event.ticket = ticket.id AND event.what = 'called') AS first_called,
    (SELECT max(at) FROM event
        WHERE event.branch = ticket.branch AND event.ticket = ticket.id AND event.what = 'called') AS last_called
FROM ticket WHERE branch = :branch AND config = :config AND state <> 'booked'

-- name: versions_kept
-- Every version, the newest first.
SELECT hash FROM version WHERE branch = :branch ORDER BY at DESC, hash

-- name: branches_kept
-- Whose versions are here: for a folder whose own file cannot say whose it is.
SELECT DISTINCT branch FROM version WHERE branch <> :branch ORDER BY branch

-- name: still_needed
-- What tickets of today and later that have not ended stand on.
SELECT DISTINCT service, queue, segment FROM ticket
WHERE branch = :branch AND day >= :day AND state NOT IN ('done', 'abandoned', 'void')
