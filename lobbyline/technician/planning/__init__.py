"""Days in virtual time: those that were, and how many counters they would have wanted."""
