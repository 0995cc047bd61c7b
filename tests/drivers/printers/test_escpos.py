"""Receipts as bytes, to be checked against the ESC/POS manual."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lobbyline.drivers.printers import escpos, typeset
from lobbyline.drivers.printers.escpos import millimetres, render
from lobbyline.drivers.printers.profile import Profile
from lobbyline.drivers.printers.receipt import Cut, Feed, Fence, Line, Picture, Qr, Receipt, Report, Rule, Text
from lobbyline.drivers.printers.typeset import wrapped
from tests.drivers.printers.conftest import model

WIDE = model("generic-80")
NARROW = model("generic-58")


def sent(*lines: Line, profile: Profile = WIDE) -> str:
    """The bytes of the lines as hex, without the opening."""
    data = render(Receipt(lines), profile)
    opening = b"\x1b@" + (b"\x1c&" if profile.hanzi != "none" else b"")
    assert data.startswith(opening)
    return data.removeprefix(opening).hex(" ")


def test_a_receipt_opens_with_a_known_state_and_kanji_mode() -> None:
    """ESC @, then FS &: whatever the last page left behind is gone."""
    assert render(Receipt(()), WIDE).hex(" ") == "1b 40 1c 26"


def test_a_model_may_want_bytes_of_its_own_first() -> None:
    """The prologue of a profile stands between ESC @ and FS &."""
    assert (
        render(Receipt(()), Profile.model_validate({"prologue": "1D 50 CB CB"})).hex(" ") == "1b 40 1d 50 cb cb 1c 26"
    )


def test_chinese_goes_out_as_raw_gb18030() -> None:
    """Alignment, weight, line spacing, size, then the two bytes of each hanzi."""
    assert sent(Text("取款 A1")) == ("1b 61 00 1b 45 00 1b 33 1e 1d 21 00 c8 a1 bf ee 20 41 31 0a")


def test_size_is_set_by_one_command_alone() -> None:
    """GS ! carries width and height; smoothing is asked for once letters are enlarged."""
    assert sent(Text("取", 2, 3, "centre", bold=True, leading=8)) == (
        "1b 61 01 1b 45 01 1d 62 01 1b 33 50 1d 21 12 c8 a1 0a"
    )


def test_much_white_is_fed_in_pieces() -> None:
    """ESC J takes 255 dots at most."""
    assert sent(Feed(600)) == "1b 4a ff 1b 4a ff 1b 4a 5a"
    assert sent(Feed(255)) == "1b 4a ff"


def test_a_rule_is_two_dots_of_black_from_edge_to_edge() -> None:
    """72 bytes a row on 80 mm, every dot of them set, then white."""
    head, _, dots = sent(Rule(8)).partition("1d 76 30 00 48 00 02 00 ")
    assert (head, dots) == ("1b 61 00 ", " ".join(["ff"] * 144) + " 1b 4a 08")


def test_a_thin_space_is_a_narrow_blank_of_full_height() -> None:
    """A ticket number is one line: letter, a blank a third as wide, digits."""
    assert sent(Text("A\u2009012", 6, 6, leading=0)) == (
        "1b 61 00 1b 45 00 1d 62 01 1b 33 90 1d 21 55 41 1d 21 15 20 1d 21 55 30 31 32 0a"
    )


@pytest.mark.parametrize(
    ("number", "profile", "size"), [("A\u2009012", WIDE, 8), ("A\u2009012", NARROW, 7), ("A\u20091234", NARROW, 6)]
)
def test_a_number_takes_the_largest_size_that_fits(number: str, profile: Profile, size: int) -> None:
    """A number is never broken over two lines: it becomes smaller instead."""
    fitted = typeset.fitted(Text(number, 8, 8), profile)
    assert (fitted.wide, fitted.high) == (size, size)
    assert wrapped(fitted, profile) == [number]


@pytest.mark.parametrize("char", ["㐂", "䶮", "𠮷", "¥"])
def test_what_the_resident_font_lacks_is_drawn(char: str) -> None:
    """Rare names reach the paper as a picture of their line, 24 dots high."""
    data = bytes.fromhex(sent(Text(f"王{char}")))
    assert b"\x1dv0\x00" in data
    assert "王".encode("gb18030") not in data


def test_other_lines_stay_text_beside_a_drawn_one() -> None:
    """Only the line with the rare character is a picture."""
    data = bytes.fromhex(sent(Text("王䶮"), Text("取款")))
    assert data.count(b"\x1dv0\x00") == 1
    assert "取款".encode("gb18030") in data


def test_a_model_without_chinese_has_all_of_it_drawn() -> None:
    """No FS & and no hanzi for a printer without a Chinese font; its Latin stays text."""
    profile = Profile.model_validate({"hanzi": "none"})
    assert b"\x1dv0\x00" in bytes.fromhex(sent(Text("取款"), profile=profile))
    assert b"Withdraw\n" in bytes.fromhex(sent(Text("Withdraw"), profile=profile))


def test_control_characters_never_reach_the_printer() -> None:
    """A text cannot command: ESC, GS, DLE EOT and friends are dropped, line ends become spaces."""
    hostile = "取\x1b@\x1dV\x00\x10\x04\x01款\n\u202eA\x7f\x9b"
    assert typeset.plain(hostile) == "取@V款 A"


@pytest.mark.parametrize("profile", [WIDE, NARROW])
def test_lines_are_wrapped_by_columns(profile: Profile) -> None:
    """A hanzi is two columns, and closing punctuation does not begin a line."""
    rows = wrapped(Text("爱心、预约、贵宾号可能先于您办理，上限见公示。" * 3), profile)
    assert max(map(typeset.columns, rows)) <= profile.columns
    assert not any(row.startswith(("、", ",", "。")) for row in rows)


words = st.text(st.sampled_from("取款办理 ，。、ab12é㐂\t"), max_size=80)


@given(words, st.integers(1, 8))
def test_wrapping_loses_nothing_and_never_overflows(words: str, size: int) -> None:
    """Whatever the text and the size, every line fits and no character but blanks is lost."""
    text = typeset.fitted(Text(typeset.plain(words), size, size), NARROW)
    rows = wrapped(text, NARROW)
    assert "".join(rows).replace(" ", "") == text.words.replace(" ", "")
    assert all(typeset.columns(row) * text.wide <= NARROW.columns for row in rows)


@given(st.lists(st.integers(0, 10**9), max_size=8), st.integers(1, 8))
def test_a_figure_stays_in_one_line(figures: list[int], size: int) -> None:
    """No figure is broken at a line's end."""
    text = typeset.fitted(Text("号".join(map(str, figures)), size, size), NARROW)
    rows = wrapped(text, NARROW)
    assert [int(figure) for row in rows for figure in row.replace("号", " ").split()] == figures


