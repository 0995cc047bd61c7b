"""How answers stand where others could read them, and how long numbers are read aloud: in groups."""

from __future__ import annotations

import re


def mask(kind: str, value: str) -> str:
    """First and last characters of what nobody else should read; empty where nothing is hidden."""
    keep = {"id": (3, 4), "card": (4, 4), "account": (0, 4), "phone": (3, 4), "name": (1, 0), "uscc": (2, 4)}.get(kind)
    if keep is None or len(value) <= sum(keep):
        return ""
    front, back = keep
    return value[:front] + "*" * (len(value) - front - back) + (value[-back:] if back else "")


def grouped(kind: str, value: str) -> str:
    """Long numbers in groups of four, phones as people say them, amounts with commas."""
    if kind in ("card", "account"):
        return re.sub(r"(\w{4})(?=\w)", r"\1 ", value)
    if kind == "phone":
        return re.sub(r"^(\d{3})(\d{1,4})(\d*)$", r"\1 \2 \3", value).strip()
    if kind == "money":
        whole, point, rest = value.partition(".")
        return (f"{int(whole):,}" if whole.isdigit() else whole) + point + rest
    return value
