"""Work off the UI thread, and the bell that says something changed."""

from __future__ import annotations

import socket
import threading

from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from lobbyline.glass.background import Background
from lobbyline.glass.bell import Bell
from tests.patience import PATIENCE


class SocketWatch:
    """A real datagram socket that says "changed" once per letter."""

    def __init__(self) -> None:
        self.near, self.far = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.near.setblocking(False)
        self.looked = 0

    def fileno(self) -> int:
        return self.near.fileno()

    def changed(self) -> bool:
        self.looked += 1
        try:
            return bool(self.near.recv(9))
        except BlockingIOError:
            return False

    def close(self) -> None:
        self.near.close()
        self.far.close()


def unexpected(error: Exception) -> None:
    raise error


def test_the_result_comes_back_on_the_threads_own_loop(qtbot: QtBot) -> None:
    """Work runs elsewhere, its result is delivered here."""
    background = Background()
    came: list[tuple[int, int]] = []
    background.run(threading.get_ident, lambda there: came.append((there, threading.get_ident())), unexpected)
    qtbot.waitUntil(lambda: bool(came))
    there, here = came[0]
    assert there != here == threading.get_ident()
    background.close()


def test_an_exception_comes_back_as_itself(qtbot: QtBot) -> None:
    """What the work raised is handed to `failed`, not lost in a thread."""
    background = Background()
    came: list[Exception] = []
    background.run(lambda: 1 // 0, unexpected, came.append)
    qtbot.waitUntil(lambda: bool(came))
    assert isinstance(came[0], ZeroDivisionError)
    background.close()


def test_a_failure_nobody_can_name_is_not_swallowed(qtbot: QtBot) -> None:
    """When `failed` raises, the exception reaches the hook that ends the process."""
    background = Background()
    with capture_exceptions() as fallen:
        background.run(lambda: 1 // 0, unexpected, unexpected)
        qtbot.waitUntil(lambda: bool(fallen))
    assert fallen[0][0] is ZeroDivisionError
    background.close()


def test_one_task_after_another(qtbot: QtBot) -> None:
    """What is asked while a task is under way is done behind it, and answered to whoever asked."""
    background, gate = Background(), threading.Event()
    first: list[object] = []
    second: list[Exception] = []
    background.run(gate.wait, first.append, unexpected)
    background.run(lambda: 1 // 0, unexpected, second.append)
    assert background.busy
    gate.set()
    qtbot.waitUntil(lambda: bool(second))
    assert first == [True]
    assert not background.busy
    background.close()


def test_a_letter_rings(qtbot: QtBot) -> None:
    """A datagram makes the bell ring."""
    watch = SocketWatch()
    bell = Bell(watch)
    with qtbot.waitSignal(bell.rang, timeout=int(1000 * PATIENCE)):
        watch.far.send(b"!")
    bell.stop()
    watch.close()


def test_a_lost_letter_is_found_by_looking(qtbot: QtBot) -> None:
    """Without any datagram the watch is still asked."""
    watch = SocketWatch()
    bell = Bell(watch)
    qtbot.waitUntil(lambda: watch.looked > 0)
    bell.stop()
    watch.close()
