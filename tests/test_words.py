"""What people read: Chinese sentences are set as Chinese is."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

from lobbyline.drivers.boards.keeper import ADVICE
from lobbyline.drivers.errors import TROUBLES
from lobbyline.drivers.printers.status import FAULTS, WARNINGS

ASSETS = Path(__file__).parents[1] / "assets"
CODE = ASSETS.parent / "lobbyline"
HANZI = r"[\u3400-\u9fff\u201c\u201d]"
# Between figures, as in 10:12, a narrow sign is right; beside hanzi it is a slip (GB/T 15834, punctuation).
NARROW = re.compile(rf"{HANZI}[,:;!?()]|[,:;!?()]{HANZI}")


def sentences(found: object) -> Iterator[str]:
    """Every text of a table, however deep."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, dict):
        yield from (sentence for one in found.values() for sentence in sentences(one))
    elif isinstance(found, list):
        yield from (sentence for one in found for sentence in sentences(one))


def told(file: Path) -> list[str]:
    text = file.read_text("utf-8")
    return list(sentences(tomllib.loads(text))) if file.suffix == ".toml" else text.splitlines()


FILES = [
    ASSETS / "words" / "zh.toml",
    *sorted(file for folder in ("branches", "tickets") for file in (ASSETS / folder).rglob("*.t[ox][mt]*")),
]


# What devices may be in trouble with, by where it is seen: printers, the kernel, boards, voice, leaflets, files.
TOLD = {*FAULTS, *WARNINGS, *TROUBLES.values(), *ADVICE, "unshowable", "mute", "unvoiced", "passed_over", "mistaken"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_trouble_of_a_device_has_its_words(language: str) -> None:
    """The branch's own people read what to do, and no words are left of a trouble that nothing tells any more."""
    words = tomllib.loads((ASSETS / "words" / f"{language}.toml").read_text("utf-8"))
    assert set(words["trouble"]) == TOLD - {""}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_of_alert_has_its_short_name(language: str) -> None:
    """Reports list what the lobby manager was told by it."""
    words = tomllib.loads((ASSETS / "words" / f"{language}.toml").read_text("utf-8"))
    kinds = {kind.removesuffix("_known") for kind in words["alert"]}
    assert {kind for kind in kinds if f"alert_{kind}" not in words["report"]} == set()


@cache
def refusals() -> list[tuple[str, set[str] | None]]:
    """Every refusal of the code with the names of its facts; None where some are handed on."""
    found: list[tuple[str, set[str] | None]] = []
    for file in CODE.rglob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Refusal":
                named = {fact.arg for fact in call.keywords if fact.arg}
                facts = named if len(named) == len(call.keywords) else None
                codes = (part.value for part in ast.walk(call.args[0]) if isinstance(part, ast.Constant))
                found += [(str(code), facts) for code in codes]
    return found


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_refusal_has_its_sentence(language: str) -> None:
    """None is told as a code, none is left that nobody raises, and each has all the facts that it speaks of."""
    words = tomllib.loads((ASSETS / "words" / f"{language}.toml").read_text("utf-8"))["refusal"]
    assert {code for code, _ in refusals()} == words.keys()
    for code, facts in refusals():
        spoken = {place for _, place, _, _ in Formatter().parse(words[code]) if place}
        assert facts is None or spoken <= facts, code


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ASSETS)))
def test_chinese_has_chinese_punctuation(file: Path) -> None:
    """No sentence with hanzi has a comma, colon or bracket of half their width beside one."""
    assert [sentence for sentence in told(file) if NARROW.search(sentence)] == []
