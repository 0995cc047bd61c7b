"""The stand-in: true to the dots, the blade and the buffer of a printer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from lobbyline.drivers.printers.escpos import millimetres
from lobbyline.drivers.printers.links.tcp import TcpLink
from lobbyline.drivers.printers.printer import Printer
from lobbyline.drivers.printers.receipt import Picture, Qr, Receipt, Text
from lobbyline.drivers.printers.standin import printer as standin_module
from lobbyline.drivers.printers.standin.printer import StandinPrinter
from tests.drivers.printers.conftest import FAST, model
from tests.reader import codes

Standins = Callable[..., StandinPrinter]
Connect = Callable[[StandinPrinter], Printer]
WIDE = model("generic-80", fence="gsh")


def printed(standin: StandinPrinter, printer: Printer, *lines: Text | Qr | Picture) -> Image.Image:
    """The picture of one page."""
    printer.status()
    assert printer.print(Receipt(lines), "ab12").state == "printed"
    with Image.open(standin.tickets[-1].png) as picture:
        return picture.copy()


def test_it_reads_with_code_of_its_own() -> None:
    """An error in our encoder cannot hide in the decoder: the stand-in does not import it."""
    for module in ("printer.py", "hand.py", "faults.py", "paper.py"):
        source = Path(standin_module.__file__).with_name(module).read_text()
        assert not any(f"{ours} import" in source for ours in ("escpos", "typeset", "receipt", "drawing"))


def test_a_picture_arrives_dot_for_dot(standin: Standins, connect: Connect) -> None:
    """A raster picture in several bands with white between them is the same picture on paper."""
    rows = bytes(x * y % 251 | 1 if y % 60 < 50 else 0 for y in range(200) for x in range(72))
    paper = standin(WIDE)
    page = printed(paper, connect(paper), Picture(576, rows))
    margin, top = (page.width - 576) // 2, WIDE.head_to_cutter
    sent = Image.frombytes("1", (576, 200), bytes(byte ^ 0xFF for byte in rows))
    assert ImageChops.logical_xor(page.crop((margin, top, margin + 576, top + 200)), sent).getbbox() is None


def test_text_and_its_picture_stand_in_the_same_place(standin: Standins, connect: Connect) -> None:
    """A line that had to be drawn looks like its neighbours: same columns, same baseline, same weight."""
    paper = standin(model("generic-80", fence="gsh", smoothing=True))
    first = connect(paper)
    resident = printed(paper, first, Text("取款 A012", 2, 2, "centre"))
    first.close()
    paper.profile = model("generic-80", fence="gsh", hanzi="none")
    drawn = printed(paper, connect(paper), Text("取款 A012", 2, 2, "centre"))
    differing = ImageChops.logical_xor(resident, drawn).histogram()[255]
    assert differing < 0.1 * resident.histogram()[0]


def test_a_piece_is_as_long_as_was_computed(standin: Standins, connect: Connect) -> None:
    """The paper that came out is the paper the page was said to need; the white at its top is the way to the blade."""
    paper = standin(WIDE)
    lines = (Text("取款", 3, 3), Text("过号请在30分钟内找大堂经理恢复" * 3), Qr("Xq3-9fKz_LmN0aBcDeFgHi"))
    page = printed(paper, connect(paper), *lines)
    expected = millimetres(Receipt(lines), WIDE) + WIDE.mm(WIDE.head_to_cutter)
    assert paper.tickets[0].length_mm == pytest.approx(expected)
    assert page.crop((0, 0, page.width, WIDE.head_to_cutter)).getextrema() == (255, 255)


@pytest.mark.parametrize("native", [True, False])
def test_a_printed_qr_code_can_be_read(standin: Standins, connect: Connect, native: bool) -> None:
    """Drawn by the printer or by us, a foreign reader finds the code and reads what was sent."""
    paper = standin(model("generic-80", fence="gsh", native_qr=native))
    printed(paper, connect(paper), Text("扫码"), Qr("Xq3-9fKz_LmN0aBcDeFgHi", 4, "right"), Text("time"))
    assert codes(paper.tickets[0].png) == ["Xq3-9fKz_LmN0aBcDeFgHi"]


def test_it_wraps_what_is_too_wide_as_a_printer_does(standin: Standins) -> None:
    """Raw text beyond the last column goes on in the next line, so our own wrapping shows when it fails."""
    paper = standin(WIDE)
    link = TcpLink("front", f"tcp://127.0.0.1:{paper.port}")
    link.send(b"\x1b@\x1d!\x77A0123456\n\x1dVB\x00")
    assert paper.wait_for(1)
    link.close()
    assert paper.tickets[0].text == "A01234\n56\n"


def test_four_byte_codes_are_unknown_to_it(standin: Standins) -> None:
    """Cheap firmware knows no four-byte GB18030; whoever sends one sees it in `unknown`."""
    paper = standin(WIDE)
    link = TcpLink("front", f"tcp://127.0.0.1:{paper.port}")
    link.send(b"\x1b@\x1c&" + "㐂".encode("gb18030") + b"\n\x1dVB\x00")
    assert paper.wait_for(1)
    link.close()
    assert paper.unknown


def test_tickets_are_numbered_on_after_a_restart(tmp_path: Path) -> None:
    """A new start does not write over what was printed before."""
    for _ in range(2):
        paper = StandinPrinter(tmp_path, WIDE, speed=FAST).start()
        link = TcpLink("front", f"tcp://127.0.0.1:{paper.port}")
        link.send(b"\x1b@A\n\x1dVB\x00")
        assert paper.wait_for(1)
        link.close()
        paper.stop()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["001.png", "001.txt", "002.png", "002.txt"]


def test_a_fault_can_be_written_into_its_folder(standin: Standins, connect: Connect) -> None:
    """For training: a word in the file `fault` is the fault, and without the file it is well."""
    paper = standin(WIDE)
    printer = connect(paper)
    file = paper.folder / "fault"
    file.write_text("cover\n")
    assert paper.wait_until(lambda: paper.fault == "cover")
    assert printer.status().cover_open
    file.unlink()
    assert paper.wait_until(lambda: paper.fault is None)
