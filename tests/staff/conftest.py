"""A small branch on a real store, its API, and the real program on a free port."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect, sync_playwright

from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config.folder import Setup, load
from lobbyline.lobby.lobby import Lobby
from lobbyline.lobby.people import secret
from lobbyline.lobby.people.roster import compared
from lobbyline.lobby.store.pages.people import Person, Session
from lobbyline.staff.api import make_app
from lobbyline.staff.port import listen
from lobbyline.staff.program import Server
from tests.conftest import free_port
from tests.patience import PATIENCE, until

with warnings.catch_warnings():
    # The test client would rather have httpx2, which is not among our locked versions.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

BRANCH = Path(__file__).parent / "branch"
STARTS = datetime(2026, 3, 4, 10, 0)
CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
PATIENCE_MS = 1000 * PATIENCE
DESK = ViewportSize(width=1366, height=768)

RUN = """
import logging
import sys
from datetime import datetime
from functools import cache
from pathlib import Path
from lobbyline.lobby.clock import Clock
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import open_lobby
from lobbyline.staff.program import run
branch, data, at = sys.argv[1:]
logging.basicConfig(level=logging.INFO)
lobby = open_lobby(load(Path(branch)), Path(data))
zone = lobby.branch.zone
sys.exit(run(lobby, Clock(zone, ahead=datetime.fromisoformat(at).replace(tzinfo=zone) - datetime.now(zone))))
"""


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    """The test branch, with the staff's pages on a port that is free."""
    folder = tmp_path / "branch"
    shutil.copytree(BRANCH, folder)
    with (folder / "branch.toml").open("a") as file:
        file.write(f'\n[staff]\nhost = "127.0.0.1"\nport = {free_port()}\n')
    return load(folder)


@pytest.fixture
def clock(setup: Setup) -> Clock:
    zone = setup.branch.zone
    return Clock(zone, ahead=STARTS.replace(tzinfo=zone) - datetime.now(zone))


SECRET = "amber-7-kettle"
CREW = {
    "lijing": ("李静", ("teller", "lobby_manager")),
    "wangfang": ("王芳", ("teller", "supervisor", "reviewer")),
    "chenwei": ("陈伟", ("branch_manager", "technician")),
}


@cache
def hashed() -> str:
    """The hash of the crew's secret: slow on purpose, so made once."""
    return secret.hashed(SECRET)


@pytest.fixture
def crew(lobby: Lobby) -> Lobby:
    """The lobby with people: 李静 and 王芳 at the counters, 陈伟 who enters people."""
    with lobby.write() as book:
        for name, (shown, roles) in CREW.items():
            book.people.keep(Person(name, shown, roles, secret=hashed()), compared(shown))
    return lobby


def signed_in(lobby: Lobby, clock: Clock, name: str) -> dict[str, str]:
    """The cookie of somebody who has just signed in."""
    token = secret.fresh_token()
    with lobby.write() as book:
        person = book.people.person(name)
        assert person, f"{name} is of the crew"
        book.people.keep_session(Session(secret.digest(token), person, clock(), clock()))
    return {"session": token}


def api_of(lobby: Lobby, clock: Clock) -> TestClient:
    return TestClient(make_app(lobby, clock), base_url="http://127.0.0.1:8321")


@pytest.fixture
def stranger(crew: Lobby, clock: Clock) -> Iterator[TestClient]:
    """The API without a network, as a browser calls it in which nobody is signed in."""
    with api_of(crew, clock) as client:
        yield client


@pytest.fixture
def client(stranger: TestClient, crew: Lobby, clock: Clock) -> TestClient:
    """The same with 李静 signed in."""
    stranger.cookies.update(signed_in(crew, clock, "lijing"))
    return stranger


class Program:
    """The real program in a process of its own."""

    def __init__(self, setup: Setup, data: Path) -> None:
        self.port = setup.branch.staff.port
        self.address = f"http://127.0.0.1:{self.port}"
        self._command = [sys.executable, "-c", RUN, str(setup.folder), str(data), STARTS.isoformat()]
        self.process = self._start()

    def _start(self) -> subprocess.Popen[str]:
        process = subprocess.Popen(self._command, stderr=subprocess.PIPE, text=True, env=os.environ.copy())
        until(lambda: process.poll() is not None or self.answers(), "the program listens")
        return process

    def answers(self) -> bool:
        with socket.socket() as knocking:
            return knocking.connect_ex(("127.0.0.1", self.port)) == 0

    def restart(self) -> None:
        self.forget()
        self.process = self._start()

    def stop(self) -> int:
        """SIGTERM, and what the program says with its exit code."""
        self.process.terminate()
        return self.process.wait(PATIENCE)

    def last_words(self) -> str:
        return self.process.stderr.read() if self.process.stderr else ""

    def forget(self) -> None:
        if self.process.stderr:
            self.process.stderr.close()


@pytest.fixture
def program(crew: Lobby) -> Iterator[Program]:
    """The staff's pages over HTTP, on the same memory as `lobby`."""
    program = Program(crew.setup, crew.data)
    yield program
    if program.process.poll() is None:
        program.stop()
    program.forget()


@pytest.fixture
def address(crew: Lobby, clock: Clock) -> Iterator[str]:
    """The same pages from the same server, in a thread of the test: where a process of its own changes nothing."""
    pages = crew.branch.staff
    with listen(pages.host, pages.port) as listening:
        server = Server(make_app(crew, clock), crew)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        yield f"http://{pages.host}:{pages.port}"
        server.handle_exit(0, None)
        thread.join()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser, address: str, crew: Lobby, clock: Clock) -> Iterator[Page]:
    """An empty page of 李静; a script error or a refusal of the content policy fails the test."""
    yield from watched(browser, address, signed_in(crew, clock, "lijing"))


def watched(browser: Browser, address: str, cookies: dict[str, str]) -> Iterator[Page]:
    context = browser.new_context(base_url=address, viewport=DESK)
    keep(context, address, cookies)
    context.set_default_timeout(PATIENCE_MS)
    page, errors = context.new_page(), list[str]()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda told: errors.append(told.text) if "Content Security Policy" in told.text else None)
    yield page
    context.close()
    assert errors == []


def keep(context: BrowserContext, address: str, cookies: dict[str, str]) -> None:
    """Put cookies into a browser."""
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
