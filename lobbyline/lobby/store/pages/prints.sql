-- The outbox of paper.

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
