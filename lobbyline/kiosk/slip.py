"""How a ticket looks on paper. Pure: a slip and the printer's profile in, a receipt out.

From top to bottom in the order of a customer's questions: which number, for what, how long, where, what with me.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lobbyline.drivers.printers.escpos import Feed, Line, Qr, Receipt, Rule, Text, columns
from lobbyline.drivers.printers.profile import Profile
from lobbyline.lobby.outbox import Slip
from lobbyline.lobby.ticket import shown

MOST_TO_BRING = 3
BRING = "请准备 "


@dataclass(frozen=True)
class Sizes:
    """How large each kind of line may be; it becomes smaller where the paper is narrow."""

    number: int
    service: int
    fact: int
    note: int
    code: int  # dots of one module of the QR code


ORDINARY = Sizes(number=6, service=2, fact=2, note=1, code=4)
ELDER = Sizes(number=8, service=3, fact=2, note=2, code=5)


def ticket(slip: Slip, copy: int, profile: Profile) -> Receipt:
    """The paper of one ticket; `copy` above 0 says that it is a reprint."""
    sizes = ELDER if slip.elder else ORDINARY
    return Receipt(tuple(_lines(slip, copy, sizes, profile)))


def _lines(slip: Slip, copy: int, sizes: Sizes, profile: Profile) -> Iterator[Line]:
    yield Text(slip.branch, align="centre", leading=0)
    yield from _number(slip, copy, sizes)
    yield from _service(slip, sizes)
    yield Rule(leading=6)
    yield from _wait(slip, sizes, profile)
    yield from _where(slip, sizes, profile)
    yield Rule(leading=6)
    yield from _bring(slip, sizes)
    yield from _rules(slip, sizes)
    yield Feed(6)
    yield Text(f"{slip.taken_at:%Y-%m-%d %H:%M:%S}  {slip.version}", leading=0)
    yield Qr(slip.token, sizes.code, "right")


def _number(slip: Slip, copy: int, sizes: Sizes) -> Iterator[Line]:
    if copy:
        yield Feed(4)
        yield Text(f"补打 / REPRINT {copy}", 2, 2, align="centre", leading=4)
    yield Text(shown(slip.number), sizes.number, sizes.number, align="centre", bold=True, leading=4)


def _service(slip: Slip, sizes: Sizes) -> Iterator[Line]:
    first, *others = slip.service
    yield Text(first, sizes.service, sizes.service, align="centre", leading=4)
    for other in others:
        yield Text(other, align="centre", leading=8)


def _wait(slip: Slip, sizes: Sizes, profile: Profile) -> Iterator[Line]:
    ahead = f"前面 {slip.ahead} 人" if slip.ahead else "前面没有人"
    yield from _fact([ahead, "  ", slip.wait], sizes.fact, profile)


def _where(slip: Slip, sizes: Sizes, profile: Profile) -> Iterator[Line]:
    yield from _fact([slip.zone, " → ", f"{counted(slip.counters)}号窗口"], sizes.fact, profile)


def counted(counters: list[int]) -> str:
    """Counters in order, four or more in a row as a range: "1、3–7"."""
    runs: list[list[int]] = []
    for counter in sorted(counters):
        if runs and counter == runs[-1][-1] + 1:
            runs[-1].append(counter)
        else:
            runs.append([counter])
    return "、".join(f"{run[0]}–{run[-1]}" if len(run) > 3 else "、".join(map(str, run)) for run in runs)


def _bring(slip: Slip, sizes: Sizes) -> Iterator[Line]:
    for index, thing in enumerate(slip.bring[:MOST_TO_BRING]):
        head = BRING if index == 0 else " " * columns(BRING)
        yield Text(f"{head}□ {thing}", sizes.note, sizes.note, hang=columns(BRING) + 3, leading=4)


def _rules(slip: Slip, sizes: Sizes) -> Iterator[Line]:
    """The first one, how to come back, is what a customer needs; the others are for the record."""
    yield Feed(8)
    for index, rule in enumerate(slip.rules):
        size = sizes.note if index == 0 else 1
        yield Text(rule, size, size, leading=4)


def _fact(parts: list[str], size: int, profile: Profile) -> Iterator[Line]:
    """Two parts and what stands between them in one line; each in a line of its own where that is too narrow."""
    first, joint, second = parts
    together = "".join(parts)
    for words in [together] if _fits(together, size, profile) else [(first + joint).rstrip(), second]:
        fitting = (smaller for smaller in range(size, 1, -1) if _fits(words, smaller, profile))
        largest = next(fitting, 1)
        yield Text(words, largest, largest, "centre", leading=6)


def _fits(words: str, size: int, profile: Profile) -> bool:
    return columns(words) * size <= profile.columns
