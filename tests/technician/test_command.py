"""The `lobbyline` command: outcomes, exit codes and JSON of the CONTRACTS."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import open_lobby
from lobbyline.technician import commands
from lobbyline.technician.command import main
from lobbyline.technician.parser import Parser
from lobbyline.technician.setup import pen
from tests.conftest import SAMPLE

Ask = Callable[..., tuple[int, Any]]
MONDAY = "2026-11-23T10:12"


@pytest.fixture
def ask(branch_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Call the command for a branch of its own; exit code and what it printed as JSON."""

    def call(*words: str, at: str = MONDAY) -> tuple[int, Any]:
        place = ["--branch", str(branch_folder), "--data", str(tmp_path / "data"), "--at", at, "--json"]
        code = main([words[0], *place, *words[1:]])
        return code, json.loads(capsys.readouterr().out)

    return call


def test_take(ask: Ask) -> None:
    """`take` answers with number, place, range and token; the same key gives the same ticket."""
    code, first = ask("take", "W1", "--key", "k1")
    assert code == 0
    assert list(first) == ["ticket", "service", "queue", "segment", "ahead", "wait_low", "wait_high", "token"]
    assert (first["ticket"], first["queue"], first["segment"], first["ahead"]) == ("A001", "A", "ordinary", 0)
    assert ask("take", "W1", "--key", "k1") == (0, first)
    assert ask("take", "W1", "--segment", "care")[1]["ticket"] == "L001"


def test_waiting_and_show(ask: Ask) -> None:
    """`waiting` lists in call order; `show` tells a ticket's whole life."""
    for service in ("O1", "W1"):
        ask("take", service)
    code, waiting = ask("waiting")
    assert code == 0
    assert [one["ticket"] for one in waiting] == ["A001", "B001"]
    ask("counter", "1", "next")
    code, shown = ask("show", "A001")
    assert code == 0
    assert shown["state"] == "called"
    assert [event["what"] for event in shown["events"]] == ["taken", "called"]


def test_a_visit_at_the_counter(ask: Ask) -> None:
    """Every verb answers with counter, ticket, state and why."""
    ask("take", "W1")
    states = []
    for verb in ("open", "next", "greet", "ask", "operate", "confirm", "done", "pause", "resume", "close"):
        code, told = ask("counter", "1", verb)
        assert code == 0
        assert list(told) == ["counter", "ticket", "state", "why"]
        states.append(told["state"])
    assert states == ["open", "called", "greet", "ask", "operate", "confirm", "done", "paused", "open", "closed"]


def test_a_control_by_command(ask: Ask) -> None:
    """Without a screen, controls are recorded by command; authorisation needs another person."""
    ask("take", "O1")
    ask("counter", "2", "open", "--by", "李芳")
    ask("counter", "2", "next")
    assert ask("counter", "2", "done")[1]["refused"] == "control_missing"
    code, told = ask("counter", "2", "check", "authorisation", "--by", "李芳")
    assert (code, told["refused"]) == (3, "same_person")
    assert ask("counter", "2", "check", "authorisation", "--by", "王强")[0] == 0


def test_move_and_call_by_number(ask: Ask) -> None:
    """`move TICKET SERVICE` keeps the number; `call TICKET` calls it."""
    ask("take", "W1")
    code, told = ask("counter", "1", "move", "A001", "O1")
    assert (code, told["ticket"], told["state"]) == (0, "A001", "waiting")
    assert ask("counter", "2", "call", "a001")[1]["ticket"] == "A001"


@pytest.mark.parametrize(
    ("words", "at", "refused", "reason"),
    [
        (("take", "W9"), MONDAY, "unknown_service", "没有“W9”这项业务"),
        (("take", "B1"), "2026-11-28T10:00", "closed", "进账支票现在不办理|现在不办理，11-30 09:00开始取号"),
        (("counter", "99", "next"), MONDAY, "unknown_counter", "没有99号窗口"),
        (("counter", "1", "next"), MONDAY, "nobody_waiting", "1号窗口现在没有客户等候"),
        (("show", "Z001"), MONDAY, "unknown_ticket", "今天没有Z001这个号"),
    ],
)
def test_a_refusal_exits_with_3(ask: Ask, words: tuple[str, ...], at: str, refused: str, reason: str) -> None:
    """A refusal is a word for programs and a sentence for people."""
    code, told = ask(*words, at=at)
    assert code == 3
    assert told["refused"] == refused
    assert re.search(reason, told["reason"])


def test_bad_configuration_exits_with_2(ask: Ask, branch_folder: Path) -> None:
    """Every mistake is told with its file and line."""
    branch = branch_folder / "branch.toml"
    text = branch.read_text("utf-8")
    line = text[: text.index("[kiosk]")].count("\n") + 1
    branch.write_text(text.replace("[kiosk]", "[kiosk]\nidle_second = 5"), "utf-8")
    code, told = ask("take", "W1")
    assert code == 2
    (mistake,) = told["mistakes"]
    assert (mistake["file"], mistake["line"]) == (str(branch), line + 1)
    assert "idle_seconds" in mistake["sentence"]


