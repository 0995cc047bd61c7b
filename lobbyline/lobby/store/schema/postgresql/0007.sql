-- Who may use the staff's pages: people with their roles, sessions, machines that are a counter, programs of the bank.

CREATE TABLE person (
    branch text COLLATE "C" NOT NULL, name text COLLATE "C" NOT NULL,
    shown text COLLATE "C" NOT NULL, known_as text COLLATE "C" NOT NULL,
    roles text COLLATE "C" NOT NULL, qualifications text COLLATE "C" NOT NULL,
    secret text COLLATE "C" NOT NULL, fresh bigint NOT NULL,
    failures bigint NOT NULL DEFAULT 0, locked_until bigint, left_at bigint,
    PRIMARY KEY (branch, name)
);
CREATE UNIQUE INDEX person_known_as ON person (branch, known_as);

CREATE TABLE session (
    branch text COLLATE "C" NOT NULL, token text COLLATE "C" NOT NULL, person text COLLATE "C" NOT NULL,
    begun_at bigint NOT NULL, seen_at bigint NOT NULL, locked bigint NOT NULL,
    PRIMARY KEY (branch, token), FOREIGN KEY (branch, person) REFERENCES person (branch, name)
);

CREATE TABLE machine (
    branch text COLLATE "C" NOT NULL, token text COLLATE "C" NOT NULL, counter bigint NOT NULL,
    person text COLLATE "C" NOT NULL, at bigint NOT NULL,
    PRIMARY KEY (branch, token)
);

CREATE TABLE api_token (
    branch text COLLATE "C" NOT NULL, name text COLLATE "C" NOT NULL, token text COLLATE "C" NOT NULL,
    roles text COLLATE "C" NOT NULL, person text COLLATE "C" NOT NULL, at bigint NOT NULL, revoked_at bigint,
    PRIMARY KEY (branch, name)
);
CREATE UNIQUE INDEX api_token_token ON api_token (branch, token);

SELECT let_branches_in(one) FROM unnest(ARRAY['person', 'session', 'machine', 'api_token']::regclass[]) AS one;
