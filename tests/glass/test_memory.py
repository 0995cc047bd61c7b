"""Memory of programs that run for months."""

from __future__ import annotations

import subprocess
import sys

from tests.patience import PATIENCE

TRY = """
import ctypes, re, threading
from pathlib import Path
from lobbyline.glass.memory import LARGE, give_back_large_pieces

give_back_large_pieces()
library = ctypes.CDLL(None)
library.malloc.restype = ctypes.c_void_p
library.free.argtypes = [ctypes.c_void_p]
library.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]

def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024

def picture():
    # one large piece freed, as a decoded picture is; the small one after it would pin it in a heap
    for _ in range(20):
        large = library.malloc(32 * LARGE)
        library.memset(large, 1, 32 * LARGE)
        library.malloc(64)
        library.free(large)

before = resident()
for _ in range(3):
    thread = threading.Thread(target=picture)
    thread.start()
    thread.join()
print(resident() - before < 32 * LARGE)
"""

SOURCES = """
import linecache
from lobbyline.glass.memory import read_no_sources
from lobbyline.glass.window import Window

read_no_sources()
linecache.clearcache()
from lobbyline.kiosk.rooms import Kiosk
print([file for file in linecache.cache if "lobbyline" in file or "pydantic" in file])
"""


def test_large_pieces_go_back_to_the_system() -> None:
    """Pictures decoded in threads and forgotten leave no memory behind, whatever small things outlive them."""
    done = subprocess.run([sys.executable, "-c", TRY], capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert done.stdout == "True\n"


def test_no_source_is_read_for_what_is_loaded() -> None:
    """The text of modules is not in memory: nobody reads it there."""
    done = subprocess.run([sys.executable, "-c", SOURCES], capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert done.stdout == "[]\n"
