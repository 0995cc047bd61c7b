"""One pair of a number drawn and a number called as pgbench plays it: its script, its role, its pace.

The statements are written down while the product runs them once; pgbench's own variables take the place of what differs
from time to time. It signs in as nobody's owner: the server asks for each row whether it may be seen, as it asks a
branch.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Callable
from datetime import datetime
from typing import Any

from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.store.postgresql.engine import PostgreSQL
from lobbyline.lobby.store.postgresql.link import connect
from lobbyline.lobby.store.postgresql.optimistic import TURN_AFTER
from lobbyline.lobby.store.postgresql.pipeline import Statement
from lobbyline.lobby.store.postgresql.rows import TURN, spoken
from lobbyline.lobby.store.statements import STATEMENTS
from tests.server import BINARIES, Database

COUNTERS = (1, 2, 3, 7)  # a client has one; all of them serve what is drawn
ROLE = "everybody"  # goes from branch to branch on one connection
# What differs from time to time, as pgbench has it; everything else is written into its script as it was.
BEFORE = "\\set b random(1, :branches)\n\\set c case when :client_id = 3 then 7 else :client_id + 1 end\n"
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


def pgbench(script: str, database: Database, branches: int, clients: int, seconds: int) -> float:
    """How many pairs a second it does, in branches 1 to `branches` at random."""
    with tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        command = [str(BINARIES[-1] / "pgbench"), "-n", "-M", "prepared", "-c", str(clients), "-j", "2"]
        command += ["-T", str(seconds), "-D", f"branches={branches}", "-f", file.name, database.url(ROLE)]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    return float(found[1]) if found else 0.0


def let_in(database: Database) -> None:
    """Make the role, which sees the rows of every branch, by a rule that costs what a branch's own costs."""
    with connect(database.url()) as owner:
        if not owner.execute("SELECT FROM pg_roles WHERE rolname = %s", (ROLE,)).fetchall():
            owner.execute(f"CREATE ROLE {ROLE} LOGIN".encode())
        for kind in ("TABLES", "SEQUENCES"):
            owner.execute(f"GRANT ALL ON ALL {kind} IN SCHEMA public TO {ROLE}".encode())
        rules = (
            "SELECT polrelid::regclass AS of, pg_get_expr(polqual, polrelid) AS rule FROM pg_policy WHERE polname = %s"
        )
        for own in owner.execute(rules, ("own_rows",)).fetchall():
            every = own["rule"].replace(" = ", " <> ")
            owner.execute(f"CREATE POLICY every_row ON {own['of']} TO {ROLE} USING {every}".encode())


def script_of(lobby: Lobby, at: datetime) -> str:
    """What a lobby on a server says for one pair."""
    desk = lobby.desk(1)
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
        with lobby.store._pool.lent() as pipeline:
            self._pipeline = pipeline
        self._ask: Callable[..., list[list[Any]]] = self._pipeline.ask
        self._pipeline.ask = self.ask  # type: ignore[method-assign]

    def end(self) -> str:
        """The lines so far."""
        lines, self._lines, self._events = self._lines, [], 0
        return "".join(lines)

    def ask(self, *said: Statement, behind: Statement | None = None) -> list[list[Any]]:
        turn = [Statement(TURN, one.values[:1]) if one.text == TURN_AFTER else one for one in said]
        if turn[0].text == TURN:  # a change is one change
            turn = [Statement("BEGIN"), *turn, Statement("COMMIT")]
        for one in (*turn, *([behind] if behind else ())):
            self._write_down(one)
        return self._ask(*said, behind=behind)

    def _write_down(self, one: Statement) -> None:
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
