"""The boards' program: what the hall is, boards show; whatever breaks is told and waited for."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from lobbyline.display.boards import program as boards
from lobbyline.display.boards import protocols
from lobbyline.display.boards.faces import face_for
from lobbyline.lobby.branch import Board, Bus, Text
from lobbyline.lobby.config.folder import Setup, load
from lobbyline.lobby.errors import ConfigError, Refusal
from lobbyline.lobby.hall.view import Call, CounterView, HallView, QueueView
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.rule.forecast import Wait
from tests.boards import standing_in
from tests.patience import PATIENCE, until

OVER_THREE = Board(name="counter-3", protocol="qsystem-candle", address=35, counter=3, width=7)
MAIN = Board(name="main", protocol="cq-zhongyi-2colour", address=1, width=16)
BUS = Bus(name="hall", port="standin/hall", boards=[OVER_THREE])


def hall(*counters: tuple[int, str, str, str], calls: tuple[tuple[str, int], ...] = ()) -> HallView:
    """A hall with these counters (number, state, ticket, its state) and calls, newest first."""
    at = datetime(2026, 11, 23, 10, 12).astimezone()
    return HallView(
        calls=[
            Call(id=9 - n, number=number, counter=counter, at=at, again=False)
            for n, (number, counter) in enumerate(calls)
        ],
        queues=[QueueView("A", Text({"zh": "快速"}), 0, Wait(0, 5))],
        counters=[CounterView(number, Text({"zh": "窗口"}), *rest) for number, *rest in counters],
        soon=[],
    )


@pytest.mark.parametrize(
    ("counter", "action", "text"),
    [
        ((3, "closed", "", ""), "closed", "未开"),
        ((3, "paused", "", ""), "paused", "暂停"),
        ((3, "open", "", ""), "welcome", "欢迎"),
        ((3, "open", "A012", "called"), "call", "A012"),
        ((3, "open", "A012", "serving"), "serving", "A012"),
        ((3, "paused", "A012", "serving"), "serving", "A012"),
    ],
)
def test_a_board_over_a_counter_shows_its_counter(
    setup: Setup, counter: tuple[int, str, str, str], action: str, text: str
) -> None:
    """Closed, paused, welcome; and whoever is called or served there, in a wording that fits seven columns."""
    face = face_for(hall((1, "open", "B001", "called"), counter), BUS, OVER_THREE, setup)
    assert (face.action, face.values["text"], face.values["window"]) == (action, text, 3)


def test_a_face_has_every_value_a_protocol_may_want(setup: Setup) -> None:
    """A012 is a ticket, a prefix and a number; the address, the counter and an arrow come with it."""
    face = face_for(hall((3, "open", "A012", "called")), BUS, OVER_THREE, setup)
    assert face.values == {
        "address": 35,
        "ticket": "A012",
        "prefix": "A",
        "number": 12,
        "window": 3,
        "text": "A012",
        "arrow": ">",
    }


@pytest.mark.parametrize(
    ("view", "action", "text"),
    [
        (hall((1, "closed", "", "")), "closed", "暂未开放"),
        (hall((1, "open", "", "")), "welcome", "欢迎光临"),
        (hall((1, "open", "", ""), (2, "open", "B002", "called"), calls=(("B002", 2),)), "call", "请B002到2号窗口"),
        (hall((1, "open", "", ""), (2, "open", "B002", "serving"), calls=(("B002", 2),)), "serving", "请B002到2号窗口"),
        (hall((1, "open", "", ""), calls=(("B002", 2), ("A012", 1))), "serving", "请B002到2号窗口"),
    ],
)
def test_the_main_board_shows_the_newest_call(setup: Setup, view: HallView, action: str, text: str) -> None:
    """The newest call in a whole sentence; welcome before the first, closed when every counter is."""
    face = face_for(view, BUS, MAIN, setup)
    assert (face.action, face.values["text"]) == (action, text)


def play(lobby: Lobby, at: datetime, script: Callable[[], None]) -> int:
    """Run the program while `script` plays in another thread; a SIGTERM ends it, as systemd would."""
    trouble: list[BaseException] = []

    def act() -> None:
        try:
            script()
        except BaseException as error:
            trouble.append(error)
        while not ended.wait(0.05):  # once is enough, unless the script failed before the program listened
            os.kill(os.getpid(), signal.SIGTERM)

    ended = threading.Event()
    actor = threading.Thread(target=act)
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        actor.start()
        code = boards.run(lobby, lambda: at)
    finally:
        ended.set()
        actor.join()
        signal.signal(signal.SIGTERM, before)
    if trouble:
        raise trouble[0]
    return code


def face(lobby: Lobby, name: str) -> str:
    return next((device.face for device in lobby.devices.all() if device.name == name), "")


def test_a_call_appears_over_the_counter_and_on_the_main_board(lobby: Lobby, at: datetime) -> None:
    """From the teller's next to boards that decode on their own; and back to welcome when the customer has gone."""
    with standing_in(lobby.setup, lobby.data) as buses:

        def visit() -> None:
            lobby.desk(1).open(at)
            assert buses["windows"].wait_for("counter-1", "WELCOME", PATIENCE)
            number = lobby.reception.take("W1", at).ticket.number
            lobby.desk(1).next(at)
            assert buses["windows"].wait_for("counter-1", f"{number}>1", PATIENCE)
            assert buses["main"].wait_for("main-board", f"请{number}到1号窗口", PATIENCE)
            until(lambda: number in face(lobby, "counter-1") and number in face(lobby, "main-board"))
            lobby.desk(1).greet(at)
            until(lambda: buses["windows"].looks["counter-1"].state == "steady")
            assert buses["windows"].looks["counter-1"].text.strip() == f"{number}>1"
            lobby.desk(1).done(at)
            assert buses["windows"].wait_for("counter-1", "WELCOME", PATIENCE)
            lobby.desk(1).pause(at)
            assert buses["windows"].wait_for("counter-1", "PAUSE", PATIENCE)

        assert play(lobby, at, visit) == 0


