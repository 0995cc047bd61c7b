"""How a program that shows pictures for months asks its C library to keep its memory.

Every thread has a heap of its own there, and once a large piece was freed, pieces of that size stay in those heaps for
good: pictures that Qt decodes in threads of its own tear holes into them, a kilobyte for each call on the wall.
"""

from __future__ import annotations

import ctypes

MMAP_THRESHOLD, ARENA_MAX = -3, -8  # of mallopt(3), as malloc.h numbers them
LARGE = 256 * 1024  # bytes; named once, it does not grow by itself any more


def give_back_large_pieces() -> None:
    """One heap for all threads, and large pieces outside of it: freed, they go back to the system at once."""
    tune = getattr(ctypes.CDLL(None), "mallopt", None)
    if tune:  # a C library without it has no such heaps
        tune(ARENA_MAX, 1)
        tune(MMAP_THRESHOLD, LARGE)
