-- Days that are over, as they were reckoned in the evening: each visit, the minutes of each counter, and who was shown to
-- a machine; so that nobody waits for a report. `drawn` and `rated` say of how much of the day this is true.
CREATE TABLE past_day (
    branch text COLLATE "C" NOT NULL, day text COLLATE "C" NOT NULL, drawn bigint NOT NULL, rated bigint NOT NULL,
    visits text COLLATE "C" NOT NULL, used text COLLATE "C" NOT NULL, diverted bigint NOT NULL,
    PRIMARY KEY (branch, day)
);
SELECT let_branches_in('past_day'::regclass);
