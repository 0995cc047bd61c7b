"""Who does not see, or sits: every control has a name, a role and a size, on every page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface

from lobbyline.lobby.config.folder import Setup
from tests.contrast import contrast
from tests.kiosk.hand import WORDS, Hand
from tests.kiosk.tour import every_page

FINGERTIP = 80  # pixels: 20 mm at 4 pixels a millimetre


def tree(node: QAccessibleInterface | None) -> Iterator[QAccessibleInterface]:
    """Everything a screen reader meets that can be seen."""
    if node is None or node.state().invisible:
        return
    yield node
    for place in range(node.childCount()):
        yield from tree(node.child(place))


def named(hand: Hand, role: QAccessible.Role) -> list[str]:
    """The names of what has this role on the page."""
    root = QAccessible.queryAccessibleInterface(hand.window)
    return [node.text(QAccessible.Text.Name) for node in tree(root) if node.role() == role]


def test_large_letters_take_nothing_away(hand: Hand) -> None:
    """Who needs large letters gives a number up, or changes it, like anybody else."""
    hand.goes("access", "access")
    hand.touches("way-large")
    hand.goes("begin", "home")
    hand.goes("service-M3", "ready")
    hand.goes("take", "number")
    hand.goes("change", "change")
    hand.goes("back", "number")
    hand.goes("cancel", "cancel")
    hand.goes("leave", "home")
    assert hand.waiting() == []


def test_every_control_of_every_page_has_a_name(hand: Hand) -> None:
    """A screen reader finds as many named buttons as a finger finds things to touch, on every page."""
    QAccessible.setActive(True)
    faults = {}
    for page in every_page(hand, "zh"):
        hand.qtbot.waitUntil(lambda: hand.told("settled"))
        touched, names = hand.touchable(), named(hand, QAccessible.Role.Button)
        if "" in names or len(names) < len(touched) or not touched:
            faults[page] = (names, touched)
    QAccessible.setActive(False)
    assert faults == {}


def test_what_is_said_only_in_words_is_found_too(hand: Hand) -> None:
    """The number and how its paper stands are read like any other word."""
    QAccessible.setActive(True)
    hand.goes("service-M3", "ready")
    hand.goes("take", "number")
    words = named(hand, QAccessible.Role.StaticText)
    QAccessible.setActive(False)
    assert {"D\u2009001", "正在打印号票…"} <= set(words)


def test_every_key_is_as_large_as_a_fingertip(hand: Hand) -> None:
    """Nothing to touch on the pages that everybody meets is lower than 20 mm, nor narrower."""
    small = {}
    for page in every_page(hand, "zh"):
        hand.qtbot.waitUntil(lambda: hand.told("settled"))
        boxes = {name: box for name, box in hand.panel.boxes().items() if not name.startswith(("key-", "edit-"))}
        touched = {name: box for name, box in boxes.items() if name not in WORDS}
        if found := [name for name, (_, _, width, height) in touched.items() if min(width, height) < FINGERTIP]:
            small[page] = found
    assert small == {}


@pytest.mark.parametrize("theme", ["light", "contrast"])
def test_words_stand_out_from_their_ground(setup: Setup, theme: str) -> None:
    """Letters have at least 7:1 on every ground they stand on; the accent has it on its own."""
    colour = setup.themes[theme]["colour"]
    grounds = ("paper", "card", "tone", "accent_tone")
    pairs = [(letters, ground) for letters in ("ink", "quiet", "accent", "warn") for ground in grounds]
    pairs += [
        ("band_ink", "band"),
        ("band_quiet", "band"),
        ("accent_ink", "accent"),
        ("good", "good_tone"),
        ("warn", "warn_tone"),
        ("ink", "pressed"),
    ]
    assert {(a, b): contrast(colour[a], colour[b]) for a, b in pairs if contrast(colour[a], colour[b]) < 7} == {}


def test_colour_is_never_the_only_sign(hand: Hand) -> None:
    """A printer in trouble and a closed service differ in words, not only in colour."""
    hand.lobby.devices.report("front", "printer", "fault", "out of paper", hand.clock())
    hand.goes("service-M3", "ready")
    hand.goes("take", "number")
    assert hand.reads("paper") == "打印暂停，请记下或拍下号码"
