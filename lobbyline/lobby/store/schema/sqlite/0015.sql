-- Days that are over, as they were reckoned in the evening: each visit, the minutes of each counter, and who was shown to
-- a machine; so that nobody waits for a report. `drawn` and `rated` say of how much of the day this is true.
CREATE TABLE past_day (
    branch TEXT NOT NULL, day TEXT NOT NULL, drawn INTEGER NOT NULL, rated INTEGER NOT NULL,
    visits TEXT NOT NULL, used TEXT NOT NULL, diverted INTEGER NOT NULL,
    PRIMARY KEY (branch, day)
) STRICT;