def test_a_native_qr_stands_in_four_modules_of_quiet() -> None:
    """GS ( k: model 2, module of 4 dots, level M, store, print; 16 dots of white above and below."""
    assert sent(Qr("Xq3", 4, "right")) == (
        "1b 4a 10 1b 61 02 "
        "1d 28 6b 04 00 31 41 32 00 1d 28 6b 03 00 31 43 04 1d 28 6b 03 00 31 45 31 "
        "1d 28 6b 06 00 31 50 30 58 71 33 1d 28 6b 03 00 31 51 30 "
        "1b 4a 10"
    )


def test_white_of_a_picture_is_fed_not_sent() -> None:
    """White rows above and below are ESC J, and rows end at their last black dot."""
    rows = bytes(9) + b"\x80\0\0" + bytes(3)
    assert sent(Picture(24, rows)) == "1b 4a 03 1b 61 00 1d 76 30 00 01 00 01 00 80 1b 4a 01"


def test_a_picture_never_holds_a_real_time_command() -> None:
    """Some firmware obeys DLE EOT, DLE ENQ and DLE DC4 inside pictures: one dot is added instead."""
    data = bytes.fromhex(sent(Picture(56, b"\x10\x04\x10\x05\x10\x14\xff")))
    assert data.endswith(b"\x10\x0c\x10\x0d\x10\x1c\xff")


