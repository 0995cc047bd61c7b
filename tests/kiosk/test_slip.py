"""How a ticket looks on paper, read back from the paper itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from lobbyline import ASSETS
from lobbyline.drivers.printers.escpos import render
from lobbyline.drivers.printers.links.tcp import TcpLink
from lobbyline.drivers.printers.printer import Printer
from lobbyline.drivers.printers.profile import Profile
from lobbyline.drivers.printers.receipt import Picture, Receipt, Text
from lobbyline.drivers.printers.standin.printer import Piece, StandinPrinter
from lobbyline.drivers.printers.typeset import columns, fitted, wrapped
from lobbyline.kiosk.layout import Layout, Sheet, have_their_pictures, layouts
from lobbyline.kiosk.slip import Paper, answered, counted, kind
from lobbyline.kiosk.slip import ticket as laid_out
from lobbyline.lobby.config.folder import Setup, load
from lobbyline.lobby.errors import ConfigError
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.reception.outbox import Slip
from tests.conftest import SAMPLE
from tests.drivers.printers.conftest import model
from tests.reader import codes

SLIP = Slip(
    number="A012",
    ahead=3,
    counters=[1, 2, 3],
    taken_at=datetime(2026, 11, 23, 9, 41, 7, tzinfo=ZoneInfo("Asia/Shanghai")),
    token="Xq3-9fKz_LmN0aBcDeFgHi",
    version="3f2a9c81b0d4",
    elder=False,
    texts={
        "zh": {
            "between": "、",
            "branch": "景祺街支行",
            "service": "取款",
            "wait": "约5–10分钟",
            "zone": "一区",
            "bring": ["银行卡或存折", "身份证"],
            "rules": ["过号请在30分钟内找大堂经理恢复", "爱心、预约、贵宾号可能先于您办理，上限见公示"],
        },
        "en": {
            "between": ", ",
            "branch": "Jingqi Street",
            "service": "Withdraw",
            "wait": "about 5–10 min",
            "zone": "Zone 1",
            "bring": ["Bank card or passbook", "ID card"],
            "rules": ["Missed your call? See us within 30 minutes", "Care, booked and VIP numbers may go first"],
        },
    },
)


def worded(slip: Slip, **words: str | list[str]) -> Slip:
    """The slip with other Chinese words."""
    return replace(slip, texts=slip.texts | {"zh": slip.texts["zh"] | words})


CROWDED = worded(
    replace(SLIP, number="B1045", ahead=127, counters=[1, 3, 4, 5, 6, 8, 10]),
    service="单位账户开立和变更",
    wait="人数较多，请留意叫号",
    bring=["营业执照正本", "法定代表人身份证", "公章、财务专用章和法定代表人名章", "第四样"],
)
WIDE, NARROW = model("generic-80"), model("generic-58")
MODELS = sorted(file.stem for file in (ASSETS / "printers").glob("*.toml"))
SHEETS = layouts(load(SAMPLE))


def ticket(slip: Slip, copy: int, profile: Profile) -> Receipt:
    """The slip in the layouts that we deliver."""
    return laid_out(Paper(slip, copy), SHEETS[kind(slip)], profile)


def one_line(tmp_path: Path, **keys: object) -> Sheet:
    """A layout of a single line."""
    return Sheet(Layout.model_validate({"lines": [keys]}), tmp_path)


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Callable[..., Piece]]:
    """Prints a slip on a stand-in and gives the piece of paper."""
    with ExitStack() as running:

        def printed(slip: Slip | Paper, copy: int = 0, profile: Profile = WIDE) -> Piece:
            paper = slip if isinstance(slip, Paper) else Paper(slip, copy)
            standin = StandinPrinter(tmp_path, profile, speed=20_000).start()
            running.callback(standin.stop)
            printer = Printer(TcpLink("front", f"tcp://127.0.0.1:{standin.port}"), profile)
            running.callback(printer.close)
            assert printer.print(laid_out(paper, SHEETS[kind(paper.slip)], profile), "ab12").state == "printed"
            assert standin.unknown == []
            return standin.tickets[0]

        yield printed


def test_an_ordinary_ticket_says_everything_once(paper: Callable[..., Piece]) -> None:
    """Number, service, wait, place, papers, rules, code, time and version, in the order of a customer's questions."""
    lines = paper(SLIP).text.splitlines()
    assert lines[0].startswith("[picture 56 x")  # the logo
    assert lines[1:] == [
        "景祺街支行",
        "A 012",
        "取款",
        "Withdraw",
        "[picture 576 x 2]",
        "前面 3 人  约5-10分钟",
        "一区 → 1、2、3号窗口",
        "3 ahead, about 5-10 min  Zone 1 → 1, 2, 3",
        "[picture 576 x 2]",
        "请带 Bring □ 银行卡或存折 Bank card or passbook",
        "           □ 身份证 ID card",
        "过号请在30分钟内找大堂经理恢复",
        "爱心、预约、贵宾号可能先于您办理，上限见公示",
        "Missed your call? See us within 30 minutes",
        "2026-11-23 09:41:07 3f2a9c81b0d4",
        "[QR Xq3-9fKz_LmN0aBcDeFgHi]",
    ]


