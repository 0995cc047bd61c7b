"""What the hall screen says at a moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from lobbyline.display.leaflets.leaflet import Leaflet
from lobbyline.display.wall.showing import DRIFT, Row, Showing, counters, drift, expectation, numbers, showing, theme_at
from lobbyline.display.wall.words import Words
from lobbyline.lobby.branch import Screen, Text
from lobbyline.lobby.hall.view import CounterView
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.rule.forecast import Wait
from tests.display.hall import TEN, ZONE, call_next, call_one, later, open_hall, take

NIGHT = datetime(2026, 11, 24, 20, 0, tzinfo=ZONE)


@pytest.fixture
def lobby(tmp_path: Path) -> Iterator[Lobby]:
    lobby = open_hall(tmp_path)
    yield lobby
    lobby.close()


def shown_at(lobby: Lobby, at: datetime, *, trouble: bool = False) -> Showing:
    return showing(lobby.branch, Words(lobby.setup), lobby.hall.view(at), at, trouble=trouble)


def test_a_call_stands_in_its_colour_for_the_branchs_seconds(lobby: Lobby) -> None:
    """Twenty seconds, then it stays without the colour."""
    call_one(lobby, 3, TEN)
    assert shown_at(lobby, later(19.9)).hero["fresh"]
    assert [shown_at(lobby, later(second)).hero["new"] for second in (3.9, 4)] == [True, False]
    settled = shown_at(lobby, later(20)).hero
    assert (settled["number"], settled["counter"], settled["fresh"]) == ("A\u2009001", "3", False)


def test_a_call_that_was_followed_keeps_its_colour_in_the_list(lobby: Lobby) -> None:
    """Two counters call within seconds: both customers find their number in the called colour."""
    call_one(lobby, 1, TEN)
    call_one(lobby, 2, later(5))
    now = shown_at(lobby, later(6))
    assert (now.hero["number"], now.earlier[0]["number"], now.earlier[0]["fresh"]) == ("A\u2009002", "A\u2009001", True)


def test_places_are_named_in_both_languages(lobby: Lobby) -> None:
    """Chinese first, English beside it."""
    call_one(lobby, 12, TEN)
    assert shown_at(lobby, TEN).hero["place"] == {"first": "12号窗口", "second": "Counter 12"}


def test_a_branch_of_one_language_shows_one(tmp_path: Path) -> None:
    """Nothing is said twice in the same words."""
    lobby = open_hall(tmp_path)
    words = Words(lobby.setup)
    words.languages = ["zh"]
    assert words.word("welcome") == {"first": "欢迎光临", "second": ""}
    lobby.close()


def test_waiting_is_told_as_a_range(lobby: Lobby) -> None:
    """How many, and from when to when: never one exact minute."""
    for _ in range(12):
        take(lobby, "O1", TEN)
    line = next(line for line in shown_at(lobby, later(1)).queues if line["letter"] == "B")
    wait = next(queue.wait for queue in lobby.hall.view(later(1)).queues if queue.letter == "B")
    assert line["waiting"] == "12"
    assert 0 < wait.low < wait.high
    assert line["wait"] == f"{wait.low}–{wait.high}"


def test_a_crowd_is_promised_no_end() -> None:
    """Above an hour only the least is told: the wall has no room for a sentence, and nobody can know more."""
    assert expectation(Wait(45, 75)) == "45+"
    assert expectation(Wait(0, 5)) == "0–5"


def test_a_line_that_nobody_can_join_is_not_shown(tmp_path: Path) -> None:
    """Corporate business is over for today: its line stays only while somebody waits in it."""
    lobby = open_hall(tmp_path, '\n[hours.morning]\ntue = ["09:00-11:00"]\n', service_hours="morning")
    take(lobby, "B1", TEN)
    noon = TEN.replace(hour=12)
    assert "C" in [line["letter"] for line in shown_at(lobby, noon).queues]
    call_next(lobby, 5, noon)
    assert [line["letter"] for line in shown_at(lobby, noon).queues] == ["A", "B", "L"]
    lobby.close()


def test_counters_that_call_nobody_are_named(lobby: Lobby) -> None:
    """Paused is not closed."""
    for counter in (1, 2, 3):
        lobby.desk(counter).open(TEN)
    lobby.desk(2).pause(TEN)
    now = shown_at(lobby, TEN)
    assert (now.serving, now.paused, now.shut) == ("1  3", "2", "4–6  12")


def test_many_counters_are_named_in_ranges(lobby: Lobby) -> None:
    """Up to six stand one by one; of more, three and more in a row are a range, two are not."""
    name = lobby.branch.counters[0].name
    hall = [CounterView(number, name, "open", "", "") for number in (12, 1, 2, 3, 4, 6, 7, 9, 10, 11)]
    assert numbers(hall, "open") == "1–4  6  7  9–12"
    assert numbers(hall[:6], "open") == "12  1  2  3  4  6"


def test_of_too_many_counters_the_closed_ones_give_way() -> None:
    """Thirty counters in turn open, paused and closed: who looks for a counter that serves must be able to read it."""
    name = Text({"zh": "窗口"})
    hall = [CounterView(n, name, ("open", "paused", "closed")[n % 3], "", "") for n in range(1, 31)]
    assert counters(hall) == {"serving": numbers(hall, "open"), "paused": numbers(hall, "paused"), "shut": ""}
    assert counters(hall[:6])["shut"] == "2  5"


def test_the_next_ones_are_asked_to_get_ready(lobby: Lobby) -> None:
    """The first three in the order in which the rule would call them now."""
    for _ in range(5):
        take(lobby, "W1", TEN)
    assert shown_at(lobby, TEN).soon == ["A\u2009001", "A\u2009002", "A\u2009003"]


def test_a_closed_branch_says_when_it_opens(lobby: Lobby) -> None:
    """Before opening with the hour of today, afterwards with the day it opens again."""
    early = shown_at(lobby, TEN.replace(hour=8))
    assert (early.state, early.opens) == ("closed", {"first": "今天 09:00 开门", "second": "We open today at 09:00"})
    late = shown_at(lobby, NIGHT)
    assert late.opens == {"first": "11月30日 星期一 09:00 开门", "second": "We open on Monday 30 Nov at 09:00"}


def test_whoever_is_left_keeps_the_screen_after_hours(lobby: Lobby) -> None:
    """The hours end while customers wait and are served: their numbers stay until the last one is done."""
    take(lobby, "W1", TEN)
    assert shown_at(lobby, NIGHT).state == "open"
    call_next(lobby, 1, NIGHT)
    assert shown_at(lobby, NIGHT).state == "open"
    lobby.desk(1).done(NIGHT)
    assert shown_at(lobby, NIGHT).state == "closed"


def test_trouble_keeps_calls_and_leaves_out_what_may_have_changed(lobby: Lobby) -> None:
    """The last calls are true for ever; how long one waits now is not known."""
    call_one(lobby, 1, TEN)
    take(lobby, "W1", TEN)
    now = shown_at(lobby, TEN, trouble=True)
    assert (now.hero["number"], now.queues, now.soon) == ("A\u2009001", [], [])


def test_notices_stand_still_for_fifteen_seconds(lobby: Lobby) -> None:
    """One at a time, each long enough to be read."""
    said = [shown_at(lobby, later(second)).notice["first"] for second in range(60)]
    changes = [second for second in range(1, 60) if said[second] != said[second - 1]]
    assert changes == [15, 30, 45]
    assert len(set(said)) == 2


def test_the_picture_drifts_a_few_pixels_an_hour() -> None:
    """Against burning in: never further than the margin, never faster than the eye forgives."""
    path = [drift(TEN + timedelta(minutes=minute)) for minute in range(24 * 60)]
    assert {across for across, _ in path} == {down for _, down in path} == set(range(-DRIFT, DRIFT + 1))
    for former, now in zip(path, path[60:], strict=False):
        assert abs(now[0] - former[0]) <= 6
        assert abs(now[1] - former[1]) <= 6
    assert all(abs(now[0] - was[0]) + abs(now[1] - was[1]) <= 2 for was, now in pairwise(path))


@pytest.mark.parametrize(("hour", "theme"), [(6, "night"), (7, "light"), (17, "light"), (18, "night"), (0, "night")])
def test_the_theme_follows_the_daylight(hour: int, theme: str) -> None:
    """A dark wall in a bright hall is as hard to read as a bright one at night."""
    assert theme_at(Screen(), TEN.replace(hour=hour)) == theme


def test_a_technician_may_choose_one_look() -> None:
    """High contrast stays day and night; other hours of daylight are the branch's own; a closed branch is dark."""
    assert theme_at(Screen(look="contrast"), TEN, closed=True) == "contrast"
    assert theme_at(Screen.model_validate({"day": "11:00-12:00"}), TEN) == "night"
    assert theme_at(Screen(), TEN, closed=True) == "night"


