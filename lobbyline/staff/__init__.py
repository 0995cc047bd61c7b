"""The staff's room: pages in a browser and their HTTP API. No rules, no Qt."""
