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
RATES = range(4000, 192_001)  # that a microphone may have
PEAK = 28000  # of 32767: loud, with room before it clips
WIDTH = 2  # bytes of a sample
ATTACK = 0.008  # seconds in which a tone rises: a hard edge would click
FALL = 3.2  # how fast a tone dies away, per second
OVERTONES = ((1, 1.0), (2, 0.35), (3, 0.12))  # multiples of the tone and their strengths: a bell, not a beep
DING, DONG = 659.26, 523.25  # hertz: a falling major third, E5 to C5
HUSH = 400  # samples below this are silence
MARGIN = 0.015  # seconds left around a trimmed word, so that no consonant is cut
STROKE = 0.45  # seconds between the two strokes
RING = 0.95  # seconds that a stroke rings

Clip = array  # of signed 16-bit samples


def tone(hertz: float, seconds: float) -> list[float]:
    """A struck bell: rises at once, dies away."""
    return [_struck(hertz, sample / RATE) for sample in range(round(seconds * RATE))]


def _struck(hertz: float, time: float) -> float:
    loudness = min(1.0, time / ATTACK) * math.exp(-FALL * time)
    turn = 2 * math.pi * hertz * time
    return loudness * sum(strength * math.sin(multiple * turn) for multiple, strength in OVERTONES)


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
    """The samples of a WAV file as ours: mono, at our rate; `ValueError` when no microphone records so."""
    with wave.open(str(path), "rb") as file:
        channels, width, rate = file.getnchannels(), file.getsampwidth(), file.getframerate()
        if width != WIDTH:
            raise ValueError(f"has {8 * width} bits a sample; save it with 16")
        if rate not in RATES:  # a damaged head would make hours of it, or nothing
            raise ValueError(f"has {rate} samples a second; save it with {RATE}")
        samples: Clip[int] = array("h", file.readframes(file.getnframes()))
    return resampled(mono(samples, channels), rate)


def mono(samples: Clip[int], channels: int) -> Clip[int]:
    """All channels as one: their mean."""
    if channels == 1:
        return samples
    tracks = [samples[channel::channels] for channel in range(channels)]
    return array("h", (round(sum(values) / channels) for values in zip(*tracks, strict=True)))


def resampled(samples: Clip[int], rate: int) -> Clip[int]:
    """The same sound at our rate: each sample is the mean of what it stands for, or lies between its neighbours."""
    if rate == RATE or not samples:
        return samples
    step, reach = rate / RATE, max(1, round(rate / RATE))
    count = int(len(samples) / step)
    if reach > 1:
        windows = (samples[round(place * step) : round(place * step) + reach] for place in range(count))
        return array("h", (round(sum(window) / len(window)) for window in windows if window))
    last = len(samples) - 1
    return array("h", (between(samples, place * step, last) for place in range(count)))


def between(samples: Clip[int], place: float, last: int) -> int:
    left = min(int(place), last)
    right = min(left + 1, last)
    return round(samples[left] + (samples[right] - samples[left]) * (place - left))


def trimmed(clip: Clip[int]) -> Clip[int]:
    """Without the silence before and after: recorded words stand close together."""
    loud = [place for place, sample in enumerate(clip) if abs(sample) > HUSH]
    if not loud:
        return clip
    margin = round(MARGIN * RATE)
    return clip[max(0, loud[0] - margin) : loud[-1] + margin]


def scaled(clip: Clip[int], percent: int) -> Clip[int]:
    """Softer: percent of the loudness it was made with."""
    return clip if percent >= 100 else array("h", (sample * percent // 100 for sample in clip))
