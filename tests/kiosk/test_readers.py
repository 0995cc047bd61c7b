"""What is held to the kiosk's readers: forms fill, segments are recognised, tickets open, and nothing stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent

from lobbyline.drivers.readers.readings import Card, Code, Person, Reading
from lobbyline.drivers.readers.standin import SAMPLE, StandinReader
from lobbyline.kiosk.readers import Readers
from lobbyline.kiosk.reading import facts, profiles
from lobbyline.lobby.branch import Segment, Text
from lobbyline.lobby.config.folder import Setup, load
from lobbyline.lobby.errors import ConfigError, Refusal
from lobbyline.lobby.settings.segments import recognised
from tests.kiosk.hand import Hand
from tests.kiosk.test_walk import take

NUMBER, VIP = "6299000000000007", "6299018800000001"


@pytest.fixture
def readers(hand: Hand) -> Iterator[Readers]:
    """The kiosk's readers, of which one types."""
    readers = Readers(hand.model, hand.window)
    yield readers
    readers.close()


def segment(*cards: str) -> Segment:
    return Segment(name=Text({"zh": "x", "en": "x"}), cards=list(cards))


def test_the_longest_prefix_decides() -> None:
    """Of all that fit; none fitting tells nothing."""
    segments = {"ordinary": segment(), "corporate": segment("6299"), "vip": segment("62990188", "4000")}
    assert [recognised(number, segments) for number in (VIP, NUMBER, "4000123412341234", "5000000000000000")] == [
        "vip",
        "corporate",
        "vip",
        "",
    ]


def test_readings_become_facts_of_forms(setup: Setup) -> None:
    """Under the fields' own ids; what was not printed is left out."""
    kind, told = facts(Person(**SAMPLE), setup.branch)
    assert kind == "id"
    assert told == {
        "name": "张小景",
        "id_type": "居民身份证",
        "id_no": "110000199001010005",
        "id_expiry": "2036-01-01",
        "birth": "1990-01-01",
        "addr": "北京市东城区某某路1号",
        "nationality": "中国",
    }
    assert facts(Card(VIP), setup.branch) == ("card", {"card_no": VIP, "segment": "vip"})
    assert facts(Code("TKN"), setup.branch) == ("code", {"text": "TKN"})
    code = "form=F11&org_name=%E6%99%AF%E7%A5%BA&purpose=a%0Ab"
    assert facts(Code(code), setup.branch) == ("form", {"form": "F11", "org_name": "景祺"})


def test_a_form_brought_as_a_code_is_judged_like_one_that_is_typed(hand: Hand, readers: Readers) -> None:
    """What fits stands in its fields, marked; what is wrong is told; another form's code changes nothing."""
    hand.model.hold(hand.lobby.reception.take("B2", hand.clock()))
    hand.goes("fill", "form")
    assert hand.reads("hint") == ""
    readers.hear(Code("form=F02&acct_no=1"))
    readers.hear(Code("form=F11&urgency=普通&org_name=景祺&acct_no=12&nonsense=1"))
    filling = hand.model.typist.filling
    assert filling is not None
    assert filling.answers == {"urgency": "普通", "org_name": "景祺", "acct_no": "12"}
    assert filling.error("acct_no") != ""
    assert hand.told("form")["fields"][1]["remark"] == "已读取，柜员会核对原件"


def test_only_forms_meant_for_it_are_brought_as_a_code(hand: Hand, readers: Readers) -> None:
    """A code with somebody's withdrawal is no form of ours: nothing is known afterwards."""
    readers.hear(Code("form=F02&name=张三&amt=100"))
    readers.hear(Code("form=F99&name=张三"))
    assert (hand.model.visit.known, hand.told("note")) == ({}, "")


@pytest.mark.parametrize(
    "held",
    [
        Code("form=%00"),
        Code("form=F11%00&=&&org_name"),
        Person("张小景", "110000199001010005", birth="0000-00-00"),
        Person("�" * 15, "�" * 18, birth="����-��-��"),
    ],
)
def test_what_is_damaged_hurts_nobody(hand: Hand, readers: Readers, held: Reading) -> None:
    """A code that names no form, or a worn card without a birth date: the kiosk stands where it stood, everywhere."""
    readers.hear(held)
    assert (hand.page, hand.model.visit.segment) == ("home", "ordinary")
    take(hand, "W1")
    hand.goes("fill", "form")
    readers.hear(held)
    assert hand.page == "form"


