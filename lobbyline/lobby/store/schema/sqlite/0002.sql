-- Appointments, reviews, blank vouchers and versions of the files; the ticket table learns when a visit ended.
-- Foreign keys are off while this runs (migrations.py) and checked before the commit.

CREATE TABLE ticket_now (
    id INTEGER PRIMARY KEY,
    branch TEXT NOT NULL, day TEXT NOT NULL, number TEXT NOT NULL,
    service TEXT NOT NULL, queue TEXT NOT NULL, segment TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN
        ('booked', 'waiting', 'called', 'serving', 'review', 'held', 'missed', 'done', 'abandoned', 'void')),
    step TEXT NOT NULL DEFAULT '' CHECK (step IN ('', 'greet', 'ask', 'operate', 'confirm')),
    token TEXT NOT NULL,
    taken_at INTEGER NOT NULL,
    arrived_at INTEGER NOT NULL,            -- what the rule counts from: an appointment's time, or taken_at
    returned_at INTEGER,                    -- back from a form, a review or another counter
    called_at INTEGER, counter INTEGER, calls INTEGER NOT NULL DEFAULT 0,
    misses INTEGER NOT NULL DEFAULT 0, ready INTEGER NOT NULL DEFAULT 0,
    overtaken INTEGER NOT NULL DEFAULT 0, promise INTEGER NOT NULL,
    moves INTEGER NOT NULL DEFAULT 0, booked_for INTEGER, ended_at INTEGER,
    why TEXT NOT NULL DEFAULT '', config TEXT NOT NULL,
    UNIQUE (branch, day, number)
) STRICT;
INSERT INTO ticket_now (id, branch, day, number, service, queue, segment, state, step, token, taken_at, arrived_at,
    returned_at, called_at, counter, calls, misses, ready, overtaken, promise, why, config, ended_at)
SELECT id, branch, day, number, service, queue, segment, state, step, token, taken_at, arrived_at,
    returned_at, called_at, counter, calls, misses, ready, overtaken, promise, why, config,
    CASE WHEN state IN ('done', 'abandoned', 'void') THEN
        (SELECT max(at) FROM event WHERE event.ticket = ticket.id AND event.what IN ('done', 'missed', 'void')) END
FROM ticket;
DROP TABLE ticket;
ALTER TABLE ticket_now RENAME TO ticket;
CREATE INDEX ticket_waiting ON ticket (branch, day, arrived_at, id) WHERE state = 'waiting';
-- What a day leaves open: few rows at any time, whatever the past holds.
CREATE INDEX ticket_open ON ticket (branch, day, id) WHERE state IN ('booked', 'review', 'held', 'missed');
-- Today's tokens lie together: a million old ones cost nothing.
CREATE UNIQUE INDEX ticket_token ON ticket (branch, day, token);
-- A counter has at most one customer, whatever a program does.
CREATE UNIQUE INDEX ticket_at_counter ON ticket (branch, counter) WHERE state IN ('called', 'serving');

-- Papers in the back office: handed in by the maker, looked at by somebody else.
CREATE TABLE review (
    id INTEGER PRIMARY KEY,
    branch TEXT NOT NULL, ticket INTEGER NOT NULL REFERENCES ticket (id),
    maker TEXT NOT NULL, counter INTEGER NOT NULL, handed_at INTEGER NOT NULL,
    reviewer TEXT NOT NULL DEFAULT '', begun_at INTEGER, ended_at INTEGER,
    outcome TEXT NOT NULL DEFAULT '' CHECK (outcome IN ('', 'passed', 'returned', 'void')),
    reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE UNIQUE INDEX review_open ON review (ticket) WHERE outcome = '';
CREATE INDEX review_ticket ON review (ticket, id);

-- Controlled blank vouchers, one row for each serial number that was ever received.
CREATE TABLE voucher (
    branch TEXT NOT NULL, kind TEXT NOT NULL, serial INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('stock', 'used', 'void')),
    holder TEXT NOT NULL,                   -- who answers for it: a teller's name, or empty for the vault
    ticket INTEGER REFERENCES ticket (id), at INTEGER NOT NULL,
    PRIMARY KEY (branch, kind, serial)
) STRICT, WITHOUT ROWID;
CREATE INDEX voucher_stock ON voucher (branch, kind, holder, serial) WHERE state = 'stock';
CREATE INDEX voucher_ticket ON voucher (ticket) WHERE ticket IS NOT NULL;

-- Physical counts of voucher stock, against the book.
CREATE TABLE voucher_count (
    branch TEXT NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL, holder TEXT NOT NULL,
    counted INTEGER NOT NULL, book INTEGER NOT NULL, person TEXT NOT NULL, witness TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (branch, day, kind, holder)
) STRICT, WITHOUT ROWID;

-- Versions of a branch's files that were ever in use, with the files themselves.
CREATE TABLE version (
    branch TEXT NOT NULL, hash TEXT NOT NULL, files TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (branch, hash)
) STRICT;

-- The life of a version: draft, trial, frozen; who decided and why.
CREATE TABLE version_stage (
    id INTEGER PRIMARY KEY,
    branch TEXT NOT NULL, hash TEXT NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('draft', 'trial', 'frozen', 'back')),
    author TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL,
    FOREIGN KEY (branch, hash) REFERENCES version (branch, hash)
) STRICT;
CREATE INDEX version_stage_hash ON version_stage (branch, hash, id);

-- How long services took lately.
CREATE INDEX ticket_done ON ticket (branch, service, ended_at) WHERE state = 'done';
