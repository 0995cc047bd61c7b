"""LED boards on serial lines: what goes on the wire, who is told next, and boards that are not there."""
