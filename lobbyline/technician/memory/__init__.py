"""The branch's memory: where it lives, its copies, and whether all is well."""
