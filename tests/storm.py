"""Kills programs at random moments while they give numbers, call and print, then keeps the ledger.

`python -m tests.storm` does the full storm of 200 kills. Each worker writes what it wants before it asks, and what it
was told after it was answered; one that was killed is followed by another that repeats the last wish under its key.
In the end: nothing that was told is lost, nothing is double, the chain of events holds, and the numbers have no gap.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from lobbyline import ASSETS
from lobbyline.lobby import journal
from lobbyline.lobby.config.folder import Setup, load
from lobbyline.lobby.errors import Refusal, StoreError
from lobbyline.lobby.lobby import Lobby, open_lobby
from tests.patience import until

KILLS = 200
ROLES = ("take-1", "take-2", "call-1", "call-2", "print-front")
SHORTEST, LONGEST = 0.01, 0.12  # seconds from one kill to the next
PRINTER = "front"


class Diary:
    """What one role wanted and was told; a line is whole or it was never written."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def write(self, **line: Any) -> None:
        with self._path.open("ab", buffering=0) as file:
            file.write(json.dumps(line).encode() + b"\n")

    def lines(self) -> list[dict[str, Any]]:
        if not self._path.exists():
            return []
        return [json.loads(line) for line in self._path.read_bytes().splitlines() if line.endswith(b"}")]

    def open_wish(self) -> str | None:
        """A wish that was not answered before its worker died."""
        lines = self.lines()
        told = {line["told"] for line in lines if "told" in line}
        wishes = [line["wish"] for line in lines if "wish" in line]
        return wishes[-1] if wishes and wishes[-1] not in told else None


@dataclass
class Storm:
    """One storm over one data folder."""

    setup: Setup
    data: Path
    notes: Path  # where the diaries lie; another disk, when the branch's is to fill up
    chance: random.Random = field(default_factory=random.Random)

    def __post_init__(self) -> None:
        self.begin = datetime(2026, 11, 23, 9, 30, tzinfo=self.setup.branch.zone)
        self.notes.mkdir(parents=True, exist_ok=True)

    def diary(self, role: str) -> Diary:
        return Diary(self.notes / f"{role}.diary")

    def blow(self, kills: int, weather: Callable[[int], None] = lambda _: None) -> None:
        """Start every role, kill one after another and put another in its place; `weather` comes before each kill."""
        running = {role: self._start(role) for role in ROLES}
        for kill in range(kills):
            weather(kill)
            self._takers_go_on()
            time.sleep(self.chance.uniform(SHORTEST, LONGEST))
            role = self.chance.choice(ROLES)
            end(running[role])
            running[role] = self._start(role)
        for pid in running.values():
            end(pid)

    def _takers_go_on(self) -> None:
        """Wait for the next two lines of a taker: a wish, and a number or a fault. Slow machines are stormed, too."""
        takers = [self.diary(role) for role in ROLES if role.startswith("take")]
        before = sum(len(diary.lines()) for diary in takers)
        until(lambda: sum(len(diary.lines()) for diary in takers) >= before + 2, "a number or a fault")

    def _start(self, role: str) -> int:
        """A worker as a process of its own; it opens its own lobby, so nothing is carried over the fork."""
        pid = os.fork()
        if pid == 0:
            try:
                self._work(role)
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(1)
        return pid

    def _work(self, role: str) -> None:
        lobby, diary = self._opened(role), self.diary(role)
        what, _, name = role.partition("-")
        deeds: dict[str, Callable[[Lobby, str, str], str]] = {
            "take": self._take,
            "call": self._call,
            "print": self._print,
        }
        for wish in wishes(diary, role):
            diary.write(wish=wish)
            while not self._told(lobby, deeds[what], name, wish, diary):
                time.sleep(0.02)

    def _told(self, lobby: Lobby, deed: Callable[[Lobby, str, str], str], name: str, wish: str, diary: Diary) -> bool:
        """Whether a wish was answered; one that met a fault of the disk is repeated under its key."""
        try:
            diary.write(told=wish, number=deed(lobby, name, wish))
        except Refusal as refusal:
            diary.write(told=wish, number="", refused=refusal.code)
        except StoreError as error:
            diary.write(fault=str(error))
            return False
        return True

    def _opened(self, role: str) -> Lobby:
        """The lobby, as soon as its disk lets it be opened."""
        while True:
            try:
                return open_lobby(self.setup, self.data, role)
            except StoreError as error:
                self.diary(role).write(fault=str(error))
                time.sleep(0.02)

    def _take(self, lobby: Lobby, _: str, wish: str) -> str:
        return lobby.reception.take("W1", self._now(), key=wish).ticket.number

    def _call(self, lobby: Lobby, name: str, wish: str) -> str:
        ticket = lobby.desk(int(name)).next(self._now(), key=wish).ticket
        return ticket.number if ticket else ""

    def _print(self, lobby: Lobby, name: str, _: str) -> str:
        """One paper: what was interrupted is given up first, exactly as the press does it."""
        for job in lobby.outbox.interrupted(name):
            lobby.outbox.finish(job, "unknown", "died in the middle", self._now())
        due = lobby.outbox.due(name)
        if due is None:
            time.sleep(0.005)
            return ""
        begun = lobby.outbox.begin(due, self._now())
        Diary(self.notes / "paper").write(number=begun.slip.number)
        lobby.outbox.finish(begun, "printed", "", self._now())
        return begun.slip.number

    def _now(self) -> datetime:
        return self.begin + timedelta(seconds=time.monotonic() % 3600)

    def faults(self) -> int:
        """How often a worker was told that the disk does not work."""
        return sum("fault" in line for role in ROLES for line in self.diary(role).lines())

    def ledger(self) -> dict[str, int]:
        """Check every promise against the memory; `AssertionError` with the first that was broken."""
        self._repeat_open_wishes()
        lobby = open_lobby(self.setup, self.data)
        told = {role: [line for line in self.diary(role).lines() if line.get("number")] for role in ROLES}
        taken = [line["number"] for role in ROLES if role.startswith("take") for line in told[role]]
        called = [line["number"] for role in ROLES if role.startswith("call") for line in told[role]]
        papers = [line["number"] for line in Diary(self.notes / "paper").lines()]
        with lobby.read() as book:
            events = [event for event, _ in book.chain()]
            assert journal.first_break(book.chain()) is None, "the chain of events is broken"
            numbers = {ticket: book.ticket(ticket).number for ticket in {e.ticket for e in events if e.ticket}}
            states = book.outcomes(self.begin.date())
        issued = [numbers[event.ticket] for event in events if event.what == "taken" and event.ticket]
        calls = [numbers[event.ticket] for event in events if event.what == "called" and event.ticket]
        assert lobby.store.check() == [], "the file is damaged"
        assert once(taken), "a number was told to two customers"
        assert sorted(issued) == sorted(taken), "issued and told differ after every wish was answered"
        assert issued == [f"A{n:03d}" for n in range(1, len(issued) + 1)], "the numbers have a gap"
        assert once(calls), "a ticket was called twice"
        assert sorted(calls) == sorted(called), "called and told differ after every wish was answered"
        assert once(papers), "a ticket was printed twice"
        assert set(papers) <= set(issued), "a paper without a ticket"
        assert sum(states.values()) == len(issued), "a ticket without its event, or an event without its ticket"
        lobby.close()
        return {"issued": len(issued), "calls": len(calls), "papers": len(papers), "events": len(events), **states}

    def _repeat_open_wishes(self) -> None:
        """Answer the last wish of each role, under its key, as its program would after a restart."""
        lobby = open_lobby(self.setup, self.data)
        for role in ROLES:
            wish, diary = self.diary(role).open_wish(), self.diary(role)
            what, _, name = role.partition("-")
            if wish and what != "print":
                try:
                    number = self._take(lobby, name, wish) if what == "take" else self._call(lobby, name, wish)
                    diary.write(told=wish, number=number)
                except Refusal as refusal:
                    diary.write(told=wish, number="", refused=refusal.code)
        lobby.close()


