"""Many branches on one server: pairs of a number drawn and a number called, beside pgbench running the same statements.

Both take the busy branches at random, from the same number of clients; in both a branch's writers stand in line.
SQLite, one file for one branch, stands beside. The server keeps its promises (fsync on); its folder is on the same disk
as the file.

A server has a machine of its own, so it gets half of the processors here, and the clients of both get the other half.
How it goes when all of them share all processors is told beside it: there, what a client thinks is taken from the
server, and pgbench does not think.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench import Figure
from bench._pgbench import COUNTERS, let_in, pgbench, script_of
from lobbyline import ASSETS
from lobbyline.lobby.config.folder import Setup, load
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.settings.store import Memory
from lobbyline.lobby.store.postgresql.link import connect
from tests.server import BINARIES, Database, Server

ANYBODY = "lobby_ANYBODY"  # stands in an address for the role of a branch
CLIENTS = 4
ROUNDS = 4  # of theirs and of ours by turns: a machine that others share is quick at one moment and slow at the next
SECONDS = 2  # of a round
BRANCHES = (1, 10, 100, 1000)
SERVED = 12  # branches that a client serves at most: a connection for each
BUSY = CLIENTS * SERVED  # branches in which anything happens, among all that are there
WAITING = 8  # in each branch before the first pair
NOTICES = 200
WARM = 8  # pairs in each branch before the clock starts: by then the server has its plans
SEEN_OFF = 0.3  # seconds until a server has buried the connections that ended
PROCESSORS = sorted(os.sched_getaffinity(0))
HALF = (len(PROCESSORS) + 1) // 2
PLACES = {  # the processors of the server, and of its clients
    "each on its own": (PROCESSORS[:HALF], PROCESSORS[-HALF:]),
    "all on the same": (PROCESSORS, PROCESSORS),
}


def figures() -> Iterator[Figure]:
    if not BINARIES:
        return
    with ExitStack() as running:
        folder = running.enter_context(tempfile.TemporaryDirectory(prefix="lobbyline-bench-"))
        server = Server({"max_connections": "200"})
        running.callback(server.close)
        running.callback(os.sched_setaffinity, 0, PROCESSORS)
        for branches in BRANCHES:
            yield from pairs(server, branches, folder)
        yield from notices(server, folder)


def pairs(server: Server, branches: int, folder: str) -> Iterator[Figure]:
    database = server.database(*(str(number) for number in range(1, branches + 1)))
    with closing(lobby_of(database.url(ANYBODY), 1, folder)) as lobby:
        for _ in range(WAITING + len(COUNTERS)):
            lobby.reception.take("W1", moment(lobby), paper=False)
        for counter in COUNTERS:
            lobby.desk(counter).next(moment(lobby))
    spread(database, branches)
    let_in(database)
    with closing(lobby_of(database.url(ANYBODY), 1, folder)) as lobby:
        script = script_of(lobby, moment(lobby) + timedelta(hours=1))
    for place, (processors, clients) in PLACES.items():
        settle(server, processors, clients)
        theirs, ours = by_turns(server, database, script, branches, folder)
        yield Figure(
            f"pairs of take and next, {branches} branches, {CLIENTS} clients, {place}", ours.pairs, "/s", theirs.pairs,
            "beside pgbench with the same statements: more is better",
        )  # fmt: skip
        yield Figure("for each second that the server worked", ours.by_server, "", theirs.by_server)
    if branches == 1:
        yield Figure("the same on a SQLite file, 1 client", run_file(folder), "/s")


@dataclass(frozen=True)
class Pace:
    """Pairs that were done in some rounds, and the seconds that the server worked for them."""

    done: float = 0.0
    worked: float = 0.0
    rounds: int = 0

    @property
    def pairs(self) -> float:
        """For each second of the clock."""
        return self.done / (self.rounds * SECONDS)

    @property
    def by_server(self) -> float:
        return self.done / self.worked

    def __add__(self, other: Pace) -> Pace:
        return Pace(self.done + other.done, self.worked + other.worked, self.rounds + other.rounds)


def by_turns(server: Server, database: Database, script: str, branches: int, folder: str) -> tuple[Pace, Pace]:
    """How pgbench does, and how we do."""
    theirs = ours = Pace()
    with crew(server, database, branches, folder) as round_of_ours:
        for _ in range(ROUNDS):
            theirs += round_of_pgbench(server, database, script, branches)
            ours += round_of_ours()
    return theirs, ours


def settle(server: Server, processors: Sequence[int], clients: Sequence[int]) -> None:
    """Where the server works from now on, and whoever is started here."""
    for process, _ in processes(server):
        with suppress(ProcessLookupError):
            os.sched_setaffinity(process, processors)
    os.sched_setaffinity(0, clients)


def worked(server: Server) -> float:
    """Seconds that the server has worked, with its connections that are here and those that have ended."""
    return sum(ticks for _, ticks in processes(server)) / os.sysconf("SC_CLK_TCK")


def processes(server: Server) -> Iterator[tuple[int, int]]:
    """Its processes and the ticks that they worked; the first one counts those that have ended, too."""
    keeper = (server.folder / "data" / "postmaster.pid").read_text().split()[0]
    for told in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            process, (_, parent, *rest) = told.parent.name, told.read_text().rpartition(")")[2].split()
            if process == keeper:
                yield int(process), sum(map(int, rest[9:13]))
            elif parent == keeper:
                yield int(process), sum(map(int, rest[9:11]))


def spread(database: Database, branches: int) -> None:
    """Every other branch begins as the first one does."""
    with connect(database.url()) as owner:
        for table in ("ticket", "event", "counter"):
            found = owner.execute(
                "SELECT string_agg(quote_ident(attname), ', ') AS columns FROM pg_attribute WHERE attnum > 0"
                " AND attrelid = %s::regclass AND NOT attisdropped AND attname NOT IN ('branch', 'token')",
                (table,),
            ).fetchone()
            columns = found["columns"] if found else ""
            token = (", token", ", md5(random()::text)") if table == "ticket" else ("", "")
            owner.execute(
                f"INSERT INTO {table} (branch, {columns}{token[0]}) SELECT another::text, {columns}{token[1]}"
                f" FROM {table}, generate_series(2, {branches}) AS others (another) WHERE branch = '1'".encode()
            )
        owner.execute("VACUUM ANALYZE")


@cache
def sample() -> Setup:
    return load(ASSETS / "branches" / "jingqi-street")


def lobby_of(url: str, branch: int, folder: str) -> Lobby:
    setup = sample()
    memory = Memory(url=url.replace(ANYBODY, f"lobby_{branch}"))
    kept = setup.branch.model_copy(update={"id": str(branch), "store": memory})
    return Lobby(replace(setup, branch=kept), Path(tempfile.mkdtemp(dir=folder)))


def moment(lobby: Lobby) -> datetime:
    return datetime(2026, 11, 23, 10, 0, tzinfo=lobby.branch.zone)


def round_of_pgbench(server: Server, database: Database, script: str, branches: int) -> Pace:
    before = worked(server)
    pairs = pgbench(script, database, min(branches, BUSY), CLIENTS, SECONDS)
    time.sleep(SEEN_OFF)
    return Pace(pairs * SECONDS, worked(server) - before, rounds=1)


@contextmanager
def crew(server: Server, database: Database, branches: int, folder: str) -> Iterator[Callable[[], Pace]]:
    """As many processes, each with a counter of its own in every branch it meets; a round begins when all are warm."""
    context = multiprocessing.get_context("spawn")
    together, over, told = context.Barrier(CLIENTS + 1), context.Event(), context.SimpleQueue()
    clients = [
        context.Process(target=work, args=(database.url(ANYBODY), branches, client, folder, together, over, told))
        for client in range(CLIENTS)
    ]
    for client in clients:
        client.start()

    def one_round() -> Pace:
        together.wait()
        before = worked(server)
        together.wait()
        return Pace(sum(told.get() for _ in clients), worked(server) - before, rounds=1)

    together.wait()  # all are warm
    try:
        yield one_round
    finally:
        over.set()
        together.wait()
        for client in clients:
            client.join()


def work(url: str, branches: int, client: int, folder: str, together: Any, over: Any, told: Any) -> None:
    """What one process does: it tells for each round how many pairs."""
    chance = random.Random(client)
    busy = min(branches, BUSY)
    lobbies = [lobby_of(url, number, folder) for number in chance.sample(range(1, busy + 1), min(busy, SERVED))]
    turns = count()

    def once(lobby: Lobby) -> None:
        turn = next(turns)
        pair(lobby, COUNTERS[client], moment(lobby) + timedelta(hours=2, milliseconds=turn), f"{os.getpid()}-{turn}")

    for _ in range(WARM):
        for lobby in lobbies:
            once(lobby)
    together.wait()  # all are warm
    together.wait()  # a round begins, or all is over
    while not over.is_set():
        done, until = 0, time.monotonic() + SECONDS
        while time.monotonic() < until:
            once(chance.choice(lobbies))
            done += 1
        told.put(done)
        together.wait()
        together.wait()
    for lobby in lobbies:
        lobby.close()


def pair(lobby: Lobby, counter: int, at: datetime, key: str) -> None:
    lobby.reception.take("W1", at, key=f"t{key}", paper=False)
    lobby.desk(counter).next(at, key=f"n{key}")


def run_file(folder: str) -> float:
    with closing(Lobby(sample(), Path(tempfile.mkdtemp(dir=folder)))) as lobby:
        for _ in range(WAITING):
            lobby.reception.take("W1", moment(lobby), paper=False)
        until, done = time.monotonic() + SECONDS, 0
        while time.monotonic() < until:
            pair(lobby, 1, moment(lobby) + timedelta(hours=1, milliseconds=done), str(done))
            done += 1
    return done / SECONDS


def notices(server: Server, folder: str) -> Iterator[Figure]:
    """From a commit on one machine to the wake of a program on another."""
    database = server.database("1")
    with ExitStack() as opened:
        here, there = (opened.enter_context(closing(lobby_of(database.url(ANYBODY), 1, folder))) for _ in range(2))
        watch = opened.enter_context(closing(there.watch("boards")))
        watch.wait(2)
        waits = [notice(here, watch, turn) for turn in range(NOTICES)]
    yield Figure("commit to wake on another machine, p50", median(waits) * 1000, "ms")
    yield Figure("the same, p99", quantiles(waits, n=100)[98] * 1000, "ms", note="under 50 is asked")


def notice(here: Lobby, watch: Any, turn: int) -> float:
    here.devices.report("front", "printer", "ok", str(turn), moment(here))
    begin = time.perf_counter()
    while not watch.wait(1):
        pass
    return time.perf_counter() - begin
