-- What the lobby manager is told of and what became of it, how customers rated, and whom tellers referred to advice.

-- One row for each time that something needed a person; open until its cause is gone.
CREATE TABLE alert (
    id INTEGER PRIMARY KEY,
    branch TEXT NOT NULL, day TEXT NOT NULL,
    name TEXT NOT NULL,                     -- the cause: the same while it lasts
    kind TEXT NOT NULL, level TEXT NOT NULL CHECK (level IN ('yellow', 'orange', 'red')),
    facts TEXT NOT NULL, detail TEXT NOT NULL,
    since INTEGER NOT NULL, raised_at INTEGER NOT NULL,
    taken_by TEXT NOT NULL DEFAULT '', taken_at INTEGER,
    done_by TEXT NOT NULL DEFAULT '', done_at INTEGER,
    gone_at INTEGER
) STRICT;
CREATE UNIQUE INDEX alert_open ON alert (branch, name) WHERE gone_at IS NULL;
CREATE INDEX alert_day ON alert (branch, day);

-- What a customer thought of the service, 1 (dissatisfied) to 4 (very satisfied); no row where nothing was pressed.
CREATE TABLE rating (
    branch TEXT NOT NULL, ticket INTEGER NOT NULL REFERENCES ticket (id),
    day TEXT NOT NULL, counter INTEGER NOT NULL,
    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4), at INTEGER NOT NULL,
    PRIMARY KEY (ticket, branch)
) STRICT, WITHOUT ROWID;
CREATE INDEX rating_day ON rating (branch, day);

-- Customers whom a teller sent to an advice desk; the outcome is a code, never a product or a name.
CREATE TABLE referral (
    id INTEGER PRIMARY KEY,
    branch TEXT NOT NULL, day TEXT NOT NULL, ticket INTEGER NOT NULL REFERENCES ticket (id),
    counter INTEGER NOT NULL, teller TEXT NOT NULL, was TEXT NOT NULL, service TEXT NOT NULL, at INTEGER NOT NULL,
    outcome TEXT NOT NULL DEFAULT '', outcome_by TEXT NOT NULL DEFAULT '', outcome_at INTEGER
) STRICT;
CREATE INDEX referral_day ON referral (branch, day);
CREATE INDEX referral_ticket ON referral (branch, ticket, id);

-- When something last happened at a counter.
CREATE INDEX event_counter ON event (branch, counter, id) WHERE counter IS NOT NULL;
-- Who is asked at a counter what he thought of the service.
CREATE INDEX ticket_ended_at_counter ON ticket (branch, counter, ended_at) WHERE state = 'done';

INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('ticket', 'ticket_ended_at_counter', '900000 900000 100000 1'),
    ('event', 'event_counter', '6000000 6000000 500000 1'),
    ('alert', 'alert_open', '20 20 1'),
    ('alert', 'alert_day', '50000 50000 100'),
    ('rating', 'rating', '600000 1 1'),
    ('rating', 'rating_day', '600000 600000 200'),
    ('referral', 'referral_day', '20000 20000 10'),
    ('referral', 'referral_ticket', '20000 20000 1 1');
