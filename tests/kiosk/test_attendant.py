"""The attendant's menu: behind a PIN whose hash alone is kept, each deed an event."""

from __future__ import annotations

import json
import os

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtTest import QTest

from lobbyline.lobby.people import attendant
from tests.kiosk.hand import Hand
from tests.kiosk.test_walk import take


@pytest.fixture
def pin(hand: Hand) -> str:
    return hand.lobby.attendant.fresh_pin()


def opens(hand: Hand, pin: str) -> None:
    hand.qtbot.waitUntil(lambda: hand.told("settled"))
    hand.model.touch("attendant")
    hand.qtbot.waitUntil(lambda: hand.page == "pin")
    for key in pin:
        hand.touches(f"key-{key}")
    hand.touches("next")


def test_the_right_pin_opens_the_menu(hand: Hand, pin: str) -> None:
    """The PIN is typed as dots; its hash is in a file that only this program reads."""
    opens(hand, pin)
    hand.qtbot.waitUntil(lambda: hand.page == "attendant")
    file = hand.lobby.data / attendant.FILE
    assert pin not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0


def test_a_pin_is_its_user_s_whoever_made_it(hand: Hand) -> None:
    """Made by root for a folder of the kiosk's user, it is that user's."""
    if os.geteuid():
        pytest.skip("only root makes files for others")
    os.chown(hand.lobby.data, 65534, 65534)
    hand.lobby.attendant.fresh_pin()
    assert (hand.lobby.data / attendant.FILE).stat().st_uid == 65534
    os.chown(hand.lobby.data, 0, 0)


@pytest.mark.warns("attendant.pin cannot be read")
@pytest.mark.parametrize(("kept", "page"), [(b"\xff\xfe", "home"), (bytes(97), "pin")])
def test_a_damaged_pin_opens_nothing(hand: Hand, kept: bytes, page: str) -> None:
    """What a power cut left of its hash is told to the technician, and hurts no customer."""
    (hand.lobby.data / attendant.FILE).write_bytes(kept)
    hand.qtbot.waitUntil(lambda: hand.told("settled"))
    hand.model.touch("attendant")
    assert hand.page == page
    assert not hand.lobby.attendant.admits("4071 8826")


def test_wrong_pins_open_nothing_and_after_three_it_rests(hand: Hand, pin: str) -> None:
    """Three wrong ones, and for a minute not even the right one is tried."""
    wrong = "".join(str((int(digit) + 1) % 10) for digit in pin)
    for _ in range(3):
        opens(hand, wrong)
        hand.qtbot.waitUntil(lambda: not hand.told("busy"))
        hand.qtbot.waitUntil(lambda: hand.told("note") == "密码不对，请再试")
        hand.model.notes.quiet()
    opens(hand, pin)
    hand.qtbot.waitUntil(lambda: hand.told("note") != "")
    assert hand.page == "pin"


def test_without_a_pin_there_is_no_menu(hand: Hand) -> None:
    """Nobody guesses a PIN that was never made."""
    hand.model.touch("attendant")
    assert hand.page == "home"


def test_what_an_attendant_does_is_done_and_written_down(hand: Hand, pin: str) -> None:
    """Roll, trial, reprint and restart, each an event under the attendant's name."""
    trials, restarts = list[str](), list[str]()
    hand.model.try_paper, hand.model.restart = lambda: trials.append("trial"), lambda: restarts.append("restart")
    take(hand)
    hand.goes("done", "home")
    outbox, at = hand.lobby.outbox, hand.clock()
    job = outbox.due("front")
    assert job is not None
    outbox.finish(outbox.begin(job, at), "unknown", "", at)
    opens(hand, pin)
    hand.qtbot.waitUntil(lambda: hand.page == "attendant")
    for deed in ("again-A001", "roll", "trial", "restart"):
        hand.touches(deed)
        hand.qtbot.waitUntil(lambda: not hand.told("busy"))
    assert (trials, restarts) == (["trial"], ["restart"])
    reprint = outbox.due("front")
    assert reprint is not None
    assert reprint.copy == 1
    with hand.lobby.read() as book:
        deeds = [json.loads(event.detail)["deed"] for event, _ in book.chain() if event.what == "attended"]
    assert deeds == ["again", "roll", "trial", "restart"]


def test_three_seconds_on_the_name_are_the_way_in(hand: Hand, pin: str) -> None:
    """A long press opens the PIN page; a short one does nothing."""
    hand.qtbot.waitUntil(lambda: hand.told("settled"))
    QTest.mousePress(hand.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(120, 60))
    hand.qtbot.waitUntil(lambda: hand.page == "pin")
    QTest.mouseRelease(hand.window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(120, 60))


def test_no_key_and_no_gesture_ends_the_kiosk(hand: Hand) -> None:
    """Alt+F4, Escape and a window manager's close change nothing."""
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F11, Qt.Key.Key_Back, Qt.Key.Key_Tab, Qt.Key.Key_Q):
        for modifier in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
            QTest.keyClick(hand.window, key, modifier)
    event = QCloseEvent()
    hand.window.closeEvent(event)
    assert (event.type(), event.isAccepted()) == (QEvent.Type.Close, False)
    assert not hand.window.close()
    assert hand.window.isVisible()
    assert hand.page == "home"
