"""The theme of the branch as CSS variables: `colour.ink` is `--colour-ink`, so that one file holds the tokens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

UNITS = {"type": "px", "space": "px", "corner": "px", "size": "px", "duration": "ms"}


def css(theme: dict[str, Any]) -> str:
    """One `:root` rule with every token of the theme."""
    lines = "".join(f"  {name}: {value};\n" for name, value in variables(theme))
    return f":root {{\n{lines}}}\n"


def variables(theme: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for table, tokens in theme.items():
        if isinstance(tokens, dict):
            for token, value in tokens.items():
                yield f"--{table}-{token.replace('_', '-')}", written(value, UNITS.get(table, ""))


def written(value: object, unit: str) -> str:
    """A token's value in CSS."""
    if isinstance(value, str):
        return colour(value) if value.startswith("#") else '"' + value.replace('"', "") + '"'
    # A fraction is a ratio, such as the height of a line; whole numbers are lengths and times.
    return f"{value}{unit}" if isinstance(value, int) else f"{value}"


def colour(value: str) -> str:
    """Qt writes the alpha of a colour first, CSS last."""
    return f"#{value[3:]}{value[1:3]}" if len(value) == 9 else value
