"""The branch's own `notices/` folder: pictures, films and texts, each looked at whole before it is put on the wall.

A film is an animated WebP or GIF, as it lies there or made of a video by the transcoder: Qt's video player is another
160 MB and needs a sound server, and a wall shows films without sound anyway. What is broken or too large is told to
the technician and passed over.
A folder in it that is named after a kind of business holds leaflets for those who wait for that.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from PIL import Image, UnidentifiedImageError
from PySide6.QtSvg import QSvgRenderer

from lobbyline.display.leaflets.transcoder import Transcoder, length
from lobbyline.lobby.branch import Service

KINDS: tuple[str, ...] = get_args(Service.model_fields["complexity"].annotation)  # forms, advice, settlement …
DECODED = ("PNG", "JPEG", "WEBP", "GIF")
# What a decoder falls over in damaged bytes, besides what it says itself.
DAMAGED = (ArithmeticError, AttributeError, EOFError, LookupError, NotImplementedError, TypeError, struct.error)
PICTURES = (".png", ".jpg", ".jpeg", ".webp", ".gif")
DRAWING, TEXT = ".svg", ".txt"
MOST_PIXELS = 24_000_000  # a good camera's; Qt needs four bytes for each while it scales
MOST_FILM_PIXELS = 1920 * 1080
MOST_FRAMES = 3000
MOST_BYTES = 60_000_000
MOST_SIGNS = 60  # of a text in one language: more cannot be read at ten metres


@dataclass(frozen=True)
class Leaflet:
    """One thing to show: `kind` is picture, film or text; a film's `seconds` are its own length."""

    path: Path
    kind: str
    lines: tuple[str, ...] = ()
    seconds: float = 0
    about: str = ""  # the kind of business that somebody has to wait for; empty is for everyone


@dataclass(frozen=True)
class Spoilt:
    """A file that cannot be shown, and what to do about it."""

    path: Path
    sentence: str


@dataclass(frozen=True)
class Awaited:
    """A video whose film is not there yet; the others take turns meanwhile."""

    path: Path
    sentence: str


Judged = Leaflet | Spoilt | Awaited


def filmed(video: Path, about: str, transcoder: Transcoder) -> Judged:
    """The leaflet that a video has become, or why there is none."""
    try:
        film = transcoder.film(video)
        if film is None:
            return Awaited(video, f"{place(video, about)} is being made into a film and will be shown by itself.")
        return Leaflet(film, "film", caption(video), length(film), about)
    except (OSError, ValueError) as error:
        return Spoilt(video, f"{place(video, about)} is passed over: {why(error)}.")


def judged(file: Path, about: str) -> Judged:
    """The leaflet in a file, or why there is none."""
    try:
        kind, seconds = opened(file)
        return Leaflet(file, kind, caption(file), seconds, about)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, *DAMAGED) as error:
        return Spoilt(file, f"{place(file, about)} is passed over: {why(error)}.")


def place(file: Path, about: str) -> Path:
    """A file as the technician knows it."""
    return Path("notices", about, file.name)


def opened(file: Path) -> tuple[str, float]:
    """Kind and length of what is in the file, every part of which could be read."""
    if file.stat().st_size > MOST_BYTES:
        raise ValueError(f"it has {file.stat().st_size // 1_000_000} MB, at most {MOST_BYTES // 1_000_000} are shown")
    kind = file.suffix.lower()
    if kind == TEXT:
        return "text", 0
    if kind == DRAWING:
        return drawn(file)
    if kind in PICTURES:
        return photographed(file)
    raise ValueError("pictures, videos and texts are shown; save it as png, jpg, mp4 or txt")


def drawn(file: Path) -> tuple[str, float]:
    if not QSvgRenderer(str(file)).isValid():
        raise ValueError("it is no drawing that can be read; save it again as plain SVG")
    return "picture", 0


def photographed(file: Path) -> tuple[str, float]:
    """Every frame is decoded once, so that nothing breaks on the wall."""
    with Image.open(file, formats=DECODED) as image:
        frames = getattr(image, "n_frames", 1)
        most = MOST_PIXELS if frames == 1 else MOST_FILM_PIXELS
        if image.width * image.height > most:
            raise ValueError(f"{image.width} × {image.height} pixels are too many; 1920 × 1080 are enough")
        if frames > MOST_FRAMES:
            raise ValueError(f"it has {frames} frames, at most {MOST_FRAMES} are shown")
        if frames == 1:
            image.draft("RGB", (image.width // 8, image.height // 8))  # a JPEG is read whole without its full size
            image.load()
            return "picture", 0
        return "film", sum(duration(image, frame) for frame in range(frames))


def duration(image: Image.Image, frame: int) -> float:
    image.seek(frame)
    image.load()
    return float(image.info.get("duration", 100)) / 1000


def caption(file: Path) -> tuple[str, ...]:
    """The words beside a picture, or the text itself: one line for each language, in the branch's order."""
    path = file.with_suffix(TEXT)
    if not path.exists():
        return ()
    lines = tuple(line.strip() for line in path.read_text("utf-8-sig").splitlines() if line.strip())
    long = next((line for line in lines if len(line) > 2 * MOST_SIGNS), "")
    if long:
        raise ValueError(f"a line of {path.name} has {len(long)} characters, at most {2 * MOST_SIGNS} can be read")
    return lines


def why(error: Exception) -> str:
    if isinstance(error, (UnidentifiedImageError, *DAMAGED)):
        return "it is no picture that can be read; save it again"
    if isinstance(error, UnicodeDecodeError):
        return "its text is not UTF-8"
    if isinstance(error, OSError | SyntaxError):
        return f"it cannot be read ({getattr(error, 'strerror', None) or error}); save it again"
    return str(error)
