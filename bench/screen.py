"""The hall screen off-screen: how soon a new call is seen, what it costs to stand still, and whether it grows."""

from __future__ import annotations

import ctypes
import gc
import os
import subprocess
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench import Figure

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from lobbyline import ASSETS
from lobbyline.display.leaflets.leaflet import Leaflet
from lobbyline.display.leaflets.transcoder import Transcoder, height_for, length
from lobbyline.display.wall.screen import Projector, project
from lobbyline.glass.window import Window, make_application
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.hall.view import Call
from lobbyline.lobby.lobby import Lobby, open_lobby

SAMPLE = ASSETS / "branches" / "jingqi-street"
CALLS = 15  # through the store, each to its frame
IDLE_SECONDS = 8.0
FILM_SECONDS = 8.0
CALLS_SHOWN = 6000  # a month of a branch
SAMPLE_CALLS = 50
SETTLING = 1500  # calls until caches of letters and pictures are full
DEADLINE = 5.0


class Still(Clock):
    """A Tuesday morning that goes on when told."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 24, 10, 0, tzinfo=load(SAMPLE).branch.zone)

    def __call__(self) -> datetime:
        return self.at


class Wall:
    """A screen and a teller on one machine, with a store of their own."""

    def __init__(self, folder: Path) -> None:
        self.app: QGuiApplication = make_application("bench")
        setup = load(SAMPLE)
        self.clock = Still()
        self.teller: Lobby = open_lobby(setup, folder)
        self.lobby: Lobby = open_lobby(setup, folder)
        self.screen: Projector = project(Window(1920, 1080), self.lobby, self.clock)
        self.drawn, self.loop = 0, QEventLoop()
        self.deadline = QTimer(singleShot=True)  # one for all waits: a new one for each would count as growth
        self.deadline.timeout.connect(self.loop.quit)
        self.looks = cycle((setup.themes["night"], setup.themes["light"]))
        self.awaited: Callable[[], bool] = lambda: False
        self.screen.window.frameSwapped.connect(self.frame, Qt.ConnectionType.DirectConnection)
        self.screen.window.appear()
        self.teller.desk(1).open(self.clock(), teller="bench")
        self.spin(1.0)

    def frame(self) -> None:
        self.drawn += 1
        if self.awaited():
            self.loop.quit()

    def spin(self, seconds: float) -> None:
        self.until(lambda: False, seconds)

    def until(self, true: Callable[[], bool], seconds: float = DEADLINE) -> None:
        """Let the program run in a real loop (outside of one, Qt deletes nothing) until a frame makes it true."""
        self.awaited = true
        self.deadline.start(round(seconds * 1000))
        self.loop.exec()
        self.deadline.stop()
        self.awaited = lambda: False

    def call_to_frame(self) -> float:
        """Milliseconds from the end of the teller's commit to the first frame that shows the number."""
        self.clock.at += timedelta(seconds=40)
        self.teller.reception.take("W1", self.clock())
        self.spin(0.1)
        number = self.teller.desk(1).next(self.clock()).ticket
        begun = time.perf_counter()
        self.until(lambda: number is not None and self.shown() == number.number)
        return (time.perf_counter() - begun) * 1000

    def shown(self) -> str:
        return str(self.screen.model.now.hero.get("number", "")).replace("\u2009", "")

    def redraw(self) -> float:
        """Milliseconds in which every pixel is drawn anew and nothing is decided: the floor under a call."""
        begun, frames = time.perf_counter(), self.drawn
        self.screen.window.theme.change(next(self.looks))
        self.screen.window.update()
        self.until(lambda: self.drawn > frames)
        return (time.perf_counter() - begun) * 1000

    def show_call(self, id: int) -> None:
        """A call without a store: only what the screen itself does with it."""
        view = self.screen.view
        if view is None:
            return
        call = Call(id=id, number=f"A{id % 999 + 1:03}", counter=id % 8 + 1, at=self.clock(), again=False)
        self.screen.view = type(view)([call, *view.calls[:6]], view.queues, view.counters, [call.number])
        frames = self.drawn
        self.screen.show()
        self.until(lambda: self.drawn > frames)

    def close(self) -> None:
        self.screen.end()
        self.screen.window.dispose()
        self.lobby.close()
        self.teller.close()


def resident() -> float:
    """Megabytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


class Heap(ctypes.Structure):
    """What mallinfo2(3) tells of the C library's heap, in the order of malloc.h."""

    _fields_ = [
        (name, ctypes.c_size_t)
        for name in (
            "arena",
            "ordblks",
            "smblks",
            "hblks",
            "hblkhd",
            "usmblks",
            "fsmblks",
            "uordblks",
            "fordblks",
            "keep",
        )
    ]


