-- The version in use is looked up before every change: found without sorting the life of all versions.
CREATE INDEX version_stage_in_use ON version_stage (branch, id) WHERE stage IN ('trial', 'back');
