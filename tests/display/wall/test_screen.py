"""The hall screen with a real store: what customers see, and when."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QObject
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication
from pysqlite3 import dbapi2 as sqlite3
from pytestqt.qtbot import QtBot

from lobbyline.display.wall.screen import project
from lobbyline.display.wall.words import Words
from lobbyline.glass.finger import Finger
from lobbyline.glass.font import FAMILY, missing_glyphs
from lobbyline.glass.panel import Panel
from lobbyline.glass.window import Window, make_application
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import Lobby
from tests.contrast import contrast
from tests.display.footage import video
from tests.display.hall import TEN, Still, branch_folder, call_next, call_one, later, open_hall, take
from tests.patience import PATIENCE

PORTRAIT = ("width = 1080", "height = 1920")


class Wall:
    """The screen on a wall, its clock, and the tellers' own door to the same lobby."""

    def __init__(
        self, folder: Path, size: tuple[str, ...] = (), notices: dict[str, tuple[int, int] | None] | None = None
    ) -> None:
        self.notices = folder / "branch" / "notices"
        self.notices.mkdir(parents=True)
        for name, pixels in (notices or {}).items():
            if pixels:
                Image.new("RGB", pixels).save(self.notices / name)
            else:
                (self.notices / name).write_bytes(b"")
        self.tellers = open_hall(folder)
        self.lobby = open_hall(folder)
        self.clock = Still()
        if size:
            screen = self.lobby.branch.screen.model_copy(update={"width": 1080, "height": 1920})
            self.lobby.branch = self.lobby.branch.model_copy(update={"screen": screen})
        self.projector = project(Window(1920, 1080), self.lobby, self.clock)
        self.projector.window.appear()
        self.panel = Panel(self.projector.window)

    def find(self, name: str) -> QObject:
        found = self.projector.window.rootObject().findChild(QObject, name)
        assert found is not None
        return found

    def number(self) -> str:
        return str(self.find("called-number").property("value"))

    def counter(self) -> str:
        return str(self.find("called-counter").property("value"))

    def take_down(self) -> None:
        self.projector.end()
        self.projector.window.dispose()
        self.lobby.close()
        self.tellers.close()


@pytest.fixture
def hang(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[..., Wall]]:
    """Puts screens on the wall and takes them down again."""
    make_application("test")
    walls: list[Wall] = []

    def make(*size: str, notices: dict[str, tuple[int, int] | None] | None = None) -> Wall:
        walls.append(Wall(tmp_path / str(len(walls)), size, notices))
        return walls[-1]

    yield make
    for wall in walls:
        wall.take_down()


@pytest.fixture
def wall(hang: Callable[..., Wall]) -> Wall:
    return hang()


def test_an_empty_hall_is_welcomed(wall: Wall) -> None:
    """Nobody was called yet: a greeting and what to do, not an empty frame."""
    assert wall.panel.page() == "welcome"
    assert {"greeting", "queues", "queue-A", "strip"} <= set(wall.panel.items())


def test_a_call_of_another_program_appears_by_itself(wall: Wall, qtbot: QtBot) -> None:
    """A teller's program commits; the bell rings; the number stands on the wall with its counter."""
    call_one(wall.tellers, 3, TEN)
    qtbot.waitUntil(lambda: wall.panel.page() == "calls")
    assert (wall.number(), wall.counter()) == ("A\u2009001", "3")
    assert wall.find("hero").property("fresh") is True


def test_a_recall_is_a_call_again(wall: Wall, qtbot: QtBot) -> None:
    """Called again after others: the number is back in front, in its colour, and only once in the list."""
    call_one(wall.tellers, 1, TEN)
    call_one(wall.tellers, 2, later(10))
    wall.tellers.desk(1).recall(later(40))
    wall.clock.at = later(41)
    qtbot.waitUntil(lambda: wall.panel.page() == "calls" and wall.number() == "A\u2009001")
    assert wall.find("hero").property("fresh") is True
    assert [row["number"] for row in wall.projector.model.now.earlier] == ["A\u2009002"]


