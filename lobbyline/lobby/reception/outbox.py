"""Paper is a courtesy copy: jobs are committed with their ticket and printed after it, exactly once.

`sending` is committed before the first byte; a job that was interrupted there becomes `unknown` and is never
printed again in silence. A reprint carries the same number, so two papers are one place in the line.
"""

from __future__ import annotations

import secrets
import string
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING

from lobbyline.lobby import once
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.store.pages.prints import PrintRow
from lobbyline.lobby.ticket import Ticket

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby
    from lobbyline.lobby.reception.reception import Place
    from lobbyline.lobby.rule.forecast import Wait

FENCE_LETTERS = string.ascii_uppercase + string.digits


Words = dict[str, str | list[str]]  # what is said in words: branch, service, wait, zone, bring and rules


@dataclass(frozen=True)
class Slip:
    """What goes on the paper, fixed when the ticket is drawn. No name, no card, no level of the customer."""

    number: str
    ahead: int
    counters: list[int]
    taken_at: datetime
    token: str
    version: str
    elder: bool
    texts: dict[str, Words]  # by language
    emergency: bool = False  # drawn while nobody knew who waits: nothing is said of that
    form: str = ""  # the filled form that this paper shows; empty on the ticket itself. The answers stay sealed.


@dataclass(frozen=True)
class Job:
    """One paper: copy 0 is the first, others are marked as reprints."""

    id: int
    ticket_id: int
    slip: Slip
    copy: int
    state: str
    fence: str
    emergency: bool = False  # kept in the file of an emergency, not in the branch's memory


