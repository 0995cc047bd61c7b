"""Papers before a customer sees them: the real bytes through the stand-in printer, dot for dot."""

from __future__ import annotations

import tempfile
from argparse import Namespace
from contextlib import ExitStack, closing
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path

from PIL import Image

from lobbyline import ASSETS
from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers.links.tcp import TcpLink
from lobbyline.drivers.printers.printer import Printer
from lobbyline.drivers.printers.profile import Profile
from lobbyline.drivers.printers.receipt import Receipt
from lobbyline.drivers.printers.standin.printer import Piece, StandinPrinter
from lobbyline.kiosk import press, slip
from lobbyline.kiosk.layout import layouts
from lobbyline.kiosk.slip import Paper
from lobbyline.lobby import hours
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.config.mistakes import hint, read_each
from lobbyline.lobby.config.toml import table_of
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.reception.outbox import Slip
from lobbyline.technician.call import Answer, Call
from lobbyline.technician.parser import Parser

AT_ONCE = 1_000_000  # mm/s


@dataclass(frozen=True)
class Wish:
    """Whose paper it shall be."""

    service: str = ""  # the branch's first
    segment: str = "ordinary"
    before: int = 3
    form: str = ""
    copy: int = 0
    emergency: bool = False

    @staticmethod
    def of(options: Namespace) -> Wish:
        return Wish(**{field.name: getattr(options, field.name) for field in fields(Wish)})


def preview(call: Call) -> Answer:
    """`lobbyline ticket preview`: one paper as a picture at true dot size."""
    options, setup = call.options, call.setup
    profile = profile_of(setup, options.model)
    paper = sample(setup, Wish.of(options), call.at)
    sheet = layouts(setup)[slip.kind(paper.slip)]
    picture, piece = printed(slip.ticket(paper, sheet, profile), profile)
    picture.save(options.out, format="PNG", dpi=(profile.dpi, profile.dpi))
    told = {
        "file": str(options.out),
        "model": options.model,
        "length_mm": round(piece.length_mm, 1),
        "text": piece.text,
    }
    return Answer(f"{options.out}: {piece.length_mm:.0f} mm of {profile.paper_mm:g} mm paper", told)


def profile_of(setup: Setup, model: str) -> Profile:
    """A profile by its name: the branch's own before ours, whether or not devices.toml uses it."""
    folders = [folder / "printers" for folder in (setup.folder, ASSETS)]
    file = next((file for folder in folders if (file := folder / f"{model}.toml").exists()), None)
    if file is None:
        known = sorted({file.stem for folder in folders for file in folder.glob("*.toml")})
        raise DeviceError(f'There is no printer model "{model}"{hint(model, known)}')
    return read_each(Profile, {model: table_of(file)})[model]


def sample(setup: Setup, wish: Wish, at: datetime) -> Paper:
    """The paper of somebody who comes when others are waiting, drawn in a branch that is forgotten afterwards."""
    service, series = wish.service or next(iter(setup.branch.services)), "X" if wish.emergency else ""
    with tempfile.TemporaryDirectory() as folder, closing(Lobby(setup, Path(folder), series=series)) as lobby:
        if service in setup.branch.services and not hours.is_open(setup.branch, service, at):
            at = hours.next_opening(setup.branch, service, at) or at
        for _ in range(wish.before):
            lobby.reception.take(service, at, wish.segment, paper=False)
        lobby.reception.take(service, at, wish.segment)
        job = lobby.outbox.due(setup.branch.kiosk.printer)
    if job is None:
        raise DeviceError("The kiosk has no printer: name one in [kiosk] printer of branch.toml")
    if not wish.form:
        return Paper(job.slip, wish.copy)
    return filled(replace(job.slip, form=wish.form), wish.copy, setup)


def filled(slip_: Slip, copy: int, setup: Setup) -> Paper:
    """The paper of a form whose every field holds its own example."""
    form = setup.forms.get(slip_.form)
    if form is None:
        raise DeviceError(f"There is no form {slip_.form}; there are {', '.join(setup.forms)}")
    examples = {name: next(iter(field.choices), field.example or field.usual) for name, field in form.fields.items()}
    return Paper(slip_, copy, form.name.root, slip.answered(form, examples, setup.between()))


def printed(receipt: Receipt, profile: Profile) -> tuple[Image.Image, Piece]:
    """What comes out of a stand-in printer of this model that is sent the real bytes over TCP."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        standin = StandinPrinter(Path(folder), profile, speed=AT_ONCE).start()
        running.callback(standin.stop)
        printer = Printer(TcpLink("preview", f"tcp://127.0.0.1:{standin.port}"), profile)
        running.callback(printer.close)
        printer.status()
        outcome = printer.print(receipt, press.fresh_fence())
        if outcome.state != "printed":
            raise DeviceError(f"The stand-in did not print it: {outcome.note}")
        with Image.open(standin.tickets[0].png) as picture:
            return picture.copy(), standin.tickets[0]


def words(top: Parser) -> None:
    """The command of this module."""
    papers = top.command("ticket", None, "How papers look before a customer sees them.")
    previewing = papers.command("preview", preview, "The real bytes as a picture, dot by dot.")
    previewing.add_argument("--out", type=Path, required=True, metavar="FILE.png", help="where the picture goes")
    previewing.add_argument("--segment", default="ordinary", help="the kind of customer; ordinary unless given")
    previewing.add_argument("--service", default="", help="the branch's first unless given")
    previewing.add_argument("--model", default="generic-80", help="a printer's profile; generic-80 unless given")
    previewing.add_argument("--before", type=int, default=3, metavar="N", help="how many wait already; 3 unless given")
    previewing.add_argument("--copy", type=int, default=0, metavar="N", help="as its N-th reprint")
    previewing.add_argument("--emergency", action="store_true", help="as it is drawn while the server is away")
    previewing.add_argument("--form", default="", help="the paper of this form, filled with its examples")
