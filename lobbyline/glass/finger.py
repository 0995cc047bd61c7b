"""The far end of a touch panel's stand-in: touch, look and wait from another process, without Qt."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from lobbyline.sockets import short

PATIENCE = 10.0  # seconds for an answer: a loaded machine draws slowly
PAUSE = 0.02  # seconds between two looks


class FingerError(Exception):
    """The program does not answer, or what should be touched is not on the page."""


class Finger:
    """A finger on the panel of a running program that was started with a socket path."""

    def __init__(self, path: Path, seconds: float = PATIENCE) -> None:
        """Connect as soon as the program listens; `FingerError` when it does not within `seconds`."""
        self.path = path
        self.line = self.connect(seconds)
        self.answers = self.line.makefile("rb")

    def connect(self, seconds: float) -> socket.socket:
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(PATIENCE)

        def reached() -> bool:
            try:
                with short(self.path.parent) as place:
                    line.connect(f"{place}/{self.path.name}")
            except (FileNotFoundError, ConnectionRefusedError):
                return False
            return True

        try:
            wait_until(reached, seconds, f"nobody listens on {self.path}")
        except FingerError:
            line.close()
            raise
        return line

    def ask(self, **request: Any) -> dict[str, Any]:
        """One request, one answer."""
        try:
            self.line.sendall(json.dumps(request, ensure_ascii=False).encode() + b"\n")
            answer = self.answers.readline()
        except OSError as error:
            raise FingerError(f"the program on {self.path} does not answer: {error}") from error
        if not answer:
            raise FingerError(f"the program on {self.path} has ended")
        told: dict[str, Any] = json.loads(answer)
        if not told.pop("ok"):
            raise FingerError(told["error"])
        return told

    def touch(self, target: str | tuple[float, float]) -> None:
        self.ask(touch=target)

    def picture(self, path: Path) -> None:
        """Leave what is on the panel as PNG at `path`."""
        self.ask(picture=str(path.absolute()))

    def page(self) -> str:
        return str(self.ask(page=True)["page"])

    def items(self) -> list[str]:
        """Names of everything visible."""
        return list(self.ask(items=True)["items"])

    def texts(self) -> list[str]:
        """Every text that can be read."""
        return list(self.ask(texts=True)["texts"])

    def wait_for_page(self, name: str, seconds: float = PATIENCE) -> None:
        wait_until(lambda: self.page() == name, seconds, f"the page {name!r} did not come")

    def wait_for(self, item: str, seconds: float = PATIENCE) -> None:
        wait_until(lambda: item in self.items(), seconds, f"{item!r} did not appear")

    def close(self) -> None:
        self.answers.close()
        self.line.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def wait_until(true: Callable[[], bool], seconds: float, otherwise: str) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise FingerError(f"{otherwise} within {seconds:g} s")
        time.sleep(PAUSE)
