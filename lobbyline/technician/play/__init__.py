"""A branch that plays: one whole visit, and faults for training, with the real programs on stand-ins."""
