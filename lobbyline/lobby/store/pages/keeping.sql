-- What is erased when its days are over. Children go before their ticket; a voucher stays in the register without it.

-- name: erase_voucher_tickets
UPDATE voucher SET ticket = NULL
WHERE branch = :branch AND ticket IN (SELECT id FROM ticket WHERE branch = :branch AND day < :day)

-- name: erase_controls
DELETE FROM control WHERE branch = :branch AND ticket IN (SELECT id FROM ticket WHERE branch = :branch AND day < :day)

-- name: erase_papers
DELETE FROM print_job WHERE branch = :branch AND ticket IN (SELECT id FROM ticket WHERE branch = :branch AND day < :day)

-- name: erase_reviews
DELETE FROM review WHERE branch = :branch AND ticket IN (SELECT id FROM ticket WHERE branch = :branch AND day < :day)

-- name: erase_ratings
DELETE FROM rating WHERE branch = :branch AND ticket IN (SELECT id FROM ticket WHERE branch = :branch AND day < :day)

-- name: erase_referrals
DELETE FROM referral WHERE branch = :branch AND ticket IN (SELECT id FROM ticket WHERE branch = :branch AND day < :day)

-- name: erase_alerts
DELETE FROM alert WHERE branch = :branch AND day < :day AND gone_at IS NOT NULL

-- name: erase_past_days
DELETE FROM past_day WHERE branch = :branch AND day < :day

-- name: erase_tickets
DELETE FROM ticket WHERE branch = :branch AND day < :day
RETURNING id

-- name: tickets_known
-- Every number that was not erased; for the verification of a copy.
SELECT id FROM ticket WHERE branch = :branch
