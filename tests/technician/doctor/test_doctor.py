"""`lobbyline doctor`: each thing that a branch stands on, ok or what to do."""

from __future__ import annotations

import json
import re
import sys
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import open_lobby
from lobbyline.technician.command import main
from lobbyline.technician.setup import edit
from lobbyline.technician.terminal import hanging
from tests.conftest import MONDAY, SAMPLE, Ask


def test_doctor(ask: Ask) -> None:
    """The doctor says of everything whether it is well, and of devices nobody has seen which program to start."""
    code, told = ask("doctor")
    assert code == 0
    found = {finding["what"]: finding for finding in told["findings"]}
    assert {"disk", "clock", "store", "events", "front", "counter-1", "main-board"} <= set(found)
    assert found["events"]["state"] == "ok"
    assert found["front"]["sentence"] == "not seen yet: is the program `lobbyline kiosk` running?"


def test_doctor_finds_a_clock_that_was_never_set(ask: Ask) -> None:
    """A machine without a clock battery starts in 1970."""
    code, told = ask("doctor", at="1970-01-01T00:10")
    assert code == 4
    assert next(f for f in told["findings"] if f["what"] == "clock")["state"] == "fault"


def finding(ask: Ask, what: str, at: str = MONDAY) -> tuple[str, str]:
    """What the doctor says of one thing."""
    found = next(found for found in ask("doctor", at=at)[1]["findings"] if found["what"] == what)
    return found["state"], found["sentence"]


def test_doctor_sees_why_a_board_is_silent(ask: Ask, tmp_path: Path) -> None:
    """A board whose line is dead waits for the line, not for a program, however well it was when last seen."""
    lobby, at = open_lobby(load(SAMPLE), tmp_path / "data"), datetime.fromisoformat(f"{MONDAY}+08:00")
    lobby.devices.show("counter-2", "A012", at, "7 frames sent, 7 acknowledged, 0 time-outs, 0 bytes of garbage")
    lobby.devices.report("windows", "bus", "fault", "unplugged", at)
    assert finding(ask, "counter-1") == ("warn", "waits for its line windows")
    assert finding(ask, "counter-2") == ("warn", "waits for its line windows")
    assert finding(ask, "windows") == ("fault", "unplugged")


