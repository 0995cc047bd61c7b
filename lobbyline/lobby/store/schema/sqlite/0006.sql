-- How far a ticket was set back, in seconds of the work that went before it, instead of how often.
ALTER TABLE ticket ADD COLUMN set_back INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ticket DROP COLUMN overtaken;
ALTER TABLE ticket DROP COLUMN promise;
