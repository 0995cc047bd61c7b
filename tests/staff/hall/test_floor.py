"""The lobby manager's, the advisers' and the rating pads' API: who may, what is refused, and what happens once."""

from __future__ import annotations

from datetime import timedelta

from starlette.testclient import TestClient

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from tests.staff.conftest import signed_in
from tests.staff.sample import clock, setup

__all__ = ["clock", "setup"]  # the fixtures


def take(lobby: Lobby, clock: Clock, service: str = "W1") -> str:
    return lobby.reception.take(service, clock(), paper=False).ticket.number


def post(client: TestClient, path: str, body: dict[str, object] | None = None, key: str = "") -> int:
    headers = {"Idempotency-Key": key} if key else {}
    return int(client.post(f"/api/{path}", json=body or {}, headers=headers).status_code)


def test_the_hall_at_one_look(client: TestClient, lobby: Lobby, clock: Clock) -> None:
    """Who waits, who is aside, papers with their hands, alerts, devices, and a counter worth opening."""
    for service in ("W1", "W1", "B1", *["D1"] * 12):
        take(lobby, clock, service)
    lobby.desk(1).next(clock())
    lobby.desk(1).absent(clock())
    lobby.desk(5, by="孙丽").open(clock(), teller="孙丽")
    lobby.desk(5).next(clock())
    lobby.desk(5).intake(clock())
    lobby.reception.ask_help(clock())
    lobby.lookout.look(clock())
    floor = client.get("/api/floor").json()
    assert len(floor["waiting"]) == 13
    assert [ticket["number"] for ticket in floor["aside"]["missed"]] == ["A001"]
    (paper,) = floor["papers"]
    assert (paper["ticket"]["number"], paper["maker"], paper["reviewer"]) == ("C001", "孙丽", "")
    assert "help" in [alert["kind"] for alert in floor["alerts"]]
    assert floor["suggestion"]["mean_then"] < floor["suggestion"]["mean"]


def test_alerts_are_touched(client: TestClient, lobby: Lobby, clock: Clock) -> None:
    """Taken in the name of whoever is signed in, then done; what is gone is refused."""
    lobby.reception.ask_help(clock())
    lobby.lookout.look(clock())
    (alert,) = client.get("/api/floor").json()["alerts"]
    assert client.post(f"/api/alerts/{alert['id']}/take", json={}).json()["taken_by"] == "李静"
    assert post(client, f"alerts/{alert['id']}/done") == 200
    assert client.get("/api/floor").json()["alerts"] == []
    assert post(client, "alerts/999/done") == 409
    assert post(client, f"alerts/{10**30}/done") == 422
    assert post(client, f"alerts/{alert['id']}/burn") == 422


def test_many_who_wait_long_are_one_walk(client: TestClient, lobby: Lobby, clock: Clock) -> None:
    """The first of them are named, the others counted, and one touch is for all."""
    for _ in range(9):
        lobby.reception.take("W1", clock() - timedelta(minutes=25), paper=False)
    lobby.lookout.look(clock())
    water = next(one for one in client.get("/api/floor?lang=en").json()["alerts"] if one["kind"] == "water")
    numbers = " ".join(f"A\u200900{place}" for place in range(1, 7))
    assert water["sentence"] == f"Waiting long, bring water and something to read: {numbers} and 3 more"
    assert len(water["ids"]) == 9


def test_changes_in_the_hall(client: TestClient, lobby: Lobby, clock: Clock) -> None:
    """Moved, marked as care, restored, left, void: each once under its key, each under a name."""
    first, second, third = (take(lobby, clock) for _ in range(3))
    assert post(client, f"tickets/{first}/move", {"service": "O1"}, key="m") == 200
    assert post(client, f"tickets/{first}/move", {"service": "O1"}, key="m") == 200
    assert lobby.reception.find(first, clock()).ticket.moves == 1
    assert post(client, f"tickets/{first}/care") == 200
    assert lobby.reception.find(first, clock()).ticket.queue == "L"
    assert post(client, f"tickets/{second}/leave") == 200
    assert post(client, f"tickets/{second}/restore") == 409
    assert post(client, f"tickets/{third}/void") == 409
    assert post(client, f"tickets/{third}/void", {"reason": "重复取号"}) == 200
    with lobby.read() as book:
        told = {event.what: (event.who, event.detail) for event, _ in book.chain()}
    assert told["recognised"][0] == told["abandoned"][0] == told["void"][0] == "李静"
    assert "重复取号" in told["void"][1]
    assert post(client, "tickets/Z999/leave") == 404


def test_only_those_who_lead(stranger: TestClient, crew: Lobby, clock: Clock) -> None:
    """A teller without the role may neither look nor touch; a stranger is sent away."""
    assert stranger.get("/api/floor").status_code == 401
    stranger.cookies.update(signed_in(crew, clock, "wangfang"))
    number = take(crew, clock)
    assert stranger.get("/api/floor").status_code == 403
    for path in (f"tickets/{number}/void", "alerts/1/done", "pad"):
        assert post(stranger, path, {"counter": 1} if path == "pad" else {}) == 403
    assert stranger.get("/api/referrals").status_code == 403


def test_referrals(client: TestClient, lobby: Lobby, clock: Clock) -> None:
    """A teller refers, the adviser sees who and since when, and says what came of it with a code."""
    number = take(lobby, clock)
    assert post(client, "counters/2/open") == 200
    assert post(client, "counters/2/call", {"number": number}) == 200
    assert post(client, "counters/2/refer") == 422
    assert post(client, "counters/2/refer", {"service": "M3"}) == 200
    lobby.desk(6).next(clock())
    seen = client.get("/api/referrals").json()
    assert [desk["number"] for desk in seen["desks"]] == [6, 8]
    (one,) = seen["referrals"]
    assert (one["number"], one["teller"], one["picked_at"] is not None) == (number, "李静", True)
    assert post(client, f"referrals/{one['id']}/outcome", {"outcome": "bought"}) == 409
    assert post(client, f"referrals/{one['id']}/outcome", {"outcome": "done"}) == 204


def test_a_rating_pad(client: TestClient, lobby: Lobby, clock: Clock) -> None:
    """A bound tablet asks without a session and opens nothing else; a forged or foreign cookie is no pad."""
    assert client.get("/api/rating").status_code == 403
    assert post(client, "pad", {"counter": 2}) == 201
    client.cookies.delete("session")
    assert client.get("/api/waiting").status_code == 401
    assert client.get("/api/rating").json() == {"counter": 2, "visit": None, "level": 0, "until": None}
    number = take(lobby, clock)
    lobby.desk(2).call(number, clock())
    lobby.desk(2).greet(clock())
    lobby.desk(2).done(clock())
    visit = client.get("/api/rating").json()["visit"]
    assert post(client, "rating", {"visit": visit + 1, "level": 4}) == 409
    assert post(client, "rating", {"visit": visit, "level": 5}) == 422
    assert post(client, "rating", {"visit": visit, "level": 4}) == 200
    assert client.get("/api/rating").json()["level"] == 4
    for forged in ("3", lobby.seal.close({"name": "3"}), "x" * 300):
        client.cookies.clear()
        client.cookies.set("pad", forged)
        assert client.get("/api/rating").status_code == 403
