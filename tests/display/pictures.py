"""`python -m tests.display.pictures FOLDER` leaves the hall screen in every state, shape and look, to be looked at."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PIL import Image, ImageDraw
from PySide6.QtCore import QEventLoop, QTimer

from lobbyline import ASSETS
from lobbyline.display.leaflets.leaflet import Leaflet
from lobbyline.display.wall.screen import Projector, project
from lobbyline.glass.window import Window, make_application
from lobbyline.lobby.branch import Text
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.hall.view import Call, CounterView, HallView, QueueView
from lobbyline.lobby.lobby import open_lobby
from lobbyline.lobby.rule.forecast import Wait
from tests.display.hall import TEN, Still

SAMPLE = ASSETS / "branches" / "jingqi-street"
SHAPES = {"wide": (1920, 1080), "tall": (1080, 1920)}
LONG = Text({"zh": "个人贷款与信用卡综合业务", "en": "Personal loans and all credit card business"})


PASSBOOK = Text(
    {"zh": "存折补登请到自助机办理，不用取号排队", "en": "Passbook updates: use the machine, no number needed"}
)
PHONE = Text({"zh": "手机银行也能预约取号", "en": "Book your number on the phone"})


@dataclass(frozen=True)
class State:
    """What the hall is like in one picture."""

    calls: int = 0
    fresh: int = 1
    counters: tuple[str, ...] = ("open", "open", "open", "closed", "open", "open")
    soon: tuple[str, ...] = ("A019", "B007", "C003")
    long: bool = False
    leaflet: str = ""
    trouble: bool = False
    at: datetime = TEN
    look: str = "light"
    busy: bool = True
    seconds: float = 0.4  # until the picture is taken: a new call flashes
    numbers: tuple[str, ...] = field(default=("A012", "L003", "B006", "A011", "C002", "V001", "A010"))


STATES = {
    "nobody": State(soon=(), busy=False),
    "nobody-leaflet": State(soon=(), busy=False, leaflet="picture"),
    "one-call": State(calls=1),
    "flash": State(calls=1, seconds=0.65),
    "one-call-night": State(calls=1, look="night", at=TEN.replace(hour=19)),
    "six-calls": State(calls=7, fresh=2),
    "six-calls-night": State(calls=7, fresh=0, look="night"),
    "six-calls-contrast": State(calls=7, fresh=2, look="contrast"),
    "picture": State(calls=7, fresh=0, leaflet="picture"),
    "drawing": State(calls=7, leaflet="drawing"),
    "text": State(calls=3, leaflet="text"),
    "twelve": State(calls=7, counters=("open",) * 7 + ("paused",) * 2 + ("closed",) * 3),
    "thirty": State(calls=7, fresh=3, counters=("open", "paused", "closed") * 10, leaflet="drawing"),
    "paused": State(calls=4, counters=("paused", "open", "paused", "closed", "closed", "paused")),
    "long": State(calls=7, long=True, fresh=0, numbers=("A0123", "L0003", "B0106", "A0111", "C0102", "V0001", "A0110")),
    "trouble": State(calls=4, trouble=True),
    "closed": State(at=TEN.replace(hour=20), look="night", soon=()),
}


def main(folder: Path) -> None:
    make_application("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    wanted = set(sys.argv[2:])
    for shape, size in SHAPES.items():
        for languages in (("zh", "en"), ("en", "zh"), ("en",)):
            with TemporaryDirectory() as data, hung(size, languages, Path(data)) as projector:
                for name, state in STATES.items():
                    if not wanted or name in wanted:
                        set_up(projector, state, Path(data))
                        projector.window.grabWindow().save(str(folder / f"{name}-{shape}-{'-'.join(languages)}.png"))


@contextmanager
def hung(size: tuple[int, int], languages: tuple[str, ...], data: Path) -> Iterator[Projector]:
    setup = load(SAMPLE)
    screen = setup.branch.screen.model_copy(update=dict(zip(("width", "height"), size, strict=True)))
    branch = setup.branch.model_copy(update={"screen": screen, "languages": list(languages)})
    lobby = open_lobby(replace(setup, branch=branch), data)
    projector = project(Window(*size), lobby, Still())
    projector.window.appear()
    wait(0.3)
    projector.timer.stop()
    projector.bell.stop()
    yield projector
    projector.end()
    projector.window.dispose()
    lobby.close()


def set_up(projector: Projector, state: State, folder: Path) -> None:
    branch = projector.lobby.branch
    screen = branch.screen.model_copy(update={"look": state.look})
    projector.lobby.branch = branch.model_copy(update={"screen": screen})
    projector.clock.at = state.at  # type: ignore[attr-defined]  # a clock of ours
    former = projector.view.calls[:1] if projector.view else []
    projector.view = view(projector, state, newest=100 + sum(call.id for call in former))
    projector.complaint = "no memory" if state.trouble else ""
    projector.playlist.leaflets = leaflet(state.leaflet, folder, branch.languages)
    projector.playlist.place, projector.playlist.since = 0, None
    projector.show()
    wait(state.seconds)


def view(projector: Projector, state: State, newest: int) -> HallView:
    branch = projector.lobby.branch
    ages = [timedelta(seconds=4 if n < state.fresh else 34) for n in range(state.calls)]
    calls = [
        Call(newest - n, state.numbers[n], (3, 1, 5, 2, 12, 6, 1)[n], state.at - age, again=False)
        for n, age in enumerate(ages)
    ]  # fmt: skip
    waits = (Wait(5, 10), Wait(20, 35), Wait(0, 5), Wait(40, 60), Wait(0, 5), Wait(0, 5))
    queues = [
        QueueView(letter, LONG if state.long else queue.name, (12, 4, 0, 127, 1, 2)[n % 6] if state.busy else 0,
                  waits[n % 6] if state.busy else Wait(0, 5))
        for n, (letter, queue) in enumerate(branch.queues.items())
    ]  # fmt: skip
    counters = [CounterView(n, LONG, kind, "", "") for n, kind in enumerate(state.counters, 1)]
    return HallView(calls, queues, counters, list(state.soon))


def leaflet(kind: str, folder: Path, languages: list[str]) -> list[Leaflet]:
    if kind == "text":
        return [Leaflet(folder / "a.txt", "text", tuple(PASSBOOK.say(language) for language in languages))]
    if kind == "drawing":
        path = SAMPLE / "notices" / "1-strangers.svg"
        words = dict(zip(("zh", "en"), path.with_suffix(".txt").read_text("utf-8").split("\n"), strict=False))
        return [Leaflet(path, "picture", tuple(words[language] for language in languages))]
    if kind == "picture":
        image = Image.linear_gradient("L").resize((1280, 720)).convert("RGB")
        ImageDraw.Draw(image).ellipse((440, 160, 840, 560), fill=(11, 92, 173))
        image.save(folder / "a.png")
        return [Leaflet(folder / "a.png", "picture", tuple(PHONE.say(language) for language in languages))]
    return []


def wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
