"""The table and the picture of docs/policy.md: `python -m bench._policy_page` prints the one and draws the other.

Every rule plays the same days, drawn with seeds by which nothing was chosen.
"""

from __future__ import annotations

from pathlib import Path

from bench._assumed import KINDS, arrivals_of, branch_of
from bench.policy import KEPT_ASIDE, SAMPLE, TODAY, average, played
from lobbyline.lobby.branch import Branch
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.simulation.figures import Figures, figures
from lobbyline.technician.planning.picture import BAR, GAP, LEFT, WIDTH, bar, label, svg

RULES = (TODAY, "fifo", "split", "gentle", "balanced", "fast")
PICTURE = Path("docs/pictures/policy.svg")
DAYS = len(KINDS) * len(KEPT_ASIDE)


def days_under(branch: Branch, rule: str) -> Figures:
    """The mean of every figure over all days of all kinds."""
    found = []
    for kind in KINDS.values():
        staffed = branch_of(branch, kind)
        found += [figures(staffed, played(staffed, rule, arrivals_of(branch, kind, seed))) for seed in KEPT_ASIDE]
    return average(found)


def row(rule: str, day: Figures) -> str:
    name = f"{rule} (today)" if rule == TODAY else rule
    minutes = (day.long_p95, day.longest)
    return (
        f"| {name} | {day.mean:.1f} | {day.over:.0%} | {' | '.join(f'{value:.0f}' for value in minutes)}"
        f" | {day.priority:.1f} | {day.privileged:.1f} | {day.end:.0f} |"
    )


def picture(days: dict[str, Figures]) -> str:
    """The mean wait as a bar, the P95 of long jobs as a stroke, for every rule."""
    scale = (WIDTH - LEFT - 90) / max(day.long_p95 for day in days.values())
    title = f"{DAYS} days nobody tuned on: mean wait (bar), P95 of long jobs (stroke), minutes"
    parts = [label(16, 28, title, 16)]
    for number, (rule, day) in enumerate(days.items()):
        parts += bar(48 + number * (BAR + GAP), rule, day.mean, day.long_p95, scale)
    return svg(WIDTH, 64 + len(days) * (BAR + GAP), parts)


def main() -> None:
    branch = load(SAMPLE).branch
    days = {rule: days_under(branch, rule) for rule in RULES}
    print("\n".join(row(rule, day) for rule, day in days.items()))
    PICTURE.write_text(picture(days), encoding="utf-8")


if __name__ == "__main__":
    main()
