"""A day in virtual time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bench._assumed import ALL, KINDS, arrivals_of, branch_of
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.rule.policy import Choice, Moment
from lobbyline.lobby.settings.policy import RULES
from lobbyline.lobby.simulation import files, staffing
from lobbyline.lobby.simulation.day import Arrival, Day, Visit, closing, play
from lobbyline.lobby.simulation.figures import figures, percentile
from lobbyline.lobby.simulation.staffing import Target


def served(visits: list[Visit]) -> dict[int, list[tuple[float, float]]]:
    """When each counter was busy with a first call."""
    busy = defaultdict(list)
    for visit in visits:
        if visit.called is not None and visit.counter is not None:
            busy[visit.counter].append((visit.called, visit.called + visit.arrival.service_seconds))
    return busy


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_serves_everybody(setup: Setup, rule: str) -> None:
    """Under every rule all are served, nobody before coming, nobody by a counter that is busy or cannot do it."""
    branch = branch_of(setup.branch, KINDS["weekday"]).ruled(rule)
    visits = play(branch, arrivals_of(branch, KINDS["weekday"], 5))
    assert {visit.outcome for visit in visits} == {"done"}
    for visit in visits:
        assert visit.called is not None
        assert visit.arrival.at <= visit.called
        counter = branch.counter(visit.counter or 0)
        queue = branch.queue_of(visit.arrival.service, visit.arrival.segment)
        assert counter
        assert branch.can_serve(counter, visit.arrival.service, queue)
    for jobs in served(visits).values():
        jobs.sort()
        assert all(earlier[1] <= later[0] for earlier, later in pairwise(jobs))


def test_the_same_day_again(setup: Setup) -> None:
    """The same arrivals give the same visits and the same reasons."""
    branch = branch_of(setup.branch, KINDS["late rush"])
    arrivals = arrivals_of(branch, KINDS["late rush"], 1)
    assert play(branch, arrivals) == play(branch, arrivals)


def test_the_rule_knows_no_future(setup: Setup) -> None:
    """Who is called first does not depend on how long his job will turn out to be."""
    first = [Arrival(0, "W1", service_seconds=60), Arrival(0, "W1", service_seconds=600)]
    other = [Arrival(0, "W1", service_seconds=600), Arrival(0, "W1", service_seconds=60)]
    called = [[(visit.called, visit.counter) for visit in play(setup.branch, day)] for day in (first, other)]
    assert called[0] == called[1]


def test_patience_ends(setup: Setup) -> None:
    """Who is not called while patience lasts has left; whoever was called stays."""
    day = [Arrival(0, "B1", service_seconds=3600), Arrival(10, "B1", service_seconds=60, patience_seconds=300)]
    first, second = play(setup.branch, day)
    assert first.outcome == "done"
    assert (second.outcome, second.called, second.done) == ("abandoned", None, 310)


def test_review_and_return(setup: Setup) -> None:
    """The counter is free during the review; the customer comes back before new ones, for a moment, then is done."""
    day = [Arrival(0, "B1", "ordinary", 100, 200), *(Arrival(at, "B1", "ordinary", 150) for at in (10, 20, 30))]
    first, second, _, fourth = play(setup.branch, day)
    assert second.called == 100
    assert first.done == 400 + 60, "the back office is done at 300, the counter is free at 400"
    assert fourth.called == 460, "the returning customer went before the fourth"
    assert first.called == 0


def test_a_counter_has_its_lunch(setup: Setup) -> None:
    """Nobody is called to a counter outside its planned hours, but what it began it ends."""
    branch = setup.branch.model_copy(update={"counters": [setup.branch.counters[0]]})  # 09:00-12:00, 12:40-17:00
    day = [Arrival(10790, "W1", service_seconds=600), Arrival(11000, "W1", service_seconds=60)]
    first, second = play(branch, day)
    assert (first.called, first.done) == (10790, 11390)
    assert second.called == (3 * 60 + 40) * 60


def test_nobody_is_there_for_it(setup: Setup) -> None:
    """A business that no counter does stays unserved, and the day ends all the same."""
    branch = setup.branch.model_copy(update={"counters": [setup.branch.counters[0]]})
    visits = play(branch, [Arrival(0, "B1", service_seconds=60), Arrival(5, "W1", service_seconds=60)])
    assert [visit.outcome for visit in visits] == ["unserved", "done"]


def test_privilege_keeps_its_quota(setup: Setup) -> None:
    """On a crowded day, of three calls in a row at most one passes somebody of no privilege who came earlier."""
    branch = branch_of(setup.branch, KINDS["business district"])
    visits = play(branch, arrivals_of(branch, KINDS["business district"], 2))
    calls = sorted((v for v in visits if v.called is not None), key=lambda v: v.called or 0)
    passed = [bool(visit.why and visit.why.facts.get("privileged")) for visit in calls]
    assert any(passed)
    # A return from review is a call too, and only makes the distance longer.
    assert all(sum(passed[start : start + 3]) <= 1 for start in range(len(passed)))


class Watched(Day):
    """A day on which somebody looks, before every call, how far everybody was set back."""

    furthest = 0.0

    def choose(self, moment: Moment, counter: int) -> Choice | None:
        heads = (group.customers[0] for group in moment.crowd.groups())
        self.furthest = max(self.furthest, *(moment.set_back(one) for one in heads), 0.0)
        return super().choose(moment, counter)


@pytest.mark.parametrize("rule", ["gentle", "balanced", "fast"])
def test_the_promise_is_kept(setup: Setup, rule: str) -> None:
    """On a crowded day nobody is set back by more than the promise and the one job that was let pass last."""
    kind = replace(KINDS["one line"], visits=430, counters=[(ALL, ())] * 6)
    branch = branch_of(setup.branch, kind).ruled(rule)
    alone = branch.policy.model_copy(update={"late_counts": 1})  # nothing but the promise brings a long job's turn
    branch = branch.model_copy(update={"policy": alone})
    day = Watched(branch, arrivals_of(branch, kind, 4), reasons=False)
    day.played()
    longest = max(branch.services[arrival.service].minutes for arrival in day.arrivals)
    assert branch.policy.set_back_late < day.furthest <= branch.policy.set_back + longest / 6


def test_the_claim(setup: Setup) -> None:
    """On days that nobody tuned on: waiting falls well below today's practice, and the branch closes when it did."""
    old, new, ends = 0.0, 0.0, []
    for name in ("weekday", "pension day", "business district"):
        branch = branch_of(setup.branch, KINDS[name])
        for seed in (2000, 2001, 2002):
            arrivals = arrivals_of(branch, KINDS[name], seed)
            today = figures(branch, play(branch.ruled("interleave"), arrivals, reasons=False))
            ours = figures(branch, play(branch, arrivals, reasons=False))
            old, new = old + today.mean, new + ours.mean
            ends.append((closing(branch) / 60 + ours.end) / (closing(branch) / 60 + today.end))
    assert new / old < 0.8
    assert sum(ends) / len(ends) < 1.01


