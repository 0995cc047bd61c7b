-- Who may use the staff's pages: people with their roles, sessions, machines that are a counter, programs of the bank.
-- Secrets are kept as hashes only.

CREATE TABLE person (
    branch TEXT NOT NULL, name TEXT NOT NULL,
    shown TEXT NOT NULL, known_as TEXT NOT NULL,    -- the name that events carry, and its form for comparing
    roles TEXT NOT NULL, qualifications TEXT NOT NULL,
    secret TEXT NOT NULL, fresh INTEGER NOT NULL,   -- fresh: somebody else knows it, so it must be changed first
    failures INTEGER NOT NULL DEFAULT 0, locked_until INTEGER, left_at INTEGER,
    PRIMARY KEY (branch, name)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX person_known_as ON person (branch, known_as);

CREATE TABLE session (
    branch TEXT NOT NULL, token TEXT NOT NULL,      -- the hash of what the browser keeps
    person TEXT NOT NULL, begun_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, locked INTEGER NOT NULL,
    PRIMARY KEY (branch, token),
    FOREIGN KEY (branch, person) REFERENCES person (branch, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE machine (
    branch TEXT NOT NULL, token TEXT NOT NULL, counter INTEGER NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (branch, token)
) STRICT, WITHOUT ROWID;

CREATE TABLE api_token (
    branch TEXT NOT NULL, name TEXT NOT NULL, token TEXT NOT NULL, roles TEXT NOT NULL,
    person TEXT NOT NULL, at INTEGER NOT NULL, revoked_at INTEGER,
    PRIMARY KEY (branch, name)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX api_token_token ON api_token (branch, token);
