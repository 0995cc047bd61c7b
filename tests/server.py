"""A PostgreSQL server of our own for tests and benches: Debian's programs, a temporary folder, a socket of its own.

It ends with whoever started it, and its folder too, however that ends.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from lobbyline.lobby.store.postgresql import schema
from lobbyline.lobby.store.postgresql.link import connect

BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
KEEPER = "postgres"  # the server refuses to run as root; Debian's package makes this user
# No test cuts the power. A server that is killed keeps its word all the same, once the kernel has it.
MORTAL = {"fsync": "off", "full_page_writes": "off"}
RELAXED = {**MORTAL, "synchronous_commit": "off"}
MINDER = 'cat >/dev/null; folder=$1; shift; "$@"; rm -rf "$folder"'  # hears the end of its input when we are gone

# The rules that keep events from being changed are the schema's, and rest meanwhile.
EMPTY = b"""
DO $$
DECLARE name text;
BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename NOT IN ('schema_file', 'branch')
    LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    PERFORM setval(format('%I', sequencename)::regclass, 1, false) FROM pg_sequences WHERE schemaname = 'public';
END $$
"""


@dataclass(frozen=True)
class Database:
    """One prepared database of a server."""

    server: Server
    name: str

    def url(self, role: str = "owner") -> str:
        return self.server.url(self.name, role)

    def empty(self) -> None:
        """Forget everything but the branches: quicker than a new database, and than new files for every table."""
        with connect(self.url()) as connection:
            connection.execute(EMPTY)


class Server:
    """Starts, stops and kills one server; `url(database)` is its address."""

    def __init__(self, settings: dict[str, str] | None = None) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="lobbyline-pg-"))
        self.settings = {
            "listen_addresses": "", "unix_socket_directories": str(self.folder), "max_connections": "200",
            "shared_buffers": "64MB", "autovacuum_naptime": "10s", **(settings if settings is not None else RELAXED),
        }  # fmt: skip
        if os.getuid() == 0:
            shutil.chown(self.folder, KEEPER, KEEPER)
        self._data = self.folder / "data"
        self._minder = self._minded()
        self._run("initdb", "--auth=trust", "--username=owner", "--locale=C.UTF-8", "--no-sync", "-D", str(self._data))
        self.start()

    def start(self) -> None:
        options = " ".join(f"-c {name}={value}" for name, value in self.settings.items() if value) + (
            " -c listen_addresses=" if not self.settings["listen_addresses"] else ""
        )
        self._run("pg_ctl", "start", "-w", "-s", "-D", str(self._data), "-l", str(self.folder / "log"), "-o", options)

    def stop(self, how: str = "fast") -> None:
        """`fast` says goodbye; `immediate` is the power cut."""
        self._run(*self._stopping(how))

    def close(self) -> None:
        self._minder.communicate()

    def database(self, *branches: str) -> Database:
        """A new database, prepared, with some branches admitted."""
        made = Database(self, f"lobby-{uuid4().hex[:12]}")
        with connect(self.url()) as connection:
            connection.execute(f'CREATE DATABASE "{made.name}"'.encode())
        with connect(made.url()) as connection:
            schema.prepare(connection)
            for branch in branches:
                schema.admit(connection, branch)
        return made

    def url(self, database: str = "postgres", role: str = "owner") -> str:
        return f"postgresql://{quote(role)}@/{database}?host={quote(str(self.folder), safe='')}"

    def _minded(self) -> subprocess.Popen[bytes]:
        """Who stops the server and removes its folder when this process closes it, or is no more."""
        return subprocess.Popen(
            ["sh", "-c", MINDER, "minder", str(self.folder), *as_keeper(*self._stopping("immediate"))],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    def _stopping(self, how: str) -> tuple[str, ...]:
        return ("pg_ctl", "stop", "-w", "-s", "-m", how, "-D", str(self._data))

    def _run(self, *command: str) -> None:
        done = subprocess.run(
            as_keeper(*command), cwd=self.folder, capture_output=True, text=True, stdin=subprocess.DEVNULL
        )
        if done.returncode:
            sys.exit(f"{command[0]}: {done.stderr or done.stdout}")


def as_keeper(program: str, *arguments: str) -> list[str]:
    """The command that runs a program of PostgreSQL as a user it accepts."""
    command = [str(BINARIES[-1] / program), *arguments]
    if os.getuid() == 0:
        return ["setpriv", f"--reuid={KEEPER}", f"--regid={KEEPER}", "--clear-groups", *command]
    return command
