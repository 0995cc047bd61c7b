"""What the bank's own programs may follow."""

from __future__ import annotations

from starlette.testclient import TestClient

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby


def test_a_program_follows_what_happened(stranger: TestClient, crew: Lobby, clock: Clock) -> None:
    """Page after page, each event of the lobby once and in order; no person, no reason, no sign-in among them."""
    token = crew.tokens.add("core", ["program"], "陈伟", clock())
    own = {"Authorization": f"Bearer {token}"}
    crew.reception.take("W1", clock())
    crew.desk(1, by="李静").open(clock())
    crew.desk(1, by="李静").next(clock())
    found, after = [], 0
    while (page := stranger.get("/api/journal", params={"after": after, "most": 2}, headers=own).json())[
        "last"
    ] > after:
        found += page["events"]
        after = page["last"]
    assert [(event["what"], event["ticket"], event["counter"]) for event in found] == [
        ("taken", "A001", None),
        ("open", "", 1),
        ("called", "A001", 1),
    ]
    assert "李静" not in str(found)
