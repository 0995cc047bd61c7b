"""What the journal hears: fields and priorities, and never a customer."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType

import pytest

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers.standin.printer import StandinPrinter
from lobbyline.kiosk import press as press_module
from lobbyline.kiosk.press import Press
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import Lobby
from lobbyline.technician.running.logs import Journal, Plain

NAME, CARD, AMOUNT = "欧阳卓奕", "6299000000000007", "7654"
FILLED = {"name": NAME, "card_no": CARD, "amt": AMOUNT}
PERSONAL = (NAME, CARD, AMOUNT, "卓奕", "0000000007")


@pytest.fixture
def journal() -> Iterator[io.StringIO]:
    """Everything that is logged at any level, as the journal would get it."""
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    handler.setFormatter(Journal())
    root = logging.getLogger()
    before = root.level
    root.setLevel(logging.DEBUG)
    root.addHandler(handler)
    yield heard
    root.removeHandler(handler)
    root.setLevel(before)


def test_a_line_has_its_priority_and_fields(journal: io.StringIO) -> None:
    """Systemd reads the priority, programs the fields."""
    logging.getLogger("kiosk").info("printer %s: ok", "front")
    line = journal.getvalue()
    assert line.startswith("<6>")
    told = json.loads(line[3:])
    assert (told["level"], told["logger"], told["message"]) == ("info", "kiosk", "printer front: ok")


def fallen() -> tuple[type[BaseException], BaseException, TracebackType | None]:
    """An error with a customer's name in it, which came from one with a sentence of ours."""
    error = ValueError(f"not a name: {NAME}")
    error.__cause__ = DeviceError("the printer is out of paper")
    try:
        raise error
    except ValueError as caught:
        return ValueError, caught, caught.__traceback__


@pytest.mark.parametrize("form", [Journal(), Plain()])
def test_an_unexpected_error_keeps_its_words_to_itself(form: logging.Formatter) -> None:
    """Where and of what kind, through all its causes; a sentence of ours stays."""
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "it fell", (), fallen())
    told = form.format(record)
    assert NAME not in told
    assert all(word in told for word in ("ValueError", "test_logs.py:", "DeviceError: the printer is out of paper"))


@pytest.mark.warns("lobbyline")
def test_a_whole_visit_leaves_no_personal_data_in_the_log(
    lobby: Lobby, at: datetime, tmp_path: Path, journal: io.StringIO
) -> None:
    """Taken, filled wrongly and rightly, printed, seen by a teller, refused and broken on the way: nobody is named."""
    port = int(lobby.setup.devices.printers[0].at.rpartition(":")[2])
    standin = StandinPrinter(tmp_path / "paper", press_module.profiles(lobby.setup)["generic-80"], port=port).start()
    press = Press(lobby, lambda: at, "front").start()
    ticket = lobby.reception.take("W1", at).ticket
    lobby.reception.fill(ticket, "F02", FILLED | {"card_no": CARD[:-1]}, at)
    lobby.reception.fill(ticket, "F02", FILLED, at)
    lobby.outbox.print_form(ticket, "F02", at)
    desk = lobby.desk(1)
    desk.next(at)
    desk.greet(at)
    assert desk.filled(at)["F02"]["name"] == NAME
    assert standin.wait_for(2)
    with pytest.raises(Refusal):
        lobby.reception.find(NAME, at)
    with pytest.raises(Refusal):
        lobby.reception.fill(ticket, CARD, FILLED, at)
    try:
        lobby.reception.fill(ticket, "F02", {"name": FILLED}, at)  # type: ignore[dict-item]  # a bug of a program
    except Exception:
        logging.getLogger("lobbyline.kiosk").exception("uncaught")
    press.stop()
    standin.stop()
    told = journal.getvalue()
    assert "uncaught" in told
    assert "printer front is well" in told
    assert [word for word in PERSONAL if word in told] == []


def test_a_program_that_falls_tells_the_journal_in_its_form(branch_folder: Path, tmp_path: Path) -> None:
    """Under systemd even an error that nobody expected is one line of JSON with its priority."""
    broken = (
        "import sys\nfrom lobbyline.display.boards import program\nfrom lobbyline.technician.command import main\n"
        f"def fall(*_):\n    raise KeyError({NAME!r})\nprogram.run = fall\nsys.exit(main(sys.argv[1:]))\n"
    )
    words = ["boards", "--branch", str(branch_folder), "--data", str(tmp_path / "data")]
    done = subprocess.run(
        [sys.executable, "-c", broken, *words],
        env=os.environ | {"JOURNAL_STREAM": "8:1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("<2>")
    assert "KeyError" in json.loads(line[3:])["trace"]
    assert NAME not in done.stderr
