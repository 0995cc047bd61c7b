"""Characters written by hand: an extra that reads clear strokes, and is not there where it is not installed."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from lobbyline.kiosk import handwriting
from lobbyline.kiosk.filling import Filling
from lobbyline.kiosk.handwriting import Handwriting
from lobbyline.kiosk.pinyin import Pinyin
from lobbyline.kiosk.typist import Typist
from lobbyline.lobby.config.folder import Setup
from tests.kiosk.hand import Hand
from tests.kiosk.test_walk import take

Place = tuple[float, float]


def stroke(start: Place, end: Place, steps: int = 8) -> list[Place]:
    return [
        (start[0] + (end[0] - start[0]) * step / steps, start[1] + (end[1] - start[1]) * step / steps)
        for step in range(steps + 1)
    ]


THREE = [stroke((0.2, 0.25), (0.8, 0.25)), stroke((0.25, 0.5), (0.75, 0.5)), stroke((0.1, 0.8), (0.9, 0.8))]
TEN = [stroke((0.1, 0.5), (0.9, 0.5)), stroke((0.5, 0.1), (0.5, 0.9))]


@pytest.fixture
def typist(setup: Setup) -> Typist:
    typist = Typist(Pinyin(), "AB")
    typist.open(Filling("F02", setup.forms["F02"], date(2026, 11, 23), "zh").opened(0))
    typist.key("hand")
    return typist


def test_clear_strokes_are_read() -> None:
    """The likeliest character comes first; the same strokes are read the same after others: nothing is learned."""
    recogniser = Handwriting()
    before = recogniser.guesses(THREE)
    assert (before[0], recogniser.guesses(TEN)[0]) == ("三", "十")
    assert recogniser.guesses(THREE) == before


@pytest.mark.parametrize("strokes", [[], [[]], [[(0.5, 0.5)]], [[(-9.0, 9.0), (1e9, -1e9)]], TEN * 100])
def test_scribble_breaks_nothing(strokes: list[list[Place]]) -> None:
    """No ink, a dot, ink beside the pad, and far too much of it."""
    assert all(len(sign) == 1 for sign in Handwriting().guesses(strokes))


def test_a_written_character_is_taken(typist: Typist, setup: Setup) -> None:
    """Stroke by stroke the candidates follow; the chosen one stands in the field and the pad is white again."""
    for one in THREE:
        typist.write(one)
    board = typist.keyboard(setup.words["zh"]["kiosk"])
    assert board["candidates"][0]["label"] == "三"
    assert len(board["strokes"]) == 3
    typist.pick(0)
    assert (typist.typing.text, typist.strokes, typist.guesses) == ("三", [], [])


def test_a_stroke_may_be_taken_back(typist: Typist) -> None:
    """Delete takes the last stroke, then characters; writing anew takes all strokes."""
    for one in THREE:
        typist.write(one)
    typist.key("delete")
    assert len(typist.strokes) == 2
    typist.key("anew")
    assert (typist.strokes, typist.guesses) == ([], [])


def test_ink_is_gone_with_its_field(typist: Typist, setup: Setup) -> None:
    """Another field, or another customer, finds a white pad."""
    typist.write(THREE[0])
    assert typist.filling is not None
    typist.open(typist.filling.at("card_no"))
    assert typist.strokes == []


def test_without_the_packages_there_is_no_such_key(setup: Setup, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pinyin alone is enough for a kiosk."""
    monkeypatch.setattr(handwriting, "LIBRARY", "libnothing.so.0")
    monkeypatch.setattr("lobbyline.kiosk.typist.installed", handwriting.installed)
    typist = Typist(Pinyin(), "AB")
    typist.open(Filling("F02", setup.forms["F02"], date(2026, 11, 23), "zh").opened(0))
    names = [key["name"] for row in typist.keyboard(setup.words["zh"]["kiosk"])["rows"] for key in row]
    assert "key-hand" not in names
    assert "key-latin" in names


def test_a_finger_writes_on_the_glass(hand: Hand) -> None:
    """Drawn on the pad of the real window, read, and picked."""
    take(hand)
    hand.goes("fill", "form")
    hand.touches("key-hand")
    hand.sees("key-anew")
    hand.window.grabWindow()
    x, y, width, height = hand.panel.box("pad")
    for one in TEN:
        places = [QPoint(round(x + width * across), round(y + height * down)) for across, down in one]
        QTest.mousePress(hand.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, places[0])
        for place in places[1:]:
            QTest.mouseMove(hand.window, place)
        QTest.mouseRelease(hand.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, places[-1])
    hand.qtbot.waitUntil(lambda: len(hand.model.typist.strokes) == 2)
    hand.touches("pick-0")
    assert hand.told("form")["fields"][0]["value"] == "十"
    assert hand.outside() == []
