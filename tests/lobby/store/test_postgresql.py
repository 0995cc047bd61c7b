"""The memory on a server: apart from other branches, refused when it does not fit, back after the server's death."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path

import psycopg
import pytest
from psycopg.rows import DictRow
from pysqlite3 import dbapi2 as sqlite3

from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.rule.reason import Reason
from lobbyline.lobby.store import store
from lobbyline.lobby.store.postgresql import pool
from lobbyline.lobby.store.postgresql import schema as postgresql_schema
from lobbyline.lobby.store.postgresql.engine import PostgreSQL
from lobbyline.lobby.store.postgresql.link import connect
from lobbyline.lobby.store.postgresql.pipeline import Pipeline, Statement
from lobbyline.lobby.store.postgresql.rows import spoken
from lobbyline.lobby.store.rows import Rows, Tables
from lobbyline.lobby.store.sqlite import schema as sqlite_schema
from lobbyline.lobby.store.statements import STATEMENTS
from tests.conftest import kept_at
from tests.patience import rings, until
from tests.server import MORTAL, Database, Server

BRANCH, OTHER = "jingqi-street", "other"
ONE_ENGINE = {"schema_file", "branch"}  # the server's own bookkeeping; SQLite has user_version and data_version


@pytest.fixture
def fresh(server: Server) -> Database:
    """A database of its own, with two branches."""
    return server.database(BRANCH, OTHER)


@pytest.fixture
def far(fresh: Database, setup: Setup, tmp_path: Path) -> Iterator[Lobby]:
    """The sample branch on the server, under its own role."""
    lobby = open_lobby(kept_at(setup, fresh.url(f"lobby_{BRANCH}")), tmp_path / "far")
    yield lobby
    lobby.close()


def kept_open(lobby: Lobby) -> Pipeline:
    """The connection that is lent next."""
    assert isinstance(lobby.store, PostgreSQL)
    with lobby.store._pool.lent() as pipeline:
        return pipeline


def columns(rows: list[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for table, column in rows:
        found.setdefault(table, set()).add(column)
    return found


@pytest.mark.sqlite
def test_both_engines_have_the_same_tables(fresh: Database, lobby: Lobby) -> None:
    """A schema file for one engine has its sister for the other: same number, same tables, same columns."""
    assert postgresql_schema.NEWEST == sqlite_schema.NEWEST
    with connect(fresh.url()) as connection:
        rows = connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        ).fetchall()
    there = columns([(row["table_name"], row["column_name"]) for row in rows])
    file = sqlite3.connect(lobby.data / "lobby.sqlite")
    here = columns(
        file.execute(
            "SELECT m.name, c.name FROM sqlite_schema AS m JOIN pragma_table_info(m.name) AS c"
            " WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '\\_sqlite%' ESCAPE '\\'"
        ).fetchall()
    )
    file.close()
    assert {table: there[table] for table in there.keys() - ONE_ENGINE} == here


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_is_understood(database: Database, name: str) -> None:
    """The server understands every named statement, and every value has a type."""
    text, _ = spoken(name)
    with connect(database.url()) as connection:
        connection.pgconn.prepare(b"one", text.encode())
        assert connection.pgconn.error_message == b""


def test_no_branch_sees_another(fresh: Database, far: Lobby, setup: Setup, at: datetime) -> None:
    """Neither reading nor writing reaches the rows of another branch, whatever is asked."""
    far.reception.take("W1", at)
    with connect(fresh.url(f"lobby_{OTHER}")) as stranger:
        for table in ("ticket", "event", "print_job", "branch"):
            key = "id" if table == "branch" else "branch"
            seen = stranger.execute(f"SELECT {key} AS branch FROM {table}".encode()).fetchall()
            assert [row["branch"] for row in seen if row["branch"] != OTHER] == []
        assert stranger.execute("UPDATE ticket SET state = 'void'").rowcount == 0
        assert stranger.execute("DELETE FROM ticket").rowcount == 0
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            stranger.execute("INSERT INTO reader (branch, name, last) VALUES (%s, 'voice', 1)", (BRANCH,))


def test_a_branch_changes_no_event_and_no_table(far: Lobby, fresh: Database, at: datetime) -> None:
    """A branch's own role adds events and does nothing else to them; not even the owner rewrites one."""
    far.reception.take("W1", at)
    with connect(fresh.url(f"lobby_{BRANCH}")) as own:
        for forbidden in ("UPDATE event SET at = 0", "DELETE FROM event", "DROP TABLE event", "TRUNCATE event"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                own.execute(forbidden.encode())
    with connect(fresh.url()) as owner, pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        owner.execute("UPDATE event SET at = 0")


def test_the_head_office_sees_figures_only(fresh: Database, far: Lobby, at: datetime) -> None:
    """The head office reads every branch's tickets and events, never what customers wrote, and changes nothing."""
    far.reception.take("W1", at)
    with connect(fresh.url()) as owner:
        owner.execute("DROP ROLE IF EXISTS reader")
        owner.execute("CREATE ROLE reader LOGIN IN ROLE lobbyline_head_office")
    with connect(fresh.url("reader")) as reader:
        assert reader.execute("SELECT count(*) AS n FROM ticket").fetchall() == [{"n": 1}]
        for forbidden in ("SELECT * FROM answer", "SELECT * FROM request", "UPDATE ticket SET state = 'void'"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute(forbidden.encode())


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("UPDATE schema_file SET number = number + 1000", r"is number \d+, this program knows \d+: install a newer"),
        (
            "DELETE FROM schema_file WHERE number > 3",
            "is number 3, this program needs .*: run `lobbyline store prepare`",
        ),
        ("DELETE FROM branch", "it does not know the branch jingqi-street: run `lobbyline store admit`"),
        ("DROP TABLE schema_file", "there is no lobby in this database: run `lobbyline store prepare`"),
    ],
)
def test_a_database_that_does_not_fit(
    fresh: Database, setup: Setup, tmp_path: Path, change: str, sentence: str
) -> None:
    """What is not prepared, too old or too new is refused with what to do, and left alone."""
    with connect(fresh.url()) as owner:
        owner.execute(change.encode())
    with pytest.raises(StoreError, match=sentence):
        open_lobby(kept_at(setup, fresh.url()), tmp_path)


