"""The keeper of a bus: one thread that makes the boards show what is wanted, and says what they did.

One pending face per board, newest call first. A board that does not answer is tried a few times, then only now and
then; a line that is gone is opened again with patience. Nothing is queued: what is wanted now is all that counts.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from lobbyline.drivers.boards.news import Counts, Fault, News, Restored, Shown
from lobbyline.drivers.boards.schedule import BoardState, Face, choose, rest
from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.wire.line import Line
from lobbyline.drivers.wire.protocol import Protocol
from lobbyline.drivers.wire.values import FrameRefused

REOPEN_FIRST, REOPEN_LONGEST = 1.0, 10.0  # seconds between two tries to open a line
IDLE = 1.0  # seconds after which an idle line is looked at
ADVICE = {
    "nak": "said no {times}. Look for a second master, or missing termination of the line.",
    "silent": "did not answer {times}. Look at its power, its address and the wires A and B.",
    "garbled": "was not understood {times}. Look at the speed of the line, its termination, and for a second master.",
}
DARK = "clear"  # the action of every board's protocol that shows nothing


@dataclass(frozen=True)
class Post:
    """A board on a bus: its name and address, and what it understands."""

    name: str
    address: int
    protocol: Protocol
    main: bool = False
    values: Mapping[str, int | str] = field(default_factory=dict)


class Keeper:
    """Keeps the boards of one line; `news` is called from its thread."""

    def __init__(self, line: Line, posts: Sequence[Post], news: Callable[[News], object]) -> None:
        self.line, self.posts, self._news = line, {post.name: post for post in posts}, news
        self.failure: BaseException | None = None
        self._states = {post.name: first_state(post) for post in posts}
        self._counts = {post.name: Counts() for post in posts}
        self._numbers: dict[tuple[str, str], int] = {}  # the last running number, by board and name
        self._change = threading.Condition()
        self._stopping = False
        self._troubled = False
        self._thread = threading.Thread(target=self._keep, name=f"bus {line.bus}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """End after the frame that is on its way."""
        with self._change:
            self._stopping = True
            self._change.notify_all()
        self._thread.join()

    def want(self, board: str, face: Face, fresh: bool = False) -> None:
        """What a board shall show from now on; `fresh` for a new call, which goes before everything else."""
        with self._change:
            self._states[board] = self._states[board].want(face, fresh, time.monotonic())
            self._change.notify_all()

    def counts(self) -> dict[str, Counts]:
        with self._change:
            return dict(self._counts)

    def _keep(self) -> None:
        try:
            self._run()
        except BaseException as error:
            self.failure = error
        finally:
            self.line.close()

    def _run(self) -> None:
        while self._open():
            try:
                self._serve()
            except DeviceError as error:
                self._trouble(error)
                self._sleep(REOPEN_FIRST)  # a line that opens and breaks at once must not spin

    def _open(self) -> bool:
        """Wait until the line is open; False when it is time to stop."""
        for wait in pauses():
            if self._stopping:
                return False
            try:
                self.line.open()
                if any(post.protocol.echoes for post in self.posts.values()):
                    self.line.find_echo()
            except DeviceError as error:
                self._trouble(error)
                self._sleep(wait)
            else:
                self._opened()
                return True
        return False

    def _opened(self) -> None:
        self._troubled = False
        with self._change:
            self._states = {name: state.forgotten() for name, state in self._states.items()}
        self._news(Restored(self.line.bus))

    def _trouble(self, error: DeviceError) -> None:
        """Tell it once for each time the line goes away."""
        if not self._troubled:
            self._troubled = True
            self._news(Fault(self.line.bus, str(error), error.trouble))

    def _serve(self) -> None:
        """Tell whoever is next, until the line breaks or we stop."""
        while not self._stopping:
            # The line first, then who: whoever is called while the line is busy is still the next.
            self._sleep(self.line.busy())
            with self._change:
                state = choose(self._states.values(), time.monotonic())
            if state is None:
                self.line.listen()
                self._rest()
            elif state.wanted is not None:
                self._tell(state, state.wanted)

    def _tell(self, state: BoardState, face: Face) -> None:
        post = self.posts[state.name]
        try:
            verdict = self._send(post, face, patient=not state.dead)
        except FrameRefused as refused:
            self._news(Fault(post.name, f"Board {post.name!r} cannot show this: {refused}", "unshowable"))
            verdict = self._darken(post, face)
        else:
            self._say(state, face, verdict)
        self._note(post.name, face, verdict)

    def _darken(self, post: Post, face: Face) -> str:
        """Better nothing than the number before; the same bytes would be refused again, so this face is dealt with."""
        with suppress(FrameRefused):
            return self._send(post, Face(DARK, face.values), patient=True)
        return "ok"

    def _send(self, post: Post, face: Face, patient: bool) -> str:
        """Every frame of the face, until one is not answered with yes."""
        rules = post.protocol.bus
        values = {"address": post.address, **self._numbered(post), **post.values, **face.values}
        for telegram in post.protocol.telegrams(face.action, values):
            for turn in range(rules.repeat):
                gap = rules.gap if turn == rules.repeat - 1 else rules.repeat_gap
                self._count(post.name, Counts(sent=1, garbage=self.line.say(telegram.data, gap)))
            if telegram.answer is None or post.address == rules.broadcast:
                continue
            # One time-out to answer in, and one more of silence: a late answer is this board's, never the next one's.
            give_up = self._urgent if telegram.answer.named and not patient else never
            verdict, garbage = self.line.hear(telegram.answer, 2 * telegram.answer.timeout, rules.gap, give_up)
            self._count(post.name, Counts(0, verdict == "ok", verdict == "", garbage))
            if verdict != "ok":
                return verdict or ("garbled" if garbage else "silent")
        return "ok"

    def _numbered(self, post: Post) -> dict[str, int]:
        """The running numbers that the protocol wants in its frames."""
        for name, sequence in post.protocol.sequences.items():
            last = self._numbers.get((post.name, name))
            self._numbers[post.name, name] = sequence.start if last is None else sequence.after(last)
        return {name: self._numbers[post.name, name] for name in post.protocol.sequences}

    def _say(self, state: BoardState, face: Face, verdict: str) -> None:
        """News of a board: a new face, a return, or that it is given up for now."""
        if verdict == "ok":
            if face != state.shown:
                self._news(Shown(state.name, face))
        elif state.failures == state.retries:
            sentence = self._complaint(self.posts[state.name], verdict, state.failures + 1)
            self._news(Fault(state.name, sentence, verdict))

    def _complaint(self, post: Post, verdict: str, tries: int) -> str:
        where = f"Board {post.name!r} (address {post.address} on {self.line.path})"
        times = "once" if tries == 1 else f"{tries} times"
        return f"{where} {ADVICE[verdict].format(times=times)}"

    def _note(self, name: str, face: Face, verdict: str) -> None:
        """Keep what came out; another face may have been wanted meanwhile."""
        now = time.monotonic()
        with self._change:
            state = self._states[name]
            self._states[name] = state.told(face, now) if verdict == "ok" else state.failed(now)
            if verdict == "ok" and state.failures:
                self._forget_areas(name)

    def _forget_areas(self, name: str) -> None:
        """A board that comes back was without power, perhaps: its other areas are told again, too."""
        address = self.posts[name].address
        for other, post in self.posts.items():
            if other != name and post.address == address:
                self._states[other] = self._states[other].forgotten()

    def _urgent(self) -> bool:
        """Whether a living board waits for a fresh call: nobody listens to a dead one meanwhile."""
        with self._change:
            return any(state.pending and state.fresh and not state.dead for state in self._states.values())

    def _count(self, name: str, more: Counts) -> None:
        with self._change:
            self._counts[name] += more

    def _rest(self) -> None:
        with self._change:
            if not self._stopping:
                self._change.wait(rest(self._states.values(), time.monotonic(), IDLE))

    def _sleep(self, seconds: float) -> None:
        if seconds > 0:
            with self._change:
                self._change.wait_for(lambda: self._stopping, seconds)


def pauses() -> Iterator[float]:
    """Seconds between the tries to open a line: each twice the one before, at most ten."""
    wait = REOPEN_FIRST
    while True:
        yield wait
        wait = min(2 * wait, REOPEN_LONGEST)


def never() -> bool:
    return False


def first_state(post: Post) -> BoardState:
    """A board of which nothing is known yet; those that never answer are never dead."""
    retries = [frame.ack.retries for frame in post.protocol.frames.values() if frame.ack]
    return BoardState(post.name, post.main, post.protocol.bus.refresh, max(retries, default=0))
