"""A line between a machine and the server that a test can cut, hang and mend: a relay on the loopback."""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from pathlib import Path
from typing import Literal

from tests.conftest import free_port

LOOK_SECONDS = 0.05
ATMOST = 65536

State = Literal["whole", "cut", "hung"]


class Wire:
    """Carries bytes between `port` and the socket of a server until somebody cuts it.

    `cut` drops every connection and refuses new ones; `cut_at` does so when something was asked, done and not answered
    yet; `hang` takes bytes and connections and lets nothing through, as
    a server that stands still; `mend` ends what hung, as the other side has given it up, and carries again.
    """

    def __init__(self, server: Path) -> None:
        self._server = str(server)
        self._state: State = "whole"
        self._trap = b""
        self._answering: socket.socket | None = None  # the end whose next word is the one nobody hears
        self._changed = threading.Lock()
        self._pairs: dict[socket.socket, socket.socket] = {}
        self.port = free_port()  # nobody takes it while the line is cut
        self._door = socket.create_server(("127.0.0.1", self.port))
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._carry, name=f"wire {self.port}", daemon=True)
        self._thread.start()

    def cut(self) -> None:
        self._turn("cut")

    def cut_at(self, asked: bytes) -> None:
        with self._changed:
            self._trap = asked

    def hang(self) -> None:
        self._turn("hung")

    def mend(self) -> None:
        self._turn("whole")

    def close(self) -> None:
        self._ended.set()
        self._thread.join()
        self._drop_all()
        self._door.close()

    def _turn(self, state: State) -> None:
        with self._changed:
            self._become(state)

    def _become(self, state: State) -> None:
        self._trap, self._answering = b"", None
        if state == "cut" or self._state == "hung":
            self._drop_all()
        if state == "cut":
            self._door.close()
        elif self._state == "cut":
            self._door = socket.create_server(("127.0.0.1", self.port))
        self._state = state

    def _carry(self) -> None:
        while not self._ended.is_set():
            with self._changed:
                ends = [*self._pairs, *([self._door] if self._state != "cut" else [])]
                ready = select.select(ends, [], [], 0)[0]
                for end in ready:
                    self._serve(end)
            if not ready:
                self._ended.wait(0.001)

    def _serve(self, end: socket.socket) -> None:
        """What an earlier end of the same round has cut is not served any more."""
        if end in self._pairs:
            self._pass_on(end)
        elif end is self._door and self._state != "cut":
            self._accept()

    def _accept(self) -> None:
        here, _ = self._door.accept()
        there = socket.socket(socket.AF_UNIX)
        try:
            there.connect(self._server)
        except OSError:  # the server is down: so is whoever calls it
            here.close()
            there.close()
            return
        here.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._pairs |= {here: there, there: here}

    def _pass_on(self, end: socket.socket) -> None:
        try:
            said = end.recv(ATMOST)
            if end is self._answering:
                self._become("cut")
            elif said and self._state == "whole":
                self._pairs[end].sendall(said)
                self._listen_for_the_trap(end, said)
        except OSError:
            said = b""
        if not said and end in self._pairs:
            self._drop(end)

    def _listen_for_the_trap(self, end: socket.socket, said: bytes) -> None:
        if self._trap and self._trap in said and self._answering is None:
            self._answering = self._pairs[end]

    def _drop(self, end: socket.socket) -> None:
        other = self._pairs.pop(end)
        del self._pairs[other]
        for one in (end, other):
            with contextlib.suppress(OSError):
                one.close()

    def _drop_all(self) -> None:
        for end in list(self._pairs):
            if end in self._pairs:
                self._drop(end)
