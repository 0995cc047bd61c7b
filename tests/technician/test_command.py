"""The `lobbyline` command: outcomes, exit codes and JSON of the CONTRACTS."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import open_lobby
from lobbyline.technician import commands
from lobbyline.technician.command import main
from lobbyline.technician.parser import Parser
from tests.conftest import MONDAY, Ask


@pytest.mark.parametrize(
    ("words", "at", "refused", "reason"),
    [
        (("take", "W9"), MONDAY, "unknown_service", "没有“W9”这项业务"),
        (("take", "B1"), "2026-11-28T10:00", "closed", "进账支票现在不办理|现在不办理，11-30 09:00开始取号"),
        (("counter", "99", "next"), MONDAY, "unknown_counter", "没有99号窗口"),
        (("counter", "1", "next"), MONDAY, "nobody_waiting", "1号窗口现在没有客户等候"),
        (("show", "Z001"), MONDAY, "unknown_ticket", "今天没有Z\u2009001这个号"),
    ],
)
def test_a_refusal_exits_with_3(ask: Ask, words: tuple[str, ...], at: str, refused: str, reason: str) -> None:
    """A refusal is a word for programs and a sentence for people."""
    code, told = ask(*words, at=at)
    assert code == 3
    assert told["refused"] == refused
    assert re.search(reason, told["reason"])


def test_whoever_reads_no_further_hears_no_complaint(tmp_path: Path) -> None:
    """`lobbyline … | head` ends when head has what it wants."""
    words = [sys.executable, "-m", "lobbyline.technician", "waiting", "--json", "--data", str(tmp_path)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout
        program.stdout.close()
        assert program.stderr
        assert program.stderr.read() == b""
    assert program.returncode == 0


def spoken(words: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """What a shell sees of a call, in an environment of its own."""
    command = f"{sys.executable} -m lobbyline.technician {words}"
    spoken_there = {**os.environ, "LOBBYLINE_DATA": str(folder), **environment}
    return subprocess.run(["bash", "-c", command], check=False, capture_output=True, env=spoken_there)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        ("waiting >&-", 0, b""),
        ("show Z001 <&- >&- 2>&-", 3, b""),
        ("form F01 --json <&- 2>&- | grep -c errors", 0, b""),
        ("waiting >/dev/full", 4, b"The answer could not be written: No space left on device\n"),
        ("take $'\\xff'", 2, rb"lobbyline take: '\udcff' is not written in this terminal's encoding"),
    ],
)
def test_streams_that_lead_nowhere(words: str, code: int, told: bytes, tmp_path: Path) -> None:
    """Streams that are closed or full, and bytes that are no text, end in an exit code and a sentence."""
    answer = spoken(words, tmp_path)
    assert (answer.returncode, answer.stderr.partition(b"\nusage")[0]) == (code, told)


def test_a_terminal_that_knows_no_chinese(tmp_path: Path) -> None:
    """A number that was drawn is told in any encoding: what it lacks as numbers, and JSON as JSON."""
    taken = spoken(f"take W1 --at {MONDAY}", tmp_path, PYTHONIOENCODING="latin-1")
    assert (taken.returncode, taken.stdout[:12]) == (0, rb"A001  \u53d6")
    asked = spoken(f"show A002 --json --at {MONDAY}", tmp_path, PYTHONIOENCODING="latin-1")
    assert json.loads(asked.stdout.decode("ascii"))["reason"] == "今天没有A\u2009002这个号"


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


def test_store_fault_exits_with_4(ask: Ask, tmp_path: Path) -> None:
    """A store that cannot be used is told with its path."""
    (tmp_path / "data").touch()
    code, told = ask("take", "W1")
    assert code == 4
    assert str(tmp_path / "data") in told["fault"]


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
        (
            ["--at", "9999-12-31", "waiting"],
            'lobbyline: --at is "9999-12-31"; a time like 2026-11-23T10:15 is expected\n',
        ),
        (["--ahead", "nan", "waiting"], 'lobbyline: --ahead is "nan"; seconds are expected, like 3600\n'),
        (["--ahead", "1e300", "waiting"], 'lobbyline: --ahead is "1e300"; seconds are expected, like 3600\n'),
        (["plan", "a.csv", "--over", "few"], 'lobbyline plan: --over is "few"; a number is expected\n'),
        (["store"], "lobbyline store: missing: WHAT, one of prepare, admit, copy, upload\n"),
        (
            ["store", "prepare", "lobby"],
            'lobbyline store prepare: ADDRESS is "lobby"; postgresql://OWNER@HOST/DATABASE is ',
        ),
        (
            ["store", "upload", "bank"],
            'lobbyline store upload: ADDRESS is "bank"; postgresql://OWNER@HOST/DATABASE is ',
        ),
        (["voucher", "void", "card", "1", "2"], "lobbyline voucher void: missing: --by, --with\n"),
        (["drill", "fire"], 'lobbyline drill: FAULT is "fire"; allowed: paper, board, line, disk, kiosk\n'),
        (["form", "F01", "--by", "me"], "lobbyline form: there is no use for --by me here\n"),
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


@pytest.mark.parametrize(
    "words",
    [
        ("ticket", "preview", "--out", "NOWHERE/ticket.png"),
        ("voice", "say", "A012", "3", "--out", "NOWHERE/call.wav"),
        ("setup", "--answers", "NOWHERE/answers.toml"),
        ("drill", "paper", "--data", "NOWHERE/data"),
        ("config", "seal", "PROFILE", "--key", "NOWHERE/key.pem"),
    ],
)
def test_a_file_that_is_named_wrong_is_told(
    words: tuple[str, ...], branch_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever a command should read or write: it ends with 2 and says which file, never with a traceback."""
    (tmp_path / "profile").mkdir()
    (tmp_path / "profile" / "base.toml").touch()
    named = [word.replace("NOWHERE", "/dev/null").replace("PROFILE", str(tmp_path / "profile")) for word in words]
    with suppress(SystemExit):
        assert main(["--branch", str(branch_folder), "--data", str(tmp_path / "data"), *named]) == 2
    told = "".join(capsys.readouterr())
    assert next(word for word in named if "/dev/null" in word) in told
    assert "ot a directory" in told


def test_a_memory_that_is_not_there_is_not_moved(ask: Ask, tmp_path: Path) -> None:
    """A name that was mistyped makes no new memory."""
    code, told = ask("store", "copy", "lobby.sqlit", "other.sqlite")
    assert (code, told["fault"]) == (4, f"{tmp_path / 'data' / 'lobby.sqlit'}: there is no such memory")
    assert not (tmp_path / "data" / "other.sqlite").exists()


def test_the_help_tells_every_command_once(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Each under its heading, each with a sentence beside it, in lines as wide as the terminal."""
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    lines = capsys.readouterr().out.splitlines()
    told = [line.split()[0] for line in lines if re.match(r"  [a-z]", line)]
    assert told == [name for names in commands.MODULES.values() for name in names]
    assert all(len(line) <= 80 for line in lines)


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
from contextlib import suppress
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
