"""Where the memory lives, by command: a server prepared, a branch admitted, its history moved there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conftest import Ask, running_server
from tests.server import Server


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One that nobody has prepared."""
    yield from running_server()


def test_a_branch_moves_to_a_server(ask: Ask, server: Server) -> None:
    """Prepared, admitted, copied: each step says what is next, and a second copy is refused."""
    address = server.url()
    ask("take", "W1")
    code, told = ask("store", "copy", "lobby.sqlite", address)
    assert (code, "run `lobbyline store prepare` as its owner" in told["fault"]) == (4, True)
    assert ask("store", "prepare", address)[1]["applied"]
    assert ask("store", "prepare", address)[1] == {"applied": []}
    code, told = ask("store", "copy", "lobby.sqlite", address)
    assert (code, "run `lobbyline store admit` as its owner" in told["fault"]) == (4, True)
    assert ask("store", "admit", address)[1]["role"] == "lobby_jingqi-street"
    code, told = ask("store", "copy", "lobby.sqlite", address)
    assert (code, told["ticket"], told["print_job"]) == (0, 1, 0)
    code, told = ask("store", "copy", "lobby.sqlite", address)
    assert (code, "already" in told["fault"]) == (4, True)


def test_an_address_that_does_not_answer(ask: Ask) -> None:
    """A calm sentence and the exit code of a fault."""
    code, told = ask("store", "prepare", "postgresql://owner:secret@127.0.0.1:1/lobby")
    assert code == 4
    assert told["fault"].startswith("postgresql://owner@127.0.0.1:1/lobby: the server cannot be reached")
