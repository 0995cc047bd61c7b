"""One QML page on one panel: the application, its window and the loop until someone ends it.

A page is an Item with required properties; leaving one out makes no window and says which.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import shiboken6
from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QSize,
    QTimer,
    QtMsgType,
    QUrl,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import QCloseEvent, QColor, QGuiApplication
from PySide6.QtQuick import QQuickItem, QQuickView

from lobbyline import ASSETS
from lobbyline.glass import screens
from lobbyline.glass.code import Codes
from lobbyline.glass.font import use_font
from lobbyline.glass.icon import Icons
from lobbyline.glass.memory import give_back_large_pieces, read_no_sources
from lobbyline.glass.systemd import Ending, Watchdog
from lobbyline.glass.theme import Tables, Theme, offer_theme

log = logging.getLogger(__name__)

LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
OFF_SCREEN = ("offscreen", "minimal")
ON_A_DESK = "LOBBYLINE_ON_A_DESK"  # set: a window beside others, as large as its panel; scale it by QT_SCALE_FACTOR
BESIDE = 1120  # where a landscape panel stands on a desk: right of a portrait one
EXPECTED = "propagateSizeHints"  # the off-screen platform says so at every window


class PageBroken(Exception):
    """A QML file of ours cannot be shown; the message holds what the engine said, one line per error."""


def make_application(name: str) -> QGuiApplication:
    """The process's one application, with our font and the renderer that needs no graphics card."""
    screens.must_be_there()
    give_back_large_pieces()
    read_no_sources()
    os.environ.setdefault("QT_QUICK_BACKEND", "software")  # a box with a good card names another one
    running = QGuiApplication.instance()
    app = running if isinstance(running, QGuiApplication) else QGuiApplication([name])
    app.setApplicationName(name)
    app.setDesktopFileName(name)  # by this name a kiosk compositor gives each window its own panel
    use_font(app)
    return app


class Window(QQuickView):
    """A page that fills its panel; off-screen it has the size the branch's file names."""

    def __init__(self, width: int, height: int, place: tuple[int, int] | None = None) -> None:
        offer_theme()
        super().__init__()
        self.panel, self.place, self.may_close = (width, height), place, False
        self.trouble: Exception | None = None
        self.awaiting: list[Callable[[], object]] = []  # what is done when the next picture stands
        self.theme = Theme({}, self.engine())
        self.engine().addImageProvider("icon", Icons(ASSETS / "icons"))
        self.engine().addImageProvider("code", Codes())
        self.setResizeMode(QQuickView.ResizeMode.SizeRootObjectToView)

    def dress(self, theme: Tables) -> None:
        """Have this look, now or from the first page on."""
        self.theme.change(theme)
        self.setColor(QColor(theme["colour"]["paper"]))

    def fit(self, width: int, height: int) -> None:
        """Have the panel's size, where no screen says its own."""
        if self.panel != (width, height):
            self.panel = (width, height)
            if self.isVisible():
                self.appear()

    def load(self, page: Path, properties: Mapping[str, object]) -> None:
        """Show a QML file; `PageBroken` when it has a mistake or a required property was left out."""
        if not self.isVisible():
            self.resize(*self.panel)  # pages bind to a real size from the first moment
        self.setInitialProperties(dict(properties))
        self.setSource(QUrl.fromLocalFile(str(page)))
        if self.status() != QQuickView.Status.Ready or not isinstance(self.rootObject(), QQuickItem):
            raise PageBroken("\n".join(error.toString() for error in self.errors()) or f"{page} shows nothing")

    def afterwards(self, act: Callable[[], object]) -> None:
        """Do this once the next picture stands; what it raises ends the loop, and `run` raises it again."""
        if not self.awaiting:
            self.frameSwapped.connect(self.stands)
        self.awaiting.append(act)

    @Slot()
    def stands(self) -> None:
        self.frameSwapped.disconnect(self.stands)
        acts, self.awaiting = self.awaiting, []
        QTimer.singleShot(0, lambda: self.perform(acts))  # not inside of the drawing

    def perform(self, acts: list[Callable[[], object]]) -> None:
        try:
            for act in acts:
                act()
        except Exception as error:  # whatever it is, `run` tells it
            self.trouble = error
            QCoreApplication.exit(1)

    def appear(self) -> None:
        """Fill the real screen, or stand at the panel's size where there is none."""
        platform = QGuiApplication.platformName()
        if platform in OFF_SCREEN:
            self.resize(*self.panel)
            self.show()
            return
        if os.environ.get(ON_A_DESK):
            self.stand_on_a_desk()
            return
        self.afterwards(hide_cursor)
        if platform.startswith("wayland"):
            self.showFullScreen()
            return
        self.stand_without_a_frame()

    def stand_without_a_frame(self) -> None:
        """Fill a screen that may have no window manager, where full screen does not work."""
        from PySide6.QtCore import Qt

        self.setFlag(Qt.WindowType.FramelessWindowHint)
        self.setGeometry(self.screen().geometry())
        self.show()

    def stand_on_a_desk(self) -> None:
        """Be a window of the panel's own shape among others, to be looked at by who tries the product."""
        width, height = self.panel
        self.setTitle(QGuiApplication.applicationName())
        self.setMinimumSize(QSize(width, height))
        self.setMaximumSize(QSize(width, height))
        self.setPosition(*self.place or (BESIDE if width > height else 0, 0))
        self.show()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Nobody in front of the glass ends the program: no key, no gesture, no window manager."""
        event.setAccepted(self.may_close or bool(os.environ.get(ON_A_DESK)))

    def dispose(self) -> None:
        """Delete the window here and now; left to the garbage collector it might die in another thread, and crash."""
        self.may_close = True
        self.close()
        shiboken6.delete(self)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def hide_cursor() -> None:
    """Nobody points at a panel."""
    from PySide6.QtCore import Qt  # its enumerations take as long as the rest of a first picture

    QGuiApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)


def run(app: QGuiApplication, window: Window, behind: Callable[[], object] | None = None) -> int:
    """Show the window until SIGTERM or SIGINT (0) or an exception of ours (1).

    `behind` opens what is to be touched, while a first picture stands; the program is ready with the next one.
    """
    former = qInstallMessageHandler(say)
    ending = Ending(app)
    ending.listen()
    watchdog = Watchdog(window)
    if behind:
        watchdog.ready = False
        window.afterwards(behind)
        window.afterwards(watchdog.open)
    window.appear()
    code = app.exec()
    window.may_close = True
    window.close()
    qInstallMessageHandler(former)
    if window.trouble:
        raise window.trouble
    return code


def say(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    """Qt's and QML's messages go where all others go."""
    if EXPECTED in message:
        return
    place = f"{context.file}:{context.line}: " if context.file else ""
    logging.getLogger("qt").log(LEVELS.get(kind, logging.WARNING), "%s%s", place, message)
    if kind == QtMsgType.QtFatalMsg:
        sys.stderr.flush()
