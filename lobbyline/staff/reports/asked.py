"""What is asked of reports: which days, of whom, and the page that answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from fastapi.responses import Response

from lobbyline.lobby.report.records import LONGEST
from lobbyline.staff.door.door import READERS, Visitor, require
from lobbyline.staff.pages.pages import Pages

DAYS_OFFERED = 30
Day = Annotated[date | None, Query(ge=date(2000, 1, 1), le=date(2100, 1, 1))]
Reader = Annotated[Visitor, Depends(require(*READERS))]


@dataclass(frozen=True)
class Span:
    """The days that are asked for, and what may be asked for with one touch."""

    first: date
    last: date
    offered: list[tuple[str, date, date]]

    @property
    def one_day(self) -> bool:
        return self.first == self.last

    @property
    def chosen(self) -> str:
        """The offer that these days are; the shortest name where several are the same."""
        found = (name for name, first, last in self.offered if (first, last) == (self.first, self.last))
        return next(found, "")


def span(today: date, first: date | None, last: date | None) -> Span:
    """The days between, the latest year of them at most; today when nothing was said."""
    monday = today - timedelta(days=today.weekday())
    offered = [
        ("today", today, today),
        ("yesterday", today - timedelta(days=1), today - timedelta(days=1)),
        ("this_week", monday, today),
        ("last_week", monday - timedelta(days=7), monday - timedelta(days=1)),
        ("this_month", today.replace(day=1), today),
        ("thirty_days", today - timedelta(days=DAYS_OFFERED - 1), today),
        ("twelve_months", (today.replace(day=1) - timedelta(days=330)).replace(day=1), today),
    ]
    ends = sorted((first or last or today, last or first or today))
    return Span(max(ends[0], ends[1] - timedelta(days=LONGEST - 1)), ends[1], offered)


def page(request: Request, name: str, visitor: Visitor, **shown: Any) -> Response:
    pages: Pages = request.app.state.page
    return pages(request, name, visitor, **shown)
