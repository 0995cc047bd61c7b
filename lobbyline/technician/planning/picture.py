"""Waits of rules and plans as one SVG of our own lines: nothing here needs a plotting library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lobbyline.lobby.branch import Branch
from lobbyline.lobby.simulation import staffing
from lobbyline.lobby.simulation.day import Arrival, opening
from lobbyline.lobby.simulation.figures import Figures
from lobbyline.lobby.simulation.staffing import HALF_HOUR, Plan

BAR, GAP, LEFT, WIDTH = 22, 8, 190, 760
INK, SOFT, STRONG = "#14202B", "#B9C6D2", "#0B5FA5"


def picture(branch: Branch, arrivals: Sequence[Arrival], plans: Sequence[Plan], rules: dict[str, Figures]) -> str:
    """The mean wait (bar) and the P95 of long jobs (stroke) of every rule and plan; below, work against counters."""
    rows = [*rules.items(), *((plan.name, plan.figures) for plan in plans)]
    most = max(found.long_p95 for _, found in rows) or 1.0
    parts = [label(16, 28, "Mean wait (bar) and P95 of long jobs (stroke), minutes", 16)]
    for number, (name, found) in enumerate(rows):
        top = 48 + number * (BAR + GAP) + (GAP * 2 if number >= len(rules) else 0)
        parts += bar(top, name, found.mean, found.long_p95, (WIDTH - LEFT - 70) / most)
    base = 48 + len(rows) * (BAR + GAP) + 40
    parts += _load(branch, arrivals, plans, base)
    return svg(WIDTH, base + 150, parts)


def bar(top: float, name: str, value: float, mark: float, scale: float) -> list[str]:
    return [
        label(16, top + 16, name, 14),
        f'<rect x="{LEFT}" y="{top}" width="{value * scale:.1f}" height="{BAR}" fill="{STRONG}"/>',
        f'<rect x="{LEFT + mark * scale:.1f}" y="{top}" width="3" height="{BAR}" fill="{INK}"/>',
        label(LEFT + mark * scale + 8, top + 16, f"{value:.1f} · {mark:.0f}", 13),
    ]


def _load(branch: Branch, arrivals: Sequence[Arrival], plans: Sequence[Plan], base: float) -> list[str]:
    """Work that arrives in each half hour, in counters, against the counters of today and of the last plan."""
    work = work_of(arrivals, staffing.slots(branch))
    wide, high = (WIDTH - LEFT - 20) / len(work), 90 / max(*work, len(branch.counters))
    title = "Work that arrives each half hour, in counters; lines: counters open today and as planned"
    return [
        label(16, base - 14, title, 14),
        *columns(work, base + 100, wide, high),
        *steps(plans[0], base + 100, wide, high, INK),
        label(16, base + 40, plans[0].name, 14, INK),
        *steps(plans[-1], base + 100, wide, high, STRONG),
        label(16, base + 62, plans[-1].name, 14, STRONG),
        *hours(branch, len(work), base + 118, wide),
    ]


def work_of(arrivals: Sequence[Arrival], slots: int) -> list[float]:
    """The work that arrives in each half hour, as counters that are busy with it."""
    work = [0.0] * slots
    for one in arrivals:
        work[min(slots - 1, max(0, int(one.at // HALF_HOUR)))] += one.service_seconds / HALF_HOUR
    return work


def columns(values: Sequence[float], ground: float, wide: float, high: float) -> Iterator[str]:
    for slot, value in enumerate(values):
        x, tall = LEFT + slot * wide, value * high
        size = f'width="{wide - 2:.1f}" height="{tall:.1f}"'
        yield f'<rect x="{x:.1f}" y="{ground - tall:.1f}" {size} fill="{SOFT}"/>'


def steps(plan: Plan, ground: float, wide: float, high: float, colour: str) -> Iterator[str]:
    """How many counters a plan has open, as a line that climbs and falls."""
    counts = [sum(slot) for slot in zip(*plan.schedule, strict=True)]
    sides = [(slot + side, count) for slot, count in enumerate(counts) for side in (0, 1)]
    points = " ".join(f"{LEFT + place * wide:.1f},{ground - count * high:.1f}" for place, count in sides)
    yield f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>'


def hours(branch: Branch, slots: int, top: float, wide: float) -> Iterator[str]:
    begin = opening(branch)
    for slot in range(0, slots, 2):
        minutes = begin.hour * 60 + begin.minute + slot * 30
        yield label(LEFT + slot * wide, top, f"{minutes // 60}:{minutes % 60:02d}", 12)


def label(x: float, y: float, text: str, size: int, colour: str = INK) -> str:
    told = text.replace("&", "&amp;").replace("<", "&lt;")
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}">{told}</text>'


def svg(width: float, height: float, parts: Sequence[str]) -> str:
    """One picture on white."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}" font-family="sans-serif">'
    )
    return "\n".join([head, '<rect width="100%" height="100%" fill="#FFFFFF"/>', *parts, "</svg>"]) + "\n"
