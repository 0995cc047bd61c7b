"""One whole visit, off-screen, with the real programs and real touch events.

It starts what `lobbyline run` starts, touches the kiosk, presses *next* in the staff's page, looks at paper, boards and
screen, kills programs in between, and leaves a picture of everything. Nothing here imitates a program.
"""

from __future__ import annotations

import shutil
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lobbyline.glass.fingertip import Finger
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config.folder import Setup, load
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.ticket import STEPS, Ticket
from lobbyline.technician.play import cast
from lobbyline.technician.play.onlooker import Onlooker
from lobbyline.technician.play.playing import PATIENCE, PLAYED_AT, Programs, VisitError, browser, running, until

if TYPE_CHECKING:
    from playwright.sync_api import Page

SETTLE = 400  # milliseconds for a page to draw what it knows, before its picture is taken
FORM = ({"name": "zhangsan", "card_no": "6299000000000007"}, {"amt": "2000"})  # page by page, key by key
OTHER_PAGES = (
    ("group-corporate", "group", "13-business-banking"),
    ("elder", "elder", "13-elder"),
    ("have-number", "enter", "13-have-a-number"),
)


def play(branch: Path, pictures: Path) -> int:
    """Play the visit of the branch in `branch`; pictures and memory go to `pictures`."""
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    setup = load(branch)
    ahead = PLAYED_AT.replace(tzinfo=setup.branch.zone) - datetime.now(setup.branch.zone)
    with running(branch, pictures / "data", ahead) as programs:
        visit = Visit(setup, pictures, programs)
        try:
            visit.play()
        finally:
            visit.close()
        ended = programs.end()
    print(f"All programs ended cleanly. Pictures are in {pictures}/")
    return ended


