"""The memory in one file."""
