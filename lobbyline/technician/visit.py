"""One whole visit, off-screen, with the real programs and real touch events.

It starts what `lobbyline run` starts, touches the kiosk, presses *next* in the staff's page, looks at paper, boards and
screen, kills programs in between, and leaves a picture of everything. Nothing here imitates a program.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lobbyline.glass.fingertip import Finger
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config import Setup, load
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.ticket import Ticket
from lobbyline.technician.programs import PLAYED_AT

if TYPE_CHECKING:
    from playwright.sync_api import Page

PATIENCE = 20.0  # seconds for anything to happen on a loaded machine
PAUSE = 0.01
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
]


class VisitError(Exception):
    """Something that should have happened in the visit did not."""


def play(branch: Path, pictures: Path) -> int:
    """Play the visit of the branch in `branch`; pictures and memory go to `pictures`."""
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    setup = load(branch)
    with running(branch, pictures / "data") as programs:
        visit = Visit(setup, pictures, programs)
        try:
            visit.play()
        finally:
            visit.close()
        ended = programs.end()
    print(f"All programs ended cleanly. Pictures are in {pictures}/")
    return ended


class Programs:
    """`lobbyline run` with stand-ins and fingers, as its own process."""

    def __init__(self, branch: Path, data: Path) -> None:
        self.branch, self.data = branch, data
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}
        self.process = subprocess.Popen(
            self.command("run", "--standins", "--fingers", "--at", PLAYED_AT), env=environment, start_new_session=True
        )

    def command(self, *words: str) -> list[str]:
        """A call of the `lobbyline` command for this branch."""
        place = ["--branch", str(self.branch), "--data", str(self.data)]
        return [sys.executable, "-m", "lobbyline.technician", words[0], *place, *words[1:]]

    def ask(self, *words: str) -> str:
        """What a single `lobbyline` command says."""
        done = subprocess.run(self.command(*words), capture_output=True, text=True, check=True, timeout=PATIENCE)
        return done.stdout.strip()

    def kill(self, name: str) -> None:
        """End one program as a power cut would."""
        for child in _children(self.process.pid):
            words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
            if b"lobbyline.technician" in words and words[words.index(b"lobbyline.technician") + 1] == name.encode():
                os.kill(child, signal.SIGKILL)

    def end(self) -> int:
        """Ctrl-C; 0 when everything ended by itself."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@contextmanager
def running(branch: Path, data: Path) -> Iterator[Programs]:
    """The programs of a branch, ended whatever happens."""
    programs = Programs(branch, data)
    try:
        yield programs
    finally:
        programs.end()


def _children(parent: int) -> list[int]:
    told = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
    return [int(child) for child in told.split()]


