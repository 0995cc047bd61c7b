"""`make pictures`: every page of the kiosk in every shape, language and look, and low, to be looked at."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from lobbyline.glass.face import greet
from lobbyline.glass.window import Window, make_application
from lobbyline.kiosk.closed import Closed
from lobbyline.kiosk.rooms import welcome
from lobbyline.kiosk.visit import Way
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.errors import ConfigError, Mistake
from lobbyline.lobby.lobby import open_lobby
from tests.conftest import copy_of_sample
from tests.kiosk.form_tour import every_form
from tests.kiosk.hand import Hand
from tests.kiosk.tour import every_page

Look = tuple[str, str, frozenset[Way]]  # theme, language, ways of use

SHAPES = {"tall": (1080, 1920), "wide": (1920, 1080), "small": (768, 1366)}
PLAIN: tuple[Look, ...] = tuple(
    (theme, language, frozenset()) for theme, language in (("light", "zh"), ("light", "en"), ("contrast", "zh"))
)
LOW: Look = ("light", "zh", frozenset({"low"}))
LARGE: Look = ("light", "zh", frozenset({"large"}))
LOOKS = {"tall": (*PLAIN, LOW, LARGE), "wide": (*PLAIN, LARGE), "small": PLAIN[:2]}


class Waiter:
    """Waits as pytest-qt does."""

    def waitUntil(self, callback: Callable[[], bool], *, timeout: int = 5000) -> None:  # noqa: N802  # as pytest-qt calls it
        deadline = time.monotonic() + timeout / 1000
        while not callback():
            if time.monotonic() > deadline:
                raise TimeoutError("what the tour waits for did not come")
            self.app.processEvents()
            time.sleep(0.002)

    def __init__(self) -> None:
        self.app = make_application("pictures")


@contextmanager
def kiosk(folder: Path, shape: str, theme: str) -> Iterator[Hand]:
    """A kiosk of the sample branch with a panel of this shape, on a Monday morning with people in the hall."""
    branch = copy_of_sample(folder / "branch")
    file = branch / "branch.toml"
    width, height = SHAPES[shape]
    text = file.read_text("utf-8").replace("width = 1080\nheight = 1920", f"width = {width}\nheight = {height}")
    file.write_text(text.replace("warning_seconds = 10\n", f'warning_seconds = 10\ntheme = "{theme}"\n'), "utf-8")
    lobby = open_lobby(load(branch), folder / "data")
    at = datetime(2026, 11, 23, 10, 12, tzinfo=lobby.branch.zone)
    for minute, service in enumerate(("W1", "D1", "O1", "M1", "B1", "W1", "L1", "P1")):
        lobby.reception.take(service, at - timedelta(minutes=9 - minute))
    hand = Hand(Waiter(), lobby, at)
    yield hand
    hand.away()
    lobby.close()


def greeting(hand: Hand, file: Path) -> None:
    """What stands while the next start opens the lobby."""
    told = welcome(hand.lobby)
    window = Window(told.width, told.height)
    greet(window, told)
    window.appear()
    window.grabWindow().save(str(file))
    window.dispose()


def closed(file: Path, shape: str) -> None:
    """What stands while an item of the minimum is missing."""
    window = Window(*SHAPES[shape])
    asked = 'the minimum standard asks for "yue" among the languages of [voice], and the branch has it not'
    face = Closed(window, ConfigError([Mistake(Path("branch.toml"), 42, asked)]), lambda: None)
    window.appear()
    window.grabWindow().save(str(file))
    face.close()


def main() -> None:
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "var/pictures")
    wanted = set(sys.argv[2:])
    make_application("pictures")
    for shape in SHAPES:
        out.mkdir(parents=True, exist_ok=True)
        if not wanted or "closed" in wanted:
            closed(out / f"closed-{shape}.png", shape)
        for theme, language, way in LOOKS[shape]:
            with TemporaryDirectory() as folder, kiosk(Path(folder), shape, theme) as hand:
                hand.ways = way
                for name in chain(every_page(hand, language), every_form(hand, language)):
                    if not wanted or name in wanted:
                        hand.panel.picture(out / f"{'-'.join((name, shape, language, theme, *way))}.png")
                if not wanted or "welcome" in wanted:
                    greeting(hand, out / f"welcome-{shape}-{language}-{theme}.png")
    sys.stdout.write(f"Pictures are in {out}/\n")


if __name__ == "__main__":
    main()
