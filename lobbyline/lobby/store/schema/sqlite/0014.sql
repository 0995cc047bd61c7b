-- What the branch's own people can mend, as a code, so that it is told in their language.
ALTER TABLE device ADD COLUMN trouble TEXT NOT NULL DEFAULT '';
