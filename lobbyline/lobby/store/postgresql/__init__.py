"""The memory on a server."""
