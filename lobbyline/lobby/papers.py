"""What one machine's printer has to print: the branch's papers, and those of an emergency that happened here."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.outbox import Job, Outbox

if TYPE_CHECKING:
    from lobbyline.lobby.lobby import Lobby


class Papers:
    """The outboxes of one machine as one; each job goes back to the one it came from."""

    def __init__(self, lobby: Lobby) -> None:
        self._lobby = lobby
        self._asked: set[bool] = set()  # the outboxes that told what was interrupted before this program began

    def interrupted(self, printer: str) -> list[Job]:
        """Jobs that a death or a lost line left in the middle: each outbox is asked once, when it can be asked."""
        found: list[Job] = []
        for outbox, apart in self._outboxes():
            if apart not in self._asked:
                try:
                    found += [replace(job, emergency=apart) for job in outbox.interrupted(printer)]
                except StoreError:
                    if not self.apart:
                        raise
                    continue
                self._asked.add(apart)
        return found

    def due(self, printer: str, at: datetime) -> Job | None:
        """The oldest job that no byte was sent of; while the branch cannot be asked, of the emergency alone.

        Until every number of an emergency is handed in, the branch's own papers wait: one of them may be for a touch
        that was given an emergency number instead.
        """
        lost: StoreError | None = None
        owing = bool(self._lobby.emergency.waiting(at))
        for outbox, apart in self._outboxes():
            try:
                job = outbox.due(printer) if apart or not owing else None
            except StoreError as error:
                lost = error
                continue
            if job:
                return replace(job, emergency=apart)
        if lost and not self.apart:
            raise lost
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

    def _outboxes(self) -> list[tuple[Outbox, bool]]:
        own = [(self._lobby.emergency.lobby.outbox, True)] if self.apart else []
        return [(self._lobby.outbox, False), *own]

    def _of(self, job: Job) -> Outbox:
        return self._lobby.emergency.lobby.outbox if job.emergency else self._lobby.outbox