def wishes(diary: Diary, role: str) -> Iterator[str]:
    """The wish that was not answered, then new ones."""
    left = diary.open_wish()
    if left:
        yield left
    done = sum("wish" in line for line in diary.lines())
    while True:
        done += 1
        yield f"{role}-{os.getpid()}-{done}"


def once(numbers: list[str]) -> bool:
    return len(set(numbers)) == len(numbers)


def end(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def full(storm: Storm, kills: int) -> Callable[[int], None]:
    """A disk on which every byte is taken through the middle third of the storm, the reserve's too.

    It stays full until somebody was hindered: a file that has room inside takes a few more numbers.
    """
    filler = storm.data / "filler"

    def weather(kill: int) -> None:
        if kills // 3 <= kill < 2 * kills // 3:
            with filler.open("ab", buffering=0) as file, contextlib.suppress(OSError):
                while file.write(bytes(4096)):
                    pass
        elif kill == 2 * kills // 3:
            until(storm.faults, "a fault")
            filler.unlink()

    return weather


def read_only(storm: Storm, kills: int) -> Callable[[int], None]:
    """An ext4 disk that gives itself up half-way, as it does after an error."""

    def weather(kill: int) -> None:
        if kill == kills // 2:
            subprocess.run(["mount", "-o", "remount,abort", str(storm.data)], check=True)

    return weather


WEATHERS = {"full": full, "read-only": read_only}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=KILLS)
    options.add_argument("--seed", type=int, default=0)
    options.add_argument("--data", type=Path, default=None, help="a folder to keep; a fresh one unless given")
    options.add_argument("--notes", type=Path, default=None, help="where the diaries lie; in the data unless given")
    options.add_argument("--weather", choices=sorted(WEATHERS), help="what befalls the disk, whose top is --data")
    options.add_argument("--no-ledger", action="store_true", help="only the storm; the ledger comes with another call")
    asked = options.parse_args()
    data = asked.data or Path(tempfile.mkdtemp(prefix="storm-"))
    storm = Storm(
        load(ASSETS / "branches" / "jingqi-street"), data, asked.notes or data / "notes", random.Random(asked.seed)
    )
    storm.blow(asked.kills, WEATHERS[asked.weather](storm, asked.kills) if asked.weather else lambda _: None)
    if not asked.no_ledger:
        sys.stdout.write(json.dumps({"kills": asked.kills, "faults": storm.faults(), **storm.ledger()}) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
