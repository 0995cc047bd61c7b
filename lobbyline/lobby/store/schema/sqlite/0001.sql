-- The memory of a branch. Times are microseconds since 1970 UTC; a day is the branch's local date; every key begins with the branch.

-- The last number drawn in each queue today.
CREATE TABLE sequence (
    branch TEXT NOT NULL, day TEXT NOT NULL, queue TEXT NOT NULL, last INTEGER NOT NULL,
    PRIMARY KEY (branch, day, queue)
) STRICT;

-- One row for each customer's number.
CREATE TABLE ticket (
    id INTEGER PRIMARY KEY,
    branch TEXT NOT NULL, day TEXT NOT NULL, number TEXT NOT NULL,
    service TEXT NOT NULL, queue TEXT NOT NULL, segment TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'called', 'serving', 'review', 'held', 'missed', 'done', 'abandoned', 'void')),
    step TEXT NOT NULL DEFAULT '' CHECK (step IN ('', 'greet', 'ask', 'operate', 'confirm')),
    token TEXT NOT NULL UNIQUE,
    taken_at INTEGER NOT NULL,
    arrived_at INTEGER NOT NULL,            -- what the rule counts from: an appointment's time, or taken_at
    returned_at INTEGER,                    -- back from a form, a review or another counter
    called_at INTEGER, counter INTEGER, calls INTEGER NOT NULL DEFAULT 0,
    misses INTEGER NOT NULL DEFAULT 0, ready INTEGER NOT NULL DEFAULT 0,
    overtaken INTEGER NOT NULL DEFAULT 0, promise INTEGER NOT NULL,
    why TEXT NOT NULL DEFAULT '', config TEXT NOT NULL,
    UNIQUE (branch, day, number)
) STRICT;
CREATE INDEX ticket_waiting ON ticket (branch, day, arrived_at, id) WHERE state = 'waiting';
CREATE INDEX ticket_back_office ON ticket (branch, day, id) WHERE state IN ('held', 'missed', 'review');
CREATE INDEX ticket_service ON ticket (branch, day, service);
-- A counter has at most one customer, whatever a program does.
CREATE UNIQUE INDEX ticket_at_counter ON ticket (branch, counter) WHERE state IN ('called', 'serving');

-- Everything that happened, append-only and chained by hash.
CREATE TABLE event (
    branch TEXT NOT NULL, id INTEGER NOT NULL, at INTEGER NOT NULL,
    what TEXT NOT NULL, ticket INTEGER, counter INTEGER, who TEXT NOT NULL, config TEXT NOT NULL,
    detail TEXT NOT NULL, hash TEXT NOT NULL,
    PRIMARY KEY (branch, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_ticket ON event (ticket, id) WHERE ticket IS NOT NULL;
CREATE INDEX event_call ON event (branch, id) WHERE what IN ('called', 'recalled');
CREATE INDEX event_help ON event (branch, id) WHERE what = 'help';
CREATE TRIGGER event_is_not_changed BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER event_is_not_removed BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- Counters that were ever opened.
CREATE TABLE counter (
    branch TEXT NOT NULL, number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('closed', 'open', 'paused')), teller TEXT NOT NULL, since INTEGER NOT NULL,
    PRIMARY KEY (branch, number)
) STRICT;

-- Controls that a person did for a ticket.
CREATE TABLE control (
    ticket INTEGER NOT NULL REFERENCES ticket (id), name TEXT NOT NULL, person TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (ticket, name)
) STRICT, WITHOUT ROWID;

-- Answers that were already given to a key: a repeated request changes nothing.
CREATE TABLE request (
    branch TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, what TEXT NOT NULL, answer TEXT NOT NULL,
    PRIMARY KEY (branch, key)
) STRICT, WITHOUT ROWID;

-- The outbox of paper: committed with the ticket, printed after it.
CREATE TABLE print_job (
    id INTEGER PRIMARY KEY,
    branch TEXT NOT NULL, printer TEXT NOT NULL, ticket INTEGER NOT NULL REFERENCES ticket (id), copy INTEGER NOT NULL,
    slip TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'printed', 'failed', 'unknown')),
    fence TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL,
    UNIQUE (ticket, copy)
) STRICT;
CREATE INDEX print_job_open ON print_job (branch, printer, id) WHERE state IN ('queued', 'sending', 'unknown', 'failed');

-- What customers typed, sealed; erased with the ticket's end.
CREATE TABLE answer (
    ticket INTEGER NOT NULL REFERENCES ticket (id), form TEXT NOT NULL, sealed TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (ticket, form)
) STRICT, WITHOUT ROWID;

-- How each device is, and what each board shows.
CREATE TABLE device (
    branch TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
    sentence TEXT NOT NULL, face TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL,
    PRIMARY KEY (branch, name)
) STRICT, WITHOUT ROWID;

-- How far each edge-triggered reader (chime, voice) has read.
CREATE TABLE reader (
    branch TEXT NOT NULL, name TEXT NOT NULL, last INTEGER NOT NULL,
    PRIMARY KEY (branch, name)
) STRICT, WITHOUT ROWID;