class Outbox:
    """The jobs of the ticket printers."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby

    def due(self, printer: str) -> Job | None:
        """The oldest job that no byte was sent of."""
        with self._lobby.read() as book:
            jobs = book.prints(printer, "queued", most=1)
        return _job(jobs[0]) if jobs else None

    def begin(self, job: Job, at: datetime) -> Job:
        """Commit, before the first byte, that a job is being sent, with a fresh fence to recognise its end by."""
        fence = "".join(secrets.choice(FENCE_LETTERS) for _ in range(4))
        begun = replace(job, state="sending", fence=fence)
        self._keep(begun, "", at)
        return begun

    def finish(self, job: Job, state: str, note: str, at: datetime) -> None:
        """Commit how it ended: `printed`, `failed` (nothing reached the paper) or `unknown`; `queued` tries again."""
        self._keep(replace(job, state=state), note, at)

    def interrupted(self, printer: str) -> list[Job]:
        """Jobs that a death or a lost line left in the middle."""
        with self._lobby.read() as book:
            return [_job(row) for row in book.prints(printer, "sending")]

    def reprint(self, number: str, at: datetime, key: str | None = None) -> Job:
        """Print a ticket's paper once more, marked as a copy, if somebody asked for it."""
        what = f"reprint {number}"
        with self._lobby.write() as book:
            earlier = once.answered(book, key, what)
            if earlier is not None:
                papers = book.prints_of(book.ticket(earlier["ticket"]))
                return next(_job(row) for row in papers if row.id == earlier["job"])
            ticket = self._lobby.floor.find(book, number, at)
            latest = next(iter(_own_papers(book, ticket)), None)
            if latest is None:
                raise Refusal("unknown_ticket", ticket=number)
            if latest.state in ("queued", "sending"):
                raise Refusal("printing", ticket=number)
            book.add_print(latest.printer, ticket, latest.copy + 1, latest.slip, at)
            row = book.prints_of(ticket)[0]
            book.note("reprinted", at, "staff", ticket, copy=row.copy)
            once.keep(book, key, what, {"ticket": ticket.id, "job": row.id}, at)
        return _job(row)

    def waiting(self) -> dict[str, int]:
        """How many papers wait for each printer: of none a byte was sent."""
        with self._lobby.read() as book:
            return book.prints_waiting()

    def send_on(self, printer: str, to: str, at: datetime, by: str, key: str | None = None) -> int:
        """Let another printer print whatever waits for one: the papers stay as they are; how many there were."""
        known, what = self._lobby.setup.printer_names(), f"send on {printer} {to}"
        with self._lobby.write() as book:
            earlier = once.answered(book, key, what)
            if earlier is not None:
                return int(earlier["papers"])
            for name in (printer, to):
                if name not in known:
                    raise Refusal("unknown_printer", printer=name, known=list(known))
            jobs = book.prints(printer, "queued") if to != printer else []
            if not jobs:
                raise Refusal("nothing_to_print", printer=printer)
            for job in jobs:
                book.move_print(job, to, at)
                book.note("sent_on", at, by, book.ticket(job.ticket_id), printer=to)
            once.keep(book, key, what, {"papers": len(jobs)}, at)
        return len(jobs)

    def counted(self, at: datetime) -> dict[str, str]:
        """For each printer, how today's papers ended: `34 printed, 1 unknown`."""
        with self._lobby.read() as book:
            papers = book.prints_counted(self._lobby.day(at))
        return {name: ", ".join(f"{n} {state}" for state, n in sorted(told.items())) for name, told in papers.items()}

    def print_form(self, ticket: Ticket, form: str, at: datetime) -> None:
        """A paper with what was filled in; the answers are opened only while it is printed, and never kept open."""
        with self._lobby.write() as book:
            papers = book.prints_of(ticket)
            first = next((row for row in papers if not row.slip.get("form")), None)
            if first is None or form not in book.answers(ticket):
                raise Refusal("unknown_form", form=form, known=list(book.answers(ticket)))
            copy = min(0, *(row.copy for row in papers)) - 1  # below 0: no copy of the ticket
            book.add_print(first.printer, ticket, copy, first.slip | {"form": form}, at)

    def answers(self, job: Job) -> dict[str, str]:
        """What was filled in, for the paper that shows it; empty once it was deleted."""
        with self._lobby.read() as book:
            sealed = book.answers(book.ticket(job.ticket_id)).get(job.slip.form)
        return self._lobby.seal.open(sealed) if sealed else {}

    def state_of(self, ticket: Ticket) -> str:
        """The state of a ticket's newest paper; empty when it has none."""
        with self._lobby.read() as book:
            papers = _own_papers(book, ticket)
        return papers[0].state if papers else ""

    def add(self, book: Book, place: Place, at: datetime) -> None:
        """Put the first paper of a new ticket into the outbox, in the ticket's own transaction."""
        if printer := self._lobby.branch.kiosk.printer:
            slip = vars(self._slip(place)) | {"taken_at": place.ticket.taken_at.isoformat()}
            book.add_print(printer, place.ticket, 0, slip, at)

    def _keep(self, job: Job, note: str, at: datetime) -> None:
        with self._lobby.write() as book:
            book.keep_print(PrintRow(job.id, "", job.ticket_id, job.copy, {}, job.state, job.fence, note), at)
            if job.state in ("printed", "failed", "unknown"):
                book.note(job.state, at, "printer", book.ticket(job.ticket_id), copy=job.copy, note=note)

    def _slip(self, place: Place) -> Slip:
        branch = self._lobby.branch
        return Slip(
            number=place.ticket.number,
            ahead=place.ahead,
            counters=place.counters,
            taken_at=place.ticket.taken_at,
            token=place.ticket.token,
            version=self._lobby.setup.version,
            elder=branch.segments[place.ticket.segment].elder,
            texts={language: self._words(place, language) for language in branch.languages},
            emergency=bool(self._lobby.series),
        )

    def _words(self, place: Place, language: str) -> Words:
        branch, service = self._lobby.branch, self._lobby.branch.services[place.ticket.service]

        def say(code: str, facts: dict[str, object] | None = None) -> str:
            return self._lobby.say("slip", code, facts, language)

        return {
            "between": self._lobby.setup.words[language]["list"]["between"],
            "branch": branch.name.say(language),
            "service": service.name.say(language),
            "wait": say(expected(place.wait), asdict(place.wait)),
            "zone": place.zone.say(language),
            "bring": [paper.name.say(language) for paper in place.bring],
            "rules": [say("restore", {"minutes": branch.rules.restore_minutes}), say("priority")],
        }


def _own_papers(book: Book, ticket: Ticket) -> list[PrintRow]:
    """The papers of the ticket itself, newest copy first; those of its forms are others."""
    return [row for row in book.prints_of(ticket) if not row.slip.get("form")]


def expected(wait: Wait) -> str:
    """The word of `slip` for a wait: never from nothing."""
    return "crowded" if wait.crowded else "wait" if wait.low else "within"


def _job(row: PrintRow) -> Job:
    told = row.slip | {"taken_at": datetime.fromisoformat(row.slip["taken_at"])}
    slip = Slip(**{one.name: told[one.name] for one in fields(Slip) if one.name in told})  # an older one told more
    return Job(row.id, row.ticket_id, slip, row.copy, row.state, row.fence)