def test_seven_calls_are_one_and_six(wall: Wall, qtbot: QtBot) -> None:
    """The eighth call pushes the first one off the wall; newest stand on top."""
    for place in range(8):
        call_one(wall.tellers, 1, later(place))
        wall.tellers.desk(1).greet(later(place))
    qtbot.waitUntil(lambda: wall.panel.page() == "calls" and wall.number() == "A\u2009008")
    assert [f"earlier-{place}" in wall.panel.items() for place in range(7)] == [True] * 6 + [False]
    assert [row["number"][-1] for row in wall.projector.model.now.earlier] == list("765432")


def test_the_colour_of_a_call_fades_with_time_alone(wall: Wall, qtbot: QtBot) -> None:
    """No commit is needed for a call to grow old."""
    call_one(wall.tellers, 3, TEN)
    qtbot.waitUntil(lambda: wall.find("hero").property("fresh") is True)
    wall.clock.at = later(21)
    wall.projector.tick()
    assert wall.find("hero").property("fresh") is False
    assert wall.number() == "A\u2009001"


def test_time_alone_renews_the_forecasts(wall: Wall, qtbot: QtBot) -> None:
    """Somebody who has been served for long is nearly done: the range shrinks though nothing was committed."""
    for counter in (1, 2, 3, 4, 5, 6, 12):
        take(wall.tellers, "O1", TEN)
        call_next(wall.tellers, counter, TEN)
    wall.clock.at = later(1)
    wall.projector.look()
    before = wall.projector.model.now.queues
    wall.clock.at = later(14 * 60)
    for _ in range(15):
        wall.projector.tick()
    assert wall.projector.model.now.queues != before


def test_a_new_call_flashes_and_stays_readable(wall: Wall, qtbot: QtBot) -> None:
    """For those who do not hear: for some seconds number and ground change places, with the edge of the wall."""
    call_one(wall.tellers, 3, TEN)
    qtbot.waitUntil(lambda: "edge" in wall.panel.items())
    assert wall.find("hero").property("inverse") is True
    qtbot.waitUntil(lambda: "edge" not in wall.panel.items())
    assert wall.find("hero").property("fresh") is True
    wall.clock.at = later(21)
    wall.projector.tick()
    assert wall.find("hero").property("inverse") is False


def test_a_call_that_was_pushed_down_goes_on_flashing(wall: Wall, qtbot: QtBot) -> None:
    """Two counters call in the same second: both customers see theirs flash, for as long as it is new."""
    call_one(wall.tellers, 3, TEN)
    call_one(wall.tellers, 4, TEN)
    qtbot.waitUntil(lambda: {"edge", "earlier-0"} <= set(wall.panel.items()))
    colours = wall.projector.window.theme.tables["colour"]
    assert ground(wall, "earlier-0") == colours["called_ink"].lower()
    qtbot.waitUntil(lambda: "edge" not in wall.panel.items())
    assert ground(wall, "earlier-0") == colours["called"].lower()
    wall.clock.at = later(5)
    wall.projector.tick()
    qtbot.waitUntil(lambda: "edge" in wall.panel.items())
    assert ground(wall, "earlier-0") == colours["called"].lower()


def ground(wall: Wall, row: str) -> str:
    """The colour on which a row of the list stands."""
    x, y, _, high = wall.panel.box(row)
    return wall.projector.window.grabWindow().pixelColor(round(x) - 8, round(y + high / 2)).name()


@pytest.mark.parametrize("size", [(), PORTRAIT])
def test_a_leaflet_has_a_place_of_its_own(hang: Callable[..., Wall], qtbot: QtBot, size: tuple[str, ...]) -> None:
    """The newest call is never covered; the list comes beside the leaflet when there is one; trouble is told."""
    wall = hang(*size, notices={"1.png": (120, 80)})
    call_one(wall.tellers, 3, TEN)
    qtbot.waitUntil(lambda: {"hero", "picture"} <= set(wall.panel.items()))
    assert "earlier" not in wall.panel.items()
    call_one(wall.tellers, 4, TEN)
    qtbot.waitUntil(lambda: {"hero", "picture", "earlier-0"} <= set(wall.panel.items()))
    boxes = [wall.panel.box(name) for name in ("hero", "leaflet", "earlier", "queues", "soon", "counters", "strip")]
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    qtbot.waitUntil(lambda: float(wall.find("picture").property("paintedWidth")) > 0)


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    across = one[0] < other[0] + other[2] and other[0] < one[0] + one[2]
    return across and one[1] < other[1] + other[3] and other[1] < one[1] + one[3]