class Visit:
    """The visit, step by step; each step leaves pictures and a line on the terminal."""

    def __init__(self, setup: Setup, pictures: Path, programs: Programs) -> None:
        self._setup, self._pictures, self._programs = setup, pictures, programs
        self._lobby: Lobby = open_lobby(setup, programs.data)
        self._clock = Clock(setup.branch.zone)
        self._kiosk = Finger(programs.data / "finger" / "kiosk", PATIENCE)
        self._screen = Finger(programs.data / "finger" / "screen", PATIENCE)

    def close(self) -> None:
        self._kiosk.close()
        self._screen.close()
        self._lobby.close()

    def play(self) -> None:
        self._greet_the_day()
        ticket = self._take_a_number()
        self._fill_the_form()
        self._survive(ticket)
        with _browser() as browser:
            self._call_from_the_page(browser, ticket)
            self._call_by_command()
            self._serve_in_the_page(browser, ticket)
        self._look_back(ticket)

    # The steps

    def _greet_the_day(self) -> None:
        """Boards say welcome, the kiosk asks what one came for, some customers are already there."""
        until(lambda: self._kiosk.page() == "home", "the kiosk shows its first page")
        until(lambda: all(self._face(board.name) for board in self._setup.devices.boards()), "every board says welcome")
        for service, segment in (("O1", "ordinary"), ("M1", "ordinary"), ("E1", "care"), ("B1", "ordinary")):
            self._programs.ask("take", service, "--segment", segment, "--at", PLAYED_AT)
        self._kiosk_picture("1-home")
        self._touch("language", "home")
        self._kiosk_picture("1-home-en")
        self._touch("language", "home")
        self._screen.picture(self._pictures / "1-screen-before.png")
        tell("The branch is open: kiosk, screen, boards and staff pages run; four customers wait.")

    def _take_a_number(self) -> Ticket:
        """Touch a service, read what to bring, take the number; the paper follows."""
        self._touch("service-W1", "before")
        self._kiosk_picture("2-before-you-wait")
        began = time.monotonic()
        self._touch("take", "number")
        shown = time.monotonic() - began
        until(lambda: bool(self._newest()), "a ticket was drawn")
        ticket = self._newest()[0]
        until(lambda: self._lobby.outbox.state_of(ticket) == "printed", f"the paper of {ticket.number} came out")
        self._kiosk_picture("3-your-number")
        paper = max((self._programs.data / "standin").glob("*/*.png"))
        shutil.copy(paper, self._pictures / "4-paper.png")
        tell(
            f"{ticket.number}: on the kiosk {shown * 1000:.0f} ms after the touch; printed (paper and wire are simulated)."
        )
        return ticket

    def _fill_the_form(self) -> None:
        """Fill the form while waiting, with the kiosk's own keyboards."""
        self._touch("fill", "form")
        self._kiosk_picture("5-form-empty")
        for field, keys in (("name", "zhangsan"), ("card_no", "6299000000000007"), ("amt", "2000")):
            self._type(field, keys)
        self._kiosk_picture("5-form-filled")
        self._touch("next", "review")
        self._kiosk_picture("6-review")
        self._touch("confirm", "filled")
        self._kiosk_picture("7-form-done")
        self._touch("done", "home")
        tell("The form is filled, sealed, and tied to the ticket.")

    def _survive(self, ticket: Ticket) -> None:
        """Kill kiosk and boards as a power cut would: nothing is lost, nothing comes twice."""
        papers = self._papers()
        for name in ("kiosk", "boards"):
            self._programs.kill(name)
        self._kiosk.close()
        self._kiosk = Finger(self._programs.data / "finger" / "kiosk", PATIENCE)
        until(lambda: self._kiosk.page() == "home", "the kiosk came back")
        if self._papers() != papers:
            raise VisitError(f"{ticket.number} was printed again after a restart")
        tell("Kiosk and boards were killed and came back; nothing lost, nothing printed twice.")

    def _call_from_the_page(self, page: Page, ticket: Ticket) -> None:
        """A teller opens counter 1 and presses next in the browser; boards and screen follow."""
        page.goto(f"{self._address}/counter/1")
        page.get_by_role("button", name="开窗").click()
        page.screenshot(path=self._pictures / "8-teller-open.png")
        page.locator("[data-verb=next]").first.click()
        until(lambda: self._state(ticket) == "called", f"{ticket.number} is called")
        called = self._called_at(ticket)
        until(lambda: ticket.number in self._face("counter-1"), "the board over counter 1 shows it")
        shown = self._board_at("counter-1") - called
        until(lambda: ticket.number in self._face("main-board"), "the main board acknowledged it")
        acknowledged = self._board_at("main-board") - called
        page.wait_for_timeout(300)
        page.screenshot(path=self._pictures / "8-teller-called.png")
        until(lambda: "called" in self._screen.page(), "the screen shows the call")
        time.sleep(0.5)  # the call grows for a moment; the picture is of what stands
        self._screen.picture(self._pictures / "9-screen-called.png")
        self._copy_boards("9")
        tell(
            f"Called: board over the counter after {shown * 1000:.0f} ms, main board acknowledged after {acknowledged * 1000:.0f} ms."
        )

    def _call_by_command(self) -> None:
        """The same call from a terminal: `lobbyline counter 2 next`."""
        said = self._programs.ask("counter", "2", "next", "--at", PLAYED_AT)
        tell(f"lobbyline counter 2 next: {said}")

    def _serve_in_the_page(self, page: Page, ticket: Ticket) -> None:
        """Five steps; the page of the lobby manager beside it."""
        for verb, step in (("greet", "greet"), ("ask", "ask"), ("operate", "operate"), ("confirm", "confirm")):
            page.locator(f"[data-verb={verb}]").first.click()
            until(lambda step=step: self._step(ticket) == step, f"step {step}")  # type: ignore[misc]  # bound now
        page.wait_for_timeout(300)
        page.screenshot(path=self._pictures / "10-teller-serving.png")
        page.goto(f"{self._address}/lobby")
        page.wait_for_timeout(500)
        page.screenshot(path=self._pictures / "11-lobby-manager.png")
        page.goto(f"{self._address}/counter/1")
        page.locator("[data-verb=done]").first.click()
        until(lambda: self._state(ticket) == "done", f"{ticket.number} is done")
        time.sleep(0.5)  # boards go back to welcome
        self._screen.picture(self._pictures / "12-screen-after.png")
        self._copy_boards("12")

    def _look_back(self, ticket: Ticket) -> None:
        """The log tells the whole visit, the chain holds, the answers are gone."""
        story = self._programs.ask("show", ticket.number, "--at", PLAYED_AT)
        (self._pictures / "13-events.txt").write_text(story + "\n", encoding="utf-8")
        print(story)
        print(self._programs.ask("doctor", "--at", PLAYED_AT))
        with self._lobby.read() as book:
            if book.answers(ticket):
                raise VisitError(f"the answers of {ticket.number} outlived the visit")

    # Eyes and fingers

    @property
    def _address(self) -> str:
        return f"http://{self._setup.branch.staff.host}:{self._setup.branch.staff.port}"

    def _touch(self, item: str, page: str) -> None:
        self._kiosk.touch(item)
        self._kiosk.wait_for_page(page, PATIENCE)

    def _type(self, field: str, keys: str) -> None:
        self._kiosk.touch(f"field-{field}")
        for key in keys:
            self._kiosk.touch(f"key-{key}")
        if "candidate-0" in self._kiosk.items():
            self._kiosk.touch("candidate-0")

    def _kiosk_picture(self, name: str) -> None:
        self._kiosk.picture(self._pictures / f"{name}.png")

    def _copy_boards(self, step: str) -> None:
        for picture in (self._programs.data / "standin").glob("*/*.png"):
            if any(picture.stem == board.name for board in self._setup.devices.boards()):
                shutil.copy(picture, self._pictures / f"{step}-board-{picture.name}")

    def _papers(self) -> int:
        folders = [self._programs.data / "standin" / printer.name for printer in self._setup.devices.printers]
        return sum(len(list(folder.glob("*.png"))) for folder in folders)

    def _newest(self) -> list[Ticket]:
        """Tickets of the service that the visitor came for."""
        with self._lobby.read() as book:
            waiting = book.waiting(self._lobby.day(self._now))
        return [ticket for ticket in waiting if ticket.service == "W1"]

    @property
    def _now(self) -> Any:
        from datetime import datetime

        return datetime.fromisoformat(PLAYED_AT).replace(tzinfo=self._setup.branch.zone)
