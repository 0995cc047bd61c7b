"""A printer that is not there."""
