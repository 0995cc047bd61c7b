"""What needs a lobby here is tried on every engine that can keep its memory."""

from __future__ import annotations

from inspect import signature

import pytest

from tests.server import Database, Server


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    named = {"lobby", "kiosk"} & set(metafunc.fixturenames) or "store_url" in signature(metafunc.function).parameters
    if named and not list(metafunc.definition.iter_markers("sqlite")):
        metafunc.parametrize("store_url", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture(scope="session")
def database(server: Server) -> Database:
    """A database that knows the sample branch."""
    return server.database("jingqi-street")


@pytest.fixture
def store_url(request: pytest.FixtureRequest) -> str:
    if getattr(request, "param", "sqlite") == "sqlite":
        return "lobby.sqlite"
    database: Database = request.getfixturevalue("database")
    database.empty()
    return database.url("lobby_jingqi-street")
