"""Real videos, made by ffmpeg in a moment."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

PATTERN = "testsrc2=size={size}:rate=25:duration={seconds}"


def video(path: Path, seconds: float = 1, size: str = "320x180", *more: str) -> Path:
    """A video with sound, copied here a minute ago."""
    source = ("-f", "lavfi", "-i", PATTERN.format(size=size, seconds=seconds))
    sound = ("-f", "lavfi", "-i", f"sine=duration={seconds}")
    path.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["ffmpeg", "-loglevel", "error", *source, *sound, *more, "-y", str(path)], check=True)
    return settled(path)


def long_video(path: Path) -> Path:
    """A film of it is still being made when somebody looks again."""
    return video(path, 8, "640x360", "-c:v", "mpeg4")


def settled(path: Path) -> Path:
    """The same file as if nobody had copied it just now."""
    os.utime(path, (time.time() - 60, time.time() - 60))
    return path
