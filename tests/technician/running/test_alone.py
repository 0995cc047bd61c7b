"""What would end a program again and again is told once, before any is started."""

from __future__ import annotations

from pathlib import Path
from socket import create_server

import pytest

from lobbyline.lobby.config.folder import Setup
from lobbyline.technician.running.alone import alone
from tests.conftest import Ask


def test_a_second_run_on_the_same_memory_is_told(ask: Ask, tmp_path: Path) -> None:
    """Two runs would take lines and customers from each other: the second does not begin."""
    data = tmp_path / "data"
    with alone(data):
        code, told = ask("run")
    assert code == 4
    assert told["fault"] == (
        f"The branch is running already with the memory in {data}: end that first (Ctrl-C where it runs),"
        " or give this one a folder of its own with --data."
    )


def test_a_taken_port_of_the_pages_is_told_once(ask: Ask, setup: Setup) -> None:
    """One sentence for the technician, and nothing was started."""
    port = setup.branch.staff.port
    with create_server(("127.0.0.1", port)):
        code, told = ask("run")
    assert code == 4
    assert told["fault"] == (
        f"Staff pages: cannot listen on 127.0.0.1 port {port}: another program is listening there already;"
        " end it or choose another port in [staff]."
    )


def test_a_taken_port_of_a_stand_in_is_told_once(ask: Ask, setup: Setup) -> None:
    """The printer's stand-in wants the port of `at`."""
    port = int(setup.devices.printers[0].at.rpartition(":")[2])
    with create_server(("127.0.0.1", port)):
        code, told = ask("run", "--standins")
    assert code == 4
    assert told["fault"] == (
        f'The stand-in of printer "front" cannot listen on 127.0.0.1 port {port} (Address already in use):'
        " end the program that holds this port, or change `at` in devices.toml."
    )


def test_a_data_folder_that_cannot_be_is_told(ask: Ask, tmp_path: Path) -> None:
    """The branch is not begun where nothing can be kept: the folder is named, and what to look at."""
    (tmp_path / "data").touch()
    assert ask("run") == (4, {"fault": f"{tmp_path / 'data'}: File exists: check --data, its owner and the disk"})


def test_a_machine_without_a_screen_is_told_once(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt would end the programs with a crash, and they would be started again for ever."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    code, told = ask("run")
    assert code == 4
    assert told["fault"].startswith("There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY).")
