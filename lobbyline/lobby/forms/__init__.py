"""Paper forms: what they ask, what may be written into them, and what follows from it. Pure."""