@pytest.mark.warns("cannot be opened")
def test_a_missing_line_is_reported_and_the_others_go_on(lobby: Lobby, at: datetime) -> None:
    """Without the main board's adapter the technician reads a sentence, and counters have their calls."""
    with standing_in(lobby.setup, lobby.data, "main") as buses:

        def visit() -> None:
            lobby.desk(5).open(at)
            number = lobby.reception.take("B1", at).ticket.number
            lobby.desk(5).next(at)
            assert buses["hall"].wait_for("counter-5", f"请{number}号到5号窗口", PATIENCE)
            until(lambda: any(device.name == "main" and device.state == "fault" for device in lobby.devices.all()))

        assert play(lobby, at, visit) == 0
    fault = next(device for device in lobby.devices.all() if device.name == "main")
    assert fault.kind == "bus"
    assert fault.sentence.startswith(f"Bus 'main' ({lobby.data}/standin/main) cannot be opened: No such file")


def test_what_was_called_while_the_program_was_away_is_shown_when_it_returns(lobby: Lobby, at: datetime) -> None:
    """The state is shown, not the news of it: nothing has to be said twice."""
    lobby.desk(2).open(at)
    number = lobby.reception.take("W1", at).ticket.number
    lobby.desk(2).next(at)
    with standing_in(lobby.setup, lobby.data) as buses:
        for _ in range(2):
            assert play(lobby, at, lambda: void(buses["windows"].wait_for("counter-2", f"{number}>2", PATIENCE))) == 0
            buses["windows"].power("counter-2", False)
            buses["windows"].power("counter-2", True)


def void(seen: bool) -> None:
    assert seen


def test_a_wrong_protocol_is_told_with_file_and_line(branch_folder: Path) -> None:
    """The branch's own protocol file is read first, and its mistakes have lines."""
    own = branch_folder / "boards"
    own.mkdir()
    (own / "qsystem-candle.toml").write_text('[frames.show]\nparts = [\n  { hex = "0" },\n  { itn = "address" },\n]\n')
    with pytest.raises(ConfigError) as error:
        protocols.protocols(load(branch_folder))
    assert [(m.file.name, m.line) for m in error.value.mistakes] == [
        ("qsystem-candle.toml", 3),
        ("qsystem-candle.toml", 4),
    ]


def test_an_address_the_protocol_cannot_have_is_a_mistake_of_devices_toml(branch_folder: Path) -> None:
    """Candle boards begin at 32: a 5 is told at its own line, before anything is sent."""
    devices = branch_folder / "devices.toml"
    devices.write_text(devices.read_text("utf-8").replace("address = 34", "address = 5"), "utf-8")
    line = devices.read_text("utf-8").splitlines().index("address = 5") + 1
    with pytest.raises(ConfigError) as error:
        protocols.protocols(load(branch_folder))
    assert [str(mistake) for mistake in error.value.mistakes] == [
        f"{devices}:{line}: Address 5 is out of range: boards have 32 to 127."
    ]


def test_a_frame_from_a_terminal(branch_folder: Path) -> None:
    """`lobbyline frame` gives hex, and refuses what the board cannot be told."""
    protocol = protocols.preset(branch_folder, "idhl-4byte")
    assert protocols.frame(protocol, "call", {"address": "5", "number": "999"}) == "05 03 E7 EF"
    with pytest.raises(Refusal, match="the frame can only say up to 65535"):
        protocols.frame(protocol, "call", {"address": "5", "number": "99999"})
    with pytest.raises(Refusal, match='did you mean "idhl-4byte"'):
        protocols.preset(branch_folder, "idhl-4bite")
