-- What the branch's own people can mend, as a code, so that it is told in their language.
ALTER TABLE device ADD COLUMN trouble text COLLATE "C" NOT NULL DEFAULT '';
-- A turn for a change that was thought out from what stood after so many changes: an error when there were more since.
CREATE FUNCTION take_turn(which text, seen bigint) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    UPDATE branch SET changes = changes + 1 WHERE id = which AND changes = seen;
    IF NOT FOUND THEN
        RAISE 'somebody was quicker' USING ERRCODE = 'serialization_failure';
    END IF;
    RETURN seen;
END $$;
