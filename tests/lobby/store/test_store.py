"""The memory of the branch: many programs, sudden deaths, full and broken disks."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from lobbyline.lobby.config.folder import Setup
from lobbyline.lobby.errors import StoreError
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.store import book
from lobbyline.lobby.store.bell import Watch
from lobbyline.lobby.store.statements import STATEMENTS
from tests.patience import rings

# Twelve processes at one file: takers say each number, callers each call, only after it was committed. A caller who
# finds nobody waiting goes on until the file `closed` says that nobody will come any more. Everyone opens a lobby of
# his own after the fork; only imports are shared, so that the test is about the file and not about starting Python.
CROWD = """
import os, sys, time
from datetime import datetime
from pathlib import Path
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.lobby import open_lobby

branch, data, at, each = sys.argv[1:]
setup, data, at = load(Path(branch)), Path(data), datetime.fromisoformat(at)
closed = data / "closed"

def take(lobby, name, told):
    for turn in range(int(each)):
        print(lobby.reception.take("W1", at, key=f"{name}-{turn}").ticket.number, file=told, flush=True)

def call(lobby, name, told):
    while True:
        was_closed = closed.exists()
        try:
            print(lobby.desk(int(name)).next(at).ticket.number, file=told, flush=True)
        except Refusal as refusal:
            if refusal.code != "nobody_waiting":
                raise
            if was_closed:
                break
            time.sleep(0.01)

def start(what, name):
    pid = os.fork()
    if pid == 0:
        try:
            with (data / f"{what.__name__}-{name}").open("w") as told:
                what(open_lobby(setup, data), name, told)
            os._exit(0)
        except BaseException as error:
            print(repr(error), file=sys.stderr, flush=True)
            os._exit(1)
    return pid

data.mkdir()
callers = [start(call, n) for n in range(1, 9)]
takers = [start(take, f"kiosk{n}") for n in range(4)]
ends = [os.waitpid(pid, 0)[1] for pid in takers]
closed.touch()
ends += [os.waitpid(pid, 0)[1] for pid in callers]
sys.exit(max(ends) > 0)
"""


def told(data: Path, what: str) -> list[str]:
    return [word for file in sorted(data.glob(f"{what}-*")) for word in file.read_text("utf-8").split()]


def every_counter_serves_everything(folder: Path) -> None:
    """Eight express counters instead of one of each kind."""
    branch = folder / "branch.toml"
    head, _, tail = branch.read_text("utf-8").partition("[[counters]]")
    rest = tail[tail.index("\n[policy]") :]
    text = "\n".join(
        f'[[counters]]\nnumber = {n}\nname = {{ zh = "窗口{n}", en = "Counter {n}" }}\n'
        f"queues = {list('ABCDVLY')}\n".replace("'", '"')
        for n in range(1, 9)
    )
    branch.write_text(head + text + rest, "utf-8")


def test_many_takers_and_eight_callers(branch_folder: Path, store_url: str, tmp_path: Path, at: datetime) -> None:
    """4 × 100 numbers and 8 counters, twelve processes at once: nothing twice, nothing lost, nobody locked out."""
    every_counter_serves_everything(branch_folder)
    with (branch_folder / "branch.toml").open("a") as file:
        file.write(f'\n[store]\nurl = "{store_url}"\n')
    data = tmp_path / "data"
    words = [str(branch_folder), str(data), at.isoformat(), "100"]
    crowd = subprocess.run([sys.executable, "-c", CROWD, *words], check=False, capture_output=True, text=True)
    assert (crowd.returncode, crowd.stderr) == (0, "")
    taken, called = told(data, "take"), told(data, "call")
    assert len(taken) == 400
    assert max(Counter(taken).values()) == 1
    assert sorted(called) == sorted(taken)


def test_threads_share_a_lobby(lobby: Lobby, at: datetime) -> None:
    """One lobby may be used from many threads."""
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda _: lobby.reception.take("W1", at).ticket.number, range(64)))
    assert len(set(numbers)) == 64


def test_a_section_is_all_or_nothing(lobby: Lobby, at: datetime) -> None:
    """What fails in the middle leaves nothing behind."""
    with pytest.raises(RuntimeError), lobby.write() as book:
        newcomer = lobby.reception.newcomer("W1", "ordinary", lobby.line(book, at))
        book.add_ticket(replace(newcomer, number="A001", token="half"))
        raise RuntimeError
    assert lobby.reception.take("W1", at).ticket.number == "A001"


def test_the_bell_rings_after_a_commit(lobby: Lobby, setup: Setup, at: datetime) -> None:
    """A watch wakes for another program's commit, and not for nothing."""
    other = open_lobby(setup, lobby.data)
    watch = lobby.watch("test")
    assert watch.changed()
    assert not watch.wait(0)
    other.reception.take("W1", at)
    assert rings(watch)
    assert watch.changed()
    assert not watch.wait(0)
    watch.close()
    other.close()
    assert list((lobby.data / "bell").iterdir()) == []


def test_a_dead_listener_is_swept(lobby: Lobby, at: datetime) -> None:
    """The bell of a killed program neither hinders a commit nor stays for ever."""
    program = "import sys; from pathlib import Path; from lobbyline.lobby.store.bell import Watch; import os\n"
    program += "Watch(Path(sys.argv[1]), 'gone', lambda: 0); os._exit(9)"
    subprocess.run([sys.executable, "-c", program, str(lobby.data / "bell")], check=False)
    assert [file.name[:4] for file in (lobby.data / "bell").iterdir()] == ["gone"]
    with closing(lobby.watch("here")):
        lobby.reception.take("W1", at)
        assert [file.name[:4] for file in (lobby.data / "bell").iterdir()] == ["here"]


def test_without_its_folder_nobody_rings_and_nothing_fails(lobby: Lobby, setup: Setup, at: datetime) -> None:
    """Whoever clears the folder of bells away hinders no commit, and no watch from seeing it by itself."""
    other, watch = open_lobby(setup, lobby.data), lobby.watch("test")
    assert watch.changed()
    shutil.rmtree(lobby.data / "bell")
    assert other.reception.take("W1", at).ticket.number == "A001"
    assert watch.changed()
    watch.close()
    other.close()


def test_every_statement_is_used() -> None:
    """No statement outlives its use, and none is called by a name that is not there."""
    room = Path(book.__file__).parent
    code = "".join(file.read_text("utf-8") for file in room.rglob("*.py"))
    assert sorted(name for name in STATEMENTS if f'"{name}"' not in code) == []


def test_a_watch_outlives_a_memory_that_was_away(tmp_path: Path) -> None:
    """While it cannot be asked there is news for whoever asks it, and once more when it is back as it was."""
    answers = iter((1, 1, None, 1, 1))

    def version() -> int:
        answer = next(answers)
        if answer is None:
            raise StoreError("away")
        return answer

    with closing(Watch(tmp_path, "test", version)) as watch:
        assert [watch.changed() for _ in range(5)] == [True, False, True, True, False]
