"""The one loudspeaker: a recording at a time, and a sentence for every way in which the hall can stay quiet."""

from __future__ import annotations

import fcntl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from lobbyline.display.voice import sound
from lobbyline.drivers.errors import DeviceError

GRACE_SECONDS = 5.0  # how much longer than the recording the player may take
TURN_SECONDS = 40.0  # longer than any recording of a program that died


class Mute(DeviceError):
    """The hall hears nothing: what was seen, and what to try."""

    def __init__(self, seen: str, remedy: str, trouble: str = "unvoiced") -> None:
        super().__init__(f"The voice is silent: {seen}. {remedy}.", trouble)


class Player:
    """Plays one recording at a time through ALSA and waits for its end, but not for ever."""

    def __init__(self, program: str = "aplay") -> None:
        self.program = program
        self.playing: subprocess.Popen[bytes] | None = None

    def play(self, recording: Path, output: str = "") -> None:
        seconds = sound.duration(recording) + GRACE_SECONDS
        with open_turn(recording.parent / "playing") as turn:
            self.playing = self.start(recording, output, turn)
            with self.playing as player:
                self.attend(player, seconds)

    def start(self, recording: Path, output: str, turn: TextIO) -> subprocess.Popen[bytes]:
        """The player inherits the turn: if we die while it plays, whoever comes next still waits for its end."""
        command = [self.program, "-q", *(["-D", output] if output else []), str(recording)]
        try:
            return subprocess.Popen(command, stderr=subprocess.PIPE, pass_fds=[turn.fileno()])  # noqa: S603  # a list, no shell
        except OSError as error:
            raise Mute(f"{self.program} cannot be started ({error.strerror})", "Install alsa-utils") from error

    def attend(self, player: subprocess.Popen[bytes], seconds: float) -> None:
        try:
            _, complaint = player.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as error:
            player.kill()
            raise Mute(f"{self.program} did not end in time", "Check the sound device", "mute") from error
        if player.returncode > 0:
            raise Mute(f"{self.program} cannot play ({last_line(complaint)})", "Check the sound device", "mute")

    def hush(self) -> None:
        """Stop in the middle of a word; nothing happens when nothing is played."""
        if self.playing is not None:
            self.playing.terminate()


@contextmanager
def open_turn(path: Path) -> Iterator[TextIO]:
    """The one loudspeaker, as a lock: two recordings never sound at once, not even of two programs."""
    deadline = time.monotonic() + TURN_SECONDS
    try:
        file = path.open("w")
    except OSError as error:
        raise Mute(f"{path.parent} cannot be written ({error.strerror})", "Check the disk") from error
    with file as turn:
        while not has_turn(turn):
            if time.monotonic() > deadline:
                raise Mute("another player does not end", "Check the sound device", "mute")
            time.sleep(0.05)
        yield turn


def has_turn(turn: TextIO) -> bool:
    try:
        fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def last_line(complaint: bytes) -> str:
    """The last thing a program said; ALSA explains itself in ten lines, and only the last one helps."""
    lines = complaint.decode(errors="replace").strip().splitlines()
    return lines[-1].strip() if lines else "nothing"