def test_a_band_is_shorter_than_the_padding_that_ends_it() -> None:
    """An interrupted picture on the widest paper is over after the padding."""
    assert len(escpos.PADDING) > escpos.BAND * 1280 // 8


def test_fences_and_cut() -> None:
    """GS ( H with its token where the model has it, else GS r; GS V 66 0 feeds to the blade and cuts."""
    lines = (Report(), Fence("ab12"), Cut(), Fence("ab12"))
    assert sent(*lines, profile=Profile.model_validate({"fence": "gsh"})) == (
        "1d 61 0e 1d 28 48 06 00 30 30 61 62 31 32 1d 56 42 00 1d 28 48 06 00 30 30 61 62 31 32"
    )
    assert sent(*lines, profile=Profile.model_validate({"fence": "gsr"})) == "1d 61 0e 1d 72 01 1d 56 42 00 1d 72 01"
    assert sent(*lines, profile=Profile.model_validate({"fence": "none", "reports": False})) == "1d 56 42 00"


def test_a_fence_has_four_printable_characters() -> None:
    """A token that a printer could not return is refused."""
    with pytest.raises(ValueError, match="four printable characters"):
        sent(Fence("a\x00b"), profile=Profile.model_validate({"fence": "gsh"}))


def test_the_length_of_the_paper_is_known_before_printing() -> None:
    """Text, white, a rule, a QR code of 21 modules and the way to the blade add up."""
    lines = (Text("取款"), Feed(300), Rule(8), Qr("Xq3", 4), Cut())
    assert millimetres(Receipt(lines), WIDE) == pytest.approx(WIDE.mm(30 + 300 + 10 + 84 + 32 + 120))


def test_letters_too_large_for_a_model_are_drawn() -> None:
    """Where enlarged letters would be blocks, the number goes out as a picture and small text stays text."""
    profile = Profile.model_validate({"smoothing": False, "largest_letters": 3})
    assert b"\x1dv0\x00" in bytes.fromhex(sent(Text("A012", 6, 6), profile=profile))
    assert b"\x1dv0\x00" not in bytes.fromhex(sent(Text("A012", 3, 3), profile=profile))


def test_a_remark_in_brackets_stays_together() -> None:
    """A service breaks before what stands in brackets, unless that is longer than a line of its own."""
    assert typeset.wrapped(Text("取款（5万元及以下）", 2, 2, "centre"), NARROW) == ["取款", "（5万元及以下）"]
    assert typeset.wrapped(Text("存款（含存折、定期、通知存款）", 2, 2), NARROW) == [
        "存款（含存折、定",
        "期、通知存款）",
    ]


def test_a_centred_line_ends_where_a_clause_ends() -> None:
    """Better two clauses of different lengths than two equal lines of which one breaks a clause."""
    assert wrapped(Text("请留好号，等工作人员叫", 2, 2, "centre"), NARROW) == ["请留好号，", "等工作人员叫"]
    assert wrapped(Text("风险评估和风险揭示", 2, 2, "centre"), NARROW) == ["风险评估和", "风险揭示"]


def test_no_short_rest_stands_alone() -> None:
    """A last line of a few characters takes from the line before, a whole clause where it can; with its indent, too."""
    assert wrapped(Text("过号请在30分钟内找大堂经理恢复", 2, 2), WIDE) == ["过号请在30分钟内", "找大堂经理恢复"]
    assert wrapped(Text("Missed your call? See us within 30 minutes", hang=4), NARROW) == [
        "Missed your call?",
        "    See us within 30 minutes",
    ]
    assert wrapped(Text("Please keep this number until it is called", hang=4), NARROW) == [
        "Please keep this number",
        "    until it is called",
    ]
