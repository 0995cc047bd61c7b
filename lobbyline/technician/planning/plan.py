"""`lobbyline plan`: how many counters of which kind each half hour, and what every rule would have given.

A table for people, JSON for programs, and a picture (`picture.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lobbyline.lobby.branch import Branch
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.settings.policy import RULES
from lobbyline.lobby.simulation import staffing
from lobbyline.lobby.simulation.day import Arrival, opening, play
from lobbyline.lobby.simulation.figures import Figures, figures
from lobbyline.lobby.simulation.staffing import Plan, Target
from lobbyline.technician.call import Answer, Call
from lobbyline.technician.parser import Parser
from lobbyline.technician.planning.picture import picture
from lobbyline.technician.planning.simulate import read, spoken


def plan(call: Call) -> Answer:
    """`lobbyline plan ARRIVALS.csv`."""
    branch, arrivals = call.setup.branch, read(call)
    target = Target(call.options.over / 100, call.options.long)
    plans = plans_for(branch, arrivals, target)
    rules = {rule: figures(branch, play(branch.ruled(rule), arrivals, reasons=False)) for rule in RULES}
    if call.options.picture:
        try:
            call.options.picture.write_text(picture(branch, arrivals, plans, rules), encoding="utf-8")
        except OSError as error:
            raise spoken(call, Refusal("not_written", file=call.options.picture, found=error.strerror)) from error
    return Answer(_text(plans, rules, target, call.language), _data(plans, rules, target))


def plans_for(branch: Branch, arrivals: Sequence[Arrival], target: Target) -> list[Plan]:
    """Today's plan, the same hours moved, one counter more, one less, the fewest that reach the target."""
    today = staffing.judged("today", branch, staffing.schedule_of(branch), arrivals)
    better = staffing.better(branch, today, arrivals)
    return [
        today,
        better,
        staffing.one_more(better, arrivals),
        staffing.one_less(better, arrivals),
        staffing.fewest(branch, better, target, arrivals),
    ]


def _text(plans: Sequence[Plan], rules: dict[str, Figures], target: Target, language: str) -> str:
    head = f"{'minutes':<26}{'hours':>7}{'mean':>7}{'over 20':>9}{'long P95':>10}{'longest':>9}{'overtime':>10}"
    lines = [head, *(_row(plan.name, plan.figures, f"{plan.hours:.1f}", reached=plan.meets(target)) for plan in plans)]
    lines += ["", *(_row(rule, found, "", reached=False) for rule, found in rules.items())]
    reached = f"at most {target.over:.0%} over 20 minutes, P95 of long jobs at most {target.long_p95:g}"
    lines += ["", f"* reaches the target: {reached}"]
    lines += ["", f"Counters open in each half hour ({plans[-1].name}):", *_schedule_lines(plans[-1], language)]
    return "\n".join(lines)


def _row(name: str, found: Figures, hours: str, *, reached: bool) -> str:
    row = f"{'*' if reached else ' '} {name:<24}{hours:>7}{found.mean:>7.1f}{found.over:>9.0%}"
    return f"{row}{found.long_p95:>10.0f}{found.longest:>9.0f}{max(0.0, found.end):>10.0f}"


def _schedule_lines(plan: Plan, language: str) -> list[str]:
    begin = opening(plan.branch)
    clock = [begin.hour * 60 + begin.minute + slot * 30 for slot in range(len(plan.schedule[0]))]
    head = " " * 4 + "".join(f"{minutes // 60:>3}" if minutes % 60 == 0 else "   " for minutes in clock)
    rows = [
        f"{one.number:>3} {''.join('  ■' if is_open else '  ·' for is_open in row)}  {one.name.say(language)}"
        for one, row in zip(plan.branch.counters, plan.schedule, strict=True)
    ]
    return [head, *rows]


def _data(plans: Sequence[Plan], rules: dict[str, Figures], target: Target) -> dict[str, Any]:
    return {
        "target": {"over": target.over, "long_p95": target.long_p95},
        "plans": [
            {"name": plan.name, "hours": plan.hours, "meets": plan.meets(target), **vars(plan.figures)}
            | {"open": {str(one.number): row for one, row in zip(plan.branch.counters, plan.schedule, strict=True)}}
            for plan in plans
        ],
        "policies": {rule: vars(found) for rule, found in rules.items()},
    }


def words(top: Parser) -> None:
    """The command of this module."""
    planning = top.command("plan", plan, "How many counters each half hour, and what every rule would have given.")
    planning.add_argument(
        "arrivals", type=Path, metavar="ARRIVALS.csv", help="who comes when, for what (docs/policy.md)"
    )
    planning.add_argument("--over", type=float, default=10, metavar="PERCENT", help="target: customers over 20 minutes")
    planning.add_argument("--long", type=float, default=40, metavar="MINUTES", help="target: P95 of long jobs")
    planning.add_argument("--picture", type=Path, metavar="FILE.svg", help="both figures of every rule and plan, drawn")
