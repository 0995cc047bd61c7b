"""A day in virtual time with the very rule that calls customers; days as files, and counters scheduled for them."""
