"""Where the files of a branch are read from: a folder on the disk, or the files of a version as they were kept.

Both have the same names, such as `forms/F01.toml`. Pictures, films and clips are not kept: they stay in the folder.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path

from lobbyline.lobby.config.toml import contents

TOML = ".toml"
PREFIXES = ("base/", "assets/")  # before names of files, in a version, that are not the branch's own


class Source:
    """The files of one folder, by name; TOML files are those of a version when `kept` is given."""

    def __init__(self, folder: Path, prefix: str = "", kept: Mapping[str, str] | None = None) -> None:
        self.folder = folder
        self.prefix = prefix  # what stands before the names in a version: "", "base/" or "assets/"
        self._kept = kept

    def names(self, pattern: str) -> list[str]:
        """The names that match `pattern`, in order; hidden files are an editor's, or of another system."""
        if self._kept is not None and pattern.endswith(TOML):
            depth = pattern.count("/")
            return sorted(name for name in self._kept if name.count("/") == depth and fnmatchcase(name, pattern))
        found = (file for file in self.folder.glob(pattern) if not file.name.startswith("."))
        return sorted(file.relative_to(self.folder).as_posix() for file in found)

    def stems(self, folder: str) -> list[str]:
        """The names of the TOML files in `folder` ("" is the folder itself), without their ending."""
        return [Path(name).stem for name in self.names(f"{folder}/*{TOML}" if folder else f"*{TOML}")]

    def has(self, name: str) -> bool:
        """Whether it is there; a link to nothing is, and cannot be read."""
        file = self.folder / name
        return name in self._kept if self._kept is not None else file.exists() or file.is_symlink()

    def closed(self, folder: str) -> bool:
        """Whether a folder is there and nobody here may look into it, so that it would seem to be empty."""
        place = self.folder / folder
        return self._kept is None and os.path.isdir(place) and not os.access(place, os.R_OK | os.X_OK)  # noqa: PTH112

    def read(self, name: str) -> bytes:
        """The bytes of one file; OSError as the disk says it."""
        if self._kept is not None:
            return self._kept[name].encode()
        return contents(self.folder / name)

    def file(self, name: str) -> Path:
        """What messages call a file."""
        return self.folder / name


def own_files(files: Mapping[str, str]) -> dict[str, str]:
    """Of the files of a version the branch's own."""
    return {name: text for name, text in files.items() if not name.startswith(PREFIXES)}
