-- What tellers asked a second person for, and what was answered.
CREATE TABLE authorisation (
    id INTEGER PRIMARY KEY,
    branch TEXT NOT NULL, ticket INTEGER NOT NULL REFERENCES ticket (id), counter INTEGER NOT NULL,
    asked_by TEXT NOT NULL, asked_at INTEGER NOT NULL,
    answered_by TEXT NOT NULL DEFAULT '', answered_at INTEGER,
    outcome TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'granted', 'refused')),
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX authorisation_open ON authorisation (branch, ticket) WHERE outcome = '';
CREATE INDEX authorisation_ticket ON authorisation (branch, ticket, id);
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('authorisation', 'authorisation_open', '20 20 1'),
    ('authorisation', 'authorisation_ticket', '300000 300000 1 1');
