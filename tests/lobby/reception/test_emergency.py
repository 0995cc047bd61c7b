"""While the server is away a kiosk gives numbers of its own; they stand in the line when it is back, in order, once."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from lobbyline.lobby.config.folder import load
from lobbyline.lobby.counter.desk import Desk
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.reception.outboxes import Outboxes
from lobbyline.lobby.store.rows import Rows
from lobbyline.technician.call import Call
from lobbyline.technician.running.programs import entered
from tests.conftest import kept_at
from tests.server import BINARIES, MORTAL, Server

BRANCH = "jingqi-street"
MINUTE = timedelta(minutes=1)
MACHINES = '\n[machines.kiosk-1]\nemergency = "X"\n\n[machines.wall]\n'
NOWHERE = '\n[store]\nurl = "postgresql://nobody@127.0.0.1:1/lobby"\n'
pytestmark = pytest.mark.sqlite


@pytest.fixture(scope="module")
def mortal() -> Iterator[Server]:
    """A server that goes away and comes back."""
    if not BINARIES:
        pytest.skip("PostgreSQL is not installed: make setup")
    server = Server(MORTAL)
    yield server
    server.close()


@pytest.fixture
def kiosk(mortal: Server, branch_folder: Path, tmp_path: Path) -> Iterator[Lobby]:
    """A kiosk whose memory is on the server."""
    devices = branch_folder / "devices.toml"
    devices.write_text(devices.read_text("utf-8") + MACHINES, "utf-8")
    there = mortal.database(BRANCH).url(f"lobby_{BRANCH}")
    lobby = open_lobby(kept_at(load(branch_folder), there).on("kiosk-1"), tmp_path / "kiosk", "kiosk")
    yield lobby
    lobby.close()


def waiting(lobby: Lobby, at: datetime) -> list[str]:
    return [entry.ticket.number for entry in sorted(lobby.hall.waiting(at), key=lambda one: one.ticket.arrived_at)]


def test_nobody_is_lost_while_the_server_is_away(kiosk: Lobby, mortal: Server, at: datetime) -> None:
    """Its own series, one number a touch; handed in with the time it was drawn, in order, and once."""
    kiosk.emergency.take("W1", at)
    mortal.stop("immediate")
    asked = enumerate(("W1", "O1", "W1"))
    drawn = [kiosk.emergency.take(service, at + n * MINUTE, key=f"k{n}") for n, service in asked]
    again = kiosk.emergency.take("O1", at + 5 * MINUTE, key="k1")
    assert [place.ticket.number for place in (*drawn, again)] == ["X001", "X002", "X003", "X002"]
    mortal.start()
    assert kiosk.emergency.take("W1", at + 9 * MINUTE).ticket.number == "A002"
    assert kiosk.emergency.hand_in(at + 9 * MINUTE) == 3
    assert kiosk.emergency.hand_in(at + 9 * MINUTE) == 0
    assert waiting(kiosk, at + 9 * MINUTE) == ["A001", "X001", "X002", "X003", "A002"]
    assert kiosk.reception.find("X002", at).ticket.queue == "B"
    assert kiosk.reception.find(drawn[1].ticket.token, at).ticket.number == "X002"


@pytest.mark.warns("X001 was given twice today")
def test_a_changed_machine_begins_its_series_again(
    kiosk: Lobby, mortal: Server, tmp_path: Path, at: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    """The new machine does not know what the old one gave: nobody is lost, and who came second gets the next number."""
    changed = open_lobby(kiosk.setup, tmp_path / "changed", "kiosk")
    mortal.stop("immediate")
    for lobby in (kiosk, changed):
        assert lobby.emergency.take("W1", at).ticket.number == "X001"
    mortal.start()
    assert [lobby.emergency.hand_in(at + MINUTE) for lobby in (kiosk, changed)] == [1, 1]
    assert waiting(kiosk, at + MINUTE) == ["X001", "X002"]
    assert "whoever came second with it waits as X002 now" in caplog.text
    changed.close()


def test_a_number_that_nobody_heard_of_is_taken_back(kiosk: Lobby, mortal: Server, at: datetime) -> None:
    """The line is lost between commit and answer: the customer holds X001, and the other number waits for nobody."""
    kiosk.reception.take("W1", at, key="touch")
    mortal.stop("immediate")
    assert kiosk.emergency.take("W1", at, key="touch").ticket.number == "X001"
    mortal.start()
    kiosk.emergency.hand_in(at)
    assert waiting(kiosk, at) == ["X001"]
    assert kiosk.reception.find("A001", at).ticket.state == "void"


@pytest.mark.parametrize(
    ("verbs", "becomes"), [(["next"], "void"), (["next", "absent"], "void"), (["next", "greet"], "serving")]
)
def test_a_number_that_nobody_heard_of_is_called(
    kiosk: Lobby, mortal: Server, at: datetime, verbs: list[str], becomes: str
) -> None:
    """Called before the hand-in, it is taken back and counts as nobody's absence, unless somebody came with it."""
    kiosk.reception.take("W1", at, key="touch")
    mortal.stop("immediate")
    kiosk.emergency.take("W1", at, key="touch")
    mortal.start()
    for verb in verbs:
        getattr(kiosk.desk(1), verb)(at)
    assert kiosk.emergency.hand_in(at) == 1
    assert waiting(kiosk, at) == ["X001"]
    assert kiosk.reception.find("A001", at).ticket.state == becomes
    assert called(kiosk.desk(2), at) == "X001"
    reckoning = kiosk.day_end.end(at)
    assert (reckoning.issued, reckoning.missed, reckoning.tickets_agree) == (2, 0, True)


