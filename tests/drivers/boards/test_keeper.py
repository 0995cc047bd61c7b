"""The keeper of a bus, with stand-in boards on a pseudo-terminal that decode on their own."""

from __future__ import annotations

import copy
import json
import os
import pty
import select
import threading
import time
import tty
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import serial
from modbus_tk import defines, modbus_rtu

from lobbyline.drivers.boards import keeper as module
from lobbyline.drivers.boards import schedule
from lobbyline.drivers.boards.keeper import Keeper, Post
from lobbyline.drivers.boards.news import Counts, Fault, News, Restored, Shown
from lobbyline.drivers.boards.schedule import Face
from lobbyline.drivers.boards.standin.bus import StandinBoard, StandinBus
from lobbyline.drivers.wire.line import Line
from lobbyline.drivers.wire.protocol import Protocol
from tests.drivers.boards.presets import preset
from tests.patience import PATIENCE, until


def face(action: str, number: int, window: int = 3, text: str = "") -> Face:
    ticket = f"A{number:03}"
    said: dict[str, int | str] = {
        "ticket": ticket,
        "prefix": "A",
        "number": number,
        "window": window,
        "text": text or ticket,
        "arrow": ">",
    }
    return Face(action, said)


class Told:
    """The news of a keeper, to be waited for."""

    def __init__(self) -> None:
        self.news: list[News] = []
        self._changed = threading.Condition()

    def __call__(self, news: News) -> None:
        with self._changed:
            self.news.append(news)
            self._changed.notify_all()

    def wait_for(self, wanted: Callable[[News], bool]) -> News:
        with self._changed:
            assert self._changed.wait_for(lambda: any(map(wanted, self.news)), PATIENCE), self.news
            return next(news for news in self.news if wanted(news))

    def shown(self, board: str, wanted: Face) -> None:
        self.wait_for(lambda news: news == Shown(board, wanted))

    def fault(self, name: str) -> str:
        news = self.wait_for(lambda news: isinstance(news, Fault) and news.name == name)
        assert isinstance(news, Fault)
        assert news.trouble, "people of the branch hear of it, too"
        return news.sentence


@contextmanager
def keeping(path: Path, *posts: Post) -> Iterator[tuple[Keeper, Told]]:
    told = Told()
    keeper = Keeper(Line("hall", path, posts[0].protocol.serial), posts, told)
    keeper.start()
    try:
        yield keeper, told
    finally:
        keeper.stop()
        assert keeper.failure is None


@contextmanager
def hall(folder: Path, protocol: str, *addresses: int) -> Iterator[tuple[StandinBus, Keeper, Told]]:
    """Stand-in boards `board-<address>` of one protocol, and their keeper."""
    boards = [StandinBoard(f"board-{address}", protocol, address) for address in addresses]
    bus = StandinBus(folder / "standin", folder / "adapter", boards).start()
    posts = [Post(board.name, board.address, preset(protocol)) for board in boards]
    try:
        with keeping(folder / "adapter", *posts) as (keeper, told):
            yield bus, keeper, told
    finally:
        bus.stop()


