"""The staff's pages under a busy branch: 30 tellers and 10 watching pages at once, beside a bare FastAPI route.

Every figure of ours stands beside the same question asked of a route that does nothing, in the same run, from the same
client: what the machine and the client cost is in both.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime
from pathlib import Path

import httpx

from bench import Figure
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.technician.play.playing import PLAYED_AT
from tests.conftest import copy_of_sample, free_port

TELLERS, WATCHERS = 30, 10
SECONDS = 8.0  # of the busy time
PRESS_SECONDS = 1.0  # between two presses of one teller
ALONE = 60  # single questions, one after another
QUEUED = 60  # customers who wait at the beginning, and always
FIRST = 11  # counters of the bench, after those of the sample
PATIENCE = 20.0

BARE = """
import sys, uvicorn
from fastapi import FastAPI
app = FastAPI()
@app.post("/bare")
def bare() -> dict[str, int]:
    return {"counter": 1}
uvicorn.run(app, port=int(sys.argv[1]), log_level="error", access_log=False)
"""
COUNTER = """
[[counters]]
number = {number}
name = {{ zh = "现金", en = "Cash" }}
queues = ["A", "B"]
"""


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        branch = many_counters(Path(folder) / "branch")
        setup = load(branch)
        ahead = PLAYED_AT.replace(tzinfo=setup.branch.zone) - datetime.now(setup.branch.zone)
        lobby = open_lobby(setup, Path(folder) / "data")
        at = datetime.now(setup.branch.zone) + ahead
        token = lobby.tokens.add("bench", ["program"], "bench", at)
        for _ in range(QUEUED):
            lobby.reception.take("W1", at, paper=False)
        port = free_port()
        ours = [sys.executable, "-m", "lobbyline.technician", "staff", "--branch", str(branch)]
        ours += ["--data", str(lobby.data), f"--ahead={ahead.total_seconds()}"]
        with (
            serving(ours, setup.branch.staff.address, "/health") as program,
            serving([sys.executable, "-c", BARE, str(port)], f"http://127.0.0.1:{port}", "/openapi.json") as bare,
        ):
            yield from asyncio.run(alone(setup.branch.staff.address, f"http://127.0.0.1:{port}", token, lobby, at))
            yield from asyncio.run(busy(setup.branch.staff.address, f"http://127.0.0.1:{port}", token))
            yield Figure("memory of the staff's program", memory(program), "MB", memory(bare), "a bare FastAPI program")
        lobby.close()


async def alone(ours: str, bare: str, token: str, lobby: Lobby, at: datetime) -> list[Figure]:
    """One question at a time, in turns: the route that does nothing, the transaction, and both together as the API."""
    times: dict[str, list[float]] = {"bare": [], "take": [], "issue": [], "call": [], "next": []}
    async with client(ours, token) as page, client(bare, token) as nothing:
        await page.post("/api/counters/1/open", json={})
        for _ in range(ALONE):
            times["bare"].append(await spent(nothing.post("/bare", json={})))
            times["take"].append(timed(lambda: lobby.reception.take("W1", at, paper=False)))
            times["issue"].append(await spent(page.post("/api/tickets", json={"service": "W1"})))
            times["call"].append(timed(lambda: lobby.desk(2).next(at)))
            times["next"].append(await spent(page.post("/api/counters/1/next", json={})))
    found = {name: middle(taken) for name, taken in times.items()}
    return [
        Figure("bare route, p50", found["bare"], "ms"),
        *beside("issue", found["issue"], found["bare"] + found["take"]),
        *beside("next", found["next"], found["bare"] + found["call"]),
    ]


def beside(name: str, ours: float, parts: float) -> list[Figure]:
    """The API's answer beside a bare route and the transaction."""
    return [
        Figure(f"{name} through the API, p50", ours, "ms", parts, "bare route + transaction"),
        Figure(f"{name}: over bare route and transaction", ours - parts, "ms", note="at most 2 ms"),
    ]


async def busy(ours: str, bare: str, token: str) -> list[Figure]:
    """Tellers press while pages watch; the bare route is asked by the same tellers at the same time."""
    told: list[float] = []
    nothing: list[float] = []
    async with client(ours, token) as page, client(bare, token) as empty:
        watching = [asyncio.create_task(watch(page)) for _ in range(WATCHERS)]
        try:
            await asyncio.gather(*(teller(page, empty, FIRST + n, told, nothing) for n in range(TELLERS)))
        finally:
            for one in watching:
                one.cancel()
            await asyncio.gather(*watching, return_exceptions=True)
    return [
        Figure(f"next to answer, {TELLERS} tellers and {WATCHERS} watching, p50", middle(told), "ms",
               middle(nothing), "bare route, then"),
        Figure(f"next to answer, {TELLERS} tellers and {WATCHERS} watching, p99", high(told), "ms",
               high(nothing), "bare route, then"),
    ]  # fmt: skip


async def teller(
    page: httpx.AsyncClient, empty: httpx.AsyncClient, number: int, told: list[float], nothing: list[float]
) -> None:
    await asyncio.sleep(PRESS_SECONDS * (number - FIRST) / TELLERS)
    await page.post(f"/api/counters/{number}/open", json={})
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        await page.post("/api/tickets", json={"service": "W1"})
        told.append(await spent(page.post(f"/api/counters/{number}/next", json={})))
        nothing.append(await spent(empty.post("/bare", json={})))
        await page.get(f"/api/counters/{number}")
        await asyncio.sleep(PRESS_SECONDS)


async def watch(page: httpx.AsyncClient) -> None:
    """A page of the hall: reads whenever it hears of a change."""
    async with page.stream("GET", "/api/events", timeout=None) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data:"):
                await asyncio.gather(page.get("/api/hall"), page.get("/api/waiting"))


async def spent(answer: Awaitable[httpx.Response]) -> float:
    """Milliseconds until the answer, which must be one."""
    began = time.perf_counter()
    response = await answer
    assert response.status_code < 300, response.text
    return (time.perf_counter() - began) * 1000


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def middle(times: list[float]) -> float:
    return statistics.median(times)


def high(times: list[float]) -> float:
    return statistics.quantiles(times, n=100)[98]


@asynccontextmanager
async def client(address: str, token: str) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"Authorization": f"Bearer {token}"}
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    async with httpx.AsyncClient(base_url=address, headers=headers, limits=limits, timeout=PATIENCE) as client:
        yield client


@contextmanager
def serving(command: list[str], address: str, path: str) -> Iterator[int]:
    """A server of its own process, once it answers; its process number."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE
        while not answers(address + path):
            assert time.monotonic() < until, f"{command} does not answer"
            time.sleep(0.05)
        yield process.pid
    finally:
        process.terminate()
        process.wait(PATIENCE)


def answers(url: str) -> bool:
    try:
        return httpx.get(url).status_code == 200
    except httpx.HTTPError:
        return False


def memory(process: int) -> float:
    """Megabytes that a process holds in memory."""
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def many_counters(folder: Path) -> Path:
    """The sample branch with a counter for each teller."""
    branch = copy_of_sample(folder)
    with (branch / "branch.toml").open("a", encoding="utf-8") as file:
        file.writelines(COUNTER.format(number=FIRST + n) for n in range(TELLERS))
    return branch
