"""What customers filled in, sealed, until it is erased."""

from __future__ import annotations

from datetime import date, datetime

from lobbyline.lobby.store.pages.page import Pages, micros
from lobbyline.lobby.ticket import Ticket

ASIDE = " aside"  # behind the name of a form that is not filled to the end


class AnswerPages(Pages):
    """Forms of tickets, filled or put aside."""

    def keep_answer(self, ticket: Ticket, form: str, sealed: str, at: datetime) -> None:
        self._rows.run("keep_answer", ticket=ticket.id, form=form, sealed=sealed, at=micros(at))

    def answers(self, ticket: Ticket) -> dict[str, str]:
        """Sealed answers by form, of those that are filled to the end."""
        return {form: sealed for form, sealed in self._answers(ticket).items() if not form.endswith(ASIDE)}

    def put_aside(self, ticket: Ticket, form: str, sealed: str, at: datetime) -> None:
        """Keep a form that is not filled to the end, until it is, or is forgotten like any other."""
        self.keep_answer(ticket, form + ASIDE, sealed, at)

    def unfinished(self, ticket: Ticket, form: str) -> str:
        """Sealed answers of a form that was put aside; empty where there is none."""
        return self._answers(ticket).get(form + ASIDE, "")

    def take_up(self, ticket: Ticket, form: str) -> None:
        """A form that was put aside is filled now."""
        self._rows.run("forget_answer", ticket=ticket.id, form=form + ASIDE)

    def _answers(self, ticket: Ticket) -> dict[str, str]:
        return {row["form"]: row["sealed"] for row in self._rows.all("answers", ticket=ticket.id)}

    def forget_answers(self, ticket: Ticket) -> None:
        self._rows.run("forget_answers", ticket=ticket.id)

    def forget_old_answers(self, today: date) -> None:
        self._rows.run("forget_old_answers", **self._on(today))
