"""The real program: its port, its event stream, its end."""

from __future__ import annotations

import re
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import httpx
import pytest

from lobbyline.drivers.errors import DeviceError
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.lobby import Lobby
from lobbyline.staff.port import listen
from lobbyline.staff.program import certificate, run
from tests.conftest import free_port
from tests.patience import PATIENCE
from tests.staff.conftest import SECRET, Program, signed_in


@pytest.fixture
def cookies(crew: Lobby, clock: Clock) -> dict[str, str]:
    """李静 is signed in."""
    return signed_in(crew, clock, "lijing")


@contextmanager
def listening(program: Program, cookies: dict[str, str]) -> Iterator[Iterator[str]]:
    """An open event stream, as lines."""
    with httpx.stream("GET", f"{program.address}/api/events", timeout=PATIENCE, cookies=cookies) as stream:
        assert stream.headers["content-type"].startswith("text/event-stream")
        yield stream.iter_lines()


def next_event(lines: Iterator[str]) -> str:
    return next(line for line in lines if line.startswith("data:"))


def test_a_change_by_another_program_is_told_to_every_page(
    program: Program, cookies: dict[str, str], lobby: Lobby, clock: Clock
) -> None:
    """Whoever commits, every open page hears that something changed, and no more than that."""
    with listening(program, cookies) as one, listening(program, cookies) as other:
        assert {next_event(one), next_event(other)} == {"data: changed"}
        lobby.reception.take("W1", clock())
        assert {next_event(one), next_event(other)} == {"data: changed"}
    assert [
        entry["ticket"]["number"] for entry in httpx.get(f"{program.address}/api/waiting", cookies=cookies).json()
    ] == ["A001"]


def test_head_is_answered_as_get_without_a_body(address: str, cookies: dict[str, str]) -> None:
    """Whoever asks only what an answer is like hears it at once, even of a stream without an end, and may go on."""
    with httpx.Client(base_url=address, cookies=cookies, timeout=PATIENCE) as client:
        for path in ("/health", "/lobby", "/api/events", "/static/staff.css", "/api/nothing"):
            head = client.head(path)
            assert (head.status_code, head.content) == (404 if "nothing" in path else 200, b""), path
        head, whole = client.head("/lobby"), client.get("/lobby")
    assert head.headers["content-length"] == str(len(whole.content))
    assert head.headers["content-security-policy"] == whole.headers["content-security-policy"]


def test_sigterm_ends_cleanly_with_pages_open(program: Program, cookies: dict[str, str]) -> None:
    """SIGTERM ends the program with 0, event streams or not; none of them holds it up."""
    with listening(program, cookies) as lines:
        next_event(lines)
        assert program.stop() == 0
        list(lines)  # the stream ended by itself
    assert program.last_words() == ""


def test_a_taken_port_is_a_sentence(lobby: Lobby, clock: Clock) -> None:
    """A taken port tells the technician which one, what was seen and what to try."""
    pages = lobby.branch.staff
    with socket.create_server((pages.host, pages.port)), pytest.raises(DeviceError) as told:
        run(lobby, clock)
    assert str(told.value) == (
        f"Staff pages: cannot listen on 127.0.0.1 port {pages.port}: another program is listening there already; "
        "end it or choose another port in [staff]."
    )


def test_answers_do_not_wait_for_acknowledgements() -> None:
    """The listening socket is named as TCP: asyncio switches Nagle's delay off only then."""
    with listen("127.0.0.1", free_port()) as listening:
        assert listening.proto == socket.IPPROTO_TCP


def test_a_certificate_makes_it_https(program: Program, lobby: Lobby, tmp_path: Path) -> None:
    """With the files of a certificate the pages are served over TLS, and the session travels over TLS only."""
    made = "openssl req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -days 2 -subj /CN=localhost"
    named = ["-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*made.split(), *named], cwd=lobby.setup.folder, check=True, capture_output=True)
    program.stop()
    with (lobby.setup.folder / "branch.toml").open("a", encoding="utf-8") as file:
        file.write('certificate = "c.pem"\nkey = "k.pem"\n')
    program.restart()
    trusting = ssl.create_default_context(cafile=lobby.setup.folder / "c.pem")
    address = program.address.replace("http:", "https:")
    answer = httpx.post(f"{address}/api/session", json={"name": "lijing", "secret": SECRET}, verify=trusting)
    assert answer.status_code == 201
    assert "secure" in answer.headers["set-cookie"].lower()


def test_a_certificate_that_does_not_fit_is_a_sentence(tmp_path: Path) -> None:
    """What is wrong with the certificate's files is told with their names and where to mend them."""
    with pytest.raises(
        DeviceError, match=r"c\.pem.*cannot be used: No such file or directory; mend certificate and key"
    ):
        certificate(tmp_path, "c.pem", "k.pem")


def test_a_strange_address_is_a_sentence() -> None:
    """An address of another machine is told as one."""
    with pytest.raises(DeviceError, match="does not have that address"):
        listen("192.0.2.1", 8321)


def test_the_first_account_is_made_with_the_programs_code(lobby: Lobby) -> None:
    """With nobody there, the program tells its log where and with which code the first account is made."""
    program = Program(lobby.setup, lobby.data)
    assert httpx.get(f"{program.address}/health").json()["ok"]
    program.stop()
    assert re.search(r"open http://127\.0\.0\.1:\d+/first with the code \w{4}-\w{4}", program.last_words())
    program.forget()


def test_the_clock_of_the_branch_counts(program: Program, cookies: dict[str, str]) -> None:
    """The pages run on the branch's time, which may be another in training."""
    told = datetime.fromisoformat(httpx.get(f"{program.address}/api/hall", cookies=cookies).json()["at"])
    assert timedelta() <= told.replace(tzinfo=None) - datetime(2026, 3, 4, 10, 0) < timedelta(minutes=5)
