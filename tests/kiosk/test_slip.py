"""How a ticket looks on paper, read back from the paper itself."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lobbyline import ASSETS
from lobbyline.drivers.printers.escpos import Text, columns, render
from lobbyline.drivers.printers.link import TcpLink
from lobbyline.drivers.printers.printer import Printer
from lobbyline.drivers.printers.profile import Profile, read_profile
from lobbyline.drivers.printers.standin import Piece, StandinPrinter
from lobbyline.kiosk.slip import counted, ticket
from lobbyline.lobby.outbox import Slip

SLIP = Slip(
    branch="景祺街支行",
    number="A012",
    service=["取款", "Withdraw"],
    ahead=3,
    wait="约5–10分钟",
    zone="一区",
    counters=[1, 2, 3],
    bring=["银行卡或存折", "身份证"],
    rules=["过号请在30分钟内找大堂经理恢复", "爱心、预约、贵宾号可能先于您办理,上限见公示"],
    taken_at=datetime(2026, 11, 23, 9, 41, 7, tzinfo=ZoneInfo("Asia/Shanghai")),
    token="Xq3-9fKz_LmN0aBcDeFgHi",
    version="3f2a9c81b0d4",
    elder=False,
)
CROWDED = replace(
    SLIP,
    number="B1045",
    service=["单位账户开立和变更", "Open or change a business account"],
    ahead=127,
    wait="人数较多,请留意叫号",
    counters=[1, 3, 4, 5, 6, 8, 10],
    bring=["营业执照正本", "法定代表人身份证", "公章、财务专用章和法定代表人名章", "第四样"],
)


def model(name: str) -> Profile:
    return read_profile(tomllib.loads((ASSETS / "printers" / f"{name}.toml").read_text()))


WIDE, NARROW = model("generic-80"), model("generic-58")


@pytest.fixture
def paper(tmp_path: Path) -> Iterator[Callable[..., Piece]]:
    """Prints a slip on a stand-in and gives the piece of paper."""
    with ExitStack() as running:

        def printed(slip: Slip, copy: int = 0, profile: Profile = WIDE) -> Piece:
            standin = StandinPrinter(tmp_path, profile, speed=20_000).start()
            running.callback(standin.stop)
            printer = Printer(TcpLink("front", f"tcp://127.0.0.1:{standin.port}"), profile)
            running.callback(printer.close)
            assert printer.print(ticket(slip, copy, profile), "ab12").state == "printed"
            assert standin.unknown == []
            return standin.tickets[0]

        yield printed


def test_an_ordinary_ticket_says_everything_once(paper: Callable[..., Piece]) -> None:
    """Number, service, wait, place, papers, rules, code, time and version, in the order of a customer's questions."""
    assert paper(SLIP).text.splitlines() == [
        "景祺街支行",
        "A 012",
        "取款",
        "Withdraw",
        "[picture 576 x 2]",
        "前面 3 人  约5–10分钟",
        "一区 → 1、2、3号窗口",
        "[picture 576 x 2]",
        "请准备 □ 银行卡或存折",
        "       □ 身份证",
        "过号请在30分钟内找大堂经理恢复",
        "爱心、预约、贵宾号可能先于您办理,上限见公示",
        "2026-11-23 09:41:07  3f2a9c81b0d4",
        "[QR Xq3-9fKz_LmN0aBcDeFgHi]",
    ]


def test_an_ordinary_ticket_is_shorter_than_100_mm(paper: Callable[..., Piece]) -> None:
    """Paper costs time and money: an ordinary ticket stays under 100 mm, with two things to bring."""
    assert paper(SLIP).length_mm < 100


@pytest.mark.parametrize("profile", [WIDE, NARROW])
@pytest.mark.parametrize("slip", [SLIP, CROWDED, replace(SLIP, elder=True), replace(CROWDED, elder=True)])
def test_every_ticket_fits_its_paper(paper: Callable[..., Piece], slip: Slip, profile: Profile) -> None:
    """On 80 and 58 mm, ordinary and elder, no line is wider than the paper and the number is whole."""
    lines = paper(slip, profile=profile).text.splitlines()
    assert f"{slip.number[0]} {slip.number[1:]}" in lines
    assert all(columns(line) <= profile.columns for line in lines if not line.startswith("["))
    assert f"[QR {slip.token}]" in lines


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
    """Zero is not a number of people one meets."""
    assert "前面没有人" in paper(replace(SLIP, ahead=0)).text


def test_counters_in_a_row_are_a_range() -> None:
    """Up to three counters are named one by one, four and more in a row as a range."""
    assert [counted(counters) for counters in ([3], [1, 2, 3], [2, 1, 3, 4], [1, 3, 4, 5, 6, 8])] == [
        "3",
        "1、2、3",
        "1–4",
        "1、3–6、8",
    ]


@pytest.mark.parametrize("profile", [WIDE, NARROW])
@pytest.mark.parametrize("elder", [False, True])
def test_a_foreign_reader_finds_the_code(paper: Callable[..., Piece], profile: Profile, elder: bool) -> None:
    """The printed code is read from the picture of the paper by a program that is not ours."""
    if shutil.which("zbarimg") is None:
        pytest.skip("zbarimg (Debian's zbar-tools) is not installed")
    png = paper(replace(SLIP, elder=elder), profile=profile).png
    read = subprocess.run(["zbarimg", "-q", "--raw", png], capture_output=True, text=True, check=True)
    assert read.stdout == f"{SLIP.token}\n"


def test_a_service_with_a_rare_character_is_drawn() -> None:
    """A word that the printer's font lacks is still on the paper."""
    data = render(ticket(replace(SLIP, zone="䶮区"), 0, WIDE), WIDE)
    assert "区".encode("gb18030") not in data
    assert data.count(b"\x1dv0") > render(ticket(SLIP, 0, WIDE), WIDE).count(b"\x1dv0")
