"""The terminal of whoever calls: its language, its width, and lists that fit."""

from __future__ import annotations

import io
import os
import sys

import pytest

from lobbyline.technician import terminal
from lobbyline.technician.terminal import hanging, language, table
from tests.conftest import MONDAY, Ask


@pytest.mark.parametrize(
    ("locale", "read"),
    [
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "yue_HK"}, "yue"),
        ({"LANG": "de_DE.UTF-8@euro"}, "zh"),
        ({"LANG": "C.UTF-8"}, "zh"),
        ({"LANG": "zh_CN", "LC_ALL": ""}, "zh"),
        ({}, "zh"),
    ],
)
def test_the_language_is_the_terminals_where_the_branch_has_it(
    locale: dict[str, str], read: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """LC_ALL before LC_MESSAGES before LANG; the branch's first language where they say none of its own."""
    for name in terminal.LOCALE:
        monkeypatch.delenv(name, raising=False)
    for name, value in locale.items():
        monkeypatch.setenv(name, value)
    assert language(["zh", "en", "yue"]) == read


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("take", "W9"), "There is no service “W9”"),
        (("counter", "99", "next"), "There is no counter 99"),
        (("voucher", "issue", "card", "00000001", "00000002", "--by", "a", "--with", "b"), "vault"),
        (("simulate", "none.csv", "--out", "out.csv"), "none.csv cannot be read"),
        (("form", "F99"), "There is no form “F99”"),
    ],
)
def test_a_refusal_is_told_in_that_language(
    words: tuple[str, ...], said: str, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever reads English reads English, whatever the branch speaks first."""
    monkeypatch.setitem(os.environ, "LC_ALL", "en_GB.UTF-8")
    code, told = ask(*words, at=MONDAY)
    assert code == 3
    assert said in told["reason"]


def test_a_form_is_judged_in_that_language(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentences of fields, too."""
    monkeypatch.setitem(os.environ, "LC_ALL", "en_GB.UTF-8")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"{}")))
    _, told = ask("form", "F01", at=MONDAY)
    assert all(sentence.isascii() for sentence in told["errors"].values())


def test_a_table_stands_under_one_another() -> None:
    """A Chinese sign takes two cells, numbers stand at the right, and nothing trails."""
    rows: list[tuple[str | int, ...]] = [("board", "sent", "shows"), ("main", 1234, "请"), ("主屏", 7, "")]
    assert table(rows) == "board  sent  shows\nmain   1234  请\n主屏      7"
    assert table([]) == ""


def test_a_long_sentence_goes_on_under_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """At a space, or between two Chinese signs; where no terminal reads it, in one line."""
    lead, sentence = "09:10  ", "counter 1  请到窗口办理 please"
    assert hanging(lead, sentence) == lead + sentence
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "24")
    assert hanging(lead, sentence).splitlines() == ["09:10  counter 1  请到窗", "       口办理 please"]
