"""A voice beside the glass, for those who read badly: espeak-ng, one sentence at a time.

A machine without loudspeaker or voice stays silent: what is said stands on the glass as well.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from contextlib import suppress
from subprocess import DEVNULL
from typing import Protocol

from lobbyline.glass.latin import Latin

PROGRAM = "espeak-ng"
SLOWER = 0.85  # of the hall's speed: nobody is hurried here


class Synthesis(Protocol):
    """How a language is spoken."""

    @property
    def voice(self) -> str: ...
    @property
    def speed(self) -> int: ...


class Speaker:
    """Says a sentence; another one interrupts it."""

    def __init__(self, voices: Mapping[str, Synthesis | None], program: str = PROGRAM) -> None:
        self.voices, self.program, self.latin = voices, program, Latin()
        self.speaking: subprocess.Popen[bytes] | None = None

    def say(self, sentence: str, language: str) -> None:
        """Say it in this language, at once; nothing ends what is being said."""
        if self.speaking:
            self.speaking.kill()
            self.speaking.wait()
            self.speaking = None
        voice = self.voices.get(language)
        if sentence and voice:
            words = self.latin(sentence) if voice.voice.endswith("pinyin") else sentence
            self._start(["-v", voice.voice, "-s", str(round(voice.speed * SLOWER)), "--", words])

    def _start(self, words: list[str]) -> None:
        with suppress(OSError):  # no such program: the glass says it too
            self.speaking = subprocess.Popen([self.program, *words], stdout=DEVNULL, stderr=DEVNULL)  # noqa: S603  # no shell
