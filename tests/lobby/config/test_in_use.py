"""Files change while the branch runs: what is applied, what is followed, and what a broken file cannot do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from lobbyline.lobby.config import address
from lobbyline.lobby.config.changes import changes
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.config.in_use import found
from lobbyline.lobby.errors import ConfigError
from lobbyline.lobby.lobby import Lobby, open_lobby
from lobbyline.lobby.settings.store import Memory
from tests.lobby.config.test_folder import edit
from tests.lobby.heard import refused
from tests.patience import rings

BROKEN = "\nbroken =\n"


@pytest.fixture
def kiosk(branch_folder: Path, store_url: str, tmp_path: Path) -> Iterator[Lobby]:
    """A program that runs all the while; its memory is where the branch's own file says."""
    if store_url != Memory().url:
        with (branch_folder / "branch.toml").open("a", encoding="utf-8") as file:
            file.write(f'\n[store]\nurl = "{store_url}"\n')
    lobby = open_lobby(load(branch_folder), tmp_path / "data", where="kiosk")
    yield lobby
    lobby.close()


def rename(folder: Path, name: str) -> None:
    """Another name of the first service, and another rule."""
    text = (folder / "branch.toml").read_text("utf-8")
    before = load(folder).branch.services["W1"].name.zh
    (folder / "branch.toml").write_text(text.replace(before, name), "utf-8")


def applied(folder: Path, data: Path, at: datetime) -> str:
    """As `lobbyline apply` does it, in a program of its own."""
    with closing(open_lobby(found(folder, data).setup, data)) as lobby:
        return lobby.versions.apply(load(folder), at, "周经理", "试一下").version


def test_a_version_counts_from_the_next_ticket_on(kiosk: Lobby, branch_folder: Path, at: datetime) -> None:
    """Before the bell was heard, the very next ticket is drawn under the applied files."""
    first = kiosk.reception.take("W1", at).ticket
    rename(branch_folder, "取现金")
    version = applied(branch_folder, kiosk.data, at)
    second = kiosk.reception.take("W1", at).ticket
    assert (first.config != version, second.config) == (True, version)
    assert kiosk.branch.services["W1"].name.zh == "取现金"


def test_a_program_that_listens_follows_at_the_bell(kiosk: Lobby, branch_folder: Path, at: datetime) -> None:
    """Whoever watches is under the applied files when it is told that something changed."""
    watch = kiosk.watch("test")
    watch.changed()
    rename(branch_folder, "取现金")
    applied(branch_folder, kiosk.data, at)
    assert rings(watch)
    assert watch.changed()
    assert kiosk.branch.services["W1"].name.zh == "取现金"
    watch.close()


def test_what_lies_in_the_folder_changes_nothing(kiosk: Lobby, branch_folder: Path, at: datetime) -> None:
    """Once files were applied, neither an edit nor a broken file reaches a program, running or started."""
    version = applied(branch_folder, kiosk.data, at)
    rename(branch_folder, "取现金")
    assert found(branch_folder, kiosk.data).setup.version == version
    (branch_folder / "branch.toml").write_text(BROKEN)
    again = found(branch_folder, kiosk.data)
    assert again.setup.version == version
    assert again.fault.startswith(f"{branch_folder}/branch.toml:2: is not TOML")
    assert kiosk.reception.take("W1", at).ticket.config == version


def test_the_last_good_files_are_used_where_nobody_applied_any(kiosk: Lobby, branch_folder: Path, at: datetime) -> None:
    """A branch that never used `apply` opens in the morning, too, after its file was broken at night."""
    kiosk.versions.begin(at)
    assert found(branch_folder, kiosk.data).setup == kiosk.setup
    (branch_folder / "branch.toml").write_text(BROKEN)
    assert found(branch_folder, kiosk.data).setup == kiosk.setup


def test_the_place_of_the_memory_is_kept_for_nobody_else(kiosk: Lobby, branch_folder: Path) -> None:
    """An address may hold a password: the file that remembers it is its owner's alone."""
    found(branch_folder, kiosk.data)
    file = kiosk.data / address.FILE
    assert (file.stat().st_mode & 0o777, address.kept(kiosk.data).url) == (0o600, kiosk.branch.store.url)


def test_a_place_that_was_kept_badly_is_the_usual_one(tmp_path: Path) -> None:
    """A torn file beside the memory stops nobody."""
    for torn in ("", "[]", '{"where": 1}', '{"url": 1}', '{"branch": ["x"]}', "\0\0"):
        (tmp_path / address.FILE).write_text(torn)
        assert address.kept(tmp_path) == address.Address()


