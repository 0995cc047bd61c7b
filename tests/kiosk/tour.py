"""A walk past every page of the kiosk, for eyes that check each of them and for `make pictures`."""

from __future__ import annotations

from collections.abc import Iterator

from lobbyline.lobby.lobby import open_lobby
from tests.kiosk.hand import Hand


def every_page(hand: Hand, language: str) -> Iterator[str]:
    """Stand before each page in turn; what is yielded is the name of its picture."""
    readers(hand, "ok")
    yield from _choosing(hand, language)
    if not hand.ways:
        yield from _ways(hand, language)
    yield from _guidance(hand, language)
    yield from _with_a_number(hand, language)
    yield from _elders(hand, language)
    yield from _when_something_is_wrong(hand, language)


def readers(hand: Hand, state: str) -> None:
    """All readers of the branch fare like this."""
    for reader in hand.lobby.setup.devices.readers:
        hand.lobby.devices.report(reader.name, "reader", state, "", hand.clock())
    hand.model.refresh()


def home(hand: Hand, language: str) -> None:
    """Home, in the language of this tour."""
    if hand.page != "home":
        hand.goes("home", "home")
    hand.sees("language")
    while hand.model.visit.language != language:
        hand.touches("language")
    if hand.model.visit.ways != hand.ways:
        hand.model.use(hand.ways)


def _choosing(hand: Hand, language: str) -> Iterator[str]:
    home(hand, language)
    yield "home"
    for group in hand.lobby.branch.groups:
        hand.goes(f"group-{group}", "group")
        yield f"group-{group}"
        hand.goes("back", "home")
    hand.goes("access", "access")
    yield "access"
    home(hand, language)
    hand.model.read("id", {"name": "张小景", "birth": "1950-01-01"})
    yield "home-recognised"
    hand.goes("service-M3", "ready")
    yield "ready-recognised"
    hand.model.leave()
    home(hand, language)
    hand.goes("unsure", "unsure")
    yield "unsure"
    hand.touches("answer-0")
    hand.qtbot.waitUntil(lambda: len(hand.model.visit.questions) == 2)
    yield "unsure-2"
    home(hand, language)
    hand.goes("have-number", "enter")
    for key in "A012":
        hand.touches(f"key-{key}")
    yield "enter"
    home(hand, language)


def _ways(hand: Hand, language: str) -> Iterator[str]:
    if hand.lobby.branch.kiosk.in_reach < 1:
        yield from _low(hand, language)
    _chooses(hand, language, "large")
    yield "access-large"
    hand.goes("begin", "home")
    yield "home-large"
    hand.goes("service-W1", "bands")
    yield "bands-large"
    hand.goes("band-0", "ready")
    yield "ready-large"
    hand.goes("take", "number")
    yield "number-large"
    hand.goes("done", "home")


def _chooses(hand: Hand, language: str, way: str) -> None:
    """From home to the ways of use, where one of them is chosen."""
    home(hand, language)
    hand.goes("access", "access")
    hand.touches(f"way-{way}")
    hand.qtbot.waitUntil(lambda: way in hand.model.visit.ways)


def _low(hand: Hand, language: str) -> Iterator[str]:
    _chooses(hand, language, "low")
    yield "access-low"
    hand.goes("begin", "home")
    yield "home-low"
    hand.goes("service-T1", "ready")
    yield "ready-low"
    hand.goes("take", "number")
    yield "number-low"
    hand.goes("change", "change")
    yield "change-low"
    hand.goes("back", "number")
    hand.goes("fill", "form")
    yield "form-low"
    home(hand, language)


def _guidance(hand: Hand, language: str) -> Iterator[str]:
    home(hand, language)
    hand.goes("service-W1", "bands")
    yield "bands"
    hand.goes("band-0", "ready")
    yield "ready-machine"
    hand.goes("machine", "machine")
    yield "machine"
    home(hand, language)
    hand.goes("service-L1", "ready")
    hand.goes("faq", "faq")
    yield "faq"
    hand.goes("back", "ready")
    hand.goes("lacking", "lacking")
    yield "lacking"
    home(hand, language)
    hand.goes("service-M3", "ready")
    yield "ready-plain"
    home(hand, language)
    hand.goes("service-E1", "ready")
    yield "ready"
    hand.goes("take", "number")
    yield "number"


def _with_a_number(hand: Hand, language: str) -> Iterator[str]:
    hand.goes("change", "change")
    yield "change"
    hand.goes("back", "number")
    hand.goes("cancel", "cancel")
    yield "cancel"
    hand.goes("keep", "number")
    hand.goes("fill", "form")
    yield "form"
    hand.types("name", "zhangsan")
    hand.touches("key-space")
    hand.touches("key-space")
    if "large" in hand.ways:  # a page has fewer fields then
        hand.touches("next")
    hand.types("card_no", "6299000000000007")
    hand.touches("next")
    hand.types("amt", "3000")
    yield "form-2"
    hand.goes("next", "review")
    yield "review"
    home(hand, language)


def _elders(hand: Hand, language: str) -> Iterator[str]:
    hand.goes("elder", "elder")
    yield "elder"
    hand.goes("service-E1", "number")
    yield "elder-number"
    hand.goes("done", "home")
    home(hand, language)


def _when_something_is_wrong(hand: Hand, language: str) -> Iterator[str]:
    hand.goes("have-number", "enter")
    for key in "B009":
        hand.touches(f"key-{key}")
    hand.goes("next", "trouble")
    yield "trouble"
    hand.goes("home", "home")
    home(hand, language)
    hand.lobby.devices.report("front", "printer", "fault", "front: the paper is out", hand.clock(), "paper_out")
    hand.goes("service-M3", "ready")
    hand.goes("take", "number")
    yield "number-without-paper"
    yield from _called(hand)
    hand.goes("done", "home")
    home(hand, language)
    readers(hand, "fault")
    hand.goes("have-number", "enter")
    yield "enter-without-scanner"
    home(hand, language)
    hand.goes("service-O1", "ready")
    hand.goes("take", "number")
    hand.goes("fill", "form")
    yield "form-without-reader"
    home(hand, language)
    yield from _attendant(hand)
    home(hand, language)
    hand.show("out")
    yield "out"
    hand.show("home")


def _called(hand: Hand) -> Iterator[str]:
    """The number on the glass is called, and nobody comes."""
    place = hand.model.visit.place
    assert place is not None
    lobby, at = open_lobby(hand.lobby.setup, hand.lobby.data), hand.clock()
    desk = lobby.desk(place.counters[0])
    desk.open(at)
    desk.call(place.ticket.number, at)
    hand.qtbot.waitUntil(lambda: not hand.told("number")["waiting"])
    yield "number-called"
    desk.absent(at)
    desk.close(at)
    lobby.close()
    hand.qtbot.waitUntil(lambda: bool(hand.told("number")["missed"]))
    yield "number-missed"


def _attendant(hand: Hand) -> Iterator[str]:
    pin = hand.lobby.attendant.fresh_pin()
    hand.qtbot.waitUntil(lambda: hand.told("settled"))
    hand.model.touch("attendant")
    hand.qtbot.waitUntil(lambda: hand.page == "pin")
    for key in pin:
        hand.touches(f"key-{key}")
    yield "pin"
    hand.goes("next", "attendant")
    yield "attendant"
    hand.goes("done", "home")
