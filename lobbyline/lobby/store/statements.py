"""Every statement that the programs run, by name: the same text for every engine.

They stand beside what runs them, in files of the same name. A line that begins with "-- name:" opens one; the prose
says what it is for.
"""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent


def read_statements(text: str) -> dict[str, str]:
    """Statements by name: what follows each `-- name:` line up to the next."""
    parts = re.split(r"^-- name: (\w+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))


def upsert_statement(table: str, columns: list[str], key: tuple[str, ...], marks: list[str]) -> str:
    """The statement that writes a row over the one with the same key; `marks` stand for values as engines have them."""
    insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join(marks)})"  # noqa: S608  # our own names
    renewed = ", ".join(f"{column} = excluded.{column}" for column in columns if column not in key)
    return f"{insert} ON CONFLICT ({', '.join(key)}) DO UPDATE SET {renewed}" if key else insert


STATEMENTS = {
    name: text
    for file in sorted([*HERE.glob("*.sql"), *HERE.glob("pages/*.sql")])
    for name, text in read_statements(file.read_text(encoding="utf-8")).items()
}
