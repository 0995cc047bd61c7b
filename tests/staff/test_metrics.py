"""Figures for monitoring: true, complete, and about nobody."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.staff.api import make_app

with warnings.catch_warnings():
    # The test client would rather have httpx2, which is not among our locked versions.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

HERE = ("127.0.0.1", 40000)
ELSEWHERE = ("10.1.2.3", 40000)


def scraped(lobby: Lobby, clock: Clock, client: tuple[str, int] = HERE, **headers: str) -> tuple[int, str]:
    with TestClient(make_app(lobby, clock), base_url="http://127.0.0.1:8321", client=client) as asking:
        answer = asking.get("/metrics", headers=headers)
        return answer.status_code, answer.text


def values(text: str) -> dict[tuple[str, ...], float]:
    """Every sample by its name and labels."""
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_the_figures_are_those_of_the_hall(lobby: Lobby, clock: Clock) -> None:
    """Who waits, since when, calls, counters, papers, devices, the store's pace and the copy."""
    at = clock()
    for _ in range(3):
        lobby.reception.take("W1", at)
    desk = lobby.desk(1)
    desk.open(at, "李芳")
    desk.next(at)
    lobby.devices.report("front", "printer", "fault", "out of paper", at)
    lobby.copies.take(at)
    code, text = scraped(lobby, clock)
    told = values(text)
    assert code == 200
    queue = lobby.branch.services["W1"].queue
    assert told["lobbyline_waiting", queue] == 2
    assert told["lobbyline_longest_wait_seconds", queue] >= 0
    assert told["lobbyline_tickets_today", "waiting"] == 2
    assert told["lobbyline_calls_today",] == 1
    assert told["lobbyline_counters", "open"] == 1
    assert (
        told["lobbyline_device", "front", "printer", "fault"],
        told["lobbyline_device", "front", "printer", "ok"],
    ) == (1, 0)
    assert told["lobbyline_store_write_seconds_count",] >= 5
    assert told["lobbyline_store_write_seconds_sum",] > 0
    assert told["lobbyline_copy_age_seconds",] >= 0
    assert told["lobbyline_reserve_gone",] == 0


def test_nobody_is_in_the_figures(lobby: Lobby, clock: Clock) -> None:
    """Neither a number nor a teller nor what a customer wrote."""
    at = clock()
    ticket = lobby.reception.take("W1", at).ticket
    lobby.desk(1).open(at, "李芳")
    lobby.desk(1).next(at)
    _, text = scraped(lobby, clock)
    assert not re.search(rf"李芳|{ticket.number}|{ticket.token}", text)


@pytest.mark.parametrize(
    ("client", "headers", "code"),
    [
        (HERE, {}, 200),
        (("::1", 40000), {}, 200),
        (ELSEWHERE, {}, 403),
        (ELSEWHERE, {"Authorization": "Bearer wrong"}, 403),
        (ELSEWHERE, {"Authorization": "Bearer s3cret"}, 200),
        (HERE, {"X-Forwarded-For": "10.1.2.3"}, 403),
    ],
)
def test_who_may_read(
    lobby: Lobby, clock: Clock, client: tuple[str, int], headers: dict[str, str], code: int, tmp_path: Path
) -> None:
    """This machine, or the token; what a proxy passes on is not this machine."""
    branch = lobby.setup.folder / "branch.toml"
    branch.write_text(branch.read_text("utf-8").replace("[staff]", '[staff]\nmetrics_token = "s3cret"'), "utf-8")
    guarded = open_lobby(load(lobby.setup.folder), tmp_path / "guarded")
    assert scraped(guarded, clock, client, **headers)[0] == code
    guarded.close()


def test_without_a_token_only_this_machine_reads(lobby: Lobby, clock: Clock) -> None:
    """An empty token opens nothing."""
    assert scraped(lobby, clock, ELSEWHERE, Authorization="Bearer ")[0] == 403