def test_files_are_read_as_written(setup: Setup, tmp_path: Path) -> None:
    """Arrivals written and read again are the same; the two optional columns may be empty."""
    arrivals = arrivals_of(setup.branch, KINDS["late rush"], 3)
    files.write_arrivals(tmp_path / "day.csv", arrivals)
    assert files.read_arrivals(tmp_path / "day.csv", setup.branch) == arrivals
    text = "at,service,segment,service_seconds,review_seconds,patience_seconds\n5,W1,,60,,\n"
    (tmp_path / "plain.csv").write_text(text)
    assert files.read_arrivals(tmp_path / "plain.csv", setup.branch) == [Arrival(5, "W1", "ordinary", 60)]


@pytest.mark.parametrize("row", ["5,XX,ordinary,60,,", "5,W1,nobody,60,,", "5,W1,,soon,,", "5,W1,,-1,,", "nan,W1,,1,,"])
def test_a_wrong_line_is_refused(setup: Setup, tmp_path: Path, row: str) -> None:
    """A line that cannot be an arrival is named with its number, and nothing is played."""
    file = tmp_path / "day.csv"
    file.write_text(f"at,service,segment,service_seconds,review_seconds,patience_seconds\n1,W1,,60,,\n{row}\n")
    with pytest.raises(Refusal) as refused:
        files.read_arrivals(file, setup.branch)
    assert refused.value.code == "bad_arrivals"
    assert refused.value.facts["line"] == 3


def test_a_recorded_day(lobby: Lobby, at: datetime) -> None:
    """What happened at the counters becomes arrivals: when they came, how long they took, who gave up."""
    lobby.reception.take("P1", at)
    desk = lobby.desk(1)
    desk.next(at + timedelta(seconds=30))
    desk.greet(at + timedelta(seconds=40))
    desk.done(at + timedelta(seconds=150))
    (visit,) = lobby.records.arrivals(at.date())
    assert visit == Arrival(72 * 60, "P1", "ordinary", 120)


def test_plans(setup: Setup) -> None:
    """A day's plan is judged by playing it: its hours moved it is no worse, and the fewest hours reach the target."""
    branch = branch_of(setup.branch, KINDS["small town"])
    arrivals = arrivals_of(branch, KINDS["small town"], 1)[:60]
    today = staffing.judged("today", branch, staffing.schedule_of(branch), arrivals)
    better = staffing.better(branch, today, arrivals, rounds=1)
    assert better.hours == today.hours
    assert staffing.one_more(today, arrivals).hours == today.hours + 8
    assert staffing.one_less(today, arrivals).hours < today.hours
    assert staffing.score(better.figures) <= staffing.score(today.figures)
    fewest = staffing.fewest(branch, today, Target(0.5, 60), arrivals, rounds=2)
    assert fewest.meets(Target(0.5, 60))
    assert fewest.hours <= today.hours


def test_a_percentile_is_a_wait_that_somebody_had() -> None:
    """Nearest rank: P95 of twenty is the nineteenth, of one the only one; of nobody it is nothing."""
    assert [percentile(range(20, 0, -1), share) for share in (0.5, 0.9, 0.95, 1)] == [10, 18, 19, 20]
    assert [percentile([7], 0.05), percentile([], 0.5)] == [7, 0]
