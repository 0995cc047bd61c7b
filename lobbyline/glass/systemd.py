"""A window's side of what a program owes to systemd: ready when it is seen, silent when it hangs, ended when told.

The watchdog is fed only after a frame was really swapped.
"""

from __future__ import annotations

import logging
import signal
import socket
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, QTimer, Slot
from PySide6.QtQuick import QQuickWindow

from lobbyline.systemd import notify, ping_seconds

log = logging.getLogger(__name__)

OPENING, OPEN = "STATUS=opening", "READY=1\nSTATUS=open"


class Watchdog(QObject):
    """READY after the first picture of what is to be seen; then a ping for each interval in which one was drawn."""

    def __init__(self, window: QQuickWindow) -> None:
        super().__init__(window)
        self.window, self.drawn, self.ready, self.told = window, False, True, ""
        window.frameSwapped.connect(self.frame)
        if seconds := ping_seconds():
            timer = QTimer(self)
            timer.timeout.connect(self.probe)
            timer.start(max(round(seconds * 1000), 100))

    def open(self) -> None:
        """The welcome is over: with the next picture the program is ready."""
        self.ready = True

    @Slot()
    def frame(self) -> None:
        self.drawn = True
        word = OPEN if self.ready else OPENING
        if word != self.told:
            self.told = word
            notify(word)

    @Slot()
    def probe(self) -> None:
        """Ping for the last interval's picture and ask for another one; nobody draws a window that cannot be seen."""
        if self.drawn or not self.window.isExposed():
            notify("WATCHDOG=1")
        self.drawn = False
        self.window.update()


class Ending(QObject):
    """SIGTERM and SIGINT end the loop with 0; an exception nobody expected ends it with 1."""

    def __init__(self, app: QCoreApplication) -> None:
        super().__init__(app)
        self.app = app
        self.near, self.far = socket.socketpair()
        for end in (self.near, self.far):
            end.setblocking(False)
        self.notifier = QSocketNotifier(self.near.fileno(), QSocketNotifier.Type.Read, self)
        self.notifier.activated.connect(self.told)

    def listen(self) -> None:
        """Take over signals and uncaught exceptions of this process."""
        signal.set_wakeup_fd(self.far.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)  # the byte on the socket pair does the work
        sys.excepthook = self.uncaught
        threading.excepthook = lambda args: self.uncaught(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    @Slot()
    def told(self) -> None:
        numbers = self.near.recv(64)
        if b"\0" in numbers:
            self.app.exit(1)
        elif signal.SIGTERM in numbers or signal.SIGINT in numbers:
            self.app.exit(0)

    def uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Our bug: say where, and let systemd start a clean process. A byte, since this may be any thread."""
        log.critical("uncaught exception, ending", exc_info=(kind, error, trace))
        self.far.send(b"\0")