class Visit:
    """The visit, step by step; each step leaves pictures and a line on the terminal."""

    def __init__(self, setup: Setup, pictures: Path, programs: Programs) -> None:
        self._setup, self._pictures, self._programs = setup, pictures, programs
        self._clock = Clock(setup.branch.zone, programs.ahead)
        self._kiosk = Finger(programs.data / "finger" / "kiosk", PATIENCE)
        self._screen = Finger(programs.data / "finger" / "screen", PATIENCE)
        self._lobby: Lobby = open_lobby(setup, programs.data)
        self._sees = Onlooker(setup, self._lobby, self._clock, programs.data, pictures)
        self._pins = cast.enter(self._lobby, self._clock())

    def close(self) -> None:
        self._kiosk.close()
        self._screen.close()
        self._lobby.close()

    def play(self) -> None:
        self._open_the_branch()
        ticket = self._take_a_number()
        self._fill_the_form()
        with browser() as page:
            self._call_from_the_page(page, ticket)
            self._survive(ticket)
            self._serve_in_the_page(page, ticket)
        self._call_by_command()
        self._look_at_the_other_pages()
        self._look_back(ticket)

    # The steps

    def _open_the_branch(self) -> None:
        """Boards say welcome, the kiosk asks what one came for, four customers are already waiting."""
        for service, segment in (("O1", "ordinary"), ("M1", "ordinary"), ("E1", "care"), ("B1", "ordinary")):
            self._programs.ask("take", service, "--segment", segment)
        greeting = [board.name for board in self._setup.devices.boards() if board.row == 1 and board.shows == "calls"]
        until(lambda: all(self._sees.face(name) for name in greeting), "every board says welcome")
        self._sees.copy_boards("01-board")
        self._see("01-home")
        self._touch("language", "home")
        self._see("01-home-in-english")
        self._touch("language", "home")
        self._screen.picture(self._pictures / "01-screen.png")
        tell("The branch is open: kiosk, hall screen, boards and staff pages run; four customers wait.")

    def _take_a_number(self) -> Ticket:
        """Touch a service, read what to bring, take the number; the paper follows."""
        self._touch("service-W1", "bands")
        self._see("02-how-much")
        self._touch("band-0", "ready")
        self._see("02-before-you-wait")
        self._kiosk.wait_for("take", PATIENCE)
        time.sleep(SETTLE / 1000)  # a page that has just come takes no touch yet
        began = time.monotonic()
        self._kiosk.touch("take")
        until(lambda: self._kiosk.page() == "number", "the number stands on the kiosk")
        shown = time.monotonic() - began
        (ticket,) = [one.ticket for one in self._lobby.hall.waiting(self._clock()) if one.ticket.service == "W1"]
        until(lambda: self._lobby.outbox.state_of(ticket) == "printed", f"the paper of {ticket.number} came out")
        self._see("03-your-number")
        (paper,) = self._sees.papers()
        shutil.copy(paper, self._pictures / "04-paper.png")
        tell(f"{ticket.number} stood on the kiosk {ms(shown)} after the touch, and is printed.")
        return ticket

    def _fill_the_form(self) -> None:
        """Fill the form while waiting, with the kiosk's own keyboards."""
        self._touch("fill", "form")
        for number, fields in enumerate(FORM, 1):
            for field, keys in fields.items():
                self._type(field, keys)
            self._see(f"05-form-page-{number}")
            self._kiosk.touch("next")
        self._kiosk.wait_for_page("review", PATIENCE)
        self._see("06-review")
        self._touch("confirm", "number")
        self._see("07-form-done")
        self._touch("done", "home")
        tell("The form is filled, sealed and tied to the ticket.")

    def _call_from_the_page(self, page: Page, ticket: Ticket) -> None:
        """A teller opens counter 1 in a browser and presses the big key; boards and screen follow."""
        self._sign_in(page, "lifang", "/counter/1")
        page.locator("#primary").click()
        until(lambda: self._lobby.desk(1).standing(self._clock()).state == "open", "counter 1 is open")
        page.wait_for_timeout(SETTLE)
        page.screenshot(path=self._pictures / "08-teller-open.png")
        page.locator("#primary").click()
        until(lambda: self._sees.state(ticket) == "called", f"{ticket.number} is called")
        for board in ("counter-1", "main-board"):
            until(lambda board=board: ticket.number in self._sees.face(board), f"{board} shows {ticket.number}")  # type: ignore[misc]  # bound now
        until(lambda: self._screen.page() == "calls", "the screen shows the call")
        page.wait_for_timeout(SETTLE)
        page.screenshot(path=self._pictures / "08-teller-called.png")
        self._screen.picture(self._pictures / "09-screen-called.png")
        self._sees.copy_boards("09-board")
        called = self._sees.called_at(ticket)
        shown, acknowledged = self._sees.shown_at("counter-1"), self._sees.shown_at("main-board")
        tell(
            f"{ticket.number} is called: sent to the board over the counter {ms((shown - called).total_seconds())}"
            f" after the commit, acknowledged by the main board after {ms((acknowledged - called).total_seconds())}"
            " (wire simulated)."
        )

    def _survive(self, ticket: Ticket) -> None:
        """Kill every program in turn as a power cut would: it comes back, nothing is lost, nothing comes twice."""
        papers, faces = self._sees.papers(), self._sees.journal("counter-1")
        for name in ("kiosk", "screen", "boards", "staff"):
            before = self._programs.number_of(name)
            self._programs.kill(name)
            until(lambda name=name, before=before: self._programs.number_of(name) not in (0, before), f"{name} is back")  # type: ignore[misc]  # bound now
        self._kiosk.close()
        self._screen.close()
        self._kiosk = Finger(self._programs.data / "finger" / "kiosk", PATIENCE)
        self._screen = Finger(self._programs.data / "finger" / "screen", PATIENCE)
        until(lambda: self._kiosk.page() == "home", "the kiosk is back")
        until(lambda: self._screen.page() == "calls", "the screen is back with the call")
        again = self._sees.papers() != papers or self._sees.journal("counter-1") != faces
        if again or self._sees.state(ticket) != "called":
            raise VisitError(f"{ticket.number} was printed, called or shown again after a restart")
        tell("Each of the four programs was killed and came back: nothing lost, nothing twice.")

    def _serve_in_the_page(self, page: Page, ticket: Ticket) -> None:
        """Five steps at the counter; the lobby manager's page beside it."""
        for step in STEPS:
            page.wait_for_timeout(SETTLE)
            page.locator("#primary").click()
            until(lambda step=step: self._sees.step(ticket) == step, f"{ticket.number} is at step {step}")  # type: ignore[misc]  # bound now
        page.wait_for_timeout(SETTLE)
        page.screenshot(path=self._pictures / "10-teller-serving.png")
        self._sign_out(page)
        self._sign_in(page, "sunli", "/lobby")
        page.wait_for_timeout(SETTLE)
        page.screenshot(path=self._pictures / "11-lobby-manager.png")
        self._sign_out(page)
        self._sign_in(page, "lifang", "/counter/1")
        page.wait_for_timeout(SETTLE)
        page.locator("#done").click()
        until(lambda: self._sees.state(ticket) == "done", f"{ticket.number} is done")
        tell(f"{ticket.number} was greeted, asked, served, confirmed and seen off.")

    def _call_by_command(self) -> None:
        """The same verbs from a terminal."""
        said = self._programs.ask("counter", "2", "next")
        tell(f"lobbyline counter 2 next: {said}")
        called = said.split(" · ")[1]
        until(lambda: called in self._sees.face("counter-2"), f"the board over counter 2 shows {called}")
        self._sees.copy_boards("12-board")
        self._screen.picture(self._pictures / "12-screen.png")

    def _look_at_the_other_pages(self) -> None:
        """The pages that this visit did not need."""
        for item, page, name in OTHER_PAGES:
            self._touch(item, page)
            self._see(name)
            self._touch("home", "home")

    def _look_back(self, ticket: Ticket) -> None:
        """The log tells the whole visit, the chain holds, the answers are gone."""
        story = self._programs.ask("show", ticket.number)
        (self._pictures / "14-events.txt").write_text(f"{story}\n", encoding="utf-8")
        print(story, self._programs.ask("doctor"), sep="\n\n", flush=True)
        with self._lobby.read() as book:
            if book.answers(ticket):
                raise VisitError(f"the answers of {ticket.number} outlived the visit")

    # Fingers and eyes

    @property
    def _address(self) -> str:
        return self._setup.branch.staff.address

    def _sign_in(self, page: Page, name: str, to: str) -> None:
        """Somebody signs in at the page and goes on."""
        page.goto(f"{self._address}/sign-in?to={to}")
        page.locator("#name").fill(name)
        page.locator("#secret").fill(self._pins[name])
        page.locator("#sign-in .strong").click()
        page.wait_for_url(f"**{to}")

    def _sign_out(self, page: Page) -> None:
        page.locator("#sign-out").click()
        page.wait_for_url("**/sign-in?*")

    def _touch(self, item: str, page: str) -> None:
        self._kiosk.wait_for(item, PATIENCE)
        self._kiosk.touch(item)
        self._kiosk.wait_for_page(page, PATIENCE)

    def _type(self, field: str, keys: str) -> None:
        """Touch a field, its keys, and for Chinese the first candidates."""
        self._touch(f"field-{field}", "form")
        for key in keys:
            self._kiosk.wait_for(f"key-{key}", PATIENCE)
            self._kiosk.touch(f"key-{key}")
        while "pick-0" in self._kiosk.items():
            self._kiosk.touch("pick-0")

    def _see(self, name: str) -> None:
        self._kiosk.picture(self._pictures / f"{name}.png")


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def tell(sentence: str) -> None:
    print(f"· {sentence}", flush=True)