def test_an_id_at_the_first_page_fills_the_form_later(hand: Hand, readers: Readers) -> None:
    """One tap: name, number, term and address stand in the account application, each to be checked by staff."""
    readers.hear(Person(**SAMPLE))
    assert hand.told("note") == "已读取身份证，请选要办的业务"
    take(hand, "O1")
    hand.goes("fill", "form")
    filling = hand.model.typist.filling
    assert filling is not None
    assert filling.names == ["nationality", "phone", "addr", "post"]
    assert filling.active == "phone"
    seen = {field["name"]: field for field in hand.told("form")["fields"]}
    assert seen["field-addr"]["remark"] == "已读取，柜员会核对原件"
    assert filling.answers["id_no"] == SAMPLE["number"]


def test_the_kiosk_never_checks_an_identity(hand: Hand, readers: Readers) -> None:
    """An ID card on the reader prepares; the control at the counter is missing as before."""
    readers.hear(Person(**SAMPLE))
    take(hand, "O1")
    desk, at = hand.lobby.desk(2), hand.clock()
    desk.open(at)
    desk.next(at)
    with pytest.raises(Refusal, match="核对身份证件原件"):
        desk.done(at)


def test_a_card_on_a_form_writes_its_number(hand: Hand, readers: Readers) -> None:
    """In the field for it, and the next empty field is active."""
    take(hand)
    hand.goes("fill", "form")
    readers.hear(Card(NUMBER))
    filling = hand.model.typist.filling
    assert filling is not None
    assert (filling.answers["card_no"], filling.active) == (NUMBER, "name")
    assert hand.told("form")["fields"][1]["value"] == "6299********0007"


def test_a_card_at_the_first_page_leaves_no_number_behind(hand: Hand, readers: Readers) -> None:
    """It tells the line to wait in; the number itself is nowhere."""
    readers.hear(Card(VIP))
    assert hand.model.visit.segment == "vip"
    assert VIP not in repr(vars(hand.model.visit))


def test_what_was_read_goes_with_its_customer(hand: Hand, readers: Readers) -> None:
    """Nobody touches anything: after the warning the next customer finds nothing of it."""
    readers.hear(Person(**SAMPLE))
    hand.later(40)
    assert (hand.model.visit.known, hand.model.visit.tapped) == ({}, frozenset())


def typing(folder: Path) -> None:
    """The branch's scanner types."""
    file = folder / "devices.toml"
    file.write_text(file.read_text("utf-8").replace('port = "standin/scanner"', 'port = "keyboard"'), "utf-8")


@pytest.mark.warns("Reader 'id'", "Reader 'card'")
@pytest.mark.parametrize("types", [False, True])
def test_a_ticket_held_to_the_scanner_opens(
    hand: Hand, branch_folder: Path, monkeypatch: pytest.MonkeyPatch, *, types: bool
) -> None:
    """From its line, or as keys faster than any finger."""
    token = hand.lobby.reception.take("O1", hand.clock()).ticket.token
    if types:
        typing(branch_folder)
        monkeypatch.setattr(hand.lobby, "setup", load(branch_folder))
    line = hand.lobby.data / "standin" / "scanner"
    standin = StandinReader(line, profiles(hand.lobby.setup)["scanner"]).start()
    keys = iter(range(1000))
    readers = Readers(hand.model, hand.window, lambda: next(keys) * 0.004)
    readers.open()
    try:
        if types:
            for sign in f"{token}\r":
                press = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, sign)
                QCoreApplication.sendEvent(hand.window, press)
        else:
            hand.qtbot.waitUntil(lambda: state(hand, "scanner") == "ok")
            standin.hold({"text": token})
        hand.qtbot.waitUntil(lambda: hand.page == "number")
    finally:
        readers.close()
        standin.stop()


def state(hand: Hand, name: str) -> str:
    return next((device.state for device in hand.lobby.devices.all() if device.name == name), "")


@pytest.mark.warns("Reader 'id'", "Reader 'card'", "Reader 'scanner'")
def test_a_reader_that_is_not_there_stops_nothing(hand: Hand, readers: Readers) -> None:
    """The technician reads which one and what to try; customers go on by touch."""
    readers.open()
    hand.qtbot.waitUntil(lambda: state(hand, "id") == "fault")
    sentence = next(device.sentence for device in hand.lobby.devices.all() if device.name == "id")
    assert sentence.startswith("Reader 'id'")
    assert "Plug the adapter in" in sentence
    take(hand)


def test_a_wrong_file_is_told_with_its_line(branch_folder: Path) -> None:
    """A branch's own model of reader with a mistake in it."""
    (branch_folder / "readers").mkdir()
    (branch_folder / "readers" / "scanner.toml").write_text('gives = "code"\npattern = "(?P<txt>.+)"\n')
    with pytest.raises(ConfigError) as caught:
        profiles(load(branch_folder))
    assert "scanner.toml" in str(caught.value)
    assert "needs a pattern with named groups of text" in str(caught.value)