def test_a_branch_of_one_language_has_no_empty_lines(paper: Callable[..., Piece]) -> None:
    """Without English no line, no label and no gap of it is on the paper; so with a slip of an older version."""
    for slip in (replace(SLIP, texts={"zh": SLIP.texts["zh"]}), replace(SLIP, texts={})):
        lines = render(ticket(slip, 0, WIDE), WIDE)
        assert b"ahead" not in lines
        assert b"Withdraw" not in lines
        assert "前面 3 人".encode("gb18030") in lines


def test_an_ordinary_ticket_is_shorter_than_100_mm(paper: Callable[..., Piece]) -> None:
    """Paper costs time and money: an ordinary ticket stays under 100 mm, with two things to bring."""
    assert paper(SLIP).length_mm < 100


@pytest.mark.parametrize("profile", [model(name) for name in MODELS], ids=MODELS)
@pytest.mark.parametrize("slip", [SLIP, CROWDED, replace(SLIP, elder=True), replace(CROWDED, elder=True)])
def test_every_ticket_fits_its_paper(paper: Callable[..., Piece], slip: Slip, profile: Profile) -> None:
    """On 80 and 58 mm, ordinary and elder, no line is wider than the paper and the number is whole."""
    lines = paper(slip, profile=profile).text.splitlines()
    assert (f"{slip.number[0]} {slip.number[1:]}" in lines) is (profile.largest_letters == 8)
    assert all(columns(line) <= profile.columns for line in lines if not line.startswith("["))
    assert (f"[QR {slip.token}]" in lines) is profile.native_qr


def test_the_number_is_larger_for_elders() -> None:
    """Six times the usual letters for everyone, eight times for elders where the paper is wide enough."""
    sizes = [
        line.wide
        for slip in (SLIP, replace(SLIP, elder=True))
        for line in ticket(slip, 0, WIDE).lines
        if isinstance(line, Text) and line.words == "A\u2009012"
    ]
    assert sizes == [6, 8]


@pytest.mark.parametrize(("copy", "marked"), [(0, False), (1, True), (2, True)])
def test_a_reprint_says_so(paper: Callable[..., Piece], copy: int, marked: bool) -> None:
    """A copy carries the same number and the words 补打 / REPRINT with its count; the first paper does not."""
    text = paper(SLIP, copy).text
    assert (f"补打 / REPRINT {copy}\nA 012\n" in text) is marked
    assert "A 012" in text


def test_at_most_three_things_to_bring(paper: Callable[..., Piece]) -> None:
    """More than three things belong on the kiosk, not on the paper."""
    assert paper(CROWDED).text.count("□") == 3


def test_nobody_ahead_is_said_in_words(paper: Callable[..., Piece]) -> None:
    """Zero is not a number of people one meets; how long it takes is told in each language all the same."""
    for slip in (replace(SLIP, ahead=0), replace(SLIP, ahead=0, elder=True)):
        told = paper(slip).text
        assert "前面没有人" in told
        assert "Nobody ahead, about 5-10 min" in told


