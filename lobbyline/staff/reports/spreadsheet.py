"""Tables for spreadsheets: CSV that opens with its letters right and with no cell that is a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

MARK = "\ufeff"  # spreadsheets read UTF-8 as such when it begins with this
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
NUMBER = re.compile(r"[+-]?[0-9][0-9.,]*%?")


def sheet(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV; a day is its ISO text, which every spreadsheet knows."""
    written = io.StringIO()
    csv.writer(written).writerows([harmless(str(cell)) for cell in row] for row in (head, *rows))
    return MARK + written.getvalue()


def harmless(cell: str) -> str:
    """A cell that a spreadsheet shows and never reckons: what would begin a formula gets an apostrophe."""
    return f"'{cell}" if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell) else cell
