"""Tickets on the wire: how many bytes, how soon the first line, how long the whole, against what the wire allows."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import tty
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bench import Figure
from lobbyline import ASSETS
from lobbyline.drivers.printers.escpos import millimetres, render
from lobbyline.drivers.printers.links.address import link_to
from lobbyline.drivers.printers.links.tcp import TcpLink
from lobbyline.drivers.printers.printer import Printer
from lobbyline.drivers.printers.profile import Profile
from lobbyline.drivers.printers.receipt import Cut, Fence, Receipt
from lobbyline.drivers.printers.standin.printer import StandinPrinter
from lobbyline.kiosk import press
from lobbyline.kiosk.layout import layouts
from lobbyline.kiosk.slip import Paper, kind, ticket
from lobbyline.lobby.config.folder import Setup, load
from lobbyline.lobby.lobby import open_lobby
from lobbyline.technician.devices.ticket import profile_of

SAMPLE = ASSETS / "branches" / "jingqi-street"
RUNS = 200
STARTS = 7
MODELS = ("generic-80", "generic-58", "masung-ms-d347")
TOLD = ("paper_out", "paper_low", "cover", "offline", "cutter", "jam")
MONDAY = datetime(2026, 11, 23, 10, 12)


def figures() -> list[Figure]:
    """Every figure of the paper."""
    setup = load(SAMPLE)
    papers = {segment: _paper(setup, segment) for segment in ("ordinary", "care")}
    return [
        *_sizes(setup, papers),
        *_building(setup, papers["ordinary"]),
        *_wires(setup, papers["ordinary"]),
        *_paper_times(setup, papers["ordinary"]),
        *_start_up(),
        _alarm(setup),
    ]


def _paper(setup: Setup, segment: str) -> Paper:
    """A ticket of the sample branch with somebody ahead."""
    at = MONDAY.replace(tzinfo=setup.branch.zone)
    with tempfile.TemporaryDirectory() as folder, closing(open_lobby(setup, Path(folder))) as lobby:
        lobby.reception.take("W1", at, segment, paper=False)
        lobby.reception.take("W1", at, segment)
        job = lobby.outbox.due(setup.branch.kiosk.printer)
    if job is None:
        raise RuntimeError("the sample branch prints nothing")
    return Paper(job.slip)


def _receipt(setup: Setup, paper: Paper, profile: Profile) -> Receipt:
    return ticket(paper, layouts(setup)[kind(paper.slip)], profile)


def _page(setup: Setup, paper: Paper, profile: Profile) -> bytes:
    """Everything that goes over the wire for one ticket."""
    return render(_receipt(setup, paper, profile).then(Fence("ab12"), Cut(), Fence("ab12")), profile)


def _sizes(setup: Setup, papers: dict[str, Paper]) -> Iterator[Figure]:
    """Bytes of a ticket, beside the same ticket as one picture of the whole paper."""
    for model in MODELS:
        profile = profile_of(setup, model)
        for segment, paper in papers.items():
            rows = profile.in_dots(millimetres(_receipt(setup, paper, profile), profile))
            picture = rows * profile.dots // 8
            size = len(_page(setup, paper, profile))
            yield Figure(f"bytes of a ticket, {segment}, {model}", size, "B", picture, "beside it as a picture")


def _building(setup: Setup, paper: Paper) -> Iterator[Figure]:
    """Time to build a ticket, beside its time on a line of 115200 baud."""
    profile, sheet = profile_of(setup, "generic-80"), layouts(setup)["ordinary"]
    render(ticket(paper, sheet, profile), profile)  # the logo is read once
    spent = _median(lambda: render(ticket(paper, sheet, profile), profile), RUNS)
    wire = len(_page(setup, paper, profile)) * 10 / 115200
    yield Figure("time to build a ticket", 1000 * spent, "ms", 1000 * wire, "beside its time at 115200 baud")


def _median(run: Callable[[], object], times: int) -> float:
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


@dataclass
class Arrival:
    """When the first line and the last byte of a page had come through a wire."""

    first: float
    whole: float


def _wires(setup: Setup, paper: Paper) -> Iterator[Figure]:
    """First line and whole ticket through our own serial link, to a reader as slow as the baud rate."""
    profile = profile_of(setup, "generic-80")
    data = _page(setup, paper, profile)
    first = data.index(b"\n") + 1
    for baud in (9600, 115200):
        came = _through_a_line(data, first, baud)
        note = "beside bytes × 10 / baud"
        yield Figure(f"first line of words at {baud} baud", 1000 * came.first, "ms", 10_000 * first / baud, note)
        yield Figure(f"whole ticket at {baud} baud", 1000 * came.whole, "ms", 10_000 * len(data) / baud, note)


def _through_a_line(data: bytes, first: int, baud: int) -> Arrival:
    near, far = os.openpty()
    tty.setraw(far)
    link = link_to("bench", f"serial:{os.ttyname(far)}?baud={baud}&flow=none")
    link.open()
    began = time.perf_counter()
    sending = threading.Thread(target=link.send, args=(data,))
    sending.start()
    got, arrived = 0, Arrival(0, 0)
    while got < len(data):
        got += len(os.read(near, 32))
        time.sleep(max(0.0, began + got * 10 / baud - time.perf_counter()))
        arrived = Arrival(arrived.first or (time.perf_counter() - began) * (got >= first), time.perf_counter() - began)
    sending.join()
    link.close()
    os.close(near)
    os.close(far)
    return arrived


def _paper_times(setup: Setup, paper: Paper) -> Iterator[Figure]:
    """From the first byte to the last fence over TCP, beside the paper's own way through the head."""
    for model in ("generic-80", "epson-tm-t20iii"):
        profile = profile_of(setup, model)
        receipt = _receipt(setup, paper, profile)
        limit = millimetres(receipt.then(Cut()), profile) / profile.speed
        with tempfile.TemporaryDirectory() as folder:
            standin = StandinPrinter(Path(folder), profile).start()
            with closing(Printer(TcpLink("bench", f"tcp://127.0.0.1:{standin.port}"), profile)) as printer:
                asked = _median(printer.status, 50)
                began = time.perf_counter()
                printer.print(receipt, "ab12")
                whole = time.perf_counter() - began
            standin.stop()
        yield Figure(
            f"whole ticket over TCP, {model}", 1000 * whole, "ms", 1000 * limit, "beside mm / speed of the head"
        )
        yield Figure(f"asking how it is over TCP, {model}", 1000 * asked, "ms", 200.0, "beside the time it may take")


