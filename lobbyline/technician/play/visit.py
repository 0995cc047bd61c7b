"""One whole visit, off-screen, with the real programs and real touch events.

It starts what `lobbyline run` starts, touches the kiosk, presses *next* in the staff's page, looks at paper, boards and
screen, kills programs in between, and leaves a picture of everything. Nothing here imitates a program.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from lobbyline.drivers.errors import DeviceError
from lobbyline.glass.finger import Finger
from lobbyline.lobby.clock import Clock, ahead_of_now
from lobbyline.lobby.config.folder import Setup, load
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.ticket import STEPS, Ticket
from lobbyline.technician.play import accounts
from lobbyline.technician.play.actors import Colleague, Customer
from lobbyline.technician.play.album import Album
from lobbyline.technician.play.onlooker import Onlooker
from lobbyline.technician.play.playing import PATIENCE, PLAYED_AT, Programs, VisitError, browser, running, until
from lobbyline.technician.play.training import training_copy

FORM = ({"name": "zhangsan", "card_no": "6299000000000007"}, {"amt": "2000"})  # page by page, key by key
OTHER_PAGES = (
    ("group-corporate", "group", "13-business-banking"),
    ("elder", "elder", "13-elder"),
    ("have-number", "enter", "13-have-a-number"),
)


def play(branch: Path, pictures: Path) -> int:
    """Play the visit in a copy of the branch; pictures and memory go to `pictures`."""
    shutil.rmtree(pictures, ignore_errors=True)
    pictures.mkdir(parents=True)
    setup, log = load(training_copy(branch, pictures / "branch")), pictures / "programs.log"
    ahead = ahead_of_now(PLAYED_AT.replace(tzinfo=setup.branch.zone))
    print(f"What the programs say goes to {log}.", flush=True)
    with running(setup.folder, pictures / "data", ahead, log) as programs:
        visit = Visit(setup, pictures, programs)
        try:
            visit.play()
        except VisitError as error:
            raise DeviceError(f"{error}. What the programs said is in {log}.") from error
        finally:
            visit.close()
        ended = programs.end()
    print(f"All programs ended cleanly. Every picture, in order: {visit.album.bind()}")
    return ended


class Visit:
    """The visit, step by step; each step leaves pictures and a line on the terminal."""

    def __init__(self, setup: Setup, pictures: Path, programs: Programs) -> None:
        self.album = Album(pictures)
        self._setup, self._pictures, self._programs = setup, pictures, programs
        self._clock = Clock(setup.branch.zone, programs.ahead)
        self._customer = Customer(programs.data / "finger" / "kiosk", pictures)
        self._screen = Finger(programs.data / "finger" / "screen", PATIENCE)
        self._lobby: Lobby = open_lobby(setup, programs.data)
        self._sees = Onlooker(setup, self._lobby, self._clock, programs.data, pictures)
        self._pins = accounts.enter(self._lobby, self._clock())

    def close(self) -> None:
        self._customer.finger.close()
        self._screen.close()
        self._lobby.close()

    def play(self) -> None:
        self._open_the_branch()
        ticket = self._take_a_number()
        self._fill_the_form()
        with browser() as page:
            colleague = Colleague(page, self._setup.branch.staff.address, self._pins, self._pictures)
            self._call_from_the_page(colleague, ticket)
            self._survive(ticket)
            self._serve_in_the_page(colleague, ticket)
        self._call_by_command()
        self._look_at_the_other_pages()
        self._look_back(ticket)

    def _open_the_branch(self) -> None:
        """Boards say welcome, the kiosk asks what one came for, four customers are already waiting."""
        for service, segment in (("O1", "ordinary"), ("M1", "ordinary"), ("E1", "care"), ("B1", "ordinary")):
            self._programs.ask("take", service, "--segment", segment)
        greeting = [board.name for board in self._setup.devices.boards() if board.row == 1 and board.shows == "calls"]
        until(lambda: all(self._sees.face(name) for name in greeting), "every board says welcome")
        self._sees.copy_boards("01-board")
        self._customer.see("01-home")
        self._customer.touch("language", "home")
        self._customer.see("01-home-in-english")
        self._customer.touch("language", "home")
        self._screen.picture(self._pictures / "01-screen.png")
        self.album.tell("The branch is open: kiosk, hall screen, boards and staff's pages run; four customers wait.")

    def _take_a_number(self) -> Ticket:
        """Touch a service, read what to bring, take the number; the paper follows."""
        self._customer.touch("service-W1", "bands")
        self._customer.see("02-how-much")
        self._customer.touch("band-0", "ready")
        self._customer.see("02-before-you-wait")
        shown = self._customer.take()
        (ticket,) = [one.ticket for one in self._lobby.hall.waiting(self._clock()) if one.ticket.service == "W1"]
        until(lambda: self._lobby.outbox.state_of(ticket) == "printed", f"the paper of {ticket.number} came out")
        self._customer.see("03-your-number")
        (paper,) = self._sees.papers()
        shutil.copy(paper, self._pictures / "04-paper.png")
        self.album.tell(f"{ticket.number} stood on the kiosk {ms(shown)} after the touch, and is printed.")
        return ticket

    def _fill_the_form(self) -> None:
        """Fill the form while waiting, with the kiosk's own keyboards."""
        self._customer.touch("fill", "form")
        for number, fields in enumerate(FORM, 1):
            for field, keys in fields.items():
                self._customer.type(field, keys)
            self._customer.see(f"05-form-page-{number}")
            self._customer.finger.touch("next")
        self._customer.finger.wait_for_page("review", PATIENCE)
        self._customer.see("06-review")
        self._customer.touch("confirm", "number")
        self._customer.see("07-form-done")
        self._customer.touch("done", "home")
        self.album.tell("The form is filled, sealed and tied to the number.")

    def _call_from_the_page(self, teller: Colleague, ticket: Ticket) -> None:
        """A teller opens counter 1 in a browser and presses the big key; boards and screen follow."""
        teller.sign_in("lifang", "/counter/1")
        teller.press()
        until(lambda: self._lobby.desk(1).standing(self._clock()).state == "open", "counter 1 is open")
        teller.see("08-teller-open", "#desk[data-state=open]")
        teller.press()
        until(lambda: self._sees.state(ticket) == "called", f"{ticket.number} is called")
        for board in ("counter-1", "main-board"):
            until(lambda board=board: ticket.number in self._sees.face(board), f"{board} shows {ticket.number}")  # type: ignore[misc]  # bound now
        until(lambda: self._screen.page() == "calls", "the screen shows the call")
        teller.see("08-teller-called", "#desk[data-ticket=called]")
        self._screen.picture(self._pictures / "09-screen-called.png")
        self._sees.copy_boards("09-board")
        called = self._sees.called_at(ticket)
        shown, acknowledged = self._sees.shown_at("counter-1"), self._sees.shown_at("main-board")
        self.album.tell(
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
        self._customer.comes_back()
        self._screen.close()
        self._screen = Finger(self._programs.data / "finger" / "screen", PATIENCE)
        until(lambda: self._customer.finger.page() == "home", "the kiosk is back")
        until(lambda: self._screen.page() == "calls", "the screen is back with the call")
        again = self._sees.papers() != papers or self._sees.journal("counter-1") != faces
        if again or self._sees.state(ticket) != "called":
            raise VisitError(f"{ticket.number} was printed, called or shown again after a restart")
        self.album.tell("Each of the four programs was killed and came back: nothing lost, nothing twice.")

    def _serve_in_the_page(self, colleague: Colleague, ticket: Ticket) -> None:
        """Five steps at the counter; the lobby manager's page beside it."""
        for step in STEPS:
            colleague.press()
            until(lambda step=step: self._sees.step(ticket) == step, f"{ticket.number} is at step {step}")  # type: ignore[misc]  # bound now
        colleague.see("10-teller-serving", "#rail [aria-current=step]")
        colleague.sign_out()
        colleague.sign_in("sunli", "/lobby")
        colleague.see("11-lobby-manager", "#waiting tr")
        colleague.sign_out()
        colleague.sign_in("lifang", "/counter/1")
        colleague.press("#done")
        until(lambda: self._sees.state(ticket) == "done", f"{ticket.number} is done")
        self.album.tell(f"{ticket.number} was greeted, asked, served, confirmed and seen off.")

    def _call_by_command(self) -> None:
        """The same verbs from a terminal."""
        said = self._programs.ask("counter", "2", "next")
        called = said.split(" · ")[1]
        until(lambda: called in self._sees.face("counter-2"), f"the board over counter 2 shows {called}")
        self._sees.copy_boards("12-board")
        self._screen.picture(self._pictures / "12-screen.png")
        self.album.tell(f"`lobbyline counter 2 next` answers: {said}")

    def _look_at_the_other_pages(self) -> None:
        """The pages that this visit did not need."""
        for item, page, name in OTHER_PAGES:
            self._customer.touch(item, page)
            self._customer.see(name)
            self._customer.touch("home", "home")
        self.album.tell("Other pages of the kiosk: business banking, large letters, and who has a number already.")

    def _look_back(self, ticket: Ticket) -> None:
        """The log tells the whole visit, the chain holds, the answers are gone."""
        story = self._programs.ask("show", ticket.number)
        (self._pictures / "14-events.txt").write_text(f"{story}\n", encoding="utf-8")
        print("", story, "", self._programs.ask("doctor"), "", sep="\n", flush=True)
        with self._lobby.read() as book:
            if book.answers(ticket):
                raise VisitError(f"the answers of {ticket.number} outlived the visit")


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"
