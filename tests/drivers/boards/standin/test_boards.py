"""Stand-in boards read every shipped protocol with decoders of their own, amid noise, and draw what they read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lobbyline.drivers.boards.standin.bus import StandinBoard, StandinBus
from lobbyline.drivers.boards.standin.dots import picture
from lobbyline.drivers.boards.standin.hearing import Heard, Look
from lobbyline.drivers.boards.standin.languages import DECODERS
from tests.drivers.boards.presets import NAMES, preset

FACE: dict[str, int | str] = {
    "address": 33,
    "ticket": "A045",
    "prefix": "A",
    "number": 45,
    "window": 3,
    "text": "请A045到3号窗口",
    "arrow": ">",
}
TWO_LINES = "A045        \n    TO COUNTER 3"
SENTENCE, SHORT, NUMBER = "请A045到3号窗口", "A045 > 3", "  45"
CALLS = {
    "alpha": SHORT,
    "am03127": SHORT,
    "cd5220": TWO_LINES,
    "cq-zhongyi-2colour": SENTENCE,
    "daktronics-rtd": SHORT,
    "ed400": "0045",
    "epson-display": TWO_LINES,
    "idhl-4byte": NUMBER,
    "inspur-imm9005": SENTENCE,
    "led485-ascii": "0045",
    "ledmsg": SHORT,
    "modbus-rtu": NUMBER,
    "modbus-rtu-ascii": "A045",
    "onbon-bx5k": SENTENCE,
    "pinganlihe-instant": SENTENCE,
    "pinganlihe-instant-composite": SENTENCE,
    "pinganlihe-v21": "请A045号到3号窗口",
    "qsystem-candle": "A045>3",
    "ruize-matrix": SENTENCE,
    "xunpeng": NUMBER,
    "yinda-imm9013": SENTENCE,
    "yinda-imm9013-composite": SENTENCE,
    "yongtai-imm90061": SENTENCE,
}


def heard(name: str, data: bytes, *pieces: int) -> list[Heard]:
    """What a board of this protocol hears, its bytes arriving in pieces."""
    decoder, found, start = DECODERS[name](), list[Heard](), 0
    for end in (*sorted(pieces), len(data)):
        found += decoder.feed(data[start:end])
        start = end
    return found


def test_every_preset_has_a_stand_in() -> None:
    """No shipped protocol is left to a board that only counts bytes."""
    assert set(NAMES) == set(DECODERS) == set(CALLS)


@pytest.mark.parametrize("name", NAMES)
def test_a_call_is_read_as_it_was_meant(name: str) -> None:
    """The number called stands in the look, for the address that was meant or for a board without one."""
    last = heard(name, preset(name).frame("call", FACE))[-1]
    assert last.look
    assert last.look.text.strip(" ") == CALLS[name].strip(" ")
    assert last.address in (33, None)
    assert len(last.look.colours) == len(last.look.text)


@pytest.mark.parametrize("name", ["alpha", "am03127", "inspur-imm9005", "qsystem-candle"])
def test_a_call_blinks_where_the_board_can(name: str) -> None:
    """A board that knows blinking blinks while its customer is awaited, and stands still once he is served."""
    called, served = (heard(name, preset(name).frame(action, FACE))[-1].look for action in ("call", "serving"))
    assert called
    assert served
    assert (called.state, served.state) == ("blinking", "steady")


@pytest.mark.parametrize("name", NAMES)
def test_answers_of_a_stand_in_are_the_ones_its_protocol_waits_for(name: str) -> None:
    """A board that its file expects an answer of gives it; one that never answers is silent."""
    for telegram in preset(name).telegrams("call", FACE):
        answers = b"".join(each.answer for each in heard(name, telegram.data))
        assert (telegram.answer.verdict(answers) if telegram.answer else "") == ("ok" if telegram.answer else "")


@given(st.sampled_from(sorted({*NAMES} - {"idhl-4byte", "epson-display"})), st.binary(max_size=12), st.data())
def test_the_right_number_is_read_after_noise_and_in_any_pieces(name: str, noise: bytes, data: st.DataObject) -> None:
    """Noise, half a frame, then the frame twice as a refresh would send it: the last look is the right one."""
    frame = preset(name).frame("call", FACE)
    half = frame[: data.draw(st.integers(0, len(frame) - 1))]
    whole = noise + half + b"\x00" * 600 + frame + frame
    cuts = data.draw(st.lists(st.integers(0, len(whole)), max_size=4))
    looks = [each.look for each in heard(name, whole, *cuts) if each.look and each.address in (33, None)]
    assert looks[-1].text.strip(" ") == CALLS[name].strip(" ")


@given(st.sampled_from(NAMES), st.binary(max_size=300))
def test_nothing_that_arrives_breaks_a_board(name: str, data: bytes) -> None:
    """Whatever comes over the wire, a stand-in lives, and its looks can be drawn."""
    for each in heard(name, data):
        assert each.look is None or len(each.look.colours) == len(each.look.text)


def test_colours_are_those_that_were_sent() -> None:
    """Mixed colours in a frame, and colours in a frame before the text."""
    mixed = heard("cq-zhongyi-2colour", bytes.fromhex("A0 90 01 A5 00 05 C7 EB 00 38 01 B4"))[0].look
    assert mixed == Look("请8", ("red", "green"), "text")
    before = preset("ruize-matrix").frame("coloured", {"address": 3, "text": "请A", "colour": "1,2"})
    assert heard("ruize-matrix", before)[-1].look == Look("请A", ("red", "green"), "text")


def test_areas_of_one_card_stand_one_below_the_other() -> None:
    """Two areas of an Onbon card are one board with two rows."""
    protocol = preset("onbon-bx5k")
    below = protocol.frame("serving", {**FACE, "text": "A012", "area": 1, "y": 16})
    above = protocol.frame("call", {**FACE, "text": "A013"})
    look = heard("onbon-bx5k", below + above)[-1].look
    assert look
    assert look.text == "A013\nA012"
    assert (look.colours[0], look.colours[-1]) == ("red", "green")


def test_a_picture_has_a_row_of_dots_for_every_row_of_text() -> None:
    """A board with two rows is drawn higher than one with one; a lit LED is brighter than the panel."""
    one, two = (picture("board", Look.of(text, "red", "text"), 8) for text in ("A012", "A012\nA013"))
    assert two.height - one.height == 160
    brightest: tuple[tuple[int, int], ...] = one.getextrema()  # type: ignore[assignment]  # of an RGB picture
    assert brightest[0][1] > 200


def test_two_boards_with_one_address_show_the_same(tmp_path: Path) -> None:
    """What is said to an address is shown by every board that has it."""
    boards = [StandinBoard("one", "cq-zhongyi-2colour", 1), StandinBoard("area", "cq-zhongyi-2colour", 1)]
    bus = StandinBus(tmp_path, tmp_path / "adapter", boards).start()
    try:
        with (tmp_path / "adapter").open("r+b", buffering=0) as line:
            line.write(preset("cq-zhongyi-2colour").frame("call", {**FACE, "address": 1}))
            assert bus.wait_for("one", SENTENCE)
            assert bus.wait_for("area", SENTENCE)
    finally:
        bus.stop()
    with Image.open(tmp_path / "one.png") as image:
        assert image.size[0] > 0
