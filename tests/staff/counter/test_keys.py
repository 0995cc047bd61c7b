"""What a teller's keys mean, through a whole visit."""

from __future__ import annotations

from starlette.testclient import TestClient

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from tests.staff.conftest import signed_in

SERVING = ["hold", "move", "pause"]


def meaning(client: TestClient, verb: str = "") -> tuple[str, list[str]]:
    """The big key and the others, after a press."""
    if verb:
        client.post(f"/api/counters/2/{verb}", json={})
    desk = client.get("/api/counters/2").json()
    return desk["next"], desk["keys"]


def test_one_key_does_the_next_thing(client: TestClient) -> None:
    """Open, call, five steps, and farewell; the others mean something only when they can be pressed."""
    client.post("/api/tickets", json={"service": "W1"})
    assert meaning(client) == ("open", [])
    assert meaning(client, "open") == ("next", ["call", "pause", "close"])
    assert meaning(client, "next") == ("greet", ["recall", "absent", *SERVING, "look"])
    assert [meaning(client, verb)[0] for verb in ("greet", "ask", "operate")] == ["ask", "operate", "confirm"]
    assert meaning(client, "confirm") == ("farewell", ["hold", "move", "done", "pause", "look"])
    assert meaning(client, "done") == ("next", ["call", "pause", "close"])
    assert meaning(client, "pause") == ("resume", ["pause", "close"])


def test_papers_that_lack_only_their_review_are_taken_in(client: TestClient) -> None:
    """The big key hands them to the back office; business that lacks another control is not ended by it."""
    for service, then in (("R1", "intake"), ("O1", "farewell")):
        client.post("/api/tickets", json={"service": service})
        client.post("/api/counters/2/open", json={})
        client.post("/api/counters/2/next", json={})
        assert meaning(client, "confirm")[0] == then
        client.post("/api/counters/2/hold", json={})


def test_whoever_does_not_sit_here_may_take_over(client: TestClient, crew: Lobby, clock: Clock) -> None:
    """Nothing else means anything to another teller, and a closed counter is anybody's."""
    client.post("/api/counters/2/open", json={})
    client.cookies.update(signed_in(crew, clock, "wangfang"))
    assert meaning(client) == ("take_over", [])
    crew.desk(2, by="李静").close(clock())
    assert meaning(client) == ("open", [])
