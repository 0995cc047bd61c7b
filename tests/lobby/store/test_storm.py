"""Programs are killed at random moments: nothing that was told is lost, nothing is double. See tests/storm.py."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


def storm(data: Path, notes: Path, *words: str) -> dict[str, int]:
    """A storm in a program of its own, whose ledger must hold. It ends when it has done what it was told to.

    However slow the disk is: each of its steps is waited for with patience, and all of them with none.
    """
    command = [sys.executable, "-m", "tests.storm", "--data", str(data), "--notes", str(notes), *words]
    found = subprocess.run(command, check=False, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr[-2000:]
    told: dict[str, int] = json.loads(found.stdout) if found.stdout else {}
    return told


def mount(*words: str) -> None:
    mounted = subprocess.run(["mount", *words], check=False, capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"may not mount a disk here: {mounted.stderr.strip()}")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that the storm alone does not fill."""
    place = tmp_path / "disk"
    place.mkdir()
    mount("-t", "tmpfs", "-o", "size=32m", "tmpfs", str(place))
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def ext4(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, with a real file system that can fail."""
    image, place = tmp_path / "image", tmp_path / "disk"
    with image.open("wb") as file:
        file.truncate(48 << 20)
    place.mkdir()
    made = subprocess.run(["mkfs.ext4", "-q", "-F", str(image)], check=False, capture_output=True)
    if made.returncode:
        pytest.skip("cannot make an ext4 file system here")
    mount("-o", "loop,errors=remount-ro", str(image), str(place))
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_forty_kills(tmp_path: Path) -> None:
    """Taking, calling and printing, killed forty times: the ledger holds."""
    told = storm(tmp_path / "data", tmp_path / "notes", "--kills", "40")
    assert told["issued"] > 40
    assert told["faults"] == 0


def test_kills_on_a_disk_that_fills_up(small_disk: Path, tmp_path: Path) -> None:
    """Full for a third of the storm: what was told stays, and the branch goes on when there is room again."""
    told = storm(small_disk, tmp_path / "notes", "--kills", "24", "--weather", "full")
    assert told["faults"] > 0
    assert told["issued"] > 0


def test_kills_on_a_disk_that_turns_read_only(ext4: Path, tmp_path: Path) -> None:
    """The file system gives itself up in the middle: after it is mounted again, everything told is there."""
    storm(ext4, tmp_path / "notes", "--kills", "16", "--weather", "read-only", "--no-ledger")
    subprocess.run(["umount", str(ext4)], check=True)
    mount("-o", "loop", str(tmp_path / "image"), str(ext4))
    told = storm(ext4, tmp_path / "notes", "--kills", "4")
    assert told["faults"] > 0
    assert told["issued"] > 0
