-- The next number of a line follows from the numbers that were drawn, a ticket's id from its branch's own chain.
DROP TABLE sequence;
ALTER TABLE ticket ALTER COLUMN id DROP IDENTITY;
-- What no statement asks for is not written for every visit that ends.
DROP INDEX ticket_done;