def test_a_video_plays_on_the_wall(hang: Callable[..., Wall], qtbot: QtBot) -> None:
    """Dropped into the folder as it is: while it is made the picture beside it is shown, then it moves in its turn."""
    wall = hang(notices={"2.png": (120, 80)})
    video(wall.notices / "1.mp4")

    def looks() -> bool:
        wall.projector.browse()
        return len(wall.projector.playlist.leaflets) == 2

    qtbot.waitUntil(lambda: "picture" in wall.panel.items())
    qtbot.waitUntil(looks, timeout=60_000)
    wall.clock.at = later(20)
    wall.projector.tick()
    film = wall.find("film")
    qtbot.waitUntil(lambda: "film" in wall.panel.items() and film.property("currentFrame") > 1)
    assert float(film.property("paintedHeight")) > 0


@pytest.mark.warns("notices/1.png is passed over")
def test_a_spoilt_leaflet_is_told_and_the_wall_goes_on(hang: Callable[..., Wall], qtbot: QtBot) -> None:
    """One sentence in `lobbyline doctor`; it goes when the file is mended."""
    wall = hang(notices={"1.png": None})
    qtbot.waitUntil(lambda: bool(wall.lobby.devices.all()))
    (device,) = wall.lobby.devices.all()
    assert (device.name, device.state) == ("notices", "warn")
    assert device.sentence.startswith("notices/1.png is passed over: ")
    qtbot.waitUntil(lambda: not wall.projector.background.busy)
    Image.new("RGB", (90, 60)).save(wall.notices / "1.png")
    wall.projector.browse()
    qtbot.waitUntil(lambda: wall.lobby.devices.all()[0].state == "ok")
    qtbot.waitUntil(lambda: "picture" in wall.panel.items())


@contextmanager
def damaged(lobby: Lobby) -> Iterator[None]:
    """The file on the disk is rubbish for a while, as after a bad sector."""
    disk = sqlite3.connect(lobby.data / "lobby.sqlite")
    disk.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    disk.close()
    whole = (lobby.data / "lobby.sqlite").read_bytes()
    (lobby.data / "lobby.sqlite").write_bytes(b"\x55" * len(whole))
    try:
        yield
    finally:
        (lobby.data / "lobby.sqlite").write_bytes(whole)


