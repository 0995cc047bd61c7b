"""Figures as they are written in reports."""

from __future__ import annotations

from collections.abc import Mapping

from lobbyline.lobby.report.waits import Waits

MANY = 600  # minutes that are told as hours


def figures(found: Waits) -> list[str]:
    """Waits in one row: how many people, mean, percentiles, and the shares over each limit."""
    over = [percent(share) for share in found.over]
    return [str(found.people), number(found.mean), number(found.p50), number(found.p90), *over]


def number(value: float) -> str:
    return f"{value:.1f}"


def whole(value: float) -> str:
    return f"{value:.0f}"


def signed(change: float, digits: int) -> str:
    """A change with its sign; nothing, where it rounds to none."""
    return f"{change:+.{digits}f}".replace("-", "−") if round(change, digits) else "0"


def lasted(minutes: float, words: Mapping[str, str]) -> str:
    """A length of time: minutes, or hours where those would be many."""
    if minutes < MANY:
        return f"{whole(minutes)} {words['min']}"
    return f"{whole(minutes / 60)} {words['h']}"


def percent(value: float) -> str:
    return f"{value:.0%}"


def hundredths(share: float) -> str:
    """A share in percent, without the sign; nothing is not told, and little is not told as nothing."""
    if not share:
        return ""
    return whole(100 * share) if share >= 0.005 else "<1"
