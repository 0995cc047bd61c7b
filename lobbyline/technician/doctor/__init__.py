"""`lobbyline doctor`: everything that a branch stands on, looked at: ok, or what to do."""
