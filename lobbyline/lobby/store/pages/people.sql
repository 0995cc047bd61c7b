-- Who may use the staff's pages.

-- name: people
SELECT * FROM person WHERE branch = :branch ORDER BY left_at IS NOT NULL, name

-- name: person
SELECT * FROM person WHERE branch = :branch AND name = :name

-- name: person_known_as
SELECT * FROM person WHERE branch = :branch AND known_as = :known_as

-- name: keep_person
INSERT INTO person (branch, name, shown, known_as, roles, qualifications, secret, fresh, failures, locked_until, left_at)
VALUES (:branch, :name, :shown, :known_as, :roles, :qualifications, :secret, :fresh, :failures, :locked_until, :left_at)
ON CONFLICT (branch, name) DO UPDATE SET roles = :roles, qualifications = :qualifications, secret = :secret,
    fresh = :fresh, failures = :failures, locked_until = :locked_until, left_at = :left_at

-- name: session
-- A session with its person, in one look.
SELECT person.*, session.token, session.begun_at, session.seen_at, session.locked
FROM session JOIN person ON person.branch = session.branch AND person.name = session.person
WHERE session.branch = :branch AND session.token = :token

-- name: keep_session
INSERT INTO session (branch, token, person, begun_at, seen_at, locked)
VALUES (:branch, :token, :person, :begun_at, :seen_at, :locked)
ON CONFLICT (branch, token) DO UPDATE SET seen_at = :seen_at, locked = :locked

-- name: end_session
DELETE FROM session WHERE branch = :branch AND token = :token

-- name: end_sessions_of
DELETE FROM session WHERE branch = :branch AND person = :person

-- name: sweep_sessions
DELETE FROM session WHERE branch = :branch AND begun_at < :before

-- name: machines
SELECT * FROM machine WHERE branch = :branch ORDER BY counter, at

-- name: machine
SELECT * FROM machine WHERE branch = :branch AND token = :token

-- name: machine_of_counter
SELECT * FROM machine WHERE branch = :branch AND counter = :counter

-- name: keep_machine
INSERT INTO machine (branch, token, counter, person, at) VALUES (:branch, :token, :counter, :person, :at)

-- name: forget_machines
DELETE FROM machine WHERE branch = :branch AND counter = :counter

-- name: api_tokens
SELECT * FROM api_token WHERE branch = :branch ORDER BY name

-- name: api_token
SELECT * FROM api_token WHERE branch = :branch AND token = :token AND revoked_at IS NULL

-- name: add_api_token
INSERT INTO api_token (branch, name, token, roles, person, at) VALUES (:branch, :name, :token, :roles, :person, :at)
ON CONFLICT (branch, name) DO UPDATE SET token = :token, roles = :roles, person = :person, at = :at, revoked_at = NULL

-- name: revoke_api_token
UPDATE api_token SET revoked_at = :at WHERE branch = :branch AND name = :name

-- name: ask_authorisation
INSERT INTO authorisation (branch, ticket, counter, asked_by, asked_at)
VALUES (:branch, :ticket, :counter, :asked_by, :asked_at)

-- name: authorisations_open
-- What waits for an answer; a request whose customer has left its counter waits for nobody.
SELECT authorisation.* FROM authorisation
JOIN ticket ON ticket.branch = authorisation.branch AND ticket.id = authorisation.ticket
    AND ticket.counter = authorisation.counter AND ticket.state IN ('called', 'serving')
WHERE authorisation.branch = :branch AND authorisation.outcome = '' ORDER BY authorisation.id

-- name: authorisation_of
-- The newest request for a ticket.
SELECT * FROM authorisation WHERE branch = :branch AND ticket = :ticket ORDER BY id DESC LIMIT 1

-- name: keep_authorisation
UPDATE authorisation SET counter = :counter, asked_by = :asked_by, asked_at = :asked_at, answered_by = :answered_by,
    answered_at = :answered_at, outcome = :outcome, reason = :reason
WHERE branch = :branch AND id = :id