TIMED = """
import time
import {before}
began = time.perf_counter()
import {after}
print(time.perf_counter() - began)
"""


def _start_up() -> Iterator[Figure]:
    """What the printing modules add to a kiosk, beside the kiosk's own; Pillow comes with the first drawn line."""
    own = _import_seconds("sys", "lobbyline.kiosk.model")
    added = _import_seconds("lobbyline.kiosk.model", "lobbyline.kiosk.press")
    drawing = _import_seconds("lobbyline.kiosk.press", "lobbyline.drivers.printers.drawing")
    note = "beside the kiosk's own imports"
    yield Figure("importing what prints, after the first picture", 1000 * added, "ms", 1000 * own, note)
    yield Figure("importing what draws, in the press's thread", 1000 * drawing, "ms", 1000 * own, note)


def _import_seconds(before: str, after: str) -> float:
    code = TIMED.format(before=before, after=after)
    told = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True) for _ in range(STARTS)
    )
    return statistics.median(float(done.stdout) for done in told)


def _alarm(setup: Setup) -> Figure:
    """From each fault and its end to the book that kiosk, staff and doctor read, beside the second it may take."""
    with tempfile.TemporaryDirectory() as folder:
        branch = Path(folder) / "branch"
        shutil.copytree(SAMPLE, branch)
        standin = StandinPrinter(Path(folder) / "paper", profile_of(setup, "generic-80")).start()
        devices = f'[[printers]]\nname = "front"\nat = "tcp://127.0.0.1:{standin.port}"\nmodel = "generic-80"\n'
        (branch / "devices.toml").write_text(devices, encoding="utf-8")
        lobby = open_lobby(load(branch), Path(folder) / "data")
        running = press.Press(lobby, lambda: datetime.now(setup.branch.zone), "front").start()
        events = [event for fault in TOLD for event in (fault, None)]
        slowest = max(_told_after(standin, event, lambda: _state(lobby.devices.all())) for event in events)
        running.stop()
        lobby.close()
        standin.stop()
    return Figure(
        "a fault or its end, until it is in the book", 1000 * slowest, "ms", 1000.0, f"slowest of {len(events)}"
    )


def _state(devices: Sequence[object]) -> str:
    return next((str(getattr(device, "state", "")) for device in devices), "")


def _told_after(standin: StandinPrinter, fault: object, state: Callable[[], str]) -> float:
    wanted = "warn" if fault == "paper_low" else "fault" if fault else "ok"
    began = time.perf_counter()
    standin.fault = fault  # type: ignore[assignment]
    while state() != wanted:
        time.sleep(0.005)
    return time.perf_counter() - began
