"""A kiosk on one machine, counter and boards on another, and a cable between them that somebody unplugs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.boards import standing_in
from tests.networks import HERE, THERE, Cable, NotAllowed, enter
from tests.patience import until
from tests.server import BINARIES, RELAXED, Server
from tests.test_machines import (
    BRANCH,
    Branch,
    Place,
    call,
    counter,
    keep_ledger,
    kiosk,
    running,
    shows,
    wall,
)

pytestmark = pytest.mark.whole

# A line that is lost is noticed as the product would, ten times sooner.
HASTE = "tcp_user_timeout=1000&keepalives_idle=1&keepalives_interval=1&connect_timeout=2"
BLINK = 0.4  # seconds without a cable that nobody notices


@pytest.fixture
def cable() -> Iterator[Cable]:
    try:
        made = Cable()
    except NotAllowed as reason:
        pytest.skip(f"networks of one's own may not be made here: {reason}")
    yield made
    made.close()


@pytest.fixture
def branch(cable: Cable, branch_folder: Path, tmp_path: Path) -> Iterator[Branch]:
    """The server stands where counter and boards do."""
    if not BINARIES:
        pytest.skip("PostgreSQL is not installed: make setup")
    with ThreadPoolExecutor(1, initializer=enter, initargs=(cable.there,)) as there:
        server = there.submit(Server, {**RELAXED, "listen_addresses": THERE}).result()
        with (server.folder / "data" / "pg_hba.conf").open("a", encoding="utf-8") as allowed:
            allowed.write(f"host all all {HERE}/30 trust\n")
        there.submit(server.stop).result()
        there.submit(server.start).result()
        yield Branch(branch_folder, server.database(BRANCH), tmp_path)
        server.close()


def place(branch: Branch, machine: str, network: str) -> Place:
    """A machine in a network, which reaches the server by its address."""
    made = branch.place(machine)
    branch.wires.pop(machine).close()
    url = f"postgresql://lobby_{BRANCH}@{THERE}/{branch.database.name}?{HASTE}"
    return replace(made, url=url, network=network)


def given_by_hand(branch: Branch) -> str:
    """A number that the lobby manager gives."""
    with branch.central() as lobby:
        return lobby.reception.take("W1", branch.clock()).ticket.number


@pytest.mark.warns("cannot be reached")
def test_a_cable_is_unplugged_in_the_middle_of_issuing_and_calling(branch: Branch, cable: Cable) -> None:
    """The kiosk gives emergency numbers, counter and boards go on; plugged in again, everybody is there just once."""
    one = place(branch, "kiosk-1", cable.here)
    desk, boards_at = (place(branch, machine, cable.there) for machine in ("desk", "wall"))
    with standing_in(branch.setup, boards_at.data) as buses, running(wall, boards_at):
        with running(kiosk, one), running(counter, desk):
            until(lambda: len(desk.told()) > 3, "the first calls")
            cable.cut()
            until(lambda: one.told()[-1].startswith("X"), "an emergency number")
            by_hand = given_by_hand(branch)
            until(lambda: by_hand in desk.told(), "a call without the kiosk")
            cable.mend()
            until(lambda: one.told()[-1].startswith("A"), "a number of the branch again")
            cable.cut()
            time.sleep(BLINK)
            cable.mend()
            called = len(desk.told())
            until(lambda: len(desk.told()) > called, "a call after the blink")
        keep_ledger(branch, [*one.told(), by_hand], desk.told())
        with branch.central() as lobby:
            assert shows(buses, f"{call(lobby, branch)}>1")
