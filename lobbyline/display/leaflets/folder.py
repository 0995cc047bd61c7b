"""What lies in the folder `notices/`, and what the technician hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lobbyline.display.leaflets.leaflet import DRAWING, KINDS, PICTURES, TEXT, Awaited, Judged, Spoilt, filmed, judged
from lobbyline.display.leaflets.transcoder import VIDEOS, Transcoder

Stamp = tuple[str, int, int]


@dataclass
class LeafletFolder:
    """The folder as last looked at; a file is judged again only when it has changed."""

    folder: Path
    transcoder: Transcoder
    known: dict[Stamp, Judged] = field(default_factory=dict)

    def look(self) -> list[Judged]:
        """What the folder holds now, in the order of its names: first what is for everyone."""
        found = {stamp(file): (file, kind) for kind in ("", *KINDS) for file in shown(self.folder / kind)}
        self.known = {mark: self.judged(mark, file, kind) for mark, (file, kind) in found.items()}
        self.transcoder.tidy()
        return [*self.known.values(), *strangers(self.folder)]

    def judged(self, mark: Stamp, file: Path, about: str) -> Judged:
        """A video is judged at each look: its film is made meanwhile."""
        if is_video(file):
            return filmed(file, about, self.transcoder)
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


def complaints(found: list[Judged]) -> Iterator[str]:
    return (one.sentence for one in found if isinstance(one, Spoilt))


def passed_over(found: list[Judged]) -> Iterator[str]:
    """The files that complaints are about."""
    return (one.path.name for one in found if isinstance(one, Spoilt))


def promises(found: list[Judged]) -> Iterator[str]:
    """What needs patience and nothing else."""
    return (one.sentence for one in found if isinstance(one, Awaited))
