"""The time at boot: a machine without a clock battery starts in the past, and nobody may wait for a network.

Its programs go on from the newest event of the memory, say so, and follow the clock as soon as it is set.
"""

from __future__ import annotations

import ctypes
import logging
from datetime import datetime, timedelta
from pathlib import Path

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.technician.call import Call

SLACK = timedelta(minutes=5)  # a time server may set a clock back a little
TIMEX_BYTES = 256  # struct timex and some; all zero asks and sets nothing
TIME_ERROR = 5
SYNCHRONISED = Path("/run/systemd/timesync/synchronized")

log = logging.getLogger(__name__)


def steadied(call: Call) -> Clock:
    """The clock of a program, which never runs behind what the branch has already lived through."""
    newest = newest_event(call.lobby)
    if call.clock.ahead or newest is None or not forgot(call.clock(), newest):
        return call.clock
    log.warning("%s", sentence(call.clock(), newest))
    return Clock(call.clock.zone, since=newest)


def newest_event(lobby: Lobby) -> datetime | None:
    with lobby.read() as book:
        return book.newest_at()


def forgot(now: datetime, newest: datetime) -> bool:
    """Whether the machine's clock is behind the memory, and no time server has set it."""
    return now < newest - SLACK and not synchronised()


def sentence(now: datetime, newest: datetime) -> str:
    return (
        f"the clock says {now:%Y-%m-%d %H:%M}, before the last event of {newest:%Y-%m-%d %H:%M}: the programs go on "
        "from there. Set the clock, connect a time server, and look at the clock's battery"
    )


def synchronised() -> bool:
    """Whether a time server keeps this machine's clock; a sandbox may not ask the kernel, then systemd says so."""
    timex = ctypes.create_string_buffer(TIMEX_BYTES)
    state = int(ctypes.CDLL(None).adjtimex(timex))
    return state != TIME_ERROR if state >= 0 else SYNCHRONISED.exists()
