"""Sound as numbers: the chime, pauses, and clips joined into one WAV file.

Everything is mono, 16 bit, at the rate at which espeak-ng writes.
"""

from __future__ import annotations

import math
import os
import wave
from array import array
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

RATE = 22050  # samples a second
PEAK = 28000  # of 32767: loud, with room before it clips
WIDTH = 2  # bytes of a sample
ATTACK = 0.008  # seconds in which a tone rises: a hard edge would click
FALL = 3.2  # how fast a tone dies away, per second
OVERTONES = ((1, 1.0), (2, 0.35), (3, 0.12))  # multiples of the tone and their strengths: a bell, not a beep
DING, DONG = 659.26, 523.25  # hertz: a falling major third, E5 to C5
STROKE = 0.45  # seconds between the two strokes
RING = 0.95  # seconds that a stroke rings

Clip = array  # of signed 16-bit samples


def tone(hertz: float, seconds: float) -> list[float]:
    """A struck bell: rises at once, dies away."""
    return [
        min(1.0, time / ATTACK)
        * math.exp(-FALL * time)
        * sum(strength * math.sin(2 * math.pi * hertz * multiple * time) for multiple, strength in OVERTONES)
        for time in (sample / RATE for sample in range(round(seconds * RATE)))
    ]


@lru_cache(maxsize=1)
def chime() -> Clip[int]:
    """Two falling strokes that make people look up, the second beginning while the first still rings."""
    late = round(STROKE * RATE)
    ding, dong = tone(DING, RING), tone(DONG, RING)
    wave_form = [0.0] * (late + len(dong))
    for place, value in enumerate(ding):
        wave_form[place] += value
    for place, value in enumerate(dong, late):
        wave_form[place] += value
    fade = len(dong) // 4
    for place in range(fade):
        wave_form[-1 - place] *= place / fade
    return levelled(wave_form)


def levelled(samples: Iterable[float]) -> Clip[int]:
    """The same sound with its loudest sample at PEAK, so that voices and chime match."""
    values = list(samples)
    loudest = max(map(abs, values), default=0)
    factor = PEAK / loudest if loudest else 0
    return array("h", (round(value * factor) for value in values))


def silence(seconds: float) -> Clip[int]:
    return array("h", bytes(WIDTH * round(seconds * RATE)))


def joined(clips: Iterable[Clip[int]]) -> Clip[int]:
    whole: Clip[int] = array("h")
    for clip in clips:
        whole.extend(clip)
    return whole


def length(clip: Clip[int]) -> float:
    """Seconds."""
    return len(clip) / RATE


def duration(path: Path) -> float:
    """Seconds of a file of ours, from its size alone."""
    return path.stat().st_size / (RATE * WIDTH)


def write(path: Path, clip: Clip[int]) -> None:
    """Write a WAV file that is on the disk when this returns: after a power cut it is whole or absent."""
    with path.open("wb") as disk:
        with wave.open(disk, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(WIDTH)
            file.setframerate(RATE)
            file.writeframes(clip.tobytes())
        disk.flush()
        os.fsync(disk.fileno())


def read(path: Path) -> Clip[int]:
    """The samples of a WAV file; `ValueError` when it is of another kind than ours."""
    with wave.open(str(path), "rb") as file:
        kind = (file.getnchannels(), file.getsampwidth(), file.getframerate())
        if kind != (1, WIDTH, RATE):
            raise ValueError(f"{path} is not mono, 16 bit, {RATE} Hz but {kind}")
        return array("h", file.readframes(file.getnframes()))
