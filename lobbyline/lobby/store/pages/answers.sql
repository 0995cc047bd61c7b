-- What customers filled in, sealed.

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
