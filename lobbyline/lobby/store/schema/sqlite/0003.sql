-- Every key begins with the branch, also of what belongs to a ticket: ids are a branch's own wherever it is kept.

CREATE TABLE control_now (
    branch TEXT NOT NULL, ticket INTEGER NOT NULL REFERENCES ticket (id), name TEXT NOT NULL,
    person TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (ticket, name, branch)
) STRICT, WITHOUT ROWID;
INSERT INTO control_now (branch, ticket, name, person, at)
SELECT ticket.branch, control.ticket, control.name, control.person, control.at
FROM control JOIN ticket ON ticket.id = control.ticket;
DROP TABLE control;
ALTER TABLE control_now RENAME TO control;

CREATE TABLE answer_now (
    branch TEXT NOT NULL, ticket INTEGER NOT NULL REFERENCES ticket (id), form TEXT NOT NULL,
    sealed TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (ticket, form, branch)
) STRICT, WITHOUT ROWID;
INSERT INTO answer_now (branch, ticket, form, sealed, at)
SELECT ticket.branch, answer.ticket, answer.form, answer.sealed, answer.at
FROM answer JOIN ticket ON ticket.id = answer.ticket;
DROP TABLE answer;
ALTER TABLE answer_now RENAME TO answer;

DROP INDEX event_ticket;
CREATE INDEX event_ticket ON event (branch, ticket, id) WHERE ticket IS NOT NULL;

-- The planner learns what the rows of a busy branch are like and is never told otherwise (nothing runs ANALYZE): the
-- branch says next to nothing in a file of one branch, and no statement looks at all of its past.
ANALYZE sqlite_schema;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
    ('ticket', 'sqlite_autoindex_ticket_1', '1000000 1000000 300 1'),
    ('ticket', 'ticket_token', '1000000 1000000 300 1'),
    ('ticket', 'ticket_waiting', '100 100 50 1 1'),
    ('ticket', 'ticket_open', '50 50 20 1'),
    ('ticket', 'ticket_at_counter', '10 10 1'),
    ('ticket', 'ticket_done', '900000 900000 50000 1'),
    ('event', 'event', '8000000 8000000 1'),
    ('event', 'event_ticket', '8000000 8000000 8 1'),
    ('event', 'event_call', '1100000 1100000 1'),
    ('event', 'event_help', '10000 10000 1'),
    ('control', 'control', '1000000 3 1 1'),
    ('answer', 'answer', '100 2 1 1'),
    ('print_job', 'sqlite_autoindex_print_job_1', '1000000 1 1'),
    ('print_job', 'print_job_open', '100 100 50 1'),
    ('review', 'review_open', '20 1'),
    ('review', 'review_ticket', '100000 1 1');