def test_counters_in_a_row_are_a_range() -> None:
    """Up to three counters are named one by one, four and more in a row as a range, with the commas of the language."""
    assert [counted(counters, "、") for counters in ([3], [1, 2, 3], [2, 1, 3, 4], [1, 3, 4, 5, 6, 8])] == [
        "3",
        "1、2、3",
        "1–4",
        "1、3–6、8",
    ]
    assert counted([1, 3, 4, 5, 6, 8], ", ") == "1, 3–6, 8"


@pytest.mark.parametrize("profile", [WIDE, NARROW])
@pytest.mark.parametrize("elder", [False, True])
def test_a_foreign_reader_finds_the_code(paper: Callable[..., Piece], profile: Profile, elder: bool) -> None:
    """The printed code is read from the picture of the paper by a program that is not ours."""
    assert codes(paper(replace(SLIP, elder=elder), profile=profile).png) == [SLIP.token]


def test_a_service_with_a_rare_character_is_drawn() -> None:
    """A word that the printer's font lacks is still on the paper."""
    data = render(ticket(worded(SLIP, zone="䶮区"), 0, WIDE), WIDE)
    assert "区".encode("gb18030") not in data
    assert data.count(b"\x1dv0") > render(ticket(SLIP, 0, WIDE), WIDE).count(b"\x1dv0")


@pytest.mark.parametrize("profile", [model(name) for name in MODELS], ids=MODELS)
@pytest.mark.parametrize("slip", [SLIP, CROWDED, replace(SLIP, elder=True), replace(CROWDED, elder=True)])
def test_no_number_is_broken(slip: Slip, profile: Profile) -> None:
    """Whatever the paper's width, every figure of the ticket stands in one row."""
    for line in ticket(slip, 2, profile).lines:
        if isinstance(line, Text):
            rows = wrapped(fitted(line, profile), profile)
            figures = re.findall(r"[0-9][0-9:-]*", line.words)
            assert [figure for row in rows for figure in re.findall(r"[0-9][0-9:-]*", row)] == figures


def test_a_filled_form_is_masked_on_paper(setup: Setup, paper: Callable[..., Piece]) -> None:
    """The paper of a form has each answer at the right edge, and hides what nobody else should read."""
    form = setup.forms["F02"]
    answers = {"name": "张三", "card_no": "6299000000000007", "amt": "2000"}
    sheet = Paper(replace(SLIP, form="F02"), 0, form.name.root, answered(form, answers, setup.between()))
    text = paper(sheet).text
    assert f"姓名  Name{'张*':>37}" in text  # a hanzi takes two of the 48 columns
    assert "6299********0007" in text
    assert "6299000000000007" not in text
    assert "2,000" in text
    assert "请带" not in text


def test_a_field_that_says_nothing_takes_its_line_with_it(tmp_path: Path) -> None:
    """A line is printed only when all of its fields say something; parts come and go one by one."""
    nobody = Paper(replace(SLIP, ahead=0))
    assert laid_out(nobody, one_line(tmp_path, text="前面 {ahead} 人"), WIDE).lines == ()
    parts = laid_out(nobody, one_line(tmp_path, text=["{ahead} ahead", "{zone:fr}", "{zone}"]), WIDE).lines
    assert [line.words for line in parts if isinstance(line, Text)] == ["一区"]


def test_a_line_may_shrink_rather_than_wrap(tmp_path: Path) -> None:
    """From its size down to `smallest`, the largest in which it stays in one row."""
    long = Paper(worded(SLIP, service="取款（5万元及以下）"))
    sheet = one_line(tmp_path, text="{service}", size=4, smallest=1)
    (line,) = laid_out(long, sheet, WIDE).lines
    assert isinstance(line, Text)
    assert line.wide == 2