def held() -> float:
    """Megabytes that Qt and Python have asked for and not given back, wherever they lie."""
    mallinfo = ctypes.CDLL(None).mallinfo2
    mallinfo.restype = Heap
    heap: Heap = mallinfo()
    return float(heap.uordblks + heap.hblkhd) / 1e6


def figures() -> list[Figure]:
    with TemporaryDirectory() as folder:
        wall = Wall(Path(folder))
        try:
            return [latency(wall), idle(wall), *playing(wall, Path(folder)), *growth(wall)]
        finally:
            wall.close()


def latency(wall: Wall) -> Figure:
    floor = median(wall.redraw() for _ in range(9))
    times = [wall.call_to_frame() for _ in range(CALLS)]
    note = f"worst {max(times):.0f} ms; beside: one full redraw; the limit is 100 ms"
    return Figure("screen: commit to first frame of a new call", median(times), "ms", floor, note)


def idle(wall: Wall) -> Figure:
    wall.clock.at += timedelta(seconds=60)
    wall.spin(2.0)
    begun, cpu = time.monotonic(), time.process_time()
    wall.spin(IDLE_SECONDS)
    share = (time.process_time() - cpu) / (time.monotonic() - begun) * 100
    return Figure("screen: processor while nothing happens", share, "%", None, "of one core, with clock and leaflets")


def playing(wall: Wall, folder: Path) -> list[Figure]:
    """What a film costs, made of a video as the transcoder makes all of them, and whether a call waits for it."""
    film = made(folder)
    kept, wall.screen.leaflets.folder = wall.screen.leaflets.folder, film.parent  # its next look must not take it away
    wall.screen.playlist.fill([Leaflet(film, "film", (), length(film))])
    wall.spin(2.0)
    begun, cpu = time.monotonic(), time.process_time()
    wall.spin(FILM_SECONDS)
    share = (time.process_time() - cpu) / (time.monotonic() - begun) * 100
    times = [wall.call_to_frame() for _ in range(CALLS)]
    note = f"worst {max(times):.0f} ms"
    wall.screen.leaflets.folder = kept
    wall.screen.browse()
    wall.spin(1.0)
    return [
        Figure("screen: processor while a film plays", share, "%", None, "of one core"),
        Figure("screen: commit to first frame while a film plays", median(times), "ms", None, note),
    ]


def made(folder: Path) -> Path:
    """A film of a video of many colours that all move."""
    video, source = folder / "film.mp4", f"testsrc2=size=1920x1080:rate=25:duration={FILM_SECONDS:.0f}"
    subprocess.run(["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", source, "-c:v", "mpeg4", video], check=True)
    os.utime(video, (0, 0))  # nobody copies it any more
    transcoder = Transcoder(folder / "made", height_for(load(SAMPLE).branch.screen))
    while (film := transcoder.film(video)) is None:
        time.sleep(0.05)
    return film


def growth(wall: Wall) -> list[Figure]:
    """Pictures come and go, so memory is a saw: the middle of its last third against the middle of its first.

    What the program holds tells of a leak; what is resident tells beside it of holes in the heap.
    """
    wall.screen.bell.stop()
    saw = [after_calls(wall, start) for start in range(0, SETTLING + CALLS_SHOWN, SAMPLE_CALLS)]
    held, seen, objects = zip(*saw[SETTLING // SAMPLE_CALLS :], strict=True)
    names = ("held by the program", "resident")
    figures = [grown(name, values) for name, values in zip(names, (held, seen), strict=True)]
    return [*figures, Figure("screen: objects of Python more than before", rise(objects), "", None, "")]


def grown(name: str, values: Sequence[float]) -> Figure:
    a_call = rise(values) * 1e6 / (CALLS_SHOWN * 2 / 3)
    note = f"from {values[0]:.1f} MB, highest {max(values):.1f} MB; {a_call:.0f} bytes a call"
    return Figure(f"screen: memory {name}, grown after {CALLS_SHOWN} calls", rise(values), "MB", None, note)


def rise(values: Sequence[float]) -> float:
    third = len(values) // 3
    return median(values[-third:]) - median(values[:third])


def after_calls(wall: Wall, start: int) -> tuple[float, float, float]:
    """Megabytes held and resident, and Python's objects, after some more calls."""
    for id in range(SAMPLE_CALLS):
        wall.clock.at += timedelta(seconds=30)
        wall.show_call(2_000_000 + start + id)
    gc.collect()
    return held(), resident(), len(gc.get_objects())
