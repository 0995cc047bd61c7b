"""Every setting of a branch, declared once: type, default, limits and one sentence for the technician.

One module for each table, under the name that the table has in the file: [voice] is `voice.py`, [[counters]] is
`counters.py`. `lobby/branch.py` gathers those of branch.toml and `devices.py` those of devices.toml. Validation,
messages and docs/configuration.md come from what is declared here; nothing here reads a file.
"""