def test_a_leaflet_stands_beside_the_calls_as_the_branch_wishes(lobby: Lobby) -> None:
    """Always, only while no call is fresh, or never; each language has its own line."""
    call_one(lobby, 1, TEN)
    poster = Leaflet(Path("/notices/poster.png"), "picture", ("防诈骗", "Beware"))

    def page(leaflets: str, at: datetime) -> Row:
        screen = lobby.branch.screen.model_copy(update={"leaflets": leaflets})
        branch = lobby.branch.model_copy(update={"screen": screen})
        view = lobby.hall.view(at)
        return showing(branch, Words(lobby.setup), view, at, trouble=False, leaflet=poster).leaflet

    whole = {"kind": "picture", "source": "file:///notices/poster.png", "first": "防诈骗", "second": "Beware"}
    assert page("always", TEN) == page("calm", later(60)) == whole
    assert page("calm", TEN) == page("never", later(60)) == {}


def test_nothing_is_claimed_before_anything_is_known(lobby: Lobby) -> None:
    """A store that fails from the start: neither closed nor empty, but a moment's patience; the clock goes on."""
    now = showing(lobby.branch, Words(lobby.setup), None, TEN, trouble=True)
    assert (now.state, now.time, now.hero, now.queues) == ("wait", "10:00", {}, [])
