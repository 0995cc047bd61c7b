"""What QML may bind to: the kiosk's values by name, and the signals that say which of them have changed.

Nothing is decided here; the model below fills it with life.
"""

from __future__ import annotations

from PySide6.QtCore import Property, QObject, Signal

from lobbyline.kiosk import view
from lobbyline.kiosk.visit import elder_segment
from lobbyline.lobby.ticket import shown

MAP: type = "QVariantMap"  # type: ignore[assignment]  # the stubs know no C++ names of types
LIST: type = "QVariantList"  # type: ignore[assignment]


class Properties(QObject):
    """What the kiosk's pages bind to."""

    moved = Signal()  # page, busy, note
    spoken = Signal()  # language
    ticked = Signal()  # clock, idle warning
    offered = Signal()  # services
    placed = Signal()  # the ticket and its paper
    hinted = Signal()  # what helps on this page
    typed = Signal()  # form, keyboard, review

    page = Property(str, lambda self: self.page_name, notify=moved)
    busy = Property(str, lambda self: self.errands.doing, notify=moved)
    settled = Property(bool, lambda self: self.settled_now, notify=moved)
    note = Property(str, lambda self: self.notes.text, notify=moved)
    hint = Property(MAP, lambda self: self.pages.named(self.page_name).hint(), notify=hinted)
    trouble = Property(MAP, lambda self: self.pages.trouble.seen, notify=moved)
    retries = Property(bool, lambda self: self.pages.trouble.retry is not None, notify=moved)
    words = Property(MAP, lambda self: self.words_now(), notify=spoken)
    branchName = Property(str, lambda self: self.branch.name.say(self.visit.language), notify=spoken)  # noqa: N815  # QML
    otherLanguage = Property(  # noqa: N815  # QML
        str, lambda self: self.languages.offered, notify=spoken
    )
    hasElder = Property(bool, lambda self: bool(elder_segment(self.branch)), notify=spoken)  # noqa: N815  # QML
    now = Property(MAP, lambda self: view.clock(self.clock(), self.words_now()), notify=ticked)
    warning = Property(int, lambda self: self.idle.left, notify=ticked)
    tiles = Property(LIST, lambda self: self.pages.home.seen(), notify=offered)
    groups = Property(
        LIST, lambda self: view.groups(self.branch, self.visit.language, self.languages.second), notify=spoken
    )
    groupTiles = Property(LIST, lambda self: self.pages.group.seen(), notify=offered)  # noqa: N815  # QML
    groupTitle = Property(str, lambda self: self.pages.group.title(), notify=offered)  # noqa: N815  # QML
    leaves = Property(int, lambda self: self.pages.leaves(self.page_name), notify=offered)
    elderTiles = Property(LIST, lambda self: self.pages.elder.seen(), notify=offered)  # noqa: N815
    ways = Property(LIST, lambda self: self.pages.access.seen(), notify=spoken)
    low = Property(bool, lambda self: "low" in self.visit.ways, notify=spoken)
    reach = Property(float, lambda self: self.branch.kiosk.in_reach, notify=spoken)
    asking = Property(MAP, lambda self: self.pages.unsure.asking(), notify=offered)
    bands = Property(LIST, lambda self: self.pages.bands.seen(), notify=placed)
    changeTiles = Property(LIST, lambda self: self.pages.change.seen(), notify=placed)  # noqa: N815  # QML
    ready = Property(MAP, lambda self: self.pages.ready.seen(), notify=placed)
    number = Property(MAP, lambda self: self.pages.number.seen(), notify=placed)
    attendantView = Property(MAP, lambda self: self.pages.attendant.seen(), notify=placed)  # noqa: N815  # QML
    typedPin = Property(int, lambda self: len(self.typist.typing.text), notify=typed)  # noqa: N815  # QML
    typedNumber = Property(str, lambda self: shown(self.typist.typing.text), notify=typed)  # noqa: N815  # QML
    form = Property(MAP, lambda self: self.pages.form.seen(), notify=typed)
    keyboard = Property(
        MAP, lambda self: self.typist.keyboard(self.words_now(), large="large" in self.visit.ways), notify=typed
    )
    promise = Property(str, lambda self: self.pages.review.promise(), notify=typed)
    reviewGoesOn = Property(bool, lambda self: self.pages.review.goes_on(), notify=typed)  # noqa: N815  # QML
    review = Property(LIST, lambda self: self.pages.review.seen(), notify=typed)
    peeked = Property(bool, lambda self: self.peeking, notify=typed)
