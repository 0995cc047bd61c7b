"""The part language: frames as the makers print them, and every mistake of a file told at once."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lobbyline.drivers.wire.action import VALUES
from lobbyline.drivers.wire.checksums import CHECKSUMS
from lobbyline.drivers.wire.protocol import ACTIONS, Protocol, hex_frame
from lobbyline.drivers.wire.reading import ProtocolMistakes
from lobbyline.drivers.wire.values import FrameRefused
from tests.drivers.boards.presets import FILES, NAMES, preset, table

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))
FACE: dict[str, int | str] = {
    "address": 33,
    "ticket": "A012",
    "prefix": "A",
    "number": 12,
    "window": 3,
    "text": "A012",
    "arrow": ">",
}
TEXTS = st.text(st.characters(codec="gb2312", exclude_categories=("C", "Z")), max_size=20)


def one_frame(*parts: dict[str, Any], **more: Any) -> Protocol:
    return Protocol.read({"frames": {"show": {"parts": list(parts), **more}}})


def mistakes(found: dict[str, Any]) -> dict[tuple[str | int, ...], str]:
    with pytest.raises(ProtocolMistakes) as caught:
        Protocol.read(found)
    return dict(caught.value.mistakes)


@pytest.mark.parametrize("vector", [v for v in VECTORS if "hex" in v], ids=lambda v: f"{v['protocol']}: {v['about']}")
def test_every_published_frame_is_made_byte_for_byte(vector: dict[str, Any]) -> None:
    """A shipped protocol makes the very bytes that its maker or a field program makes."""
    assert hex_frame(preset(vector["protocol"]), vector["frame"], vector["with"]) == vector["hex"]


@pytest.mark.parametrize(
    "vector", [v for v in VECTORS if "hex" not in v], ids=lambda v: f"{v['protocol']}: {v['about']}"
)
def test_every_published_answer_is_understood(vector: dict[str, Any]) -> None:
    """A published yes is a yes, a published no is a no."""
    answer = preset(vector["protocol"]).telegrams(vector["frame"], vector["with"])[-1].answer
    assert answer
    expected = "nak" if "nak" in vector else "ok"
    heard = bytes.fromhex(vector.get("nak") or vector["reply"])
    assert answer.verdict(b"\x00noise" + heard) == expected


def test_an_answer_is_usually_waited_for_three_times() -> None:
    """docs/boards.md: 150 milliseconds, and two tries more."""
    ack = one_frame({"int": "address"}, ack={"ok": "06"}).frames["show"].ack
    assert ack
    assert (ack.timeout_ms, ack.retries) == (150, 2)


@pytest.mark.parametrize("name", NAMES)
def test_every_preset_brings_its_vectors_and_all_actions(name: str) -> None:
    """A shipped protocol has published vectors and can show every face the hall knows with the values always given."""
    protocol = preset(name)
    assert table(name)["test"]
    for action in ACTIONS:
        assert set(protocol.keys(action).needs) <= set(VALUES)
        assert protocol.frame(action, FACE)


def test_a_text_cannot_end_its_frame() -> None:
    """A character that is the trailer of the frame is refused, in words."""
    with pytest.raises(FrameRefused, match="cannot hold ']': it would end the frame"):
        preset("ledmsg").frame("show", {"address": 1, "text": "a]b"})


def test_the_second_byte_of_a_hanzi_can_end_a_frame_too() -> None:
    """A GBK character whose second byte is the trailer is refused like the trailer itself."""
    protocol = one_frame({"text": "{text}", "encoding": "gbk"}, {"ascii": "]"})
    assert "乚".encode("gbk").hex(" ") == "81 5d"
    with pytest.raises(FrameRefused, match="would end the frame"):
        protocol.frame("show", {"text": "乚"})


def test_a_control_character_is_never_sent_as_text() -> None:
    """Bytes below a space cannot come in through a text."""
    with pytest.raises(FrameRefused, match="control character"):
        preset("yongtai-imm90061").frame("show", {"address": 1, "text": "A\x1b"})


def test_replacements_are_made_once() -> None:
    """`<` becomes `<UBC>`, whose own brackets are left alone."""
    values: dict[str, int | str] = {"id": 1, "text": "<>"}
    assert b"<AA><UBC><UBE>" in preset("am03127").frame("page", values)


def test_a_character_the_board_lacks_is_refused_or_replaced_as_the_file_says() -> None:
    """堃 is not in GB2312: a refusal, unless the file names a substitute."""
    with pytest.raises(FrameRefused, match="'堃': it is not in gb2312"):
        one_frame({"text": "{text}", "encoding": "gb2312"}).frame("show", {"text": "堃"})
    frame = one_frame({"text": "{text}", "encoding": "gb2312", "substitute": "〓"}).frame("show", {"text": "堃"})
    assert frame.hex(" ") == "a1 fe"


def test_cutting_leaves_whole_characters() -> None:
    """`max` counts bytes, and a Hanzi that does not fit whole is left out."""
    protocol = one_frame({"text": "{text}", "encoding": "gb2312", "max": 3, "width": 4})
    assert protocol.frame("show", {"text": "请请"}).hex(" ") == "c7 eb 20 20"


def test_a_text_wider_than_the_board_is_refused() -> None:
    """A face that would lose its counter number is not shown at all."""
    with pytest.raises(FrameRefused, match="'A0123>12' has 8 bytes: the board has room for 7"):
        preset("qsystem-candle").frame("call", {**FACE, "ticket": "A0123", "window": 12})


def test_an_arrow_stands_where_its_lamp_is() -> None:
    """A place with a column is filled up to it; without the value nothing is; a longer text is refused, not cut."""
    protocol = one_frame({"text": "{ticket}{arrow:@arrow_position}{window}"})
    assert protocol.frame("show", {**FACE, "ticket": "A5", "arrow_position": 5}) == b"A5  >3"
    assert protocol.frame("show", {**FACE, "ticket": "A5"}) == b"A5>3"
    assert protocol.keys("show").may == ("arrow_position",)
    with pytest.raises(FrameRefused, match="`arrow_position` is 4: 'A012' before it is longer"):
        protocol.frame("show", {**FACE, "arrow_position": 4})


def test_columns_that_stay_white() -> None:
    """`blank` whitens columns whatever the text says, and nothing beyond the text."""
    assert one_frame({"text": "{text}", "blank": "2..3"}).frame("show", {"text": "A045"}) == b"A  5"
    assert one_frame({"text": "{text}", "blank": "2..9"}).frame("show", {"text": "A04"}) == b"A  "
    assert "`blank` is written like" in next(
        iter(mistakes({"frames": {"show": {"parts": [{"text": "{text}", "blank": "2-3"}]}}}).values())
    )


@pytest.mark.parametrize(
    ("name", "values", "sentence"),
    [
        ("pinganlihe-v21", {"number": 10000}, "`number` is 10000: the frame can only say up to 9999."),
        ("pinganlihe-v21", {"address": 255}, "Address 255 is out of range: boards have 0 to 254."),
        ("qsystem-candle", {"address": 3}, "Address 3 is out of range: boards have 32 to 127."),
        ("modbus-rtu", {"number": -1}, "`value` cannot be -1: the board knows no negative numbers."),
        ("idhl-4byte", {"number": "A12"}, "`number` must be a whole number, not 'A12'."),
    ],
)
def test_impossible_values_are_refused_in_a_sentence(name: str, values: dict[str, int | str], sentence: str) -> None:
    """A number too large, negative or no number, and an address out of range are told, not sent."""
    with pytest.raises(FrameRefused) as refused:
        preset(name).frame("call", {**FACE, **values})
    assert str(refused.value) == sentence


def test_a_missing_value_is_named() -> None:
    """The sentence says which value the action lacks."""
    with pytest.raises(FrameRefused) as refused:
        preset("qsystem-candle").frame("call", {"address": 33, "ticket": "A045", "arrow": ">"})
    assert str(refused.value) == "`call` needs more: `window` is missing."


def test_an_unknown_action_names_the_nearest() -> None:
    """A slip in the action's name is met with the right one."""
    with pytest.raises(FrameRefused, match=r"Did you mean `call`\?"):
        preset("qsystem-candle").frame("cal", FACE)


