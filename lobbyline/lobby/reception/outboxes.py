"""What one machine's printer has to print: the branch's papers, and those of an emergency that happened here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.reception.outbox import Job, Outbox

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby


class Outboxes:
    """The outboxes of one machine as one; each job goes back to the one it came from."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby
        self._asked: set[bool] = set()  # the outboxes that told what was interrupted before this program began

    def interrupted(self, printer: str) -> list[Job]:
        """Jobs that a death or a lost line left in the middle: each outbox is asked once, when it can be asked."""
        found: list[Job] = []
        for outbox, apart in self._all():
            if apart not in self._asked:
                with self._if_it_can_be_asked():
                    found += [replace(job, emergency=apart) for job in outbox.interrupted(printer)]
                    self._asked.add(apart)
        return found

    def due(self, printer: str, at: datetime) -> Job | None:
        """The oldest job that no byte was sent of; while the branch cannot be asked, of the emergency alone.

        Until every number of an emergency is handed in, the branch's own papers wait: one of them may be for a touch
        that was given an emergency number instead.
        """
        owing = bool(self._lobby.emergency.waiting(at))
        for outbox, apart in self._all():
            if apart or not owing:
                with self._if_it_can_be_asked():
                    if job := outbox.due(printer):
                        return replace(job, emergency=apart)
        return None

    def begin(self, job: Job, at: datetime) -> Job:
        return replace(self._of(job).begin(job, at), emergency=job.emergency)

    def finish(self, job: Job, state: str, note: str, at: datetime) -> None:
        self._of(job).finish(job, state, note, at)

    def answers(self, job: Job) -> dict[str, str]:
        return self._of(job).answers(job)

    @property
    def apart(self) -> bool:
        """Whether there are papers that do not need the branch's memory."""
        return self._lobby.emergency.used

    def _all(self) -> list[tuple[Outbox, bool]]:
        """Each outbox, and whether it is the emergency's."""
        own = [(self._lobby.emergency.local.outbox, True)] if self.apart else []
        return [(self._lobby.outbox, False), *own]

    @contextmanager
    def _if_it_can_be_asked(self) -> Iterator[None]:
        """While one memory cannot be reached, the other outbox goes on; a fault only where there is no other."""
        try:
            yield
        except StoreError:
            if not self.apart:
                raise

    def _of(self, job: Job) -> Outbox:
        return self._lobby.emergency.local.outbox if job.emergency else self._lobby.outbox
