"""Numbers and a teller's keys by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from lobbyline.technician.command import main
from tests.conftest import MONDAY, Ask


def test_take(ask: Ask) -> None:
    """`take` answers with number, place, range and token; the same key gives the same ticket."""
    code, first = ask("take", "W1", "--key", "k1")
    assert code == 0
    assert list(first) == ["ticket", "service", "queue", "segment", "ahead", "wait_low", "wait_high", "token"]
    assert (first["ticket"], first["queue"], first["segment"], first["ahead"]) == ("A001", "A", "ordinary", 0)
    assert ask("take", "W1", "--key", "k1") == (0, first)
    assert ask("take", "W1", "--segment", "care")[1]["ticket"] == "L001"


def test_waiting_and_show(ask: Ask) -> None:
    """`waiting` lists in call order; `show` tells a ticket's whole life."""
    for service in ("O1", "W1"):
        ask("take", service)
    code, waiting = ask("waiting")
    assert code == 0
    assert [one["ticket"] for one in waiting] == ["A001", "B001"]
    ask("counter", "1", "next")
    code, shown = ask("show", "A001")
    assert code == 0
    assert shown["state"] == "called"
    assert [event["what"] for event in shown["events"]] == ["taken", "called"]


def test_a_visit_at_the_counter(ask: Ask) -> None:
    """Every verb answers with counter, ticket, state and why."""
    ask("take", "W1")
    states = []
    for verb in ("open", "next", "greet", "ask", "operate", "confirm", "done", "pause", "resume", "close"):
        code, told = ask("counter", "1", verb)
        assert code == 0
        assert list(told) == ["counter", "ticket", "state", "why"]
        states.append(told["state"])
    assert states == ["open", "called", "greet", "ask", "operate", "confirm", "done", "paused", "open", "closed"]


def test_a_control_by_command(ask: Ask) -> None:
    """Without a screen, controls are recorded by command; authorisation needs another person."""
    ask("take", "O1")
    ask("counter", "2", "open", "--by", "李芳")
    ask("counter", "2", "next")
    assert ask("counter", "2", "done")[1]["refused"] == "control_missing"
    code, told = ask("counter", "2", "check", "authorisation", "--by", "李芳")
    assert (code, told["refused"]) == (3, "same_person")
    assert ask("counter", "2", "check", "authorisation", "--by", "王强")[0] == 0


def test_a_life_is_read_at_a_glance(
    ask: Ask, branch_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`show` says of each event who did it where, and what it was about: a missing control, and who did it then."""
    ask("take", "O1")
    ask("counter", "2", "open", "--by", "李芳")
    for words in (["next"], ["done"], ["check", "identity", "--by", "李芳"]):
        ask("counter", "2", *words)
    assert main(["show", "B001", "--branch", str(branch_folder), "--data", str(tmp_path / "data"), "--at", MONDAY]) == 0
    title, *life = capsys.readouterr().out.splitlines()
    assert title == "B001  开户办卡  called"
    assert [line[10:] for line in life] == [
        "taken    customer  O1  B  ordinary",
        "called   李芳  counter 2  B\u2009001到得最早",
        "refused  李芳  counter 2  done  control_missing",
        "checked  李芳  counter 2  identity",
    ]


def test_move_and_call_by_number(ask: Ask) -> None:
    """`move TICKET SERVICE` keeps the number; `call TICKET` calls it."""
    ask("take", "W1")
    code, told = ask("counter", "1", "move", "A001", "O1")
    assert (code, told["ticket"], told["state"]) == (0, "A001", "waiting")
    assert ask("counter", "2", "call", "a001")[1]["ticket"] == "A001"
