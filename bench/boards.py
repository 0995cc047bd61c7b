"""What a board costs: from a teller's commit to the last byte on the wire, beside what the wire alone takes.

The real program `lobbyline boards` runs beside us and writes to pseudo-terminals, which have no speed of their own; so
we pace them: a frame is on the wire for ten bits a byte from its arrival, its answer comes after that and a turnaround.
"""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import tempfile
import threading
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from statistics import median

from bench import Figure
from bench.start import worked
from lobbyline.drivers.boards.standin.languages import DECODERS
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.store import bell

BAUD, TURN = 9600, 0.01  # seconds a board thinks before it answers
AT = "2026-11-24T10:00+08:00"  # a Tuesday
CALLS, IDLE_SECONDS = 12, 6.0
PATIENCE = 30.0
COUNTERS, FRESH = 32, 5  # fresh calls while the others are still told
GAPS = {"qsystem-candle": 0.2, "cq-zhongyi-2colour": 0.02}  # after each frame, as their files say

BRANCH = """
id = "bench"
name = { zh = "测试支行", en = "Bench Branch" }
[hours.personal]
tue = ["09:00-17:00"]
[groups]
personal = { zh = "个人业务", en = "Personal" }
[queues.A]
name = { zh = "快速现金", en = "Quick cash" }
zone = { zh = "A区", en = "Zone A" }
[segments.ordinary]
name = { zh = "普通", en = "Ordinary" }
[services.W1]
name = { zh = "取款", en = "Withdraw" }
queue = "A"
complexity = "quick"
minutes = 3
"""
COUNTER = '[[counters]]\nnumber = {n}\nname = {{ zh = "{n}号窗口", en = "Counter {n}" }}\nqueues = ["A"]\n'
BOARD = (
    '[[buses.boards]]\nname = "board-{n}"\nprotocol = "{protocol}"\naddress = {address}\ncounter = {n}\nwidth = 16\n'
)


def figures() -> list[Figure]:
    found = []
    for protocol in GAPS:
        found += quiet(protocol)
        found += after_outage(protocol)
    return [*found, idle()]


def quiet(protocol: str) -> list[Figure]:
    """One call on a bus where nothing else is to be told."""
    with hall(protocol, counters=2) as (lobby, wire):
        excess, took = [], []
        for _ in range(CALLS):
            wire.settle()
            number, begin = call(lobby, 1)
            arrived, size = wire.shown(number)
            took.append(arrived + wire_time(size) - begin)
            excess.append(arrived - begin)
            lobby.desk(1).absent(moment())
    limit = median(took) - median(excess)
    return [
        Figure(
            f"{protocol}: commit to last byte, quiet bus", 1000 * median(took), "ms", 1000 * limit, "× the wire alone"
        ),
        Figure("  of it ours; the longest of 12 calls", 1000 * max(excess), "ms", note="promised: at most 30"),
    ]


def after_outage(protocol: str) -> list[Figure]:
    """A fresh call when a line with 32 boards has just come back, all of them waiting for news of a minute."""
    with hall(protocol, counters=COUNTERS) as (lobby, wire):
        wire.settle()
        wire.unplug()
        for turn in range(60):  # a call a second for a minute; nothing depends on how fast they come
            n = turn % (COUNTERS - FRESH) + 1
            if turn >= COUNTERS - FRESH:
                lobby.desk(n).absent(moment())
            call(lobby, n)
        wire.plug()
        wire.first_bytes()
        took = []
        for n in range(COUNTERS - FRESH + 1, COUNTERS + 1):
            number, begin = call(lobby, n)
            arrived, size = wire.shown(number)
            took.append(arrived + wire_time(size) - begin)
    frame = wire_time(size) + GAPS[protocol] + (TURN + wire_time(5) if "zhongyi" in protocol else 0)
    limit = frame + wire_time(size)
    note = f"× one frame of another and the wire alone; the longest of {FRESH}"
    return [Figure(f"{protocol}: the same, 32 boards after 60 s outage", 1000 * max(took), "ms", 1000 * limit, note)]


def idle() -> Figure:
    """Processor time of the boards' program while nothing happens."""
    with hall("cq-zhongyi-2colour", counters=COUNTERS) as (_, wire):
        wire.settle()
        begin = wire.processor_time()
        time.sleep(IDLE_SECONDS)
        used = wire.processor_time() - begin
    return Figure(
        "boards program at rest, 32 boards", 100 * used / IDLE_SECONDS, "%", note="of a core; promised: under 1"
    )


def moment() -> datetime:
    return datetime.fromisoformat(AT)


def wire_time(size: int) -> float:
    return size * 10 / BAUD