def test_without_a_good_version_the_mistakes_are_told(tmp_path: Path, branch_folder: Path) -> None:
    """The first start with wrong files is no start."""
    (branch_folder / "branch.toml").write_text(BROKEN)
    with pytest.raises(ConfigError):
        found(branch_folder, tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_the_way_back(kiosk: Lobby, branch_folder: Path, at: datetime) -> None:
    """`--back` goes to what was in use before, once more to what was before that; what lay there is kept."""
    kiosk.versions.begin(at)
    start = kiosk.setup.version
    rename(branch_folder, "取现金")
    version = applied(branch_folder, kiosk.data, at)
    kiosk.versions.roll_back("", "周经理", "不好", at)
    assert (kiosk.setup.version, load(branch_folder).version) == (start, start)
    kiosk.versions.roll_back("", "周经理", "还是好", at)
    assert (kiosk.setup.version, load(branch_folder).version) == (version, version)
    assert [one.version for one in kiosk.versions.all() if one.in_use] == [version]


def test_there_is_no_way_back_from_the_first_files(kiosk: Lobby, branch_folder: Path, at: datetime) -> None:
    """Nothing was in use before the first version."""
    applied(branch_folder, kiosk.data, at)
    with refused("nothing_before"):
        kiosk.versions.roll_back("", "周经理", "试试", at)


def test_the_same_files_are_applied_once(kiosk: Lobby, branch_folder: Path, at: datetime) -> None:
    """Whoever applies what is in use already is told so."""
    applied(branch_folder, kiosk.data, at)
    with refused("nothing_new"):
        applied(branch_folder, kiosk.data, at)


def test_what_is_in_use_cannot_vanish(kiosk: Lobby, branch_folder: Path, at: datetime) -> None:
    """A service that somebody waits for, and a counter that is open, stay in the files until they are done with."""
    kiosk.reception.take("W1", at)
    kiosk.desk(8).open(at, "周经理")
    gone = kiosk.branch.model_copy(
        update={
            "services": {code: one for code, one in kiosk.branch.services.items() if code != "W1"},
            "counters": [counter for counter in kiosk.branch.counters if counter.number != 8],
        }
    )
    setup = replace(kiosk.setup, branch=gone, version="0" * 12)
    with refused("still_needed") as said:
        kiosk.versions.apply(setup, at, "周经理", "不办了")
    assert said.value.facts == {"what": ["[services.W1]", "[[counters]] 8"]}


def test_another_branch_is_another_memory(kiosk: Lobby, at: datetime) -> None:
    """Tickets of one branch are never counted under the files of another."""
    other = kiosk.branch.model_copy(update={"id": "harbour"})
    setup = replace(kiosk.setup, branch=other, version="0" * 12)
    with refused("another_branch"):
        kiosk.versions.apply(setup, at, "周经理", "搬家")


def test_a_long_list_is_told_by_what_came_and_went(kiosk: Lobby, branch_folder: Path) -> None:
    """Next year's holidays stand alone, and not among all the others twice."""
    edit(branch_folder, "branch.toml", "2027-10-03,\n", "2028-01-01,\n")
    (told,) = map(str, changes(kiosk.setup, load(branch_folder)))
    assert told == "branch.toml: holidays: with 2028-01-01 and without 2027-10-03"


def test_a_new_table_is_told_by_what_it_says(kiosk: Lobby, branch_folder: Path) -> None:
    """Keys that say nothing, there or not, are no change; one that says nothing any more is."""
    with (branch_folder / "devices.toml").open("a", encoding="utf-8") as file:
        file.write('\n[[printers]]\nname = "second"\nat = "usblp:/dev/usb/lp0"\n')
    edit(branch_folder, "branch.toml", "closed = [2026-02-16, ", "closed = [] # 2026-02-16, ")
    told = [str(change) for change in changes(kiosk.setup, load(branch_folder))]
    assert told[0].startswith("branch.toml: closed: [2026-02-16, 2026-02-17, ")
    assert told[0].endswith("] → nothing")
    assert [line.partition(" (")[0] for line in told[1:]] == [
        'devices.toml: printers.second.name: nothing → "second"',
        'devices.toml: printers.second.at: nothing → "usblp:/dev/usb/lp0"',
        'devices.toml: printers.second.model: nothing → "generic-80"',
    ]


def test_a_program_says_what_only_a_start_can_take(kiosk: Lobby, branch_folder: Path, at: datetime) -> None:
    """The kiosk waits for a quiet moment to start again with its new size; for a new port of the pages it need not."""
    edit(branch_folder, "branch.toml", "width = 1080", "width = 1200")
    text = (branch_folder / "branch.toml").read_text("utf-8").replace('host = "127.0.0.1"', 'host = "localhost"')
    (branch_folder / "branch.toml").write_text(text, "utf-8")
    told = changes(kiosk.setup, load(branch_folder))
    assert [str(change) for change in told] == [
        "branch.toml: kiosk.width: 1080 → 1200 (kiosk must start again)",
        'branch.toml: staff.host: "127.0.0.1" → "localhost" (staff must start again)',
    ]
    applied(branch_folder, kiosk.data, at)
    kiosk.catch_up()
    assert kiosk.in_use.waiting_for_start == ["kiosk.width"]