def test_check_prints_one_line_a_mistake(
    branch_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`check` of a broken file: `file:line: sentence`."""
    devices = branch_folder / "devices.toml"
    devices.write_text(devices.read_text("utf-8").replace("address = 33", "address = 7"), "utf-8")
    assert main(["check", "--branch", str(branch_folder), "--data", str(tmp_path / "data")]) == 2
    assert re.fullmatch(rf"{re.escape(str(devices))}:\d+: .*7.*\n", capsys.readouterr().out)
    assert not (tmp_path / "data").exists(), "checking leaves nothing behind"


def test_check_of_the_sample(ask: Ask) -> None:
    """The shipped branch has no mistake."""
    assert ask("check")[1]["ok"] is True


def test_store_fault_exits_with_4(ask: Ask, tmp_path: Path) -> None:
    """A store that cannot be used is told with its path."""
    (tmp_path / "data").touch()
    code, told = ask("take", "W1")
    assert code == 4
    assert str(tmp_path / "data") in told["fault"]


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
    """A board that was never seen because its line is dead waits for the line, not for a program."""
    lobby = open_lobby(load(SAMPLE), tmp_path / "data")
    lobby.devices.report("windows", "bus", "fault", "unplugged", datetime.fromisoformat(f"{MONDAY}+08:00"))
    assert finding(ask, "counter-1") == ("warn", "waits for its line windows")
    assert finding(ask, "windows") == ("fault", "unplugged")


def test_doctor_counts_papers_and_looks_at_copies(ask: Ask, tmp_path: Path) -> None:
    """Each printer with today's outcomes; the copy's age against what is allowed; the programs that are awake."""
    ask("take", "W1", "--print")
    lobby = open_lobby(load(SAMPLE), tmp_path / "data")
    lobby.devices.report("front", "printer", "ok", "", datetime.fromisoformat(f"{MONDAY}+08:00"))
    assert finding(ask, "front") == ("ok", "well; today 1 queued")
    assert finding(ask, "copy")[0] == "warn"
    assert ask("backup")[0] == 0
    assert finding(ask, "copy")[0] == "ok"
    assert finding(ask, "copy", at="2026-11-26T10:12")[0] == "fault"
    assert finding(ask, "programs")[0] == "warn"
    watch = lobby.watch("boards")
    assert finding(ask, "programs") == ("ok", "boards is awake")
    watch.close()
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
    pen.set_key(branch_folder / "branch.toml", ("staff", "certificate"), "tls.pem")
    pen.set_key(branch_folder / "branch.toml", ("staff", "key"), "tls.key")
    assert finding(ask, "certificate")[0] == state
    (branch_folder / "tls.pem").write_text("no certificate")
    assert finding(ask, "certificate")[0] == "fault"


def test_a_copy_by_command_and_back(ask: Ask, tmp_path: Path) -> None:
    """Taken, listed, verified and laid back; what was there is set aside, and the restoring is an event."""
    ask("take", "W1")
    code, copy = ask("backup")
    assert (code, copy["tickets"]) == (0, 1)
    assert ask("backup", "list")[1] == [copy["file"]]
    ask("take", "W1", at="2026-11-23T10:20")
    assert ask("backup", "verify", copy["file"])[1]["last"] == copy["last"]
    code, back = ask("backup", "restore", copy["file"], "--by", "周经理", at="2026-11-23T10:30")
    assert (code, back["events"]) == (0, copy["events"])
    assert Path(back["aside"]).exists()
    assert [one["ticket"] for one in ask("waiting")[1]] == ["A001"]
    assert ask("doctor", at="2026-11-23T10:31")[0] == 0
    assert ask("backup", "restore", str(tmp_path / "nothing.sqlite"))[0] == 4


def test_frame(ask: Ask) -> None:
    """The bytes that would go on the wire, as in the vendor's manual."""
    values = ("address=33", "ticket=A045", "arrow=<", "window=12")
    assert ask("frame", "qsystem-candle", "call", *values)[1]["hex"] == "01 21 21 41 30 34 35 3C 31 32 07"
    code, actions = ask("frame", "qsystem-candle")
    assert code == 0
    assert "address" in actions["call"]
    assert ask("frame", "qsystem-candle", "call")[0] == 3
    assert ask("frame", "qsystem-cable")[1]["refused"] == "unknown_protocol"


@pytest.mark.parametrize(
    "words",
    [
        ("--key", "k", "move", "A001", "O1"),
        ("move", "--key", "k", "A001", "O1"),
        ("move", "A001", "--key", "k", "O1"),
        ("move", "A001", "O1", "--key", "k"),
    ],
)
def test_options_stand_anywhere(ask: Ask, words: tuple[str, ...]) -> None:
    """Options may stand before, between and after the words of a subcommand."""
    ask("take", "W1")
    assert ask("counter", "1", *words)[1]["ticket"] == "A001"


@pytest.mark.parametrize(
    "words",
    [
        ["counter", "1", "fly"],
        ["take", "W1", "D1"],
        ["frame", "qsystem-candle", "call", "address"],
        ["counter", "one", "next"],
        ["counter", "1", "move", "A001"],
        ["take"],
        [],
    ],
)
def test_misuse_exits_with_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What is no command of ours is told with how it is used."""
    with pytest.raises(SystemExit) as caught:
        main(words)
    assert caught.value.code == 2
    assert "usage: lobbyline" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["chek"], 'lobbyline: COMMAND is "chek"; did you mean "check"? Allowed: '),
        (["counter", "1", "nxt"], 'lobbyline counter: VERB is "nxt"; did you mean "next"? Allowed: next, recall, '),
        (["counter", "one", "next"], 'lobbyline counter: N is "one"; a whole number is expected\n'),
        (["counter", "1", "call"], "lobbyline counter: call takes TICKET\n"),
        (["take"], "lobbyline take: missing: SERVICE\n"),
        (["take", "W1", "--key"], "lobbyline take: --key needs a value\n"),
        (["take", "W1", "--print=no"], "lobbyline take: --print takes no value, and has 'no'\n"),
        (["check", "--al"], "lobbyline check: there is no use for --al here\n"),
        (["--at", "noon", "waiting"], 'lobbyline: --at is "noon"; a time like 2026-11-23T10:15 is expected\n'),
        (["plan", "a.csv", "--over", "few"], 'lobbyline plan: --over is "few"; a number is expected\n'),
        (["store"], "lobbyline store: missing: WHAT, one of prepare, admit, copy, upload\n"),
        (["voice", "say", "A1", "100"], 'lobbyline voice say: N is "100"; a number from 1 to 99 is expected\n'),
    ],
)
def test_misuse_is_told_in_a_sentence(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What was found, what is allowed, the nearest word; then the usage, and nothing else."""
    with pytest.raises(SystemExit):
        main(words)
    sentence, usage = capsys.readouterr().err.split("usage: ", 1)
    assert sentence.startswith(said)
    assert usage.startswith("lobbyline")


def test_the_help_tells_every_command_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Each under its heading, each with a sentence on its own line."""
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    lines = capsys.readouterr().out.splitlines()
    told = [line.split()[0] for line in lines if re.match(r"  [a-z]", line)]
    assert told == [name for names in commands.MODULES.values() for name in names]
    assert all(len(line) <= 100 for line in lines)


def test_options_before_or_after_the_subcommand(
    branch_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`lobbyline --json take` and `lobbyline take --json` are the same."""
    place = ["--branch", str(branch_folder), "--data", str(tmp_path / "data"), "--at", MONDAY, "--json"]
    assert main([*place, "take", "W1"]) == 0
    assert json.loads(capsys.readouterr().out)["ticket"] == "A001"


def test_the_installed_command() -> None:
    """`.venv/bin/lobbyline` is the command, and names its subcommands."""
    command = Path(sys.executable).with_name("lobbyline")
    told = subprocess.run([command, "--help"], capture_output=True, text=True, check=True).stdout
    assert all(name in told for name in ("run", "kiosk", "screen", "boards", "staff", "check", "take", "doctor"))


@pytest.mark.parametrize("module", commands.MODULES)
def test_a_module_has_the_commands_that_are_looked_for_there(module: str) -> None:
    """A command is found in the module that is loaded for it, although no other is."""
    top = Parser()
    importlib.import_module(f"lobbyline.technician.{module}").words(top)
    assert tuple(top.sentences) == commands.MODULES[module]


def test_a_question_loads_nothing_that_prints_or_draws(branch_folder: Path, tmp_path: Path) -> None:
    """A teller's command stands on the lobby alone, wherever its options stand."""
    place = ["--branch", str(branch_folder), "--data", str(tmp_path / "data")]
    look = "import sys\nfrom lobbyline.technician.command import main\nmain(sys.argv[1:])\nprint(*sys.modules)"
    for words in ([*place, "waiting"], ["waiting", *place]):
        told = subprocess.run([sys.executable, "-c", look, *words], check=True, capture_output=True, text=True).stdout
        loaded = {".".join(name.split(".")[:depth]) for name in told.split() for depth in (1, 2)}
        others = {"PIL", "PySide6", "cryptography", "fastapi", "serial"}
        rooms = {"lobbyline.display", "lobbyline.kiosk", "lobbyline.staff"}
        assert loaded.isdisjoint(others | rooms), loaded & (others | rooms)


START = """
import sys
from lobbyline.kiosk import rooms
from lobbyline.technician.call import Call
from lobbyline.technician.command import understand
Call(understand(sys.argv[1:])).lobby.close()
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def test_the_kiosk_loads_nothing_of_other_programs(branch_folder: Path, tmp_path: Path) -> None:
    """Before its pages stand the kiosk loads none of the libraries that other programs stand on."""
    lobby = open_lobby(load(branch_folder), tmp_path / "data")  # the tables are made once in a memory's life
    lobby.close()
    words = ["kiosk", "--branch", str(branch_folder), "--data", str(tmp_path / "data")]
    command = [sys.executable, "-c", START, *words]
    loaded = set(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())
    assert {"PySide6", "pydantic"} <= loaded
    others = {"PIL", "argon2", "cryptography", "fastapi", "prometheus_client", "psycopg", "serial", "sqlite_utils"}
    assert loaded.isdisjoint(others)
