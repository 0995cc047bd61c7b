"""Files that are whole, whatever happens while they are written."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from lobbyline import durable


def test_a_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    """The new one has the mode that was asked for, and nothing lies beside it."""
    file = tmp_path / "memory.json"
    file.write_bytes(b"old")
    durable.write(file, b"new", 0o600)
    assert (file.read_bytes(), file.stat().st_mode & 0o777, list(tmp_path.iterdir())) == (b"new", 0o600, [file])


def test_a_full_disk_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the disk says is heard; no half file is left, neither in the old one's place nor beside it."""
    file = tmp_path / "branch.toml"
    file.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        durable.write(file, b"new")
    assert (file.read_bytes(), list(tmp_path.iterdir())) == (b"old", [file])
