-- What goes to the head office with some events.

-- name: event_numbered
SELECT hash FROM event WHERE branch = :branch AND id = :id

-- name: tickets_told
SELECT * FROM ticket
WHERE branch = :branch AND id IN (SELECT CAST(value AS BIGINT) FROM json_each(:tickets))

-- name: ratings_told
SELECT * FROM rating
WHERE branch = :branch AND ticket IN (SELECT CAST(value AS BIGINT) FROM json_each(:tickets))

-- name: referrals_told
SELECT * FROM referral
WHERE branch = :branch AND ticket IN (SELECT CAST(value AS BIGINT) FROM json_each(:tickets))

-- name: reviews_told
SELECT * FROM review
WHERE branch = :branch AND ticket IN (SELECT CAST(value AS BIGINT) FROM json_each(:tickets))

-- name: alerts_told
-- Alerts that were raised, or came to their end, since some moment.
SELECT * FROM alert WHERE branch = :branch AND (raised_at >= :since OR gone_at IS NULL OR gone_at >= :since)
