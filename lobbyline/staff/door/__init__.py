"""Who comes in: people who sign in, programs with tokens, machines; and what every request must be like."""
