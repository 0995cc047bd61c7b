"""What QML binds to: the parts of a `Showing`, each with its own signal, and the words."""

from __future__ import annotations

from dataclasses import fields

from PySide6.QtCore import Property, QObject, Signal

from lobbyline.display.wall.showing import Showing
from lobbyline.display.wall.words import Words
from lobbyline.lobby.branch import Branch

MAP: type = "QVariantMap"  # type: ignore[assignment]  # the stubs know no C++ names of types
LIST: type = "QVariantList"  # type: ignore[assignment]  # as above


class ScreenModel(QObject):
    """The hall screen as QML sees it."""

    state_changed = Signal()
    trouble_changed = Signal()
    hero_changed = Signal()
    earlier_changed = Signal()
    queues_changed = Signal()
    soon_changed = Signal()
    paused_changed = Signal()
    shut_changed = Signal()
    opens_changed = Signal()
    time_changed = Signal()
    date_changed = Signal()
    notice_changed = Signal()
    leaflet_changed = Signal()
    serving_changed = Signal()
    across_changed = Signal()
    down_changed = Signal()

    words_changed = Signal()

    def __init__(self, words: Words, branch: Branch) -> None:
        super().__init__()
        self.now = Showing()
        self.speak(words, branch)

    def speak(self, words: Words, branch: Branch) -> None:
        """The words that stand still, of the files in use."""
        self.all_words = {**words.all(), "branch": words.text(branch.name)}
        self.flash_seconds = branch.screen.flash_seconds
        self.words_changed.emit()

    def show(self, now: Showing) -> None:
        """Tell QML what differs, and nothing else."""
        former, self.now = self.now, now
        for part in fields(Showing):
            if getattr(former, part.name) != getattr(now, part.name):
                getattr(self, f"{part.name}_changed").emit()

    words = Property(MAP, lambda self: self.all_words, notify=words_changed)
    state = Property(str, lambda self: self.now.state, notify=state_changed)
    trouble = Property(bool, lambda self: self.now.trouble, notify=trouble_changed)
    hero = Property(MAP, lambda self: self.now.hero, notify=hero_changed)
    earlier = Property(LIST, lambda self: self.now.earlier, notify=earlier_changed)
    queues = Property(LIST, lambda self: self.now.queues, notify=queues_changed)
    soon = Property(LIST, lambda self: self.now.soon, notify=soon_changed)
    paused = Property(str, lambda self: self.now.paused, notify=paused_changed)
    shut = Property(str, lambda self: self.now.shut, notify=shut_changed)
    opens = Property(MAP, lambda self: self.now.opens, notify=opens_changed)
    time = Property(str, lambda self: self.now.time, notify=time_changed)
    date = Property(MAP, lambda self: self.now.date, notify=date_changed)
    notice = Property(MAP, lambda self: self.now.notice, notify=notice_changed)
    leaflet = Property(MAP, lambda self: self.now.leaflet, notify=leaflet_changed)
    serving = Property(str, lambda self: self.now.serving, notify=serving_changed)
    flash = Property(int, lambda self: self.flash_seconds, notify=words_changed)
    across = Property(int, lambda self: self.now.across, notify=across_changed)
    down = Property(int, lambda self: self.now.down, notify=down_changed)