def test_values_from_a_command_line_are_numbers_too() -> None:
    """`number=50` as text makes the same bytes as the number 50."""
    assert hex_frame(preset("modbus-rtu"), "call", {"address": "1", "number": "50"}) == "01 06 00 00 00 32 08 1F"


def test_the_listing_says_what_each_action_takes() -> None:
    """Actions and frames are listed with the keys they need and the keys they may have."""
    listing = preset("pinganlihe-v21").actions_with_keys()
    assert listing["call"] == ["address", "number", "window", "[subcmd]", "[prefix]"]
    assert listing["strip"] == ["address", "subcmd", "number", "window", "[prefix]"]


def test_all_mistakes_of_a_file_are_told_at_once() -> None:
    """Every wrong key comes with its path and a sentence."""
    found = mistakes(
        {
            "serial": {"baudrat": 9600, "parity": "X"},
            "bus": {"gap_ms": "20"},
            "frames": {
                "show": {
                    "parts": [
                        {"hex": "A0 9"},
                        {"int": "address", "siz": 2},
                        {"len": "cmd..dta"},
                        {"id": "data", "text": "{ticket", "encoding": "gb2313"},
                        {"sum": "crc16-modbuss", "of": "data"},
                        {"hex": "00", "int": "x"},
                    ],
                    "ack": {"ok": "A0 {adress} AA"},
                }
            },
            "actions": {"call": ["shw"]},
        }
    )
    part = ("frames", "show", "parts")
    assert {
        ("serial", "baudrat"): "there is no key `baudrat` here. Did you mean `baudrate`?",
        ("serial", "parity"): "`parity` knows no `X`, only N, E, O.",
        ("bus", "gap_ms"): "`gap_ms` must be a whole number, not '20'.",
        (*part, 0, "hex"): "`hex` must be bytes in hex like \"A0 07\", not 'A0 9'.",
        (*part, 1, "siz"): "there is no key `siz` here. Did you mean `size`?",
        (*part, 2, "len"): "no part has the id `cmd`.",
        (*part, 3, "encoding"): "boards know no encoding `gb2313`; try gb2312, gbk, cp1251 or ascii.",
        (*part, 3, "text"): "`text` has a brace that does not fit: expected '}' before end of string.",
        (*part, 4, "sum"): "`sum` knows no `crc16-modbuss`, only sum, xor8, neg8, crc16-modbus, crc16-arc, "
        "crc16-xmodem, crc16-ccitt-false. Did you mean `crc16-modbus`?",
        (*part, 5): "a part has one of hex, ascii, bytes, int, text, seq, len, chars_of, sum; this one has hex, int.",
        ("frames", "show", "ack", "ok"): "no part of the frame is called `adress`. Did you mean `address`?",
        ("actions", "call"): "there is no frame `shw`. Did you mean `show`?",
    } == found


