"""The tests' own PostgreSQL server."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import until
from tests.server import BINARIES

STARTS = "from tests.server import Server; print(Server().folder, flush=True); input()"


def test_a_server_dies_with_whoever_started_it() -> None:
    """A run that is killed leaves no server and no folder behind."""
    if not BINARIES:
        pytest.skip("PostgreSQL is not installed: make setup")
    with subprocess.Popen(
        [sys.executable, "-c", STARTS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout
        folder = Path(run.stdout.readline().strip())
        server = int((folder / "data" / "postmaster.pid").read_text().split()[0])
        assert Path(f"/proc/{server}").exists()
        run.send_signal(signal.SIGKILL)
    until(lambda: not folder.exists(), "the folder goes")
    until(lambda: not Path(f"/proc/{server}").exists(), "the server goes")
