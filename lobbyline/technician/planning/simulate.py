"""A day in virtual time: `lobbyline simulate`, and `lobbyline record` for the days that were."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.settings.policy import RULES
from lobbyline.lobby.simulation import files
from lobbyline.lobby.simulation.day import Arrival, play
from lobbyline.lobby.simulation.figures import Figures, figures
from lobbyline.technician import parser
from lobbyline.technician.call import Answer, Call, counted
from lobbyline.technician.parser import Parser


def simulate(call: Call) -> Answer:
    """`lobbyline simulate ARRIVALS.csv --out VISITS.csv`: the very rule that calls customers, on a given day."""
    options, own = call.options, call.setup.branch
    branch = own.ruled(options.policy) if options.policy else own
    arrivals = read(call)
    visits = play(branch, arrivals)
    try:
        files.write_visits(options.out, visits, lambda reason: call.say("why", reason.code, reason.facts))
    except Refusal as refusal:
        raise spoken(call, refusal) from refusal
    found = figures(branch, visits)
    outcomes = {word: sum(visit.outcome == word for visit in visits) for word in ("done", "abandoned", "unserved")}
    data = {"policy": branch.policy.rule, "visits": len(visits), **_rounded(found), **outcomes, "out": str(options.out)}
    waits = f"mean wait {found.mean:.1f} min, {found.over:.0%} over 20, longest {found.longest:.0f}"
    text = f"{counted(len(visits), 'visit')} under {branch.policy.rule}: {waits}, long jobs' P95 {found.long_p95:.0f}"
    return Answer(f"{text}; {options.out}", data)


def record(call: Call) -> Answer:
    """`lobbyline record DAY --out ARRIVALS.csv`: a day of the event log as arrivals, to be simulated."""
    day: date = call.options.day
    arrivals = call.lobby.records.arrivals(day)
    try:
        files.write_arrivals(call.options.out, arrivals)
    except Refusal as refusal:
        raise spoken(call, refusal) from refusal
    return Answer(
        f"{counted(len(arrivals), 'arrival')} of {day}: {call.options.out}",
        {"day": str(day), "arrivals": len(arrivals)},
    )


def read(call: Call) -> list[Arrival]:
    """The arrivals of the file that the call names."""
    try:
        return files.read_arrivals(call.options.arrivals, call.setup.branch)
    except Refusal as refusal:
        raise spoken(call, refusal) from refusal


def spoken(call: Call, refusal: Refusal) -> Refusal:
    """With the sentence that the branch has for it; no memory is opened for this."""
    refusal.sentence = call.say("refusal", refusal.code, refusal.facts)
    return refusal


def _rounded(found: Figures) -> dict[str, float]:
    return {name: round(value, 3) for name, value in vars(found).items()}


def words(top: Parser) -> None:
    """The commands of this module."""
    simulating = top.command("simulate", simulate, "Play a day in virtual time with the rule that calls customers.")
    simulating.add_argument(
        "arrivals", type=Path, metavar="ARRIVALS.csv", help="who comes when, for what (docs/policy.md)"
    )
    told = f"instead of the branch's own rule: {', '.join(RULES)}"
    simulating.add_argument("--policy", choices=RULES, metavar="RULE", help=told)
    simulating.add_argument("--out", type=Path, required=True, metavar="VISITS.csv", help="what became of each")
    recording = top.command("record", record, "Write a day of the event log as arrivals, to be simulated.")
    recording.add_argument("day", type=parser.day, metavar="DAY", help="such as 2026-11-23")
    recording.add_argument("--out", type=Path, required=True, metavar="ARRIVALS.csv", help="where they go")