def test_what_needs_a_hand_stands_last(branch_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """However long the list is, a terminal that has filled shows the faults and where to begin."""
    lobby = open_lobby(load(branch_folder), tmp_path)
    lobby.devices.report("front", "printer", "fault", "no paper", datetime.fromisoformat(f"{MONDAY}+08:00"))
    lobby.close()
    main(["doctor", "--branch", str(branch_folder), "--data", str(tmp_path), "--at", MONDAY])
    *findings, _, summary = capsys.readouterr().out.splitlines()
    assert findings[-1].split() == ["fault", "front", "no", "paper"]
    assert [line.split()[0] for line in findings] == sorted(
        (line.split()[0] for line in findings), key=["ok", "warn", "fault"].index
    )
    assert summary.startswith("Needs a hand: front. Worth a look: ")


def test_doctor_counts_papers_and_looks_at_copies(ask: Ask, tmp_path: Path) -> None:
    """Each printer with today's outcomes; the copy's age against what is allowed; the programs that are awake."""
    ask("take", "W1", "--print")
    lobby = open_lobby(load(SAMPLE), tmp_path / "data")
    lobby.devices.report("front", "printer", "ok", "", datetime.fromisoformat(f"{MONDAY}+08:00"))
    assert finding(ask, "front") == ("ok", "well, when `lobbyline kiosk` ran last; today 1 queued")
    assert finding(ask, "copy")[0] == "warn"
    assert ask("backup")[0] == 0
    assert finding(ask, "copy")[0] == "ok"
    assert finding(ask, "copy", at="2026-11-26T10:12")[0] == "fault"
    lobby.close()


def test_doctor_names_the_programs_that_do_not_run(ask: Ask, tmp_path: Path) -> None:
    """All, some or none; what a device of a sleeping program was like is told as that."""
    lobby = open_lobby(load(SAMPLE), tmp_path / "data")
    lobby.devices.report("front", "printer", "ok", "", datetime.fromisoformat(f"{MONDAY}+08:00"))
    assert finding(ask, "programs")[0] == "warn"
    with ExitStack() as awake:
        for name in ("boards", "keypads", "staff", "screen"):
            awake.callback(lobby.watch(name).close)
        assert finding(ask, "programs") == (
            "warn",
            "not running: kiosk. systemctl start lobbyline-kiosk; a machine without them says so in [machines]",
        )
        assert finding(ask, "front") == ("ok", "well, when `lobbyline kiosk` ran last")
        awake.callback(lobby.watch("kiosk").close)
        assert finding(ask, "programs") == ("ok", "boards, keypads, kiosk, screen, staff are awake")
        assert finding(ask, "front") == ("ok", "well")
    lobby.close()


def test_doctor_finds_a_key_that_others_can_read(ask: Ask, tmp_path: Path) -> None:
    """The key of the forms is its owner's alone."""
    assert finding(ask, "form key")[0] == "ok"
    (tmp_path / "data" / "form.key").write_text("key")
    (tmp_path / "data" / "form.key").chmod(0o644)
    state, sentence = finding(ask, "form key")
    assert state == "fault"
    assert "chmod 600" in sentence


@pytest.mark.parametrize(("days", "state"), [(90, "ok"), (10, "warn"), (-1, "fault")])
def test_doctor_knows_when_the_certificate_ends(ask: Ask, branch_folder: Path, days: int, state: str) -> None:
    """A month before browsers refuse the staff's pages, and when they do."""
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "lobby")])
    sheet = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    sheet = sheet.not_valid_before(noon - timedelta(days=300)).not_valid_after(noon + timedelta(days=days))
    (branch_folder / "tls.pem").write_bytes(sheet.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM))
    (branch_folder / "tls.key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    edit.set_key(branch_folder / "branch.toml", ("staff", "certificate"), "tls.pem")
    edit.set_key(branch_folder / "branch.toml", ("staff", "key"), "tls.key")
    assert finding(ask, "certificate")[0] == state
    (branch_folder / "tls.pem").write_text("no certificate")
    assert finding(ask, "certificate")[0] == "fault"


def test_doctor_sees_that_a_device_is_not_plugged_in(ask: Ask, branch_folder: Path, tmp_path: Path) -> None:
    """A path that this machine lacks is told before any program runs, whatever one said in better days."""
    devices = branch_folder / "devices.toml"
    text = devices.read_text("utf-8").replace("standin/windows", "/dev/lobbyline/line-windows")
    devices.write_text(re.sub(r'at = "tcp://[^"]*"', f'at = "usblp:{tmp_path}/lp0"', text), "utf-8")
    lobby = open_lobby(load(branch_folder), tmp_path / "data")
    lobby.devices.report("front", "printer", "ok", "", datetime.fromisoformat(f"{MONDAY}+08:00"))
    assert finding(ask, "front") == ("fault", f"{tmp_path}/lp0 is not there: is it plugged in, and switched on?")
    assert finding(ask, "windows")[1].startswith("/dev/lobbyline/line-windows is not there")
    assert finding(ask, "counter-1") == ("warn", "waits for its line windows")
    (tmp_path / "lp0").touch()
    assert finding(ask, "front") == ("ok", "well, when `lobbyline kiosk` ran last")
    lobby.close()


def test_a_board_is_told_by_what_it_was_sent(ask: Ask, tmp_path: Path) -> None:
    """One frame is one, and what did not happen is not counted."""
    lobby, at = open_lobby(load(SAMPLE), tmp_path / "data"), datetime.fromisoformat(f"{MONDAY}+08:00")
    with closing(lobby.watch("boards")):
        for counts in ("1 frames sent, 0 acknowledged, 0", "7 frames sent, 6 acknowledged, 1"):
            lobby.devices.show("counter-1", "A012", at, f"{counts} time-outs, {counts[0]} bytes of garbage")
        assert finding(ask, "counter-1") == ("ok", "7 frames sent, 6 acknowledged, 1 time-out, 7 bytes of garbage")
        lobby.devices.show("counter-1", "A012", at, "1 frames sent, 0 acknowledged, 0 time-outs, 0 bytes of garbage")
        assert finding(ask, "counter-1") == ("ok", "1 frame sent")
    lobby.close()


def test_what_is_told_for_people(branch_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Columns that stand under one another, and a last line that says where to begin; as in JSON, the gravest last."""
    place = ["--branch", str(branch_folder), "--data", str(tmp_path / "data"), "--at", "1970-01-01T00:10"]
    assert main(["doctor", *place]) == 4
    *lines, empty, last = capsys.readouterr().out.splitlines()
    main(["doctor", "--json", *place])
    found = json.loads(capsys.readouterr().out)["findings"]
    assert empty == ""
    found.sort(key=lambda one: ("ok", "warn", "fault").index(one["state"]))
    told = zip(lines, found, strict=True)
    heads = [re.match(rf"{one['state']} +{re.escape(one['what'])} +", line) for line, one in told]
    assert {head.end() for head in heads if head} == {lines[0].index("Lobbyline")}
    assert all(heads)
    assert last.startswith("Needs a hand: clock. Worth a look: copy, programs, front, ")


def test_a_long_sentence_hangs_beside_what_it_is_about(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal in lines as wide as it; whoever reads by program gets one line."""
    monkeypatch.setenv("COLUMNS", "40")
    assert hanging("warn   copy    ", "there is none yet: run `lobbyline backup`").count("\n") == 0
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert hanging("warn   copy    ", "there is none yet: run `lobbyline backup`").splitlines() == [
        "warn   copy    there is none yet: run",
        "               `lobbyline backup`",
    ]
