"""Many branches on one server: pairs of a number drawn and a number called, beside pgbench running the same statements.

The statements are written down while the product runs them once, and given to pgbench with its own variables in the
place of what differs from time to time. Both take the busy branches at random, from the same number of clients; in both
a branch's writers stand in line. SQLite, one file for one branch, stands beside. The server keeps its promises
(fsync on); its folder is on the same disk as the file.

A server has a machine of its own, so it gets half of the processors here, and the clients of both get the other half.
How it goes when all of them share all processors is told beside it: there, what a client thinks is taken from the
server, and pgbench does not think.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import subprocess
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
from lobbyline import ASSETS
from lobbyline.lobby.config.folder import Setup, load
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.settings.store import Memory
from lobbyline.lobby.store.postgresql.breath import TURN_AFTER
from lobbyline.lobby.store.postgresql.engine import PostgreSQL
from lobbyline.lobby.store.postgresql.link import connect
from lobbyline.lobby.store.postgresql.rows import TURN, spoken
from lobbyline.lobby.store.postgresql.talk import Said
from lobbyline.lobby.store.statements import STATEMENTS
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
PGBENCH = str(BINARIES[-1] / "pgbench") if BINARIES else ""
# What differs from time to time, as pgbench has it; everything else is written into its script as it was.
BEFORE = "\\set b random(1, :branches)\n\\set c case when :client_id = 3 then 7 else :client_id + 1 end\n"
COUNTERS = (1, 2, 3, 7)  # a client has one; all of them serve what is drawn
OURS = {
    "branch": "CAST(:b AS text)",
    "key": "md5(random()::text)",
    "token": "md5(random()::text)",
}
NEW = ":s_newest_ticket + 1"
WHOSE: dict[bytes | None, str] = {b"taken": NEW, b"missed": ":o_id"}
DRAWN = {"id": NEW, "number": f"'A' || {NEW}"}  # the next number of a line, by its ticket
KEPT = {"standing": "s_", "tickets_at_counters": "o_"}
NAMED = {spoken(name)[0]: (name, spoken(name)[1]) for name in STATEMENTS}


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
    script = pgbench_script(database, folder)
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


# pgbench


def pgbench_script(database: Database, folder: str) -> str:
    """One pair as the product runs it, for pgbench."""
    with closing(lobby_of(database.url(ANYBODY), 1, folder)) as lobby:
        desk, at = lobby.desk(1), moment(lobby) + timedelta(hours=1)
        lobby.reception.take("W1", at, paper=False)
        desk.next(at)
        heard = Heard(lobby)
        lobby.reception.take("W1", at, key="one", paper=False)
        taken = heard.end()
        desk.next(at, key="two")
        return BEFORE + taken + f"\\set t_id {NEW}\n" + heard.end()


class Heard:
    """Writes down what a lobby says to its server, as lines of a pgbench script.

    What each turn depends on is asked in the turn itself, since pgbench cannot think again when another was quicker.
    """

    def __init__(self, lobby: Lobby) -> None:
        self._lines: list[str] = []
        self._later: list[str] = []
        self._events = 0
        assert isinstance(lobby.store, PostgreSQL)
        with lobby.store._pool.lent() as talk:
            self._talk = talk
        self._ask: Callable[..., list[list[Any]]] = self._talk.ask
        self._talk.ask = self.ask  # type: ignore[method-assign]

    def end(self) -> str:
        """The lines so far."""
        lines, self._lines, self._events = self._lines, [], 0
        return "".join(lines)

    def ask(self, *said: Said, behind: Said | None = None) -> list[list[Any]]:
        turn = [Said(TURN, one.values[:1]) if one.text == TURN_AFTER else one for one in said]
        whole = [Said("BEGIN"), *turn, Said("COMMIT")] if turn[0].text == TURN else turn  # a change is one change
        for one in (*whole, *([behind] if behind else ())):
            self._write_down(one)
        return self._ask(*said, behind=behind)

    def _write_down(self, one: Said) -> None:
        name, keys = NAMED.get(one.text, ("", ("branch",)))
        values = dict(zip(keys, one.values, strict=False))
        text = re.sub(r"\$(\d+)", lambda found: self._value(name, keys[int(found[1]) - 1], values), one.text)
        line = " ".join(text.split())
        if name in KEPT:
            mine = " AND counter = :c" if name == "tickets_at_counters" else ""
            self._later.append(f"{line}{mine} \\gset {KEPT[name]}\n")
        else:
            self._lines.append(f"{line};\n")
        if one.text.startswith("UPDATE branch"):
            self._lines += self._later
            self._later = []

    def _value(self, name: str, key: str, values: dict[str, bytes | None]) -> str:
        if name == "add_event" and key == "id":
            self._events += 1
            return f":s_id + {self._events}"
        if name == "add_ticket" and key in DRAWN:
            return DRAWN[key]
        if (name, key) in (("keep_ticket", "id"), ("add_event", "ticket")):  # who was here goes, the new one comes
            return WHOSE.get(values.get("what") or values.get("state"), ":t_id")
        if (key, values[key]) in (("counter", b"1"), ("number", b"1")):
            return ":c"
        return OURS.get(key) or literal(values[key])


def literal(value: bytes | None) -> str:
    if value is None:
        return "NULL"
    return "'" + re.sub(r":(?=\w)", "-", value.decode().replace("'", "''")) + "'"  # a colon would be a variable


def round_of_pgbench(server: Server, database: Database, script: str, branches: int) -> Pace:
    before = worked(server)
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        command = [PGBENCH, "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", str(SECONDS)]
        command += ["-D", f"branches={min(branches, BUSY)}", "-f", file.name, database.url()]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    time.sleep(SEEN_OFF)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    return Pace(float(found[1]) * SECONDS if found else 0.0, worked(server) - before, rounds=1)


# Ours


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
