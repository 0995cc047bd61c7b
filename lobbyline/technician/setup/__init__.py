"""`lobbyline setup`: a branch's first installation, step by step, by questions or from a file of answers."""
