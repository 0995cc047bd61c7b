"""Keypads on a real pseudo-terminal: keys come through, faces go out, a dead pad or line is told and comes back."""

from __future__ import annotations

import os
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lobbyline import ASSETS
from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.keypads import pads
from lobbyline.drivers.keypads.pads import Pads
from lobbyline.drivers.keypads.protocol import KeypadProtocol
from lobbyline.drivers.keypads.standin import StandinPads
from lobbyline.drivers.wire.line import Line
from tests.patience import PATIENCE

ADDRESSES = {"one": 1, "two": 2}


class Bench:
    """A line with two stand-in pads, and what was heard on it."""

    def __init__(self, folder: Path, name: str) -> None:
        table = tomllib.loads((ASSETS / "keypads" / f"{name}.toml").read_text("utf-8"))
        self.protocol = KeypadProtocol.read(table)
        self.standin = StandinPads(folder / "keys", folder / "line", self.protocol, ADDRESSES).start()
        self.pressed: list[tuple[str, str]] = []
        self.told: list[tuple[str, str, str]] = []
        line = Line("callers", folder / "line", self.protocol.wire.serial)
        self.pads = Pads(line, self.protocol, ADDRESSES, lambda *key: self.pressed.append(key), self.hear)

    def hear(self, name: str, fault: DeviceError | None) -> None:
        self.told.append((name, str(fault), fault.trouble) if fault else (name, "", ""))

    def until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, (self.pressed, self.told, self.standin.shown)
            self.pads.turn()


@pytest.fixture
def bench(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Bench]:
    bench = Bench(tmp_path, getattr(request, "param", "ring-ascii"))
    yield bench
    bench.pads.close()
    bench.standin.stop()


@pytest.mark.parametrize("bench", ["ring-ascii", "spoken-xor"], indirect=True)
def test_keys_come_through(bench: Bench) -> None:
    """Each press is heard once, with its pad, in order; whether pads are asked or speak by themselves."""
    for name, key in (("one", "next"), ("two", "recall"), ("one", "absent")):
        bench.standin.press(name, key)
        bench.until(lambda name=name, key=key: (name, key) in bench.pressed)  # type: ignore[misc]
    assert bench.pressed == [("one", "next"), ("two", "recall"), ("one", "absent")]
    assert bench.told == [("callers", "", "")]


@pytest.mark.parametrize("bench", ["spoken-xor"], indirect=True)
def test_a_repeated_key_is_one_press(bench: Bench) -> None:
    """A pad that is not confirmed in time sends its key again: that is not a second customer."""
    for _ in range(3):
        bench.standin.press("one", "next")
    bench.standin.press("two", "next")
    bench.until(lambda: ("two", "next") in bench.pressed)
    assert bench.pressed == [("one", "next"), ("two", "next")]


@pytest.mark.parametrize("bench", ["spoken-xor"], indirect=True)
def test_noise_and_halves(bench: Bench) -> None:
    """A key is found amid noise and in pieces, and a wrong check byte is no key."""
    bench.until(lambda: bench.told != [])
    good = next(data for data, key in bench.protocol.presses(1).items() if key == "next")
    wrong = good[:3] + bytes([good[3] ^ 1]) + good[4:]
    for piece in (b"\xff\x00", wrong, good[:2], good[2:]):
        os.write(bench.standin._terminal.near, piece)
        time.sleep(0.02)
    bench.until(lambda: bench.pressed != [])
    for _ in range(5):
        bench.pads.turn()
    assert bench.pressed == [("one", "next")]


def test_faces(bench: Bench) -> None:
    """A pad is shown what changed, and nothing twice."""
    bench.pads.want("one", "show", {"ticket": "A012", "waiting": 3})
    bench.until(lambda: b"=01A012 03\r" in bench.standin.shown["one"])
    for _ in range(5):
        bench.pads.turn()
    bench.pads.want("one", "refused", {"ticket": "A012", "waiting": 3})
    bench.until(lambda: b"=01-----03\r" in bench.standin.shown["one"])
    assert bench.standin.shown["one"] == [b"=01A012 03\r", b"=01-----03\r"]


def test_a_dead_pad_is_told_and_comes_back(bench: Bench) -> None:
    """A pad without power is named, the other works on; when it answers again it gets its face again."""
    bench.pads.want("one", "show", {"ticket": "A001", "waiting": 0})
    bench.until(lambda: bench.standin.shown["one"] != [])
    bench.standin.powered["one"] = False
    bench.until(lambda: bool(bench.told) and bench.told[-1][0] == "one")
    assert bench.told[-1] == (
        "one", 'Keypad "one" does not answer: look at its power, its plug and its address.', "silent",
    )  # fmt: skip
    bench.standin.press("two", "next")
    bench.until(lambda: ("two", "next") in bench.pressed)
    shown = len(bench.standin.shown["one"])
    bench.standin.powered["one"] = True
    bench.until(lambda: bench.told[-1] == ("one", "", "") and len(bench.standin.shown["one"]) > shown)


def test_a_missing_line_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An adapter that is not plugged in is told once with what to do, and opened when it is there."""
    monkeypatch.setattr(pads, "FIRST_PAUSE", 0.05)
    bench = Bench(tmp_path, "ring-ascii")
    bench.standin.stop()
    bench.pads.turn()
    assert bench.told[0][0] == "callers"
    assert "/dev/serial/by-id" in bench.told[0][1]
    assert bench.told[0][2] == "unplugged"
    bench.standin = StandinPads(tmp_path / "keys", tmp_path / "line", bench.protocol, ADDRESSES).start()
    bench.until(lambda: bench.told[-1] == ("callers", "", ""))
    bench.pads.close()
    bench.standin.stop()


def test_keys_from_a_file(bench: Bench) -> None:
    """On a desk without pads a key is a word in a file."""
    (bench.standin.folder / "two.keys").write_text("next\nrecall\n", "utf-8")
    bench.until(lambda: ("two", "recall") in bench.pressed)
    assert bench.pressed == [("two", "next"), ("two", "recall")]


def test_a_face_that_cannot_be_said_is_told_and_keys_are_heard(bench: Bench) -> None:
    """A number that the protocol has no room for: the technician reads why, the teller's keys go on."""
    bench.pads.want("one", "show", {"window": 1})
    bench.until(lambda: bool(bench.told[1:]))
    assert bench.told[1][:2] == ("one", 'Keypad "one" cannot show this: `show` needs more: `ticket` is missing.')
    bench.standin.press("one", "next")
    bench.until(lambda: ("one", "next") in bench.pressed)
    bench.pads.want("one", "show", {"ticket": "A012", "waiting": 3})
    bench.until(lambda: bench.told[-1] == ("one", "", ""))
    assert len(bench.told) == 3
