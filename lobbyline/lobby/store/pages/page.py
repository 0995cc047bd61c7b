"""What all pages of a branch's memory stand on: rows within one section or reading, and the branch's own time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from lobbyline.lobby.store.rows import Rows

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
QUARTER = 900_000_000  # microseconds; clocks change at full quarters of an hour
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


def written(values: Mapping[str, object]) -> str:
    """Facts as they are kept in a column: the same facts are the same letters."""
    return _ENCODER.encode(values) if values else "{}"


def micros(at: datetime) -> int:
    """Microseconds since 1970 UTC."""
    return (at - EPOCH) // timedelta(microseconds=1)


class Pages:
    """Rows become values of the lobby, and back. Nothing here decides."""

    def __init__(self, rows: Rows, zone: ZoneInfo) -> None:
        self._rows, self._zone = rows, zone
        self._offsets: dict[int, timezone] = {}

    def _on(self, day: date) -> dict[str, str]:
        return {"day": day.isoformat()}

    def _days(self, first: date, last: date) -> dict[str, str]:
        return {"first": first.isoformat(), "last": last.isoformat()}

    def _count(self, name: str, column: str, **values: Any) -> int:
        row = self._rows.first(name, **values)
        return int(row[column] or 0) if row else 0

    def _time(self, at: int) -> datetime:
        """The branch's time with its offset fixed, so that differences hold through a change of the clocks.

        (Python subtracts two times of one time zone as the clock on the wall shows them.)
        """
        return (EPOCH + timedelta(microseconds=at)).astimezone(self._offset(at))

    def _offset(self, at: int) -> timezone:
        quarter = at // QUARTER
        if quarter not in self._offsets:
            local = (EPOCH + timedelta(microseconds=at)).astimezone(self._zone)
            self._offsets[quarter] = timezone(local.utcoffset() or timedelta())
        return self._offsets[quarter]

    def _maybe_time(self, at: int | None) -> datetime | None:
        return None if at is None else self._time(at)

    def _micros(self, at: datetime | None) -> int | None:
        return None if at is None else micros(at)
