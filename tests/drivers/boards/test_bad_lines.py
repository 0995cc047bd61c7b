"""Noise, cut cables, half frames and two boards that answer: the right number stands on every living board."""

from __future__ import annotations

import os
import pty
import random
import select
import threading
import time
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lobbyline.drivers.boards import keeper as module
from lobbyline.drivers.boards import schedule
from lobbyline.drivers.boards.keeper import Keeper, Post
from lobbyline.drivers.boards.schedule import Face
from lobbyline.drivers.boards.standin.languages import DECODERS
from lobbyline.drivers.wire.line import Line
from tests.drivers.boards.presets import preset
from tests.patience import PATIENCE

PROTOCOL = "cq-zhongyi-2colour"
ADDRESSES = (1, 2, 3)
REFRESH = 0.5


def face(number: int) -> Face:
    return Face("call", {"ticket": f"A{number:03}", "text": f"A{number:03}", "window": 1})


class BadWire(threading.Thread):
    """A line with boards that listen through noise; what happens to each frame is decided by chance from a seed."""

    def __init__(self, link: Path, seed: int, trouble: float, twins: frozenset[int], dead: frozenset[int]) -> None:
        super().__init__(daemon=True)
        self.link, self.chance, self.trouble = link, random.Random(seed), trouble
        self.twins, self.dead = twins, dead
        self.boards = {address: DECODERS[PROTOCOL]() for address in ADDRESSES}
        self.shown = dict.fromkeys(ADDRESSES, "")
        self.calm, self.ended = False, False
        self.changed = threading.Condition()
        self.master, self.slave = -1, -1
        self.plug()

    def plug(self) -> None:
        self.master, self.slave = pty.openpty()
        tty.setraw(self.slave)
        os.set_blocking(self.master, False)
        self.link.unlink(missing_ok=True)
        self.link.symlink_to(os.ttyname(self.slave))

    def cut(self) -> None:
        """Pull the adapter, and plug another one in."""
        self.link.unlink()
        os.close(self.slave)
        os.close(self.master)
        self.plug()

    def run(self) -> None:
        while not self.ended:
            if not self.calm and self.chance.random() < self.trouble / 40:
                self.cut()
            if not select.select([self.master], [], [], 0.01)[0]:
                continue
            try:
                self.hear(os.read(self.master, 4096))
            except OSError:
                continue

    def hear(self, data: bytes) -> None:
        data = self.spoiled(data)
        answers = [answer for address in ADDRESSES for answer in self.board(address, data)]
        for answer in answers:
            os.write(self.master, self.spoiled(answer))

    def board(self, address: int, data: bytes) -> Iterator[bytes]:
        for each in self.boards[address].feed(data):
            if each.address == address and address not in self.dead:
                if each.look:
                    with self.changed:
                        self.shown[address] = each.look.text
                        self.changed.notify_all()
                yield each.answer * (2 if address in self.twins else 1)

    def spoiled(self, data: bytes) -> bytes:
        """What the wire makes of it: whole, cut short, with noise around it, or with a bit turned over."""
        if self.calm or self.chance.random() > self.trouble:
            return data
        noise = self.chance.randbytes(self.chance.randrange(1, 8))
        bent = bytearray(data)
        bent[self.chance.randrange(len(bent))] ^= 1 << self.chance.randrange(8)
        half = data[: self.chance.randrange(len(data))]
        return self.chance.choice([noise + data, data + noise, half, bytes(bent), b""])


@contextmanager
def keeping(wire: BadWire) -> Iterator[Keeper]:
    known = preset(PROTOCOL)
    protocol = replace(known, bus=replace(known.bus, refresh=REFRESH))
    posts = [Post(f"board-{address}", address, protocol) for address in ADDRESSES]
    keeper = Keeper(Line("hall", wire.link, protocol.serial), posts, lambda _: None)
    wire.start()
    keeper.start()
    try:
        yield keeper
    finally:
        keeper.stop()
        wire.ended = True
        wire.join()
        os.close(wire.slave)
        os.close(wire.master)
        assert keeper.failure is None


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    seed=st.integers(0, 2**32),
    trouble=st.floats(0.1, 0.7),
    twins=st.frozensets(st.sampled_from(ADDRESSES)),
    dead=st.frozensets(st.sampled_from(ADDRESSES), max_size=1),
    numbers=st.lists(st.tuples(st.sampled_from(ADDRESSES), st.integers(1, 999)), min_size=3, max_size=20),
)
def test_the_right_number_stands_on_every_living_board_once_the_line_is_calm(
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
    trouble: float,
    twins: frozenset[int],
    dead: frozenset[int],
    numbers: list[tuple[int, int]],
) -> None:
    """Whatever the line did, within one refresh of its getting calm each living board shows what is wanted."""
    monkeypatch.setattr(module, "REOPEN_FIRST", 0.02)
    monkeypatch.setattr(schedule, "PROBE_FIRST", 0.1)
    monkeypatch.setattr(schedule, "PROBE_LONGEST", REFRESH)
    with TemporaryDirectory() as place:
        wire, wanted = BadWire(Path(place) / "adapter", seed, trouble, twins, dead), dict[int, str]()
        with keeping(wire) as keeper:
            for address, number in numbers:
                keeper.want(f"board-{address}", face(number), fresh=True)
                wanted[address] = f"A{number:03}"
                time.sleep(0.02)
            wire.calm = True
            living = {address: text for address, text in wanted.items() if address not in dead}
            with wire.changed:
                right = wire.changed.wait_for(
                    lambda: all(wire.shown[address] == text for address, text in living.items()), PATIENCE
                )
            assert right, (wire.shown, living, keeper.counts())
