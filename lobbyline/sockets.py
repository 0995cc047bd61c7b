"""Sockets that programs of one machine find by a path. Below all rooms."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def short(folder: Path) -> Iterator[str]:
    """A path of `folder` that fits into a socket's address, however long its own is, while the context lasts."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}"
    finally:
        os.close(descriptor)
