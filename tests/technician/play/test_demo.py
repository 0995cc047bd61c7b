"""`make run` on a screen: it plays on any machine, whatever else runs there."""

from __future__ import annotations

from pathlib import Path
from socket import create_server

import pytest

from lobbyline.lobby.config.folder import Setup
from lobbyline.technician.call import Call
from lobbyline.technician.command import understand
from lobbyline.technician.play.demo import on_free_ports
from lobbyline.technician.running.alone import taken


def test_taken_ports_are_changed_for_free_ones(
    setup: Setup, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The ports that another program has are named, and the branch plays as a copy that goes when it has ended."""
    options = understand(["demo", "--branch", str(setup.folder), "--data", str(tmp_path / "data")])
    options.standins = True
    pages, printer = setup.branch.staff.port, int(setup.devices.printers[0].at.rpartition(":")[2])
    with create_server(("127.0.0.1", pages)), create_server(("127.0.0.1", printer)):
        with on_free_ports(Call(options)) as desk:
            assert capsys.readouterr().out.startswith(f"Taken on this machine: port {pages} and {printer}.")
            assert taken(desk) == {}
            assert desk.setup.branch.name == setup.branch.name
        assert not desk.folder.exists()


def test_the_files_themselves_are_played_where_nothing_is_taken(setup: Setup, tmp_path: Path) -> None:
    """Without a need nothing is copied: what is edited is what plays."""
    options = understand(["demo", "--branch", str(setup.folder), "--data", str(tmp_path / "data")])
    options.standins = True
    with on_free_ports(Call(options)) as desk:
        assert desk.folder == setup.folder
