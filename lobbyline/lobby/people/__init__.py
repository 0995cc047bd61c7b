"""Who may do what: people, their secrets and sessions, the seat at a counter, programs with a token."""
