"""What the programs stand on: themselves, disk and clock, and whether they run."""

from __future__ import annotations

import platform
import shutil
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from lobbyline.lobby import copies
from lobbyline.lobby.config.setup import Setup
from lobbyline.lobby.lobby import Lobby
from lobbyline.technician.doctor.finding import Finding
from lobbyline.technician.running import timekeeper
from lobbyline.technician.running.programs import names

LEAST_FREE = 500  # megabytes: a day of events and the copies of a backup
OLDEST_CLOCK = 2026  # a clock before this year was never set


def product() -> Finding:
    return Finding("version", "ok", f"Lobbyline {version('lobbyline')} on Python {platform.python_version()}")


def disk(data: Path) -> Finding:
    place = next(folder for folder in (data, *data.absolute().parents) if folder.exists())
    free = shutil.disk_usage(place).free // 1_000_000
    if free < LEAST_FREE:
        return Finding(
            "disk", "fault", f"{free} MB are free at {place}; at least {LEAST_FREE} are needed: free some space"
        )
    return Finding("disk", "ok", f"{free} MB free")


def clock(at: datetime) -> Finding:
    if at.year < OLDEST_CLOCK:
        return Finding("clock", "fault", f"it says {at:%Y-%m-%d %H:%M}: set the clock or connect a time server")
    return Finding("clock", "ok", f"{at:%Y-%m-%d %H:%M %Z}")


def time_server(lobby: Lobby, at: datetime) -> Finding:
    """The clock against what the branch has already lived through."""
    newest = timekeeper.newest_event(lobby)
    if newest and timekeeper.forgot(at, newest):
        return Finding("time server", "fault", timekeeper.sentence(at, newest))
    kept = "it keeps the clock" if timekeeper.synchronised() else "none keeps the clock"
    last = f"the last event was at {newest:%Y-%m-%d %H:%M}" if newest else "there is no event yet"
    return Finding("time server", "ok", f"{kept}; {last}")


def programs(lobby: Lobby, setup: Setup) -> Finding:
    running, missing = awake(lobby), asleep(lobby, setup)
    if not running:
        return Finding("programs", "warn", "none is running: systemctl start lobbyline.target, or lobbyline run")
    if missing:
        start = " ".join(f"lobbyline-{name}" for name in missing)
        told = (
            f"not running: {', '.join(missing)}. systemctl start {start}; a machine without them says so in [machines]"
        )
        return Finding("programs", "warn", told)
    return Finding("programs", "ok", f"{', '.join(running)} {'is' if len(running) == 1 else 'are'} awake")


def awake(lobby: Lobby) -> list[str]:
    return sorted({bell.rpartition("-")[0] for bell in copies.running(lobby.data)})


def asleep(lobby: Lobby, setup: Setup) -> list[str]:
    """The programs that this machine of the branch should run and does not."""
    elsewhere = setup.devices.machines and not setup.machine
    return [] if elsewhere else [name for name in names(setup) if name not in awake(lobby)]
