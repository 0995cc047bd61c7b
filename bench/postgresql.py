"""Many branches on one server: pairs of a number drawn and a number called, beside pgbench running the same statements.

The statements are written down while the product runs them once, and given to pgbench with its own variables in the
place of what differs from time to time. Both take every branch in turn at random, from the same number of clients; in
both a branch's writers stand in line. SQLite, one file for one branch, stands beside. The server keeps its promises
(fsync on); its folder is on the same disk as the file.
"""

from __future__ import annotations

import multiprocessing
import random
import re
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bench import Figure
from lobbyline import ASSETS
from lobbyline.lobby.config import Setup, load
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.settings.store import Memory
from lobbyline.lobby.store import postgresql
from lobbyline.lobby.store.postgresql import PostgreSQLRows, connect
from tests.server import BINARIES, Database, Server

CLIENTS = 4
SECONDS = 4
BRANCHES = (1, 10, 100, 1000)
WAITING = 8  # in each branch before the first pair
NOTICES = 200
PGBENCH = str(BINARIES[-1] / "pgbench") if BINARIES else ""
# What differs from time to time, as pgbench has it; everything else is written into its script as it was.
BEFORE = "\\set b random(1, :branches)\n\\set c case when :client_id = 3 then 7 else :client_id + 1 end\n"
COUNTERS = (1, 2, 3, 7)  # a client has one; all of them serve what is drawn
OURS = {
    "branch": "CAST(:b AS text)",
    "key": "md5(random()::text)",
    "token": "md5(random()::text)",
    "top": "1000000000",
}


def figures() -> Iterator[Figure]:
    if not BINARIES:
        return
    with ExitStack() as running:
        folder = running.enter_context(tempfile.TemporaryDirectory(prefix="lobbyline-bench-"))
        server = Server({"max_connections": "200"})
        running.callback(server.close)
        for branches in BRANCHES:
            yield from pairs(server, branches, folder)
        yield from notices(server, folder)


def pairs(server: Server, branches: int, folder: str) -> Iterator[Figure]:
    database = server.database(*(str(number) for number in range(1, branches + 1)))
    with closing(lobby_of(database, 1, folder)) as lobby:
        for _ in range(WAITING + len(COUNTERS)):
            lobby.reception.take("W1", moment(lobby), paper=False)
        for counter in COUNTERS:
            lobby.desk(counter).next(moment(lobby))
    spread(database, branches)
    script = pgbench_script(database, folder)
    theirs = run_pgbench(database, script, branches)
    ours = run_ours(database, branches, folder)
    yield Figure(
        f"pairs of take and next, {branches} branches, {CLIENTS} clients", ours, "/s", theirs,
        "beside pgbench with the same statements: more is better",
    )  # fmt: skip
    if branches == 1:
        yield Figure("the same on a SQLite file, 1 client", run_file(folder), "/s")


def spread(database: Database, branches: int) -> None:
    """Every other branch begins as the first one does."""
    with connect(database.url()) as owner:
        for table in ("sequence", "ticket", "event", "counter"):
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


def lobby_of(database: Database, branch: int, folder: str) -> Lobby:
    setup = sample()
    kept = setup.branch.model_copy(update={"id": str(branch), "store": Memory(url=database.url(f"lobby_{branch}"))})
    return Lobby(replace(setup, branch=kept), Path(tempfile.mkdtemp(dir=folder)))


def moment(lobby: Lobby) -> datetime:
    return datetime(2026, 11, 23, 10, 0, tzinfo=lobby.branch.zone)


# pgbench


def pgbench_script(database: Database, folder: str) -> str:
    """One pair as the product runs it, for pgbench."""
    with closing(lobby_of(database, 1, folder)) as lobby:
        desk, at = lobby.desk(1), moment(lobby) + timedelta(hours=1)
        lobby.reception.take("W1", at, paper=False)
        desk.next(at)
        heard = Heard(lobby)
        lobby.reception.take("W1", at, key="one", paper=False)
        taken = heard.end()
        desk.next(at, key="two")
        return BEFORE + taken + heard.end()


