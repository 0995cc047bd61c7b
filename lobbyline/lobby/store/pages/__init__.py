"""The memory in the lobby's own words: rows become tickets, events, jobs, and back. Nothing here decides."""