def journal(folder: Path, board: str) -> list[str]:
    lines = (folder / "standin" / f"{board}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["text"].strip() for line in lines if json.loads(line)["state"] not in ("on", "off")]


@pytest.mark.parametrize(
    ("protocol", "address", "call", "state"),
    [
        ("qsystem-candle", 33, "A012>3", "blinking"),
        ("pinganlihe-v21", 4, "请A012号到3号窗口", "call"),
        ("cq-zhongyi-2colour", 1, "请A012到3号窗口", "text"),
        ("modbus-rtu", 7, "12", "number"),
        ("modbus-rtu-ascii", 7, "A012", "characters"),
    ],
)
def test_a_call_is_read_by_a_board_that_decodes_on_its_own(
    tmp_path: Path, protocol: str, address: int, call: str, state: str
) -> None:
    """What the keeper sends is understood by a decoder that shares nothing with it, remembered and drawn."""
    wanted = face("call", 12, text="请A012到3号窗口")
    with hall(tmp_path, protocol, address) as (bus, keeper, told):
        keeper.want(f"board-{address}", wanted, fresh=True)
        told.shown(f"board-{address}", wanted)
        assert bus.wait_for(f"board-{address}", call)
        assert bus.looks[f"board-{address}"].state == state
    assert journal(tmp_path, f"board-{address}") == [call]
    assert (tmp_path / "standin" / f"board-{address}.png").read_bytes().startswith(b"\x89PNG")


def test_acknowledgements_are_counted(tmp_path: Path) -> None:
    """Each board has its own account of frames sent and acknowledged."""
    with hall(tmp_path, "pinganlihe-v21", 3, 4) as (_, keeper, told):
        keeper.want("board-3", face("call", 12))
        told.shown("board-3", face("call", 12))
        counts = keeper.counts()
    assert (counts["board-3"].sent, counts["board-3"].acknowledged, counts["board-3"].timeouts) == (1, 1, 0)
    assert counts["board-4"].sent == 0


def test_a_dead_board_is_reported_and_keeps_nobody_waiting(tmp_path: Path) -> None:
    """The living board shows its call; the dead one is a sentence with name, address, path and what to try."""
    with hall(tmp_path, "cq-zhongyi-2colour", 1, 2) as (bus, keeper, told):
        bus.power("board-1", False)
        keeper.want("board-1", face("call", 11), fresh=True)
        keeper.want("board-2", face("call", 12), fresh=True)
        told.shown("board-2", face("call", 12))
        assert told.fault("board-1") == (
            f"Board 'board-1' (address 1 on {tmp_path}/adapter) did not answer 3 times. "
            "Look at its power, its address and the wires A and B."
        )
    assert journal(tmp_path, "board-1") == []


def test_a_dead_board_is_reported_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is tried again now and then, and nothing more is said of it until it is back."""
    monkeypatch.setattr(schedule, "PROBE_FIRST", 0.01)
    asked: list[bytes] = []
    quick = copy.deepcopy(NAMELESS)
    quick["frames"]["show"]["ack"]["timeout_ms"] = 20
    protocol = Protocol.read(quick)
    with (
        Wire(lambda data, _: asked.append(data)) as wire,
        keeping(wire.path, Post("one", 1, protocol)) as (keeper, told),
    ):
        keeper.want("one", face("call", 11))
        until(lambda: len(asked) > 3, "it is asked again and again")
    assert len([news for news in told.news if isinstance(news, Fault)]) == 1


def test_a_call_to_all_boards_waits_for_no_answer() -> None:
    """At the address of all of them nobody answers, and nobody is missed."""
    protocol = Protocol.read({**NAMELESS, "bus": {"broadcast": 99}})
    with (
        Wire(lambda _data, _send: None) as wire,
        keeping(wire.path, Post("all", 99, protocol)) as (keeper, told),
    ):
        keeper.want("all", face("call", 11))
        told.shown("all", face("call", 11))
        assert keeper.counts()["all"].timeouts == 0


def test_a_board_that_returns_is_told_what_is_wanted_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After power comes back the board shows the newest face, not those it missed."""
    monkeypatch.setattr(schedule, "PROBE_FIRST", 0.05)
    with hall(tmp_path, "cq-zhongyi-2colour", 1) as (bus, keeper, told):
        bus.power("board-1", False)
        keeper.want("board-1", face("call", 11))
        told.fault("board-1")
        keeper.want("board-1", face("call", 12))
        bus.power("board-1", True)
        told.shown("board-1", face("call", 12))
    assert journal(tmp_path, "board-1") == ["A012"]


def test_noise_before_an_answer_is_garbage_not_an_error(tmp_path: Path) -> None:
    """The acknowledgement is found amid bytes of nobody, and those are counted."""
    with hall(tmp_path, "cq-zhongyi-2colour", 1) as (bus, keeper, told):
        keeper.want("board-1", face("call", 11))
        told.shown("board-1", face("call", 11))
        bus.noise(b"\xff\x00\xa0\x90\x07\xa5\xaa")
        keeper.want("board-1", face("call", 12))
        told.shown("board-1", face("call", 12))
        counts = keeper.counts()["board-1"]
    assert (counts.acknowledged, counts.timeouts) == (2, 0)


def counted(monkeypatch: pytest.MonkeyPatch, line: Line) -> list[float]:
    """When a line was tried to be opened, from now on."""
    tries, open_line = list[float](), line.open

    def opened() -> None:
        tries.append(time.monotonic())
        open_line()

    monkeypatch.setattr(line, "open", opened)
    return tries


def test_an_unplugged_line_is_reported_and_afterwards_all_boards_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pulling the adapter is one sentence about the bus; after the replug every board shows what is wanted by then."""
    monkeypatch.setattr(module, "REOPEN_FIRST", 0.05)
    with hall(tmp_path, "cq-zhongyi-2colour", 1, 2) as (bus, keeper, told):
        keeper._states = {name: replace(state, refresh=3600) for name, state in keeper._states.items()}
        keeper.want("board-1", face("welcome", 0, text="欢迎"))
        told.shown("board-1", face("welcome", 0, text="欢迎"))
        tries = counted(monkeypatch, keeper.line)
        bus.unplug()
        assert told.fault("hall").startswith(f"Bus 'hall' ({tmp_path}/adapter) ")
        keeper.want("board-2", face("call", 11))
        keeper.want("board-2", face("call", 12))
        bus.power("board-1", False)
        bus.power("board-1", True)
        until(lambda: len(tries) > 2, "the line is looked for again and again")
        bus.replug()
        told.shown("board-2", face("call", 12))
        assert bus.wait_for("board-1", "欢迎", PATIENCE)
    assert journal(tmp_path, "board-2") == ["A012"]
    assert told.news.count(Restored("hall")) == 2
    assert sum(isinstance(news, Fault) for news in told.news) == 1


def test_a_newer_face_replaces_older_ones_that_were_not_sent(tmp_path: Path) -> None:
    """While a slow line is busy only the last of many wishes is kept."""
    with hall(tmp_path, "qsystem-candle", 33, 34) as (bus, keeper, told):
        keeper.want("board-33", face("call", 1))
        told.shown("board-33", face("call", 1))
        for number in range(2, 60):
            keeper.want("board-34", face("call", number))
        told.shown("board-34", face("call", 59))
        assert bus.wait_for("board-34", "A059")
    assert len(journal(tmp_path, "board-34")) <= 2


def test_what_the_board_cannot_show_is_a_sentence_and_the_next_face_is_shown(tmp_path: Path) -> None:
    """A face that the frame refuses is told to the technician, takes the number before it away, and stops nothing."""
    with hall(tmp_path, "qsystem-candle", 33) as (bus, keeper, told):
        keeper.want("board-33", face("call", 9))
        assert bus.wait_for("board-33", "A009")
        keeper.want("board-33", face("call", 1, window=1234))
        assert "'A001>1234' has 9 bytes: the board has room for 7" in told.fault("board-33")
        assert bus.wait_for_look("board-33", lambda look: not look.text.strip())
        keeper.want("board-33", face("call", 2))
        told.shown("board-33", face("call", 2))


class Wire(threading.Thread):
    """A far end that a test writes itself: every frame it hears is given to `answer(data, send)`."""

    def __init__(self, answer: Callable[[bytes, Callable[[bytes], None]], None]) -> None:
        super().__init__(daemon=True)
        self.master, self.slave = pty.openpty()
        tty.setraw(self.slave)
        self.path, self.answer, self.ended = Path(os.ttyname(self.slave)), answer, False

    def run(self) -> None:
        while not self.ended:
            if select.select([self.master], [], [], 0.02)[0]:
                self.answer(os.read(self.master, 1024), lambda data: void(os.write(self.master, data)))

    def __enter__(self) -> Wire:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended = True
        self.join()
        os.close(self.slave)
        os.close(self.master)


def void(_: Any) -> None:
    return None


NAMELESS: dict[str, Any] = {
    "frames": {
        "show": {
            "parts": [{"int": "address"}, {"text": "{ticket}"}, {"hex": "0D"}],
            "ack": {"ok": "06", "timeout_ms": 500, "retries": 1},
        }
    },
    "actions": {"call": ["show"]},
}


def test_a_late_answer_is_never_credited_to_another_board() -> None:
    """Even where answers carry no address, a late one counts for the board that was asked and for no other."""
    heard: list[bytes] = []

    def late_one_and_silent_two(data: bytes, send: Callable[[bytes], None]) -> None:
        heard.append(data)
        if data[0] == 1:
            time.sleep(0.6)  # later than its time-out of 0.5 s, and not as late as twice that
            send(b"\x06")

    protocol = Protocol.read(NAMELESS)
    with (
        Wire(late_one_and_silent_two) as wire,
        keeping(wire.path, Post("one", 1, protocol), Post("two", 2, protocol)) as (keeper, told),
    ):
        keeper.want("one", face("call", 11))  # the one that is wanted first is asked first
        keeper.want("two", face("call", 12))
        told.shown("one", face("call", 11))
        assert "did not answer 2 times" in told.fault("two")
        assert Shown("two", face("call", 12)) not in told.news
        assert keeper.counts()["two"].acknowledged == 0


def test_a_line_at_the_wrong_speed_is_told_from_one_that_is_cut() -> None:
    """Something answers, but nothing that makes sense: the technician is sent to the speed, not to the power."""
    with (
        Wire(lambda _, send: send(b"\xf8\x80\xfe")) as wire,
        keeping(wire.path, Post("one", 1, preset("cq-zhongyi-2colour"))) as (keeper, told),
    ):
        keeper.want("one", face("call", 12))
        assert "was not understood 3 times. Look at the speed of the line" in told.fault("one")


def test_our_own_echo_is_not_taken_for_a_board() -> None:
    """Behind an adapter that echoes, a dead Modbus board is dead although its answer would be the very same bytes."""
    with (
        Wire(lambda data, send: send(data)) as wire,
        keeping(wire.path, Post("one", 1, preset("modbus-rtu"))) as (keeper, told),
    ):
        keeper.want("one", face("call", 12))
        assert "did not answer" in told.fault("one")


def test_a_board_behind_an_echoing_adapter_is_heard() -> None:
    """Our own bytes are stripped once; the same bytes again are the board's yes."""

    def echo_and_board(data: bytes, send: Callable[[bytes], None]) -> None:
        send(data)
        if len(data) == 8:
            send(data)

    with Wire(echo_and_board) as wire, keeping(wire.path, Post("one", 1, preset("modbus-rtu"))) as (keeper, told):
        keeper.want("one", face("call", 12))
        told.shown("one", face("call", 12))


def test_frames_without_answers_are_repeated_as_the_maker_does() -> None:
    """浪潮 boards get every frame three times."""
    heard = bytearray()
    with (
        Wire(lambda data, _: heard.extend(data)) as wire,
        keeping(wire.path, Post("one", 3, preset("inspur-imm9005"))) as (keeper, told),
    ):
        keeper.want("one", face("serving", 45))
        told.shown("one", face("serving", 45))
        until(lambda: heard.count(b"\x23\x14\x24\x15\x13\x18") == 3, "each frame three times")
    assert bytes(heard) == preset("inspur-imm9005").frame("serving", {"address": 3, "text": "A045"}) * 3


def test_repeated_frames_have_a_gap_of_their_own() -> None:
    """Between the repetitions the maker's pause, behind the last one that of the line."""
    gaps: list[float] = []

    class Paced(Line):
        def say(self, data: bytes, gap: float) -> int:
            gaps.append(gap)
            return super().say(data, gap)

    protocol = Protocol.read(NAMELESS | {"bus": {"repeat": 3, "gap_ms": 30, "repeat_gap_ms": 5}})
    silent = replace(protocol, frames={"show": replace(protocol.frames["show"], ack=None)})
    with Wire(lambda *_: None) as wire:
        told = Told()
        keeper = Keeper(Paced("hall", wire.path, silent.serial), [Post("one", 1, silent)], told)
        keeper.want("one", face("call", 11))
        keeper.start()
        told.shown("one", face("call", 11))
        keeper.stop()
    assert gaps == [0.005, 0.005, 0.03]


def test_running_numbers_run() -> None:
    """A protocol that counts its frames gets 1, 2, 3."""
    heard = bytearray()
    with (
        Wire(lambda data, _: heard.extend(data)) as wire,
        keeping(wire.path, Post("one", 1, preset("yinda-imm9013"))) as (keeper, told),
    ):
        for number in (11, 12, 13):
            keeper.want("one", face("call", number))
            told.shown("one", face("call", number))
    frames = [
        preset("yinda-imm9013").frame("call", {"address": 1, "text": f"A{10 + n:03}", "seq": n}) for n in (1, 2, 3)
    ]
    assert b"".join(frames).startswith(bytes(heard))
    assert len(heard) >= 2 * len(frames[0])


@contextmanager
def foreign_modbus_board(unit: int) -> Iterator[tuple[Path, Any]]:
    """modbus_tk's RTU server, somebody else's idea of a Modbus device, at the far end of a line."""
    master, slave = pty.openpty()
    tty.setraw(master)
    tty.setraw(slave)
    near, far = pty.openpty()
    tty.setraw(near)
    tty.setraw(far)
    ended = threading.Event()

    def bridge() -> None:
        while not ended.is_set():
            for source in select.select([master, near], [], [], 0.02)[0]:
                os.write(near if source == master else master, os.read(source, 1024))

    cable = threading.Thread(target=bridge, daemon=True)
    server = modbus_rtu.RtuServer(serial.Serial(os.ttyname(far), 9600, timeout=0.1), interchar_multiplier=1)
    display = server.add_slave(unit)
    display.add_block("number", defines.HOLDING_REGISTERS, 0, 1)
    display.add_block("characters", defines.HOLDING_REGISTERS, 0x70, 3)
    cable.start()
    server.start()
    try:
        yield Path(os.ttyname(slave)), display
    finally:
        server.stop()
        ended.set()
        cable.join()
        for descriptor in (master, slave, near, far):
            os.close(descriptor)


@pytest.mark.filterwarnings("ignore:isSet:DeprecationWarning")  # modbus_tk is older than is_set
@pytest.mark.warns("^modbus_tk: ")
def test_a_foreign_modbus_board_takes_our_frames_and_an_absent_unit_is_told() -> None:
    """modbus_tk's server holds the number we sent; a unit that it does not have stays silent and is reported."""
    protocol = preset("modbus-rtu")
    with (
        foreign_modbus_board(unit=2) as (path, display),
        keeping(path, Post("here", 2, protocol), Post("absent", 9, protocol)) as (keeper, told),
    ):
        keeper.want("here", face("call", 1234))
        keeper.want("absent", face("call", 12))
        told.shown("here", face("call", 1234))
        assert list(display.get_values("number", 0, 1)) == [1234]
        assert "Board 'absent' (address 9 on" in told.fault("absent")


@pytest.mark.filterwarnings("ignore:isSet:DeprecationWarning")  # modbus_tk is older than is_set
@pytest.mark.warns("^modbus_tk: ")
def test_a_foreign_modbus_board_takes_characters_and_says_no_to_a_register_it_lacks() -> None:
    """Function 16 puts six characters into modbus_tk's registers; a wrong register is an exception, told as a no."""
    protocol, wrong = preset("modbus-rtu-ascii"), Post("wrong", 2, preset("modbus-rtu"), values={"register": 0x400})
    with (
        foreign_modbus_board(unit=2) as (path, display),
        keeping(path, Post("here", 2, protocol), wrong) as (keeper, told),
    ):
        keeper.want("here", face("call", 45))
        told.shown("here", face("call", 45))
        characters = b"".join(value.to_bytes(2, "big") for value in display.get_values("characters", 0x70, 3))
        assert characters == b"  A045"
        keeper.want("wrong", face("call", 45))
        assert "said no 3 times" in told.fault("wrong")


def test_every_area_of_a_board_that_returns_is_told_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An Onbon card forgets its areas without power: when one is answered again, the others are told at once, too."""
    monkeypatch.setattr(schedule, "PROBE_FIRST", 0.05)
    bus = StandinBus(tmp_path / "standin", tmp_path / "adapter", [StandinBoard("card", "onbon-bx5k", 1)]).start()
    card = preset("onbon-bx5k")
    card = replace(card, bus=replace(card.bus, refresh=10 * PATIENCE))  # it is not by a refresh that they are told
    posts = [Post(f"row-{n}", 1, card, values={"area": n, "y": 16 * n}) for n in range(2)]
    try:
        with keeping(tmp_path / "adapter", *posts) as (keeper, told):
            for number, row in enumerate(("row-0", "row-1", "row-0", "row-0"), 10):
                keeper.want(row, face("call", number))
                told.shown(row, face("call", number))
            before = keeper.counts()["row-1"].acknowledged
            assert before == 1, "while the card answers, no row makes another be told again"
            bus.power("card", False)
            keeper.want("row-0", face("call", 14))
            told.fault("row-0")
            bus.power("card", True)
            told.shown("row-0", face("call", 14))
            until(lambda: keeper.counts()["row-1"].acknowledged > before, "the other row is told again")
            assert keeper.counts()["row-1"].acknowledged == before + 1
    finally:
        bus.stop()


def test_counts_stand_in_a_sentence_and_are_read_from_it_again() -> None:
    """What doctor reads as a sentence is what the list of boards counts."""
    counts = Counts(7, 6, 1, 3)
    assert str(counts) == "7 frames sent, 6 acknowledged, 1 time-outs, 3 bytes of garbage"
    assert Counts.told(f"Board 'one' did not answer 3 times. So far {counts}.") == counts
    assert Counts.told("Bus 'hall' is gone.") is None


def test_nobody_listens_to_a_dead_board_while_somebody_is_called() -> None:
    """A dead board's answer is not waited for when a living board has a fresh call."""
    asked: list[int] = []

    def only_two_answers(data: bytes, send: Callable[[bytes], None]) -> None:
        asked.append(data[0])
        if data[0] == 2:
            send(b"\x02\x06")

    protocol = Protocol.read(NAMED)
    show = protocol.frames["show"]
    assert show.ack
    protocol = replace(protocol, frames={"show": replace(show, ack=replace(show.ack, timeout_ms=int(1000 * PATIENCE)))})
    with (
        Wire(only_two_answers) as wire,
        keeping(wire.path, Post("one", 1, protocol), Post("two", 2, protocol)) as (keeper, told),
    ):
        keeper.want("two", face("call", 10))
        told.shown("two", face("call", 10))  # the line is open
        keeper._states["one"] = replace(keeper._states["one"], failures=9)  # long dead
        keeper.want("one", face("call", 11))
        until(lambda: 1 in asked, "the dead board is asked")
        keeper.want("two", face("call", 12), fresh=True)
        told.shown("two", face("call", 12))  # which would come too late if one's silence were waited for
    assert asked[:3] == [2, 1, 2]


def test_whoever_is_called_while_the_line_is_busy_is_next() -> None:
    """The keeper decides when the line is free, and not before: the newest call does not wait for one it overtook."""
    free, asked = threading.Event(), list[int]()

    class Busy(Line):
        def busy(self) -> float:
            assert free.wait(PATIENCE)
            return super().busy()

    protocol = Protocol.read(NAMELESS)
    posts = [Post("one", 1, protocol), Post("two", 2, protocol)]

    def answer(data: bytes, send: Callable[[bytes], None]) -> None:
        asked.append(data[0])
        send(b"\x06")

    with Wire(answer) as wire:
        told = Told()
        keeper = Keeper(Busy("hall", wire.path, protocol.serial), posts, told)
        keeper.start()
        told.wait_for(lambda news: isinstance(news, Restored))
        keeper.want("one", face("call", 11), fresh=True)
        time.sleep(0.1)  # in which a keeper that had decided would have spoken
        keeper.want("two", face("call", 12), fresh=True)
        free.set()
        told.shown("one", face("call", 11))
        keeper.stop()
    assert asked == [2, 1]


NAMED: dict[str, Any] = {
    "frames": {
        "show": {
            "parts": [{"int": "address"}, {"text": "{ticket}"}, {"hex": "0D"}],
            "ack": {"ok": "{address} 06", "timeout_ms": 300, "retries": 1},
        }
    },
    "actions": {"call": ["show"]},
}
