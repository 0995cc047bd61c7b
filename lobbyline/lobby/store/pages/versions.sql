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