@pytest.mark.warns(".")
def test_a_failing_store_keeps_the_last_truth(wall: Wall, qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    """Calls stay, forecasts go, customers are asked to listen; one warning, and it heals by itself."""
    call_one(wall.tellers, 3, TEN)
    qtbot.waitUntil(lambda: wall.panel.page() == "calls")
    with damaged(wall.tellers):
        wall.projector.look()
        wall.projector.tick()
        assert {"trouble", "hero"} <= set(wall.panel.items())
        assert wall.number() == "A\u2009001"
        assert "queues" not in wall.panel.items()
    call_one(wall.tellers, 4, TEN)
    qtbot.waitUntil(lambda: wall.number() == "A\u2009002")
    assert "trouble" not in wall.panel.items()
    assert len(caplog.records) == 1


def test_a_closed_branch_shows_no_numbers(wall: Wall) -> None:
    """After hours the wall says when the doors open."""
    wall.clock.at = TEN.replace(hour=20)
    wall.projector.tick()
    assert wall.panel.page() == "closed"
    assert wall.projector.window.color().name().upper() == wall.lobby.setup.themes["night"]["colour"]["paper"]
    assert "hero" not in wall.panel.items()


@pytest.mark.parametrize("size", [(), PORTRAIT])
def test_nothing_hangs_over_the_edge(hang: Callable[..., Wall], size: tuple[str, ...]) -> None:
    """Landscape and portrait: every part is whole on the panel, whatever is shown and wherever it drifts."""
    wall = hang(*size)
    for counter in (1, 2, 3, 12):
        call_one(wall.tellers, counter, TEN)
    wall.tellers.desk(2).pause(TEN)
    for _ in range(4):
        take(wall.tellers, "B1", TEN)
    wall.projector.look()
    assert wall.panel.page() == "calls"
    width, height = wall.projector.window.width(), wall.projector.window.height()
    for name in wall.panel.items():
        x, y, wide, high = wall.panel.box(name)
        assert x >= 0
        assert y >= 0
        assert x + wide <= width
        assert y + high <= height


def test_everything_drifts_against_burning_in(wall: Wall) -> None:
    """Nothing bright stands on the same pixels all day: every part moves, and all by the same way."""
    call_one(wall.tellers, 1, TEN)
    places = []
    for minutes in (0, 200):
        wall.clock.at = later(60 * minutes)
        wall.projector.look()
        boxes = [wall.panel.box(name) for name in ("hero", "header", "counters")]
        strip = wall.find("strip")
        places.append([*boxes, (strip.property("shift"), strip.property("y"))])
    ways = {(after[0] - before[0], after[1] - before[1]) for before, after in zip(*places, strict=True)}
    assert len(ways) == 1
    assert 0 not in ways.pop()


@pytest.mark.parametrize("size", [(), PORTRAIT])
def test_a_long_name_leaves_the_figures_alone(hang: Callable[..., Wall], size: tuple[str, ...]) -> None:
    """However a line is called, how many wait in it stands free beside it, in one language and in two."""
    wall = hang(*size)
    queues = wall.projector.model.now.queues
    long = "Personal loans, mortgages and all credit card business"
    for second in ("个人贷款、房贷和信用卡综合业务办理", ""):
        rows = [{**row, "name": {"first": long, "second": second}} for row in queues]
        wall.projector.model.show(replace(wall.projector.model.now, queues=rows))
        x, y, wide, high = wall.panel.box("name")
        picture = wall.projector.window.grabWindow()
        beside = [picture.pixelColor(round(x + wide) + 2, row) for row in range(round(y), round(y + high))]
        assert {colour.name() for colour in beside} == {wall.projector.window.theme.tables["colour"]["card"].lower()}


@pytest.mark.parametrize("size", [(), PORTRAIT])
@pytest.mark.parametrize("second", ["个人贷款与信用卡综合业务", ""])
def test_a_long_name_is_read_to_its_end(hang: Callable[..., Wall], size: tuple[str, ...], second: str) -> None:
    """It becomes smaller, then takes the room of the other language; it is not cut."""
    wall = hang(*size)
    name = {"first": "Personal loans and all credit card business", "second": second}
    rows = [{**row, "name": name} for row in wall.projector.model.now.queues]
    wall.projector.model.show(replace(wall.projector.model.now, queues=rows))
    assert name["first"] in wall.panel.texts()
    assert wall.panel.cut() == []


@pytest.mark.parametrize("size", [(), PORTRAIT])
def test_many_counters_stay_readable(hang: Callable[..., Wall], size: tuple[str, ...]) -> None:
    """Ten open and ten paused ones are at least half as high as few of them, and none hangs over the card."""
    wall = hang(*size)
    now = wall.projector.model.now
    wall.projector.model.show(replace(now, serving="1  2", paused="", shut=""))
    few = wall.panel.box("serving")[3]
    odd, even = ("  ".join(map(str, range(first, 21, 2))) for first in (1, 2))
    wall.projector.model.show(replace(now, serving=odd, paused=even, shut=""))
    x, y, wide, high = wall.panel.box("counters")
    for name in ("serving", "paused"):
        left, top, across, down = wall.panel.box(name)
        assert down > 0.5 * few
        assert x <= left
        assert left + across <= x + wide
        assert y <= top
        assert top + down <= y + high


@pytest.mark.parametrize("size", [(1280, 1024), (1024, 768), (1280, 720), (3840, 2160)])
def test_nothing_is_cut_on_any_panel(wall: Wall, qtbot: QtBot, size: tuple[int, int]) -> None:
    """Nearly square, small or large: everything is whole, with the longer words in front."""
    call_one(wall.tellers, 1, TEN)
    branch = wall.lobby.branch.model_copy(update={"languages": ["en", "zh"]})
    wall.projector.words = Words(replace(wall.lobby.setup, branch=branch))
    wall.projector.model.speak(wall.projector.words, branch)
    wall.projector.look()
    wall.projector.window.resize(*size)
    qtbot.waitUntil(lambda: wall.projector.window.rootObject().property("width") == size[0])
    assert wall.panel.cut() == []


@pytest.mark.parametrize("size", [(), PORTRAIT])
def test_where_and_when_are_never_cut(hang: Callable[..., Wall], qtbot: QtBot, size: tuple[str, ...]) -> None:
    """The longest words of both languages: a counter stays within the list, a day and an hour within their line."""
    wall = hang(*size, notices={"1.png": (120, 80)})
    call_one(wall.tellers, 3, TEN)
    call_one(wall.tellers, 12, TEN)
    qtbot.waitUntil(lambda: {"picture", "earlier-0"} <= set(wall.panel.items()))
    now = wall.projector.model.now
    rows = [{**row, "place": {"first": "Counter 12", "second": "12号窗口"}} for row in now.earlier]
    wall.projector.model.show(replace(now, earlier=rows))
    x, y, wide, high = wall.panel.box("earlier")
    picture = wall.projector.window.grabWindow()
    edge = [picture.pixelColor(round(x + wide) - 8, row) for row in range(round(y) + 20, round(y + high) - 20)]
    assert {colour.name() for colour in edge} == {wall.projector.window.theme.tables["colour"]["card"].lower()}
    day = {"first": "We open on Wednesday 25 Nov at 09:00", "second": ""}
    wall.projector.model.show(replace(now, state="closed", opens=day))
    assert wall.panel.page() == "closed"
    assert wall.panel.cut() == []


def cap_height(wall: Wall, value: str) -> float:
    """Pixels from the foot to the top of a capital of the called number."""
    item = wall.find("called-number")
    item.setProperty("value", value)
    font = QFont(FAMILY)
    font.setPixelSize(int(item.property("fitting")))
    font.setBold(True)
    return QFontMetricsF(font).capHeight()


def test_the_called_number_is_a_sixth_of_the_wall(wall: Wall) -> None:
    """Readable at ten metres, with three digits and with four."""
    call_one(wall.lobby, 12, TEN)
    wall.projector.look()
    for value in ("A\u2009012", "B\u20090123"):
        assert cap_height(wall, value) >= 1080 / 6


def test_portrait_makes_the_number_as_wide_as_the_wall(hang: Callable[..., Wall]) -> None:
    """Its width limits it there; it is larger than on the same panel lying on its side."""
    wall = hang(*PORTRAIT)
    call_one(wall.lobby, 12, TEN)
    wall.projector.look()
    assert cap_height(wall, "A\u2009012") > 1080 / 4


def test_the_called_colour_can_be_read(wall: Wall) -> None:
    """Number on called colour, in every theme and in both halves of a flash: at least 7 to 1."""
    for theme in ("light", "night", "contrast"):
        colour = wall.lobby.setup.themes[theme]["colour"]
        assert contrast(colour["called_ink"], colour["called"]) >= 7  # both ways round: it flashes by changing places


def test_every_word_has_a_glyph(qapp: QGuiApplication, tmp_path: Path) -> None:
    """No boxes on the wall, in either language."""
    setup = load(branch_folder(tmp_path))
    words = {word for language in ("zh", "en") for word in setup.words[language]["screen"].values()}
    assert missing_glyphs({*words, "→", "A\u20090123456789:"}) == set()


def test_both_languages_have_the_same_words(tmp_path: Path) -> None:
    """A word that one language lacks would end the program at its first use."""
    setup = load(branch_folder(tmp_path))
    assert set(setup.words["zh"]["screen"]) == set(setup.words["en"]["screen"])


PROGRAM = """
import sys
from pathlib import Path
from lobbyline.display import program
from tests.display.hall import Still, open_hall
folder = Path(sys.argv[1])
raise SystemExit(program.run(lambda: (open_hall(folder), Still()), folder, Path(sys.argv[2])))
"""


def test_the_program_runs_and_ends_when_told(tmp_path: Path) -> None:
    """As systemd starts it: it shows a call of another program, notes the silent voice, and ends with 0."""
    lobby = open_hall(tmp_path)
    program = subprocess.Popen([sys.executable, "-c", PROGRAM, str(tmp_path), str(tmp_path / "finger")])
    with Finger(tmp_path / "finger", 20) as finger:
        finger.wait_for_page("welcome")
        call_one(lobby, 1, TEN)
        finger.wait_for_page("calls")
        finger.picture(tmp_path / "wall.png")
    program.send_signal(signal.SIGTERM)
    assert program.wait(PATIENCE) == 0
    assert (tmp_path / "wall.png").stat().st_size > 10_000
    lobby.close()
