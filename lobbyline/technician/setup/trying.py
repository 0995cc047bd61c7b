"""Devices tried by hand and eye: a ticket that prints, boards that say their own numbers, a voice that is heard."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory

from lobbyline.display.boards import faces, protocols
from lobbyline.display.boards import program as boards
from lobbyline.display.voice.announcement import announce
from lobbyline.display.voice.player import Player
from lobbyline.display.voice.studio import Studio
from lobbyline.drivers.boards.news import Fault, News, Shown
from lobbyline.drivers.boards.schedule import Face
from lobbyline.drivers.errors import DeviceError
from lobbyline.drivers.printers.links.address import link_to
from lobbyline.drivers.printers.printer import Printer
from lobbyline.kiosk import press, slip
from lobbyline.kiosk.layout import layouts
from lobbyline.lobby.branch import Bus
from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.hall.view import Call as Called
from lobbyline.technician.devices.ticket import Wish, sample

PATIENCE = 4.0  # seconds for each board; a silent one is tried three times


def print_ticket(setup: Setup, name: str, data: Path, at: datetime) -> str:
    """Print a sample ticket for real; a sentence of how it went."""
    described = setup.devices.printer(name)
    if described is None:
        raise DeviceError(f'Printer "{name}" is not in devices.toml: add it there first')
    profile = press.profiles(setup)[described.model]
    paper = sample(setup, Wish(), at)
    printer = Printer(link_to(name, described.at, data), profile)
    with closing(printer):
        status = printer.status()
        if status.fault:
            return f"It cannot print now: {status.fault}"
        receipt = slip.ticket(paper, layouts(setup)[slip.kind(paper.slip)], profile)
        outcome = printer.print(receipt, press.fresh_fence())
    return {
        "printed": "It says that it printed a ticket. Are both edges, the Chinese and the code on it?",
    }.get(outcome.state, f"{outcome.state}: {outcome.note}")


def count_up(bus: Bus, setup: Setup, data: Path) -> dict[str, str]:
    """Let every board of a bus show its own address; what each answered, by name."""
    known = protocols.protocols(setup)
    news: SimpleQueue[News] = SimpleQueue()
    keeper = boards.keeper_of(bus, known, data, news.put)
    for board in bus.boards:
        number = f"A{board.address:03d}"
        text = faces.text_for(number, [number], board.address % 100, board.width)
        keeper.want(board.name, Face("call", faces.values_of(number, board.address % 100, board, text)), fresh=True)
    keeper.start()
    try:
        return heard(news, [board.name for board in bus.boards])
    finally:
        keeper.stop()


def heard(news: SimpleQueue[News], names: Sequence[str]) -> dict[str, str]:
    """The first news of each board, until all have some or the time is over."""
    told, until = dict.fromkeys(names, "no answer"), time.monotonic() + PATIENCE * len(names)
    open_ = set(names)
    while open_ and time.monotonic() < until:
        try:
            one = news.get(timeout=0.2)
        except Empty:
            continue
        if isinstance(one, Shown):
            told[one.board] = "shows its number"
            open_.discard(one.board)
        elif isinstance(one, Fault) and one.name in told:
            told[one.name] = one.sentence
            open_.discard(one.name)
        elif isinstance(one, Fault):
            return dict.fromkeys(names, one.sentence)
    return told


def speak(setup: Setup, at: datetime) -> list[str]:
    """Say a call aloud; the sentences."""
    settings = setup.branch.voice
    called = Called(id=0, number="A012", counter=3, at=at, again=False)
    utterances = announce(called, settings.languages, setup.voices)
    with TemporaryDirectory() as folder:
        Player().play(Studio(Path(folder)).recording(utterances, 1, settings.volume), settings.output)
    return [utterance.sentence for utterance in utterances]
