"""Figures for a bank's own monitoring, in Prometheus' text format: of lines, counters and devices, never of a person.

They are read from the memory when they are asked for, so they are true whichever program was started when. Only this
machine may ask, or whoever knows the token of [staff].
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Iterator
from datetime import datetime
from ipaddress import ip_address

from fastapi import FastAPI, Request, Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric, SummaryMetricFamily

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.hall.view import HallView
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.store.book import Book
from lobbyline.lobby.ticket import Ticket
from lobbyline.staff.door.guard import problem

TEXT = "text/plain; version=0.0.4; charset=utf-8"
STATES = ("ok", "warn", "fault")
COUNTERS = ("open", "paused", "closed")


def add_metrics(app: FastAPI, lobby: Lobby, clock: Clock) -> None:
    """`/metrics`, for a scraper."""
    registry = CollectorRegistry()
    registry.register(Figures(lobby, clock))

    @app.get("/metrics", include_in_schema=False)
    def metrics(request: Request) -> Response:
        if not may_read(request, lobby.branch.staff.metrics_token):
            return problem(403, "no_token", "Figures are for this machine, or for who knows the token.", "Forbidden")
        return Response(generate_latest(registry), media_type=TEXT)


def may_read(request: Request, token: str) -> bool:
    """This machine itself, unless somebody stands between; or whoever says the token."""
    told = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(told.encode(), token.encode()):
        return True
    passed_on = any(name in request.headers for name in ("forwarded", "x-forwarded-for", "via"))
    return not passed_on and bool(request.client) and is_loopback(request.client.host if request.client else "")


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


class Figures:
    """Everything that is told, worked out anew for each question."""

    def __init__(self, lobby: Lobby, clock: Clock) -> None:
        self._lobby, self._clock = lobby, clock

    def collect(self) -> Iterator[Metric]:
        at, begun = self._clock(), time.monotonic()
        view = self._lobby.hall.view(at)
        with self._lobby.read() as book:
            waiting = book.waiting(self._lobby.day(at))
            yield from self._day(book, at)
            yield from self._papers(book, at)
        yield gauge("store_read_seconds", "Time it took to read the hall just now.", time.monotonic() - begun)
        yield from self._lines(view, waiting, at)
        yield from self._devices()
        yield from self._store(at)

    def describe(self) -> list[Metric]:
        """Nothing is asked of the memory before the first scrape."""
        return []

    def _lines(self, view: HallView, waiting: list[Ticket], at: datetime) -> Iterator[Metric]:
        long = dict.fromkeys(self._lobby.branch.queues, 0.0)
        for ticket in waiting:
            long[ticket.queue] = max(long[ticket.queue], (at - ticket.arrived_at).total_seconds())
        yield labelled("waiting", "People who wait.", "queue", {q.letter: q.waiting for q in view.queues})
        yield labelled("longest_wait_seconds", "Wait of who has waited longest.", "queue", long)
        expected = {q.letter: 30 * (q.wait.low + q.wait.high) for q in view.queues}
        yield labelled("expected_wait_seconds", "What a newcomer is told, the middle of it.", "queue", expected)
        states = [counter.state for counter in view.counters]
        yield labelled("counters", "Counters.", "state", {state: states.count(state) for state in COUNTERS})

    def _day(self, book: Book, at: datetime) -> Iterator[Metric]:
        day = self._lobby.day(at)
        yield labelled("tickets_today", "Today's numbers by what became of them.", "state", book.outcomes(day))
        yield gauge("calls_today", "How often anybody was called today.", book.calls_counted(day))

    def _papers(self, book: Book, at: datetime) -> Iterator[Metric]:
        papers = GaugeMetricFamily(
            "lobbyline_papers_today", "Today's papers by how they ended.", labels=["printer", "state"]
        )
        for printer, states in book.prints_counted(self._lobby.day(at)).items():
            for state, number in states.items():
                papers.add_metric([printer, state], number)
        yield papers

    def _devices(self) -> Iterator[Metric]:
        devices = GaugeMetricFamily(
            "lobbyline_device", "1 for the state that a device is in.", labels=["device", "kind", "state"]
        )
        for device in self._lobby.devices.all():
            for state in STATES:
                devices.add_metric([device.name, device.kind, state], device.state == state)
        yield devices

    def _store(self, at: datetime) -> Iterator[Metric]:
        store, newest = self._lobby.store, self._lobby.copies.newest()
        pace = SummaryMetricFamily(
            "lobbyline_store_write_seconds", "Durable changes of this program and the time they took.",
            count_value=store.pace.changes, sum_value=store.pace.seconds,
        )  # fmt: skip
        yield pace
        yield gauge("store_bytes", "Size of the memory.", store.size())
        gone = bool(store.reserve_gone())
        yield gauge("reserve_gone", "1 when the disk is nearly full and the reserve was given up.", gone)
        if newest:
            yield gauge("copy_age_seconds", "Age of the newest copy.", self._lobby.copies.age_hours(newest, at) * 3600)


def gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"lobbyline_{name}", meaning, value=float(value))


def labelled(name: str, meaning: str, label: str, values: dict[str, float] | dict[str, int]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"lobbyline_{name}", meaning, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family