class Heard:
    """Writes down what a lobby runs, as lines of a pgbench script."""

    def __init__(self, lobby: Lobby) -> None:
        self._lines: list[str] = []
        self._events = 0
        store = lobby.store
        section, reading = store.section, store.reading
        store.section = lambda: self._around("BEGIN", "COMMIT", section())  # type: ignore[method-assign]
        store.reading = lambda: self._around(READING, "ROLLBACK", reading())  # type: ignore[method-assign]

    def end(self) -> str:
        """The lines so far."""
        lines, self._lines, self._events = self._lines, [], 0
        return "".join(lines)

    def _around(self, begin: str, end: str, opened: Any) -> Any:
        from contextlib import contextmanager

        @contextmanager
        def around() -> Iterator[Any]:
            self._lines.append(f"{begin};\n")
            if begin == "BEGIN":
                self._lines.append("UPDATE branch SET changes = changes + 1 WHERE id = CAST(:b AS text);\n")
            with opened as rows:
                yield Noting(rows, self)
            self._lines.append(f"{end};\n")

        return around()

    def note(self, name: str, values: dict[str, Any]) -> None:
        text = " ".join(re.sub(r"--.*", "", postgresql.spoken(name).decode()).split())
        self._lines.append(re.sub(r"%\((\w+)\)s", lambda found: self._value(name, found[1], values), text) + told(name))

    def _value(self, name: str, key: str, values: dict[str, Any]) -> str:
        if name == "add_event" and key == "id":
            self._events += 1
            return f":e_id + {self._events}"
        if name == "keep_ticket" and key == "id":  # whoever was here before goes, the one drawn just now comes
            return ":o_id" if values["state"] == "missed" else ":t_id"
        if (name, key) == ("add_event", "ticket"):
            return ":o_id" if values["what"] == "missed" else ":t_id"
        if (name, key) in (("add_ticket", "number"), ("number_in_use", "number")):
            return "'A' || :d_last"
        if (key, values[key]) in (("counter", 1), ("number", 1)):
            return ":c"
        return OURS.get(key) or literal(values[key])


READING = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"


def told(name: str) -> str:
    """Where pgbench keeps what the next statements need."""
    prefix = {"draw_number": "d_", "add_ticket": "t_", "last_event": "e_", "ticket_at_counter": "o_"}.get(name)
    return f" \\gset {prefix}\n" if prefix else ";\n"


def literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool | int):
        return str(int(value))
    return "'" + re.sub(r":(?=\w)", "-", str(value).replace("'", "''")) + "'"  # a colon would be a variable


class Noting:
    """Rows that are also written down."""

    def __init__(self, rows: PostgreSQLRows, heard: Heard) -> None:
        self._rows, self._heard, self.branch = rows, heard, rows.branch

    def all(self, name: str, /, **values: Any) -> Any:
        self._heard.note(name, {"branch": self.branch, **values})
        return self._rows.all(name, **values)

    def first(self, name: str, /, **values: Any) -> Any:
        rows = self.all(name, **values)
        return rows[0] if rows else None

    def run(self, name: str, /, **values: Any) -> None:
        self._heard.note(name, {"branch": self.branch, **values})
        self._rows.run(name, **values)


def run_pgbench(database: Database, script: str, branches: int) -> float:
    """Pairs a second."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        command = [PGBENCH, "-n", "-M", "prepared", "-c", str(CLIENTS), "-j", "2", "-T", str(SECONDS)]
        command += ["-D", f"branches={branches}", "-f", file.name, database.url()]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    return float(found[1]) if found else 0.0


# Ours


def run_ours(database: Database, branches: int, folder: str) -> float:
    """Pairs a second of as many processes, each with a counter of its own in every branch it meets."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(CLIENTS) as pool:
        done = pool.starmap(work, [(database, branches, client, folder) for client in range(CLIENTS)])
    return sum(done)


def work(database: Database, branches: int, client: int, folder: str) -> float:
    """What one process does in the time: its pairs a second."""
    chance, lobbies = random.Random(client), dict[int, Lobby]()
    open_most = min(branches, 12)  # a program serves one branch; connections of this many are kept
    met = [chance.randint(1, branches) for _ in range(open_most)]
    for number in met:
        lobbies[number] = lobbies.get(number) or lobby_of(database, number, folder)
    done, turn = 0, 0
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        lobby = lobbies[chance.choice(met)]
        turn += 1
        pair(lobby, COUNTERS[client], moment(lobby) + timedelta(hours=2, milliseconds=turn), f"{client}-{turn}")
        done += 1
    for lobby in lobbies.values():
        lobby.close()
    return done / SECONDS


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
        here, there = (opened.enter_context(closing(lobby_of(database, 1, folder))) for _ in range(2))
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