def test_a_logo_is_black_and_white_and_as_high_as_wished(tmp_path: Path) -> None:
    """Dark is black, light and see-through are white, no dithering; too wide a picture shrinks to the paper."""
    picture = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    picture.paste((90, 90, 90, 255), (0, 0, 100, 100))
    picture.paste((200, 200, 200, 255), (100, 0, 150, 100))
    picture.save(tmp_path / "logo.png")
    sheet = one_line(tmp_path, picture="logo.png", height_mm=10, align="centre", below=0)
    (logo,) = laid_out(Paper(SLIP), sheet, WIDE).lines
    assert isinstance(logo, Picture)
    high = WIDE.in_dots(10)
    assert len(logo.rows) == (2 * high + 7) // 8 * high
    black = sum(byte.bit_count() for byte in logo.rows)
    assert black == pytest.approx(high * high, rel=0.02)


@pytest.mark.warns("cannot be printed")
@pytest.mark.parametrize("damage", [(8, ""), (11, "00"), (36, "00")])
def test_a_damaged_logo_costs_nobody_a_ticket(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, damage: tuple[int, str]
) -> None:
    """The ticket is printed without it, and the log says why: whether it was cut off or has a wrong byte."""
    place, byte = damage
    Image.new("RGBA", (8, 6), "black").save(tmp_path / "logo.png")
    whole = (tmp_path / "logo.png").read_bytes()
    (tmp_path / "logo.png").write_bytes(whole[:place] + (bytes.fromhex(byte) + whole[place + 1 :] if byte else b""))
    assert laid_out(Paper(SLIP), one_line(tmp_path, picture="logo.png"), WIDE).lines == ()
    assert "cannot be printed" in caplog.text


def test_mistakes_of_a_layout_have_file_and_line(branch_folder: Path) -> None:
    """All mistakes of a technician's layout at once, each with its line, what was found and what is allowed."""
    (branch_folder / "tickets").mkdir()
    file = branch_folder / "tickets" / "ordinary.toml"
    file.write_text(
        """[[lines]]
text = "{numbr}"

[[lines]]
text = "{item}"

[[lines]]
text = "A"
size = 9
colour = "red"

[[lines]]
text = "{number"

[[lines]]
rule = true
qr = "{token}"
"""
    )
    with pytest.raises(ConfigError) as caught:
        layouts(load(branch_folder))
    told = str(caught.value).replace(str(file), "FILE").splitlines()
    assert [line.split(":")[1] for line in told] == ["2", "4", "9", "10", "13", "15"]
    assert 'did you mean "number"' in told[0]
    assert "{item}" in told[1]
    assert told[2] == "FILE:9: size is 9; at most 8"
    assert told[3].startswith('FILE:10: unknown key "colour"')
    assert "brace" in told[4]
    assert "one of text, qr, picture, rule and feed" in told[5]


@pytest.mark.warns("cannot be printed")
def test_a_lost_logo_and_a_stray_layout_are_mistakes(branch_folder: Path) -> None:
    """A picture that is not there has its line, and costs nobody a ticket; a stray layout is told as such."""
    (branch_folder / "tickets").mkdir()
    file = branch_folder / "tickets" / "elder.toml"
    file.write_text('[[lines]]\ntext = "A"\n\n[[lines]]\npicture = "none.png"\n')
    with pytest.raises(ConfigError, match=r'elder.toml:5: picture "none.png" cannot be read: No such file'):
        have_their_pictures(load(branch_folder))
    assert len(laid_out(Paper(SLIP), layouts(load(branch_folder))["elder"], WIDE).lines) == 1
    (branch_folder / "tickets" / "elders.toml").write_text("")
    with pytest.raises(ConfigError, match=r'elders.toml:1: is not read by anything; did you mean "elder.toml"'):
        load(branch_folder)


def test_an_emergency_paper_says_nothing_of_the_line(setup: Setup, tmp_path: Path, at: datetime) -> None:
    """The number and what it is for, and that staff will call; nobody knows how many are ahead."""
    lobby = Lobby(setup, tmp_path, series="X")
    for _ in range(3):
        lobby.reception.take("W1", at)
    job = lobby.outbox.due("front")
    lobby.close()
    assert job is not None
    assert (kind(job.slip), job.slip.number) == ("emergency", "X001")
    said = str(laid_out(Paper(job.slip), layouts(setup)["emergency"], model("generic-80")))
    assert "应急号" in said
    assert not re.search("前面|分钟|ahead|min", said)
