"""An independent judge: emupos, which is not ours, reads the bytes of our tickets.

It needs Python 3.13 and so an environment of its own: `python3.13 -m venv DIR && DIR/bin/pip install emupos`, then
LOBBYLINE_EMUPOS=DIR/bin/python. Without it these tests are skipped.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from lobbyline.drivers.printers.escpos import render
from lobbyline.drivers.printers.profile import Profile
from lobbyline.drivers.printers.receipt import Cut
from lobbyline.drivers.printers.typeset import columns
from lobbyline.kiosk.slip import Paper, kind, ticket
from lobbyline.lobby.reception.outbox import Slip
from tests.drivers.printers.conftest import model
from tests.kiosk.test_slip import CROWDED, SHEETS, SLIP
from tests.patience import PATIENCE
from tests.reader import codes

JUDGE = """
import json, sys
from importlib import resources
from pathlib import Path
from emupos import config
from emupos.printer.printer import Printer

file = resources.files("emupos") / "profiles/printers/xprinter-xp80t.yaml"
profile = config._parse_profile(file.read_text(), "judge").model_copy(update={"width_dots": int(sys.argv[2])})
printer = Printer("judge", profile, sensor_open_level="high", job_idle_timeout_ms=1000)
printer.open_connection("one", 0.0)
out = printer.receive("one", Path(sys.argv[1]).read_bytes(), 0.0)
out += printer.close_connection("one", 1.0)
Path(sys.argv[1]).with_suffix(".png").write_bytes(out.receipts[0].png)
unknown = [str(event) for event in out.events if "unknown" in str(event).lower()]
print(json.dumps({"texts": [receipt.text for receipt in out.receipts], "unknown": unknown}))
"""


@pytest.fixture(scope="module")
def python() -> str:
    """The interpreter that has emupos."""
    named = os.environ.get("LOBBYLINE_EMUPOS", "")
    if not named or not Path(named).exists():
        pytest.skip("emupos is not here: LOBBYLINE_EMUPOS names no Python 3.13 with it")
    return named


@pytest.mark.parametrize("profile", [model("generic-80"), model("generic-58")], ids=["80", "58"])
@pytest.mark.parametrize(
    ("slip", "copy"),
    [(SLIP, 0), (SLIP, 1), (CROWDED, 0), (replace(SLIP, elder=True), 0)],
    ids=["ordinary", "reprint", "crowded", "elder"],
)
def test_a_stranger_reads_our_ticket(python: str, tmp_path: Path, slip: Slip, copy: int, profile: Profile) -> None:
    """Number, Chinese words and code as we meant them; no line longer than the paper; no command it does not know."""
    receipt = ticket(Paper(slip, copy), SHEETS[kind(slip)], profile).then(Cut())
    file = tmp_path / "ticket.bin"
    file.write_bytes(render(receipt, profile))
    done = subprocess.run(
        [python, "-c", JUDGE, file, str(profile.dots)], capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    judged = json.loads(done.stdout)
    (text,) = judged["texts"]
    lines = [line.strip() for line in text.encode("cp437", "replace").decode("gb18030", "replace").splitlines()]
    meant = [row for row in lines if row]
    assert f"{slip.number[0]} {slip.number[1:]}" in meant
    assert ("补打 / REPRINT 1" in meant) is bool(copy)
    assert any(str(slip.texts["zh"]["service"])[:4] in row for row in meant)
    assert all(columns(row) <= profile.columns for row in meant if "\ufffd" not in row)
    assert judged["unknown"] == []
    assert codes(file.with_suffix(".png")) == [slip.token]
