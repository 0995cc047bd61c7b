"""Who is told next on a bus."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from lobbyline.drivers.boards.keeper import pauses
from lobbyline.drivers.boards.schedule import BoardState, Face, choose, rest

CALL, CALM = Face("call", {"ticket": "A012"}), Face("welcome", {})
QUIET = BoardState("quiet", wanted=CALM, shown=CALM, told_at=100.0)
STATES = st.builds(
    BoardState,
    name=st.text("abc", min_size=1, max_size=3),
    main=st.booleans(),
    wanted=st.sampled_from([None, CALL, CALM]),
    wanted_at=st.floats(0, 1000),
    fresh=st.booleans(),
    shown=st.sampled_from([None, CALL, CALM]),
    told_at=st.floats(0, 1000),
    failures=st.integers(0, 5),
    probe_at=st.floats(0, 1000),
)


def waiting(name: str, face: Face = CALM, at: float = 0.0, fresh: bool = False) -> BoardState:
    return BoardState(name).want(face, fresh, at)


def order(*states: BoardState, now: float = 100.0) -> list[str]:
    """The names in the order in which they would be told."""
    left, names = list(states), []
    while chosen := choose(left, now):
        names.append(chosen.name)
        left.remove(chosen)
    return names


def test_the_newest_call_goes_first() -> None:
    """After an outage the customer who was called last does not wait for those called before."""
    assert order(waiting("old", CALL, 10, fresh=True), waiting("new", CALL, 20, fresh=True)) == ["new", "old"]


def test_calls_go_before_the_main_board_and_that_before_the_rest() -> None:
    """Fresh call, main board, other changes, refresh, dead board."""
    dead = replace(waiting("dead", CALL, 30, fresh=True), failures=3)
    stale = replace(QUIET, name="stale", told_at=0.0)
    main = replace(waiting("main"), main=True)
    call = waiting("call", CALL, 20, fresh=True)
    assert order(dead, stale, waiting("welcome"), main, call) == ["call", "main", "welcome", "stale", "dead"]


def test_a_board_that_just_failed_lets_its_like_go_first() -> None:
    """A silent board costs others one try, not all of its tries."""
    failed = replace(waiting("failed", CALL, 30, fresh=True), failures=1)
    assert order(failed, waiting("other", CALL, 10, fresh=True)) == ["other", "failed"]


def test_a_board_that_shows_what_is_wanted_is_left_alone_until_its_refresh() -> None:
    """Nobody is due until the refresh time has passed."""
    assert choose([QUIET], 159.9) is None
    assert choose([QUIET], 160.0) == QUIET
    assert rest([QUIET], 100.0, longest=1000) == 60.0


def test_a_refresh_without_an_answer_is_told_again_at_once() -> None:
    """Whoever does not answer may have lost what it showed: its refresh is not waited for."""
    failed = QUIET.failed(now=160.0)
    assert failed.pending
    assert choose([failed], 160.0) == failed


def test_a_dead_board_is_tried_less_and_less_often_but_at_least_every_ten_seconds() -> None:
    """The pause between two tries doubles from one second to ten."""
    state, pauses = waiting("dead"), []
    for _ in range(8):
        state = state.failed(now=50.0)
        pauses.append(state.probe_at - 50.0)
    assert pauses[2:] == [1.0, 2.0, 4.0, 8.0, 10.0, 10.0]
    assert state.dead


def test_a_board_may_be_dead_for_days() -> None:
    """However often it was tried in vain, the next try is ten seconds away."""
    state = waiting("dead")
    for _ in range(30_000):
        state = state.failed(now=50.0)
    assert state.probe_at == 60.0


def test_a_line_is_opened_again_with_patience() -> None:
    """A second after it went, then less and less often, and at least every ten seconds for ever."""
    assert list(islice(pauses(), 6)) == [1.0, 2.0, 4.0, 8.0, 10.0, 10.0]
    assert next(islice(pauses(), 30_000, None)) == 10.0


def test_a_line_that_comes_back_gives_every_board_a_new_chance() -> None:
    """A board that seemed dead was cut off, perhaps: it is told like the others, and at once."""
    dead = replace(waiting("dead", CALL, 30, fresh=True), failures=6, probe_at=500.0)
    back = dead.forgotten()
    assert not back.dead
    assert order(back, waiting("other")) == ["dead", "other"]


def test_a_new_wish_gives_a_dead_board_another_try_at_once() -> None:
    """A call for a board that was given up is not left to the next try's time."""
    state = replace(waiting("dead"), failures=6, probe_at=500.0)
    assert choose([state.want(CALL, True, now=100.0)], 100.0)


def test_an_answer_brings_a_board_back() -> None:
    """One answer and a dead board is like any other."""
    state = replace(waiting("dead", CALL), failures=6).told(CALL, 100.0)
    assert not state.dead
    assert not state.pending


def test_a_line_that_came_back_makes_every_board_pending() -> None:
    """Whatever was shown before an outage may be lost."""
    assert QUIET.forgotten().pending


@given(st.lists(STATES, max_size=8), st.floats(0, 2000))
def test_somebody_is_chosen_exactly_when_nobody_has_to_be_waited_for(states: list[BoardState], now: float) -> None:
    """`choose` and `rest` agree: there is someone to tell, or there is time to rest."""
    assert (choose(states, now) is None) == (rest(states, now, longest=1000) > 0)