def test_preparing_twice_changes_nothing(fresh: Database) -> None:
    """A database that is up to date stays as it is."""
    with connect(fresh.url()) as owner:
        assert postgresql_schema.prepare(owner) == []


def test_an_address_without_a_server(setup: Setup, tmp_path: Path) -> None:
    """The sentence says where and what to look at, and never a password."""
    url = "postgresql://teller:secret@127.0.0.1:1/lobby"
    with pytest.raises(StoreError, match=r"^postgresql://teller@127.0.0.1:1/lobby: the server cannot be reached"):
        open_lobby(kept_at(setup, url), tmp_path)


def test_numbers_roll_over(far: Lobby, fresh: Database, at: datetime) -> None:
    """After 9999 a line begins again and passes over numbers that stand already."""
    far.reception.take("W1", at)
    with connect(fresh.url()) as owner:
        owner.execute("UPDATE ticket SET number = 'A9999'")
    assert [far.reception.take("W1", at).ticket.number for _ in range(2)] == ["A001", "A002"]


def test_what_the_server_refuses_undoes_the_change_and_nothing_else(far: Lobby, at: datetime) -> None:
    """A second customer at a counter is refused by the database itself; the same connection works on."""
    first, second = (far.reception.take("W1", at).ticket for _ in range(2))
    connection = kept_open(far).connection
    with pytest.raises(psycopg.errors.UniqueViolation, match="ticket_at_counter"), far.write() as book:
        for ticket in (first, second):
            book.keep(ticket.called(1, at, Reason("by_number", {})))
    assert [entry.ticket.number for entry in far.hall.waiting(at)] == ["A001", "A002"]
    assert far.reception.take("W1", at).ticket.number == "A003"
    assert kept_open(far).connection is connection


