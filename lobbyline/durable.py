"""Files that a power cut leaves whole: as they were, or as they shall be. Below all rooms."""

from __future__ import annotations

import os
from pathlib import Path

EVERYBODYS = 0o666  # less what the program's umask takes away


def write(file: Path, data: bytes, mode: int = EVERYBODYS) -> None:
    """Put a file in its place at once; OSError as the disk says it, and then the old one is still there."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as disk:
            disk.write(data)
            disk.flush()
            os.fsync(disk.fileno())
        draft.replace(file)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
