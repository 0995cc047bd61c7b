"""The press: a thread of the kiosk that prints what the outbox holds, each paper once.

A fault before the first byte leaves the job queued, to be tried when the printer is well. A fault in the middle leaves
it with the printer, which finishes it with the new roll. What nobody can know is `unknown` and is never printed again
in silence.
"""

from __future__ import annotations

import logging
import secrets
import string
import threading
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers.links.address import link_to
from lobbyline.drivers.printers.printer import Outcome, Printer
from lobbyline.drivers.printers.profile import Profile
from lobbyline.drivers.printers.status import Status
from lobbyline.kiosk import slip
from lobbyline.kiosk.layout import layouts
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.config.mistakes import read_each
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.reception.outbox import Job
from lobbyline.lobby.reception.outboxes import Outboxes

PULSE_SECONDS = 0.5  # between two looks at an idle printer
FENCE_LETTERS = string.ascii_lowercase  # the outbox's own fences have capitals: nobody takes one for the other

log = logging.getLogger(__name__)


def profiles(setup: Setup) -> dict[str, Profile]:
    """The profile of every model that devices.toml names; ConfigError with all mistakes of all of them."""
    return read_each(Profile, setup.printers)


def printer_of(setup: Setup, name: str, data: Path | None = None) -> Printer:
    """The printer that devices.toml calls `name`; relative lines are plugged in inside `data`."""
    described = setup.devices.printer(name)
    if described is None:
        raise DeviceError(f'Printer "{name}" is not in devices.toml: add it there, or correct [kiosk] printer')
    return Printer(link_to(name, described.at, data), profiles(setup)[described.model])


class Press:
    """Prints the tickets of one printer from `start` to `stop`."""

    def __init__(self, lobby: Lobby, clock: Callable[[], datetime], printer_name: str) -> None:
        self.died: BaseException | None = None  # a bug ended the thread: the program should fall with it
        self._lobby = lobby
        self._outboxes = Outboxes(lobby)
        self._clock = clock
        self._name = printer_name
        self._printer = printer_of(lobby.setup, printer_name, lobby.data)
        self._setup, self._sheets = lobby.setup, layouts(lobby.setup)
        self._stopping = threading.Event()
        self._trial = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"press-{printer_name}", daemon=True)
        self._open: list[Job] = []  # sent, with an end that nobody saw yet
        self._ended: tuple[Job, Outcome] | None = None  # known, and not yet committed
        self._told = ("", "")

    def start(self) -> Press:
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends after the paper that is being printed."""
        self._stopping.set()
        self._thread.join()

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    def try_out(self) -> None:
        """Print a trial as soon as the printer is well; no number is on it."""
        self._trial.set()

    def check(self) -> None:
        """A bug that ended the press ends the program with it: it is started again, and the papers go on."""
        if self.died:
            raise RuntimeError("the press has died") from self.died

    def _run(self) -> None:
        try:
            with closing(self._lobby.watch("press")) as watch:
                while not self._stopping.is_set():
                    if not self._turn():
                        watch.wait(PULSE_SECONDS)
        except BaseException as error:
            self.died = error
            log.exception("the press of printer %s fell", self._name)
        finally:
            self._printer.close()

    def _turn(self) -> bool:
        """One look at the printer and at most one paper; whether there may be more to do at once."""
        try:
            return self._look()
        except StoreError as error:
            log.error("printer %s waits: %s", self._name, error)  # noqa: TRY400 - the sentence says it all
            return False

    def _look(self) -> bool:
        try:
            self._commit()
            self._recall()
            status = self._printer.status()
            self._tell(status)
            return not status.fault and self._work()
        except DeviceError as error:
            self._report("fault", str(error), error.trouble)
            return False

    def _recall(self) -> None:
        """What was interrupted before this program began lies half printed in the printer."""
        if interrupted := self._outboxes.interrupted(self._name):
            self._open += interrupted
            self._printer.doubtful = True

    def _work(self) -> bool:
        """The printer is well: first what is open, then a clean start, then the next job."""
        if self._open:
            job = self._open.pop(0)
            return self._end(job, self._printer.settle(job.fence, fresh_fence()))
        if self._printer.doubtful:
            self._printer.clear(fresh_fence())
        if self._trial.is_set():
            self._trial.clear()
            return self._print_trial()
        job_due = self._outboxes.due(self._name, self._clock())
        return job_due is not None and self._print(job_due)

    def _print(self, job: Job) -> bool:
        if self._setup is not self._lobby.setup:
            self._setup, self._sheets = self._lobby.setup, layouts(self._lobby.setup)
        receipt = slip.ticket(self._paper(job), self._sheets[slip.kind(job.slip)], self._printer.profile)
        begun = self._outboxes.begin(job, self._clock())
        return self._end(begun, self._printer.print(receipt, begun.fence))

    def _print_trial(self) -> bool:
        """A paper for the eyes of whoever changed the roll."""
        receipt = slip.trial(self._lobby.branch.name.say(self._lobby.branch.languages[0]), self._name, self._clock())
        outcome = self._printer.print(receipt, fresh_fence())
        log.info("printer %s: trial %s", self._name, outcome.state)
        return outcome.state not in ("held", "failed")

    def _paper(self, job: Job) -> slip.Paper:
        """Everything that may be printed; a filled form is opened only now, and masked where others may read it."""
        form = self._lobby.setup.forms.get(job.slip.form)
        if form is None:
            return slip.Paper(job.slip, job.copy)
        answers = slip.answered(form, self._outboxes.answers(job), self._lobby.setup.between())
        return slip.Paper(job.slip, 0, form.name.root, answers)

    def _end(self, job: Job, outcome: Outcome) -> bool:
        """Remembers how a paper ended until that is committed; whether the printer may go on at once."""
        if outcome.state == "held":
            self._open.insert(0, job)
        else:
            self._ended = job, outcome
            self._commit()
        if outcome.state in ("held", "failed"):
            self._report("fault", outcome.note, outcome.trouble)
        return outcome.state not in ("held", "failed")

    def _commit(self) -> None:
        """`failed` means that no byte was sent, so the job goes back into the queue."""
        if self._ended:
            job, outcome = self._ended
            state = "queued" if outcome.state == "failed" else outcome.state
            self._outboxes.finish(job, state, outcome.note, self._clock())
            self._ended = None

    def _tell(self, status: Status) -> None:
        if status.fault:
            self._report("fault", str(self._printer.link.error(status.fault)), status.trouble)
        elif status.warning:
            self._report("warn", str(self._printer.link.error(status.warning)), status.trouble)
        else:
            self._report("ok", "")

    def _report(self, state: str, sentence: str, trouble: str = "") -> None:
        """Only changes go into the book."""
        if (state, sentence) != self._told:
            try:
                self._lobby.devices.report(self._name, "printer", state, sentence, self._clock(), trouble)
            except StoreError:
                if not self._outboxes.apart:
                    raise
                return  # in an emergency papers matter more; it is reported when the memory is back
            self._told = state, sentence
            if sentence:
                log.warning("%s", sentence)
            else:
                log.info("printer %s is well", self._name)


def fresh_fence() -> str:
    return "".join(secrets.choice(FENCE_LETTERS) for _ in range(4))
