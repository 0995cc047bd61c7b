"""The branch's own `notices/` folder: pictures, films and texts, each looked at whole before it is put on the wall.

A film is an animated WebP or GIF, as it lies there or made of a video in the darkroom: Qt's video player is another
160 MB and needs a sound server, and a wall shows films without sound anyway. What is broken or too large is told to
the technician and passed over.
A folder in it that is named after a kind of business holds leaflets for those who wait for that.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import get_args

from PIL import Image, UnidentifiedImageError
from PySide6.QtSvg import QSvgRenderer

from lobbyline.display.darkroom import VIDEOS, Darkroom, length
from lobbyline.lobby.branch import Service

KINDS: tuple[str, ...] = get_args(Service.model_fields["complexity"].annotation)  # forms, advice, settlement …
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
Stamp = tuple[str, int, int]


@dataclass
class Shelf:
    """The folder as last looked at; a file is judged again only when it has changed."""

    folder: Path
    darkroom: Darkroom
    known: dict[Stamp, Judged] = field(default_factory=dict)

    def look(self) -> list[Judged]:
        """What the folder holds now, in the order of its names: first what is for everyone."""
        found = {stamp(file): (file, kind) for kind in ("", *KINDS) for file in shown(self.folder / kind)}
        self.known = {mark: self.judged(mark, file, kind) for mark, (file, kind) in found.items()}
        self.darkroom.tidy()
        return [*self.known.values(), *strangers(self.folder)]

    def judged(self, mark: Stamp, file: Path, about: str) -> Judged:
        """A video is judged at each look: its film is made meanwhile."""
        if is_video(file):
            return filmed(file, about, self.darkroom)
        return self.known.get(mark) or judged(file, about)


def shown(folder: Path) -> list[Path]:
    """The files of a folder that stand for something; captions stand beside them."""
    files = sorted(file for file in folder.glob("*") if file.is_file()) if folder.is_dir() else []
    pictures = {file.stem for file in files if file.suffix.lower() in (*PICTURES, DRAWING, *VIDEOS)}
    own = [file for file in files if file.suffix.lower() != TEXT or file.stem not in pictures]
    return [file for file in own if not file.name.startswith(".")]


def strangers(folder: Path) -> list[Judged]:
    """Folders that are named after no kind of business."""
    names = sorted(path.name for path in folder.glob("*/") if path.name not in KINDS and not path.name.startswith("."))
    allowed = ", ".join(KINDS)
    return [
        Spoilt(folder / name, f"notices/{name} is passed over: a folder is named after a kind of business, {allowed}.")
        for name in names
    ]


def stamp(file: Path) -> Stamp:
    """Changes when the file or its caption does."""
    caption = file.with_suffix(TEXT)
    states = [path.stat() for path in (file, caption) if path.exists()]
    return str(file), sum(state.st_size for state in states), max((state.st_mtime_ns for state in states), default=0)


def is_video(file: Path) -> bool:
    return file.suffix.lower() in VIDEOS


def filmed(video: Path, about: str, darkroom: Darkroom) -> Judged:
    """The leaflet that a video has become, or why there is none."""
    try:
        film = darkroom.film(video)
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
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
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
    with Image.open(file) as image:
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
    if isinstance(error, UnidentifiedImageError):
        return "it is no picture that can be read; save it again"
    if isinstance(error, UnicodeDecodeError):
        return "its text is not UTF-8"
    if isinstance(error, OSError | SyntaxError):
        return f"it cannot be read ({getattr(error, 'strerror', None) or error}); save it again"
    return str(error)


@dataclass
class Rack:
    """Which leaflet stands on the wall: one after another, each for its time."""

    leaflets: list[Leaflet] = field(default_factory=list)
    place: int = 0
    since: datetime | None = None

    def fill(self, found: list[Judged]) -> None:
        """Take what can be shown; the one on the wall stays there as long as it exists."""
        now, fresh = self.now, [leaflet for leaflet in found if isinstance(leaflet, Leaflet)]
        self.leaflets = fresh
        if now in fresh:
            self.place = fresh.index(now)
        else:
            self.place, self.since = min(self.place, max(0, len(fresh) - 1)), None

    @property
    def now(self) -> Leaflet | None:
        return self.leaflets[self.place] if self.place < len(self.leaflets) else None

    def turn(self, at: datetime, seconds: int, waited: Collection[str] = ()) -> Leaflet | None:
        """The leaflet of this moment: those for everyone, and those about what somebody waits for, take turns."""
        if not self.leaflets:
            return None
        since, now = self.since, self.now
        if since is None or now is None:
            self.place, since = self._next(self.place - 1, waited), at
        elif at < since or at - since >= timedelta(seconds=max(seconds, now.seconds)):
            self.place, since = self._next(self.place, waited), at
        self.since = since
        return self.now

    def _next(self, place: int, waited: Collection[str]) -> int:
        """The next place that concerns somebody; beyond the last one when none does."""
        count = len(self.leaflets)
        order = [(place + step) % count for step in range(1, count + 1)]
        return next((place for place in order if self.leaflets[place].about in ("", *waited)), count)


def complaints(found: list[Judged]) -> Iterator[str]:
    return (one.sentence for one in found if isinstance(one, Spoilt))


def promises(found: list[Judged]) -> Iterator[str]:
    """What needs patience and nothing else."""
    return (one.sentence for one in found if isinstance(one, Awaited))