def test_a_turn_that_never_comes(fresh: Database, far: Lobby, setup: Setup, tmp_path: Path, at: datetime) -> None:
    """Who waits too long for a turn is told so, and goes on with the same connection when it is free."""
    url = f"{fresh.url(f'lobby_{BRANCH}')}&options=-c%20lock_timeout%3D100ms"
    lobby = open_lobby(kept_at(setup, url), tmp_path / "impatient")
    lobby.reception.ask_help(at)
    connection = kept_open(lobby).connection
    with far.write(), pytest.raises(StoreError, match="the server is too slow: look for a forgotten transaction"):
        lobby.reception.ask_help(at)
    lobby.reception.ask_help(at)
    assert kept_open(lobby).connection is connection
    lobby.close()


def test_a_long_history_is_read_a_page_at_a_time(far: Lobby, at: datetime) -> None:
    """What was asked once is not kept until the end of the reading."""
    far.reception.take("W1", at)
    with far.store.reading() as rows:
        first, second = (rows.all("events", after=0, most=1) for _ in range(2))
    assert first == second
    assert first is not second


def test_what_the_server_does_not_understand_is_told(database: Database) -> None:
    """A statement that cannot be prepared is raised as such, with what came before it undone; the pipeline goes on."""
    with connect(database.url()) as connection:
        pipeline, one, two = Pipeline(connection), Statement("SELECT 1 AS one"), Statement("SELECT 2 AS two")
        for _ in range(2):
            with pytest.raises(psycopg.errors.UndefinedTable, match="nowhere"):
                pipeline.ask(one, Statement("SELECT * FROM nowhere"), two)
            assert pipeline.ask(one, two) == [[{"one": 1}], [{"two": 2}]]


def test_a_program_holds_as_many_connections_as_it_needs_at_once(far: Lobby, at: datetime, fresh: Database) -> None:
    """Threads take turns with one connection; what a crowd opened is closed again, but for a few; a close ends all."""
    for _ in range(4):
        with ThreadPoolExecutor(1) as another:
            another.submit(far.reception.take, "W1", at).result()
    assert connections(fresh) == 1
    crowd = pool.SPARE + 3
    together = threading.Barrier(crowd)

    def look() -> None:
        with far.read() as book:
            book.newest_at()
            together.wait()

    with ThreadPoolExecutor(crowd) as many:
        for one in [many.submit(look) for _ in range(crowd)]:
            one.result()
    until(lambda: connections(fresh) == pool.SPARE)
    far.store.close()
    until(lambda: connections(fresh) == 0)
    assert far.reception.take("W1", at).ticket.number == "A005"


def connections(database: Database) -> int:
    """How many the branch's role holds."""
    with connect(database.url()) as connection:
        asked = "SELECT count(*) AS these FROM pg_stat_activity WHERE usename = %s AND datname = current_database()"
        found = connection.execute(asked, (f"lobby_{BRANCH}",)).fetchone()
    assert found
    return int(found["these"])


def test_a_statement_behind_a_batch_undoes_nothing(database: Database) -> None:
    """It may come to nothing: what was said before it is committed, and the pipeline goes on."""
    count = Statement("SELECT changes FROM branch")
    too_long = Statement("SELECT pg_notify('x', repeat('y', 9000))")
    with connect(database.url()) as connection:
        pipeline = Pipeline(connection)
        before = pipeline.ask(count)[0][0]["changes"]
        pipeline.ask(Statement("UPDATE branch SET changes = changes + 1"), behind=too_long)
        assert pipeline.ask(count)[0][0]["changes"] == before + 1


