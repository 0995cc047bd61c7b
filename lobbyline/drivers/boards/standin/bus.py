"""Boards that are not there: real bytes over a pseudo-terminal, a journal of faces and a picture of each board."""

from __future__ import annotations

import json
import os
import select
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lobbyline.drivers.boards.standin.dots import font, picture
from lobbyline.drivers.boards.standin.hearing import DARK, Heard, Look
from lobbyline.drivers.boards.standin.languages import DECODERS, Silent
from lobbyline.drivers.standin.terminal import Terminal


@dataclass(frozen=True)
class StandinBoard:
    """A board to stand in for; `width` in half cells."""

    name: str
    protocol: str
    address: int
    width: int = 8


class StandinBus:
    """A serial line with stand-in boards on it."""

    def __init__(self, folder: Path, link_path: Path, boards: Sequence[StandinBoard]) -> None:
        self.folder, self.link_path, self.boards = folder, link_path, list(boards)
        self.looks: dict[str, Look] = {}
        self._powered = {board.name: True for board in boards}
        self._changed = threading.Condition()
        self._decoders = {p: DECODERS.get(p, Silent)() for p in dict.fromkeys(board.protocol for board in boards)}
        self._terminal: Terminal | None = None
        self._pulled: list[Terminal] = []
        self._bell, self._button = os.pipe()
        self._undrawn: dict[str, StandinBoard] = {}
        self._ended = False
        self._thread = threading.Thread(target=self._listen, name=f"stand-in {link_path.name}", daemon=True)
        self._painter = threading.Thread(target=self._paint, name=f"painter {link_path.name}", daemon=True)

    def start(self) -> StandinBus:
        font()  # without it nothing can be drawn: better said now than in a thread
        self.folder.mkdir(parents=True, exist_ok=True)
        for board in self.boards:
            self._show(board, Look("", (), "on"))
        self.replug()
        self._thread.start()
        self._painter.start()
        return self

    def stop(self) -> None:
        self.unplug()
        os.write(self._button, b"s")
        self._thread.join()
        with self._changed:
            self._ended = True
            self._changed.notify_all()
        self._painter.join()
        os.close(self._bell)
        os.close(self._button)

    def power(self, name: str, on: bool) -> None:
        """Switch a board; without power it is dark and deaf, and afterwards it has forgotten its face."""
        board = next(board for board in self.boards if board.name == name)
        with self._changed:
            self._powered[name] = on
        self._show(board, Look("", (), "on") if on else DARK)

    def unplug(self) -> None:
        """Pull the adapter: the link is gone and whoever has it open gets an error."""
        with self._changed:
            self._pulled += [self._terminal] if self._terminal else []
            self._terminal = None
            self._wake()
            self._changed.wait_for(lambda: not self._pulled)

    def replug(self) -> None:
        """Plug it in again, as another device behind the same link."""
        terminal = Terminal(self.link_path)
        os.set_blocking(terminal.near, False)
        with self._changed:
            self._terminal = terminal
        self._wake()

    def noise(self, data: bytes) -> None:
        """Bytes that nobody sent, as from a bad cable."""
        if self._terminal:
            os.write(self._terminal.near, data)

    def wait_for(self, board: str, text: str, seconds: float = 30.0) -> bool:
        """Wait until a board shows a text."""
        return self.wait_for_look(board, lambda look: text in look.text, seconds)

    def wait_for_look(self, board: str, fits: Callable[[Look], bool], seconds: float = 30.0) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: fits(self.looks[board]), seconds)

    def _wake(self) -> None:
        os.write(self._button, b"w")

    def _listen(self) -> None:
        while True:
            line = self._plugged()
            ready, _, _ = select.select([self._bell, *line], [], [])
            if self._bell in ready and b"s" in os.read(self._bell, 64):
                return
            for near in line:
                if near in ready:
                    self._arrived(near)

    def _plugged(self) -> list[int]:
        """Our end of what is plugged in, if anything; what was pulled is closed here, where nobody reads it now."""
        with self._changed:
            for terminal in self._pulled:
                terminal.close()
            self._pulled = []
            self._changed.notify_all()
            return [self._terminal.near] if self._terminal else []

    def _arrived(self, line: int) -> None:
        try:
            data = os.read(line, 4096)
        except BlockingIOError:
            return
        for protocol, decoder in self._decoders.items():
            for heard in decoder.feed(data):
                self._understood(line, protocol, heard)

    def _understood(self, line: int, protocol: str, heard: Heard) -> None:
        meant = [
            board for board in self.boards if board.protocol == protocol and heard.address in (None, board.address)
        ]
        living = [board for board in meant if self._powered[board.name]]
        for _ in {board.address for board in living}:
            self._answer(line, heard.answer)
        for board in living:
            if heard.look and heard.look != self.looks.get(board.name):
                self._show(board, heard.look)

    def _answer(self, line: int, answer: bytes) -> None:
        """A board that was meant answers, once for all its areas."""
        with suppress(BlockingIOError):  # nobody takes our answers: on a wire they would be lost, too
            os.write(line, answer)

    def _show(self, board: StandinBoard, look: Look) -> None:
        """Remember a new face: a line in the journal, a picture, and whoever waits for it."""
        entry = {"time": datetime.now().astimezone().isoformat(), "board": board.name, "text": look.text}
        with (self.folder / f"{board.name}.jsonl").open("a", encoding="utf-8") as journal:
            journal.write(json.dumps({**entry, "state": look.state}, ensure_ascii=False) + "\n")
        with self._changed:
            self.looks[board.name] = look
            self._undrawn[board.name] = board
            self._changed.notify_all()

    def _paint(self) -> None:
        """Draw what changed, the newest face of each board; in a thread of its own, so that answers are never late."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._undrawn or self._ended)
                boards, self._undrawn = list(self._undrawn.values()), {}
                looks = [self.looks[board.name] for board in boards]
            if not boards:
                return
            for board, look in zip(boards, looks, strict=True):
                self._draw(board, look)

    def _draw(self, board: StandinBoard, look: Look) -> None:
        """A new picture replaces the old one whole: a viewer never sees half of it."""
        half = self.folder / f".{board.name}.png"
        picture(board.name, look, board.width).save(half, "PNG", compress_level=1)
        half.replace(self.folder / f"{board.name}.png")