def test_a_table_that_contradicts_its_manual_is_a_mistake() -> None:
    """A published vector that comes out otherwise is told with both frames."""
    changed = copy.deepcopy(table("idhl-4byte"))
    changed["frames"]["show"]["parts"][1]["order"] = "little"
    assert mistakes(changed) == {("test", 0, "hex"): "the manual has 05 03 E7 EF, this table makes 05 E7 03 EF."}


def test_checksums_that_cover_each_other_are_a_mistake() -> None:
    """Two sums over each other have no answer, and the file is told so."""
    parts = [{"id": "a", "sum": "sum", "of": "a..b"}, {"id": "b", "sum": "xor8", "of": "a..b"}]
    found = mistakes({"frames": {"show": {"parts": parts}}})
    assert list(found.values()) == ["these checksums cover each other: none can be reckoned first."]


@pytest.mark.parametrize("scribble", [None, 3, [], "x", {"frames": 1, "actions": 2, "test": 3}, {"frames": {"a": []}}])
def test_any_nonsense_is_a_mistake_not_a_crash(scribble: Any) -> None:
    """Whatever stands in the file, the technician reads sentences."""
    with pytest.raises(ProtocolMistakes):
        Protocol.read(scribble)


def places(table: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value in a table."""
    yield path
    keys = table if isinstance(table, dict) else range(len(table)) if isinstance(table, list) else ()
    for key in keys:
        yield from places(table[key], (*path, key))


SCRIBBLES: st.SearchStrategy[Any] = st.sampled_from(
    [None, -1, 0, 300, 3.5, True, "", "{", "{0}", "a..b", "堃", "utf-16", "%02X", [], {}, [[]]]
)


@given(st.sampled_from(NAMES), st.data())
def test_a_scribbled_preset_is_a_protocol_or_its_mistakes(name: str, data: st.DataObject) -> None:
    """Wherever a technician slips in a file, the answer is sentences or a working protocol, never a crash."""
    changed = copy.deepcopy(table(name))
    *way, key = data.draw(st.sampled_from([path for path in places(changed) if path]))
    around: Any = changed
    for step in way:
        around = around[step]
    around[key] = copy.deepcopy(data.draw(SCRIBBLES))
    with suppress(ProtocolMistakes):
        Protocol.read(changed).actions_with_keys()


@given(TEXTS, st.integers(0, 255))
def test_lengths_count_what_was_sent(text: str, address: int) -> None:
    """The length of a 永泰 frame is the number of bytes after it, whatever the text."""
    frame = preset("yongtai-imm90061").frame("show", {"address": address, "text": text})
    assert frame[2] == len(frame) - 3


@given(TEXTS, st.integers(0, 255), st.integers(0, 2))
def test_a_xor_covers_address_to_text(text: str, address: int, colour: int) -> None:
    """The last byte of a 重庆中意 frame undoes all bytes from the address on."""
    frame = preset("cq-zhongyi-2colour").frame("show", {"address": address, "text": text, "colour": colour})
    folded = 0
    for byte in frame[2:]:
        folded ^= byte
    assert folded == 0
    assert int.from_bytes(frame[4:6], "big") == len(frame) - 7 == 3 * len(text) - sum(c.isascii() for c in text)


@given(TEXTS, st.integers(1, 0xFFFE))
def test_escapes_leave_the_ends_alone(text: str, address: int) -> None:
    """Between its ends an Onbon frame never holds the bytes that begin or end a frame."""
    frame = preset("onbon-bx5k").frame("area", {"address": address, "text": text})
    assert frame[:8] == b"\xa5" * 8
    assert not {0xA5, 0x5A} & set(frame[8:-1])


@given(st.integers(0, 9999), st.integers(0, 99), st.integers(0, 254), st.sampled_from("ABCLVY"))
def test_a_decimal_checksum_stays_below_a_hundred(number: int, window: int, address: int, prefix: str) -> None:
    """平安力合's checksum is the sum modulo 100, and its number two digits of base 100."""
    values: dict[str, int | str] = {"number": number, "window": window, "address": address, "prefix": prefix}
    frame = preset("pinganlihe-v21").frame("call", values)
    assert frame[-2] == sum(frame[1:-2]) % 100
    assert frame[5] * 100 + frame[6] == number


@pytest.mark.parametrize("name", FILES)
def test_every_shipped_file_agrees_with_its_vectors(name: str) -> None:
    """Boards and the answers of boards: what a file says of itself is true."""
    assert preset(name).frames
    assert table(name)["test"]


def test_codes_may_differ_within_a_text() -> None:
    """Colours are listed for each character, the last one going on; or for each byte where the board wants bytes."""
    protocol = one_frame({"text": "{text}", "encoding": "gb2312", "each_byte": "colour"})
    assert protocol.frame("show", {"text": "请A0", "colour": "1,2"}).hex(" ") == "01 01 02 02"
    assert protocol.frame("show", {"text": "请A0", "colour": "1,3,2,2"}).hex(" ") == "01 03 02 02"
    with pytest.raises(FrameRefused, match="`colour` has 5 codes: the text is shorter"):
        protocol.frame("show", {"text": "请A0", "colour": "1,3,2,2,2"})


def test_lengths_may_count_registers_and_texts_fill_them() -> None:
    """A text of five letters is three registers of two bytes, the last one filled up."""
    parts = {"len": "text", "per": 2}, {"id": "text", "text": "{text}", "multiple": 2}
    assert one_frame(*parts).frame("show", {"text": "A0451"}).hex(" ") == "03 41 30 34 35 31 20"


def test_bytes_may_be_given_in_hex() -> None:
    """A part `bytes` takes hex, has a default if the file says so, and refuses what is no hex."""
    protocol = one_frame({"bytes": "data", "default": "00 01"})
    assert protocol.frame("show", {}).hex(" ") == "00 01"
    assert protocol.frame("show", {"data": "A0 07"}).hex(" ") == "a0 07"
    with pytest.raises(FrameRefused, match='`data` must be bytes in hex like "A0 07"'):
        protocol.frame("show", {"data": "A0 0"})


def test_a_character_is_plainer_before_it_is_replaced() -> None:
    """A full-width letter that the board lacks becomes the plain one; only what has no plain form is substituted."""
    protocol = one_frame({"text": "{text}", "encoding": "ascii", "substitute": "?"})
    assert protocol.frame("show", {"text": "Ａ０＞号"}) == b"A0>?"


def test_what_is_given_goes_before_an_actions_own_colour_but_not_before_its_words() -> None:
    """A board may have another colour or register than its protocol's actions; its wording stays the action's."""
    protocol = preset("pinganlihe-instant")
    assert protocol.frame("serving", {**FACE, "colour": 2})[9] == 2
    assert protocol.frame("clear", FACE)[11:-1] == b" "


def test_an_onbon_card_is_understood_only_with_its_address_and_crc() -> None:
    """Yes and no of the card that was asked; another card, a broken CRC and our own frame are nothing."""
    answer = preset("onbon-bx5k").telegrams("call", {**FACE, "address": 1})[-1].answer
    assert answer
    yes = bytes.fromhex("A5 A5 00 80 01 00 00 00 00 00 00 00 FE 02 05 00 A0 00 00 00 00")
    assert answer.verdict(b"\x00\xa5" + signed(yes)) == "ok"
    assert answer.verdict(signed(yes.replace(b"\xa0\x00", b"\xa0\x01"))) == "nak"
    assert answer.verdict(signed(yes.replace(b"\x80\x01", b"\x80\x02"))) == ""
    assert answer.verdict(signed(yes)[:-3] + b"\x00\x00\x5a") == ""
    assert answer.verdict(preset("onbon-bx5k").frame("call", {**FACE, "address": 1})) == ""


def signed(frame: bytes) -> bytes:
    """A frame of the card with its CRC, escaped: none of these holds an A5 or 5A within."""
    crc = CHECKSUMS["crc16-arc"].reckon(frame.lstrip(b"\xa5")).to_bytes(2, "little")
    assert not {0xA5, 0xA6, 0x5A, 0x5B} & set(crc)
    return frame + crc + b"\x5a"
