"""Every statement that the programs run, by name: the same text for every engine."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent


def read_statements(text: str) -> dict[str, str]:
    """Statements by name: what follows each `-- name:` line up to the next."""
    parts = re.split(r"^-- name: (\w+)\n", text, flags=re.MULTILINE)
    return dict(zip(parts[1::2], (part.strip() for part in parts[2::2]), strict=True))


STATEMENTS = {
    name: text
    for file in sorted(HERE.glob("*.sql"))
    for name, text in read_statements(file.read_text(encoding="utf-8")).items()
}