def test_a_batch_is_everything_or_nothing(database: Database) -> None:
    """Whatever of it is refused, and even if only its end is, nothing of it is done; the pipeline goes on."""
    more, wrong = Statement("UPDATE branch SET changes = changes + 1"), Statement("SELECT 1 / 0")
    count, twice = Statement("SELECT changes FROM branch"), Statement("INSERT INTO once VALUES (1), (1)")
    with connect(database.url()) as connection:
        connection.execute("CREATE TEMPORARY TABLE once (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
        pipeline = Pipeline(connection)
        before = pipeline.ask(count)
        with pytest.raises(psycopg.errors.DivisionByZero):
            pipeline.ask(more, wrong, more)
        with pytest.raises(psycopg.errors.UniqueViolation):
            pipeline.ask(more, twice, more)
        assert pipeline.ask(count) == before


def test_the_server_is_asked_in_few_journeys(far: Lobby, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """A number, and a call, take one look and one turn, with all that is written in it: all is known beforehand."""
    for _ in range(3):
        far.reception.take("W1", at)
    far.desk(1).next(at)
    journeys: list[Sequence[Statement]] = []
    pipeline = kept_open(far)
    ask = pipeline.ask

    def counted(*said: Statement, behind: Statement | None = None) -> list[list[DictRow]]:
        journeys.append(said)
        return ask(*said, behind=behind)

    monkeypatch.setattr(pipeline, "ask", counted)
    far.reception.take("W1", at, key="take")
    assert len(journeys) == 2
    far.desk(1).next(at, key="next")
    assert len(journeys) == 4


def test_who_is_overtaken_again_and_again_prepares_nothing_anew(
    far: Lobby, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the server once prepared is used again after a turn that was refused; nothing piles up over there."""
    monkeypatch.setattr(store, "CROWDED_SECONDS", -1)  # so that everybody goes on trying to be the only one
    section, pipeline = far.store.section, kept_open(far)

    def overtaken(seen: object = None) -> AbstractContextManager[Tables]:
        with section():
            pass
        return section(seen)

    monkeypatch.setattr(far.store, "section", overtaken)
    prepared = []
    for _ in range(4):
        far.reception.take("W1", at)
        prepared.append(pipeline.ask(Statement("SELECT count(*) AS these FROM pg_prepared_statements"))[0][0]["these"])
    assert prepared[1:] == [prepared[1]] * 3


def test_a_thought_on_moving_ground_is_given_up(far: Lobby, at: datetime) -> None:
    """Two looks with a change in between are no moment of the memory: it is thought out again in its turn."""
    thoughts: list[int] = []

    def work(rows: Rows) -> int:
        thoughts.append(len(rows.all("tickets_of_day", day=f"{at:%Y-%m-%d}")))
        if len(thoughts) == 1:
            with ThreadPoolExecutor(1) as other:
                other.submit(far.reception.take, "W1", at).result()
        return len(rows.all("tickets_waiting", day=f"{at:%Y-%m-%d}"))

    assert far.store.change(work) == 1
    assert thoughts == [0, 1]


def test_other_machines_wake(far: Lobby, at: datetime, tmp_path: Path) -> None:
    """A program on a machine without our bell learns of a commit long before it would have polled."""
    elsewhere = open_lobby(far.setup, tmp_path / "elsewhere")
    watch = elsewhere.watch("screen")
    assert rings(watch)  # it listens now
    watch.changed()
    far.reception.take("W1", at)
    assert rings(watch)
    assert watch.changed()
    watch.close()
    elsewhere.close()


def test_the_watches_of_a_program_hear_on_one_connection(
    far: Lobby, at: datetime, tmp_path: Path, fresh: Database
) -> None:
    """However many there are; it ends with the last of them, and begins again with the next."""
    elsewhere = open_lobby(far.setup, tmp_path / "elsewhere")
    alone = connections(fresh)
    for _ in range(2):
        screen, voice = (elsewhere.watch(name) for name in ("screen", "voice"))
        assert rings(screen)  # it listens now
        assert connections(fresh) == alone + 1
        screen.close()
        voice.changed()
        far.reception.take("W1", at)
        assert rings(voice)
        assert voice.changed()
        voice.close()
        until(lambda: connections(fresh) == alone)
    elsewhere.close()


def test_the_server_dies_and_comes_back(setup: Setup, tmp_path: Path, at: datetime) -> None:
    """While it is away everybody hears a calm sentence; what was acknowledged is there again, and work goes on."""
    server = Server(MORTAL)
    try:
        lobby = open_lobby(kept_at(setup, server.database(BRANCH).url(f"lobby_{BRANCH}")), tmp_path)
        told = []
        for turn in range(2):
            told.append(lobby.reception.take("W1", at, key=f"before-{turn}").ticket.number)
            server.stop("immediate")
            with pytest.raises(StoreError, match="the server cannot be reached|terminat"):
                lobby.reception.take("W1", at, key=f"during-{turn}")
            server.start()
            told.append(lobby.reception.take("W1", at, key=f"during-{turn}").ticket.number)
        assert [entry.ticket.number for entry in lobby.hall.waiting(at)] == told
        lobby.close()
    finally:
        server.close()
