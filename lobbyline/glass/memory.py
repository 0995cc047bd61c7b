"""What a program that shows pictures for months keeps in memory.

Every thread has a heap of its own in the C library, and once a large piece was freed, pieces of that size stay there
for good: pictures that Qt decodes in threads of its own tear holes into them, a kilobyte for each call on the wall.

PySide looks into the source of every module that is loaded after it, for a word that would change how Qt is written
there, and Python keeps each source it has read: ten megabytes of text that nobody reads again.
"""

from __future__ import annotations

import ctypes
import sys

MMAP_THRESHOLD, ARENA_MAX = -3, -8  # of mallopt(3), as malloc.h numbers them
LARGE = 256 * 1024  # bytes; named once, it does not grow by itself any more


def give_back_large_pieces() -> None:
    """One heap for all threads, and large pieces outside of it: freed, they go back to the system at once."""
    tune = getattr(ctypes.CDLL(None), "mallopt", None)
    if tune:  # a C library without it has no such heaps
        tune(ARENA_MAX, 1)
        tune(MMAP_THRESHOLD, LARGE)


def read_no_sources() -> None:
    """None of our modules asks for PySide's other ways of writing: nothing loaded from now on is searched for them."""
    feature = sys.modules.get("shibokensupport.feature")
    if feature:
        vars(feature)["_mod_uses_pyside"] = lambda _: False
