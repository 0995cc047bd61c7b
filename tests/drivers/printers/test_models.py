"""Every model of the assets: its bytes, its answers, and a whole page on a stand-in that answers as it does."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lobbyline import ASSETS
from lobbyline.drivers.printers.dialects import DIALECTS
from lobbyline.drivers.printers.escpos import millimetres, render
from lobbyline.drivers.printers.printer import Printer
from lobbyline.drivers.printers.receipt import Cut, Qr, Receipt, Text
from lobbyline.drivers.printers.replies import RealTime, Replies
from lobbyline.drivers.printers.standin.printer import StandinPrinter
from lobbyline.drivers.printers.status import Status
from tests.drivers.printers.conftest import model

MODELS = sorted(file.stem for file in (ASSETS / "printers").glob("*.toml"))
CUTS = {
    "citizen-pmu2300iii": "1d 56 42 00",
    "custom-vkp80iii": "1c 50 08 01 45 1e",
    "epson-tm-t20iii": "1d 56 42 00",
    "epson-tm-t88vi": "1d 56 42 00",
    "generic-58": "1d 56 42 00",
    "generic-80": "1d 56 42 00",
    "masung-ms-d347": "1b 69",
    "snbc-bt-ur056": "1d 56 42 00",
}


@pytest.mark.parametrize("name", MODELS)
def test_each_model_cuts_in_its_own_way(name: str) -> None:
    """A page ends with the bytes that its maker's manual gives for cutting and presenting."""
    assert render(Receipt((Text("A"), Cut())), model(name)).endswith(bytes.fromhex(CUTS[name]))


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("name_of_customer", ["王㐂", "王䶮", "王𠮷", "￥100（①）：〇；Ｎo．１"])
def test_names_and_full_width_signs_reach_every_paper(name: str, name_of_customer: str) -> None:
    """Rare hanzi are drawn on every model; full-width signs are two bytes that every Chinese font has."""
    profile = model(name)
    data = render(Receipt((Text(name_of_customer),)), profile)
    rare = any(char in name_of_customer for char in "㐂䶮𠮷")
    assert (b"\x1dv0" in data) is rare
    assert (name_of_customer.encode("gb18030") in data) is not rare


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("fault", [None, "paper_low", "paper_out", "cover", "cutter", "jam", "exit"])
def test_each_model_is_understood(
    standin: Callable[..., StandinPrinter], connect: Callable[[StandinPrinter], Printer], name: str, fault: str | None
) -> None:
    """A stand-in with the model's own answers: faults that the model can tell are told, and a sound page is printed."""
    profile = model(name)
    paper = standin(profile)
    printer = connect(paper)
    paper.fault = fault  # type: ignore[assignment]
    status = printer.status()
    expected = {
        None: Status(),
        "paper_low": Status(paper="low"),
        "paper_out": Status(paper="out", online=profile.dialect == "custom"),
        "cover": Status(cover_open=True, online=profile.dialect == "custom"),
        "cutter": Status(cutter_stuck=True, online=profile.dialect == "custom"),
        "jam": Status(error="recoverable", online=False),
        "exit": Status(),
    }[fault]
    if profile.dialect == "custom" and fault == "jam":
        expected = Status(jammed=True)
    if profile.dialect in ("custom", "masung") and fault == "exit":
        expected = Status(at_exit=True)
    if profile.dialect == "snbc" and fault == "paper_low":
        expected = Status(paper="out")  # it has one sensor, and says so with the same bits
    assert status == expected
    if not status.fault:
        assert printer.print(Receipt((Text("取款"), Qr("token"))), "ab12").state == "printed"
        assert paper.unknown == []
        assert [code for piece in paper.tickets for code in piece.codes] == (["token"] if profile.native_qr else [])


@pytest.mark.parametrize(
    ("dialect", "answers", "status"),
    [
        ("epson", "12 12 12 7e", Status(paper="out")),
        ("snbc", "12 12 12 1e", Status()),
        ("snbc", "12 12 12 12", Status(paper="out")),
        ("masung", "12 12 12 10", Status()),
        ("masung", "12 12 12 12", Status(at_exit=True)),
        ("masung", "12 12 12 1c", Status(paper="low")),
        ("custom", "10 0f 00 00 00 00", Status()),
        ("custom", "10 0f 01 00 00 00", Status(paper="out")),
        ("custom", "10 0f 04 00 00 00", Status(paper="low")),
        ("custom", "10 0f 40 00 00 00", Status(paper="low")),
        ("custom", "10 0f 20 00 00 00", Status(at_exit=True)),
        ("custom", "10 0f 00 02 00 00", Status(cover_open=True)),
        ("custom", "10 0f 00 00 40 00", Status(jammed=True)),
        ("custom", "10 0f 00 00 00 01", Status(cutter_stuck=True)),
    ],
)
def test_each_dialect_is_read_by_its_own_bits(dialect: str, answers: str, status: Status) -> None:
    """The makers' answers as their manuals print them."""
    spoken = DIALECTS[dialect]
    heard = Replies(spoken).take(bytes.fromhex(answers))
    assert all(isinstance(answer, RealTime) for answer in heard)
    assert spoken.status([answer.data for answer in heard if isinstance(answer, RealTime)]) == status


def test_a_short_page_is_filled_up_for_its_exit() -> None:
    """A presenter that loses tickets shorter than 70 mm gets 70 mm."""
    page = Receipt((Text("A"), Cut()))
    assert millimetres(page, model("custom-vkp80iii")) == pytest.approx(70, abs=0.2)
    assert millimetres(page, model("generic-80")) < 20