def called(desk: Desk, at: datetime) -> str:
    ticket = desk.next(at).ticket
    return ticket.number if ticket else ""


def test_the_branch_prints_after_the_hand_in(kiosk: Lobby, mortal: Server, at: datetime) -> None:
    """A paper of the branch that may be for the same touch waits, and is never printed beside the emergency's."""
    outboxes = Outboxes(kiosk)
    kiosk.reception.take("W1", at, key="touch")
    mortal.stop("immediate")
    kiosk.emergency.take("W1", at, key="touch")
    mortal.start()
    printed = []
    for _ in range(2):
        while job := outboxes.due("front", at):
            outboxes.finish(outboxes.begin(job, at), "printed", "", at)
            printed.append(job.slip.number)
        kiosk.emergency.hand_in(at)
    assert printed == ["X001"]


def test_a_hand_in_that_was_cut_short_goes_on(
    kiosk: Lobby, mortal: Server, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after the branch committed and before the file did: the second time nothing is doubled."""
    mortal.stop("immediate")
    for _ in range(2):
        kiosk.emergency.take("W1", at)
    mortal.start()
    section = kiosk.emergency.local.store.section

    def dying() -> AbstractContextManager[Rows]:
        monkeypatch.setattr(kiosk.emergency.local.store, "section", section)
        raise KeyboardInterrupt

    sections = iter([section, dying])
    monkeypatch.setattr(kiosk.emergency.local.store, "section", lambda: next(sections)())
    with pytest.raises(KeyboardInterrupt):
        kiosk.emergency.hand_in(at)
    assert waiting(kiosk, at) == ["X001"]
    assert kiosk.emergency.hand_in(at) == 2
    assert waiting(kiosk, at) == ["X001", "X002"]


def test_paper_is_printed_by_one_of_the_two(kiosk: Lobby, mortal: Server, at: datetime) -> None:
    """What the emergency printed stays printed, what it had not begun is the branch's, what it prints is waited for."""
    mortal.stop("immediate")
    for _ in range(3):
        kiosk.emergency.take("W1", at)
    own = kiosk.emergency.local.outbox
    first = own.due("front")
    assert first is not None
    assert first.slip.emergency
    own.finish(own.begin(first, at), "printed", "", at)
    second = own.due("front")
    assert second is not None
    begun = own.begin(second, at)
    mortal.start()
    assert kiosk.emergency.hand_in(at) == 1
    own.finish(begun, "unknown", "", at)
    assert kiosk.emergency.hand_in(at) == 2
    assert own.due("front") is None
    third = kiosk.outbox.due("front")
    assert third is not None
    assert third.slip.number == "X003"
    assert [kiosk.outbox.state_of(kiosk.reception.find(f"X00{n}", at).ticket) for n in (1, 2, 3)] == [
        "printed", "unknown", "queued",
    ]  # fmt: skip


def test_a_kiosk_starts_while_the_server_is_away(kiosk: Lobby, mortal: Server, at: datetime, tmp_path: Path) -> None:
    """Switched on in the middle of an emergency it gives numbers at once; a machine without a letter says why not."""
    mortal.stop("immediate")
    with closing(open_lobby(kiosk.setup, kiosk.data, "kiosk")) as again:
        assert again.emergency.take("W1", at).ticket.number == "X001"
        with pytest.raises(StoreError, match="the server cannot be reached"):
            open_lobby(kiosk.setup.on("wall"), tmp_path / "wall")
        mortal.start()
        assert again.emergency.hand_in(at) == 1
        assert waiting(again, at) == ["X001"]


@pytest.mark.warns("the server cannot be reached")
def test_the_program_of_a_kiosk_begins_in_an_emergency(branch_folder: Path, tmp_path: Path) -> None:
    """Neither the version it runs under nor the clock can be compared with the memory: it opens all the same."""
    for file, more in (("devices.toml", MACHINES), ("branch.toml", NOWHERE)):
        with (branch_folder / file).open("a", encoding="utf-8") as text:
            text.write(more)
    options = {"branch": branch_folder, "data": tmp_path / "data", "machine": "kiosk-1", "ahead": 0.0, "at": None}
    lobby, _ = entered(Call(Namespace(command="kiosk", **options)))
    assert lobby.emergency.letter == "X"
    lobby.close()
    with pytest.raises(StoreError, match="the server cannot be reached"):
        entered(Call(Namespace(command="screen", **options)))


def test_a_machine_without_a_letter_refuses_calmly(kiosk: Lobby, mortal: Server, at: datetime, tmp_path: Path) -> None:
    """Where the files give no letter there are no emergency numbers."""
    wall = open_lobby(kiosk.setup.on("wall"), tmp_path / "wall")
    mortal.stop("immediate")
    with pytest.raises(StoreError, match="the server cannot be reached"):
        wall.emergency.take("W1", at)
    mortal.start()
    assert wall.emergency.hand_in(at) == 0
    wall.close()
