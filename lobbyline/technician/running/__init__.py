"""The programs of a branch: started, watched, told of in the journal, and right in time."""
