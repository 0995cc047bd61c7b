"""The keypads' program: keys are verbs of the counter, ratings are the customer's, faces follow the lobby."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from lobbyline.drivers.keypads.standin import StandinPads
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.errors import ConfigError
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.staff.keypads import Station, protocols
from tests.conftest import copy_of_sample
from tests.patience import until

PADS = """
[[keypads]]
name = "callers"
port = "line"
protocol = "PROTOCOL"

[[keypads.pads]]
name = "caller"
address = 1
counter = 1

[[keypads.pads]]
name = "rating"
address = 21
counter = 1
use = "rating"
"""


class Counter:
    """A counter with a caller and a rating pad, and the station that hears them."""

    def __init__(self, folder: Path, protocol: str) -> None:
        branch = copy_of_sample(folder / "branch")
        devices = branch / "devices.toml"
        others = devices.read_text("utf-8").partition("# A caller and")[0]
        devices.write_text(others + PADS.replace("PROTOCOL", protocol), "utf-8")
        self.lobby: Lobby = open_lobby(load(branch), folder / "data")
        self.now = datetime(2026, 11, 23, 10, 12, tzinfo=self.lobby.branch.zone)
        (line,) = self.lobby.setup.devices.keypads
        known = replace(protocols(self.lobby.setup)[protocol], settle=0.0)  # fingers of a test are quick
        self.pads = StandinPads(folder / "keys", folder / "data" / "line", known, {"caller": 1, "rating": 21}).start()
        self.station = Station(self.lobby, self.clock, line, known)
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.station.work, args=(self.over,))
        self.thread.start()

    def clock(self) -> datetime:
        """Virtual, and a little later each time, so that faces are looked at."""
        self.now += timedelta(milliseconds=50)
        return self.now

    def close(self) -> None:
        self.over.set()
        self.thread.join()
        self.pads.stop()
        self.lobby.close()

    def take(self, service: str = "W1") -> str:
        return self.lobby.reception.take(service, self.clock(), paper=False).ticket.number

    def state(self, number: str) -> str:
        ticket = self.lobby.reception.find(number, self.clock()).ticket
        return ticket.step or ticket.state

    def rated(self) -> int:
        """What the last customer pressed."""
        question = self.lobby.ratings.question(1, self.clock())
        assert question is not None
        return question.level

    def press(self, pad: str, *keys: str) -> None:
        for key in keys:
            self.pads.press(pad, key)

    def until(self, holds: Callable[[], bool]) -> None:
        until(holds, str(self.pads.shown))

    def showed(self, face: bytes) -> bool:
        return face in b"".join(self.pads.shown["caller"])


@pytest.fixture
def counter(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Counter]:
    counter = Counter(tmp_path, getattr(request, "param", "ring-ascii"))
    yield counter
    counter.close()


def test_a_visit_by_keys(counter: Counter) -> None:
    """Call, five steps, farewell; the display follows, and the customer is asked and rates."""
    first, second = counter.take(), counter.take()
    counter.until(lambda: counter.showed(b"=01     02\r"))
    counter.press("caller", "next")
    counter.until(lambda: counter.state(first) == "called")
    counter.until(lambda: counter.showed(b"=01A001 01\r"))
    for step in ("greet", "ask", "operate", "confirm"):
        counter.press("caller", "step")
        counter.until(lambda step=step: counter.state(first) == step)  # type: ignore[misc]
    counter.press("caller", "step")
    counter.until(lambda: counter.state(first) == "done")
    counter.until(lambda: counter.showed(b"=21RATE?00\r"))
    counter.press("rating", "rate_4")
    counter.until(lambda: counter.rated() == 4)
    counter.until(lambda: counter.showed(b"=21THANK00\r"))
    assert counter.state(second) == "waiting"


def test_what_is_refused_is_shown(counter: Counter) -> None:
    """With nobody waiting, next does nothing and the display says so; the pad works on."""
    counter.press("caller", "next")
    counter.until(lambda: counter.showed(b"=01-----00\r"))
    number = counter.take()
    counter.press("caller", "next")
    counter.until(lambda: counter.state(number) == "called")


def test_each_pad_has_its_own_keys(counter: Counter) -> None:
    """A caller cannot rate its own service, and a rating pad cannot call."""
    number = counter.take()
    counter.press("rating", "next")
    counter.press("caller", "next")
    counter.until(lambda: counter.state(number) == "called")
    counter.press("caller", "step", "done", "rate_4")
    counter.until(lambda: counter.state(number) == "done")
    counter.press("caller", "pause")
    counter.until(lambda: counter.lobby.hall.view(counter.clock()).counters[0].state == "paused")
    assert counter.rated() == 0


@pytest.mark.parametrize("counter", ["spoken-xor"], indirect=True)
def test_a_number_is_typed(counter: Counter) -> None:
    """Digits and call bring back a number; its letter is found among the lines of the counter."""
    first, second = counter.take(), counter.take()
    counter.press("caller", "digit_2", "call")
    counter.until(lambda: counter.state(second) == "called")
    assert counter.state(first) == "waiting"


@pytest.mark.warns('Keypad "caller"', "cannot be opened", "is gone")
def test_a_dead_line_is_an_alert(counter: Counter) -> None:
    """Whoever looks at doctor or the lobby's page hears of the line, in words for each."""
    counter.until(lambda: any(device.name == "callers" for device in counter.lobby.devices.all()))
    counter.pads.powered["caller"] = False
    counter.until(lambda: any(one.kind == "keypad_fault" for one in counter.lobby.lookout.now(counter.clock())))
    (cause,) = [one for one in counter.lobby.lookout.now(counter.clock()) if one.kind == "keypad_fault"]
    assert counter.lobby.lookout.say(cause, "en").startswith("The keypad of counter 1: It does not answer")


def test_wrong_addresses_are_mistakes(tmp_path: Path) -> None:
    """Two pads with one address, and one that the protocol does not have, each with its line."""
    branch = copy_of_sample(tmp_path / "branch")
    devices = branch / "devices.toml"
    text = devices.read_text("utf-8").replace("address = 21", "address = 1")
    devices.write_text(text + '\n[[keypads.pads]]\nname = "far"\naddress = 100\ncounter = 2\n', "utf-8")
    with pytest.raises(ConfigError) as told:
        protocols(load(branch))
    said = [mistake.sentence for mistake in told.value.mistakes]
    assert said == [
        "two keypads of this line have the address 1",
        "Address 100 is out of range: boards have 1 to 99.",
    ]
