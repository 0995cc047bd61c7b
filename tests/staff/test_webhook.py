"""The notice to a system of the bank."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.staff.webhook import SIGNATURE, Webhook, signature
from tests.patience import PATIENCE

Notices = queue.Queue[tuple[bytes, str]]
SECRET = "both sides know"


@pytest.fixture
def bank(crew: Lobby) -> Iterator[Notices]:
    """A system of the bank that is in trouble at first, or another program altogether, and then takes notices."""
    notices, trouble = Notices(), [500, 0]

    class Listener(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = trouble.pop() if trouble else 204
            if status == 204:
                notices.put((body, self.headers[SIGNATURE]))
            if status:
                self.send_response(status)
                self.end_headers()
            else:
                self.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")

        def log_message(self, *args: object) -> None:
            """The test's own output stays quiet."""

    with HTTPServer(("127.0.0.1", 0), Listener) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        told = {"webhook": f"http://127.0.0.1:{server.server_port}/lobby", "webhook_secret": SECRET}
        staff = crew.branch.staff.model_copy(update=told)
        crew.branch = crew.branch.model_copy(update={"staff": staff})
        yield notices
        server.shutdown()


def test_a_change_is_told_signed_and_again_until_it_is_taken(crew: Lobby, bank: Notices, clock: Clock) -> None:
    """Each notice tells the newest id, carries the signature of the shared secret, and outlives the other's trouble."""
    with closing(Webhook(crew, first_pause=0.01)):
        body, signed = bank.get(timeout=PATIENCE)
        assert signed == signature(body, SECRET)
        first = json.loads(body)
        crew.reception.take("W1", clock())
        later = json.loads(bank.get(timeout=PATIENCE)[0])
    assert (first["branch"], later["branch"]) == ("test-street", "test-street")
    assert later["last"] > first["last"]
