"""Days as files: arrivals in, visits out."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from lobbyline.lobby.branch import Branch
from lobbyline.lobby.config.mistakes import hint, shown
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.rule.reason import Reason
from lobbyline.lobby.simulation.day import Arrival, Visit

IN = ("at", "service", "segment", "service_seconds", "review_seconds", "patience_seconds")
OUT = ("ticket", "service", "segment", "at", "called", "counter", "done", "outcome", "why")


def read_arrivals(file: Path, branch: Branch) -> list[Arrival]:
    """The customers of a file; a column `ready` (1 or 0) may be added. A wrong line is refused with its number."""
    try:
        with file.open(newline="", encoding="utf-8-sig") as lines:
            reader = csv.DictReader(lines)
            missing = [name for name in ("at", "service", "service_seconds") if name not in (reader.fieldnames or ())]
            if missing:
                raise Refusal("bad_arrivals", file=file, line=1, found=f"no column {', '.join(missing)}")
            return [_arrival(row, branch, file, reader.line_num) for row in reader]
    except OSError as error:
        raise Refusal("not_read", file=file, found=error.strerror) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise Refusal("not_read", file=file, found="no CSV in UTF-8") from error


def _arrival(row: Mapping[str, str | None], branch: Branch, file: Path, line: int) -> Arrival:
    told = {key: (value or "").strip() for key, value in row.items() if isinstance(value, str) or value is None}
    service, segment = told["service"], told.get("segment") or "ordinary"
    for name, value, known in (("service", service, branch.services), ("segment", segment, branch.segments)):
        if value not in known:
            raise Refusal("bad_arrivals", file=file, line=line, found=f"{name} is {shown(value)}{hint(value, known)}")
    try:
        return Arrival(
            at=_seconds(told["at"]),
            service=service,
            segment=segment,
            service_seconds=_positive(told["service_seconds"]),
            review_seconds=_positive(told["review_seconds"]) if told.get("review_seconds") else None,
            patience_seconds=_positive(told["patience_seconds"]) if told.get("patience_seconds") else None,
            ready=told.get("ready", "").lower() in ("1", "true", "yes"),
        )
    except ValueError as error:
        raise Refusal("bad_arrivals", file=file, line=line, found=str(error)) from error


def _seconds(text: str) -> float:
    with suppress(ValueError):
        if abs(number := float(text)) < 1e7:
            return number
    raise ValueError(f"{shown(text)} is no number of seconds")


def _positive(text: str) -> float:
    number = _seconds(text)
    if number < 0:
        raise ValueError(f"{text} is below zero")
    return number


def write_arrivals(file: Path, arrivals: Sequence[Arrival]) -> None:
    """Arrivals as `read_arrivals` reads them."""
    rows = [
        (
            _plain(one.at),
            one.service,
            one.segment,
            _plain(one.service_seconds),
            _plain(one.review_seconds),
            _plain(one.patience_seconds),
            int(one.ready),
        )
        for one in arrivals
    ]
    _write(file, [[*IN, "ready"], *rows])


def write_visits(file: Path, visits: Sequence[Visit], told: Callable[[Reason], str]) -> None:
    """What became of every arrival; times in seconds from opening, empty where nothing happened."""
    rows = [
        (
            one.ticket,
            one.arrival.service,
            one.arrival.segment,
            _plain(one.arrival.at),
            _plain(one.called),
            _plain(one.counter),
            _plain(one.done),
            one.outcome,
            told(one.why) if one.why else "",
        )
        for one in visits
    ]
    _write(file, [OUT, *rows])


def _write(file: Path, rows: Sequence[Sequence[object]]) -> None:
    try:
        with file.open("w", newline="", encoding="utf-8") as lines:
            csv.writer(lines, lineterminator="\n").writerows(rows)
    except OSError as error:
        raise Refusal("not_written", file=file, found=error.strerror) from error


def _plain(number: float | None) -> str:
    """Whole seconds without a point; empty for nothing."""
    return "" if number is None else f"{number:.3f}".rstrip("0").rstrip(".")
