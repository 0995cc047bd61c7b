"""A branch on several machines: each sees its own devices, and paper comes out where its customer stands."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from lobbyline.lobby.config.folder import Setup, load
from lobbyline.lobby.errors import ConfigError
from lobbyline.lobby.lobby import open_lobby
from tests.conftest import Ask
from tests.lobby.heard import refused

pytestmark = pytest.mark.sqlite
PARTED = """
[machines.kiosk-1]
programs = ["kiosk"]

[machines.kiosk-2]
programs = ["kiosk"]
printer = "second"

[machines.wall]
programs = ["screen", "boards"]

[[printers]]
name = "second"
at = "tcp://127.0.0.1:9101"
machine = "kiosk-2"
"""


@pytest.fixture
def parted(branch_folder: Path) -> Setup:
    """The sample branch with two kiosks, and its boards at a machine of their own."""
    file = branch_folder / "devices.toml"
    text = file.read_text("utf-8").replace('name = "front"', 'name = "front"\nmachine = "kiosk-1"')
    text = text.replace("[[buses]]\n", '[[buses]]\nmachine = "wall"\n') + PARTED
    file.write_text(text, "utf-8")
    return load(branch_folder)


def plugged(setup: Setup) -> tuple[list[str], int]:
    return [printer.name for printer in setup.devices.printers], len(setup.devices.buses)


def test_each_machine_sees_its_own(parted: Setup) -> None:
    """What is plugged in elsewhere is another's; the version of the files stays the branch's."""
    everything = plugged(parted)
    assert plugged(parted.on("kiosk-1")) == (["front"], 0)
    assert plugged(parted.on("kiosk-2")) == (["second"], 0)
    assert plugged(parted.on("wall")) == ([], everything[1])
    assert parted.on("wall").version == parted.version
    with pytest.raises(
        ConfigError, match=r'machine "kiosk-9" is not one of \[machines\]; did you mean "kiosk-2"|kiosk-1'
    ):
        parted.on("kiosk-9")


def test_paper_comes_out_where_the_customer_stands(parted: Setup, tmp_path: Path, at: datetime) -> None:
    """A number drawn at a kiosk is a job of that kiosk's printer, whoever looks."""
    one, two = (open_lobby(parted.on(name), tmp_path, name) for name in ("kiosk-1", "kiosk-2"))
    first, second = (lobby.reception.take("W1", at).ticket.number for lobby in (one, two))
    due = {name: one.outbox.due(name) for name in ("front", "second")}
    assert {name: job and job.slip.number for name, job in due.items()} == {"front": first, "second": second}
    one.close()
    two.close()


def test_a_job_goes_to_another_printer(parted: Setup, tmp_path: Path, at: datetime) -> None:
    """The lobby manager sends what waits for a broken printer to one that works; it prints once, as it was."""
    lobby = open_lobby(parted.on("kiosk-2"), tmp_path)
    number = lobby.reception.take("W1", at).ticket.number
    assert lobby.outbox.waiting() == {"second": 1}
    assert [lobby.outbox.send_on("second", "front", at, "周经理", key="k") for _ in range(2)] == [1, 1]
    with refused("nothing_to_print"):
        lobby.outbox.send_on("second", "front", at, "周经理")
    with refused("nothing_to_print"):
        lobby.outbox.send_on("front", "front", at, "周经理")
    with refused("unknown_printer"):
        lobby.outbox.send_on("front", "attic", at, "周经理")
    assert lobby.outbox.due("second") is None
    job = lobby.outbox.due("front")
    assert job is not None
    assert (job.slip.number, job.copy) == (number, 0)
    lobby.close()


def test_a_machine_keeps_its_view_of_new_files(parted: Setup, tmp_path: Path, at: datetime) -> None:
    """A version that is applied while it runs is seen as this machine sees it."""
    lobby = open_lobby(parted.on("kiosk-2"), tmp_path, "kiosk")
    renamed = parted.folder / "branch.toml"
    renamed.write_text(renamed.read_text("utf-8").replace("景祺街支行", "新街口支行"), "utf-8")
    lobby.versions.apply(load(parted.folder), at, "技术员", "改名")
    lobby.reception.take("W1", at)
    assert (lobby.branch.name.zh, plugged(lobby.setup)) == ("新街口支行", (["second"], 0))
    lobby.close()


def test_the_command_says_where_it_is(parted: Setup, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--machine`, or the environment, names the machine; a wrong name is told with the right ones."""
    code, told = ask("doctor", "--branch", str(parted.folder), "--machine", "kiosk-2")
    devices = [finding["what"] for finding in told["findings"]]
    assert ("second" in devices, "front" in devices) == (True, False)
    code, told = ask("waiting", "--branch", str(parted.folder), "--machine", "kiosk-9")
    assert code == 2
    assert told["mistakes"][0]["sentence"].startswith('machine "kiosk-9" is not one of [machines]')
