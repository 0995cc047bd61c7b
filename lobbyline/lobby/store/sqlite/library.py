"""SQLite: a newer one than the interpreter's own, which may be the 3.40.1 that can corrupt a WAL file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the same names, with types
    import sqlite3
else:
    from pysqlite3 import dbapi2 as sqlite3

__all__ = ["sqlite3"]
