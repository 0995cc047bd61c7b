-- Papers in the back office.

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