def call(lobby: Lobby, counter: int) -> tuple[str, float]:
    """Somebody comes and is called; the moment at which the call was durable and the bell rang."""
    lobby.reception.take("W1", moment())
    rung: list[float] = []
    ring = bell.ring

    def noted(folder: Path) -> None:
        rung.append(time.monotonic())
        ring(folder)

    bell.ring = noted
    try:
        ticket = lobby.desk(counter).next(moment()).ticket
    finally:
        bell.ring = ring
    assert ticket is not None
    return ticket.number, rung[-1]


@contextmanager
def hall(protocol: str, counters: int) -> Iterator[tuple[Lobby, Wire]]:
    """A branch with so many counters and a board over each, and the boards' program looking after them."""
    first = 33 if protocol == "qsystem-candle" else 1
    boards = (BOARD.format(n=n, protocol=protocol, address=first + n - 1) for n in range(1, counters + 1))
    with tempfile.TemporaryDirectory() as place:
        folder, data = Path(place) / "branch", Path(place) / "data"
        folder.mkdir()
        data.mkdir()
        names = "".join(COUNTER.format(n=n) for n in range(1, counters + 1))
        (folder / "branch.toml").write_text(BRANCH + names, "utf-8")
        bus = f'[[buses]]\nname = "hall"\nport = "line"\nbaudrate = {BAUD}\n'
        (folder / "devices.toml").write_text(bus + "".join(boards), "utf-8")
        lobby = open_lobby(load(folder), data)
        for n in range(1, counters + 1):
            lobby.desk(n).open(moment())
        wire = Wire(data / "line", protocol)
        try:
            wire.plug()
            wire.start(folder, data)
            yield lobby, wire
        finally:
            wire.stop()
            lobby.close()


class Wire:
    """The far end of a line: notes when each frame came and what it showed, and answers at the pace of the wire."""

    def __init__(self, link: Path, protocol: str) -> None:
        self.link, self.protocol = link, protocol
        self.seen: list[tuple[float, int, str]] = []  # when, how many bytes, what was shown
        self._changed = threading.Condition()
        self._decoder = DECODERS[protocol]()
        self._ends: tuple[int, ...] = ()
        self._ended = False
        self._program: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._listen, daemon=True)

    def start(self, folder: Path, data: Path) -> None:
        words = [sys.executable, "-m", "lobbyline.technician", "boards", "--branch", str(folder), "--data", str(data)]
        self._program = subprocess.Popen([*words, "--at", AT], stderr=subprocess.DEVNULL)
        self._thread.start()

    def stop(self) -> None:
        if self._program:
            self._program.terminate()
            self._program.wait()
        self._ended = True
        if self._thread.is_alive():
            self._thread.join()
        for end in self._ends:
            os.close(end)

    def plug(self) -> None:
        master, slave = pty.openpty()
        tty.setraw(slave)
        os.set_blocking(master, False)
        self.link.unlink(missing_ok=True)
        self.link.symlink_to(os.ttyname(slave))
        with self._changed:
            self._ends = master, slave

    def unplug(self) -> None:
        self.link.unlink()
        with self._changed:
            ends, self._ends = self._ends, ()
        time.sleep(0.1)  # the listener looks at it no more
        for end in ends:
            os.close(end)
        with self._changed:
            self.seen.clear()

    def processor_time(self) -> float:
        """Seconds of processor that the program has used."""
        assert self._program is not None
        return worked(self._program.pid)

    def settle(self) -> None:
        """Wait until every board was told, and nobody has been for a while."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            with self._changed:
                if self.seen and time.monotonic() - self.seen[-1][0] > 0.7:
                    return
            time.sleep(0.05)

    def first_bytes(self) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: bool(self.seen), PATIENCE)

    def shown(self, number: str) -> tuple[float, int]:
        """When the frame with this number came, and its size."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._with(number) is not None, PATIENCE), self.seen[-3:]
            when, size, _ = self._with(number) or (0.0, 0, "")
            return when, size

    def _with(self, number: str) -> tuple[float, int, str] | None:
        return next((frame for frame in self.seen if number in frame[2]), None)

    def _listen(self) -> None:
        while not self._ended:
            with self._changed:
                ends = self._ends
            if ends and select.select([ends[0]], [], [], 0.02)[0]:
                self._arrived(ends[0])
            elif not ends:
                time.sleep(0.02)

    def _arrived(self, master: int) -> None:
        try:
            data = os.read(master, 4096)
        except OSError:
            return
        now, heard = time.monotonic(), list(self._decoder.feed(data))
        with self._changed:
            self.seen.append((now, len(data), heard[-1].look.text if heard and heard[-1].look else ""))
            self._changed.notify_all()
        answer = b"".join(each.answer for each in heard)
        if answer:
            time.sleep(wire_time(len(data)) + TURN + wire_time(len(answer)))
            os.write(master, answer)
