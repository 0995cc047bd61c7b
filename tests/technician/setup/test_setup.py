"""The first installation: found, asked, written, tried, gone on with, and the same from a file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lobbyline.drivers.boards.standin.bus import StandinBoard, StandinBus
from lobbyline.drivers.printers.standin.printer import StandinPrinter
from lobbyline.lobby.config import base
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.config.toml import table_of
from lobbyline.lobby.lobby import open_lobby
from lobbyline.technician.command import main
from lobbyline.technician.setup import discovery, edit, panels, wizard
from lobbyline.technician.setup.discovery import Output
from lobbyline.technician.setup.wizard import INSTALLED, remains
from tests.conftest import SAMPLE, free_port
from tests.drivers.printers.conftest import FAST, model
from tests.server import Server

MONDAY = "2026-11-23T10:12"
PROTOCOL = "pinganlihe-v21"
SMALL = Path(__file__).parents[2] / "config" / "right" / "corner" / "branch.toml"


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[StandinPrinter]:
    standin = StandinPrinter(tmp_path / "paper", model("generic-80"), speed=FAST).start()
    yield standin
    standin.stop()


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[StandinBus]:
    boards = [StandinBoard(f"counter-{n}", PROTOCOL, n + 2) for n in (1, 2)]
    standin = StandinBus(tmp_path / "faces", tmp_path / "line", boards).start()
    yield standin
    standin.stop()


def answers(tmp_path: Path, printer: StandinPrinter, **more: str) -> dict[str, str]:
    """What a technician says of a branch with a printer and two boards."""
    return {
        "branch.id": "willow-lane",
        "branch.zh": "柳巷支行",
        "branch.en": 'Willow "Lane" Branch',
        "branch.profile": "-",
        "staff.host": "127.0.0.1",
        "staff.port": str(free_port()),
        "staff.certificate": "-",
        "machine1.name": "-",
        "printer.at": f"tcp://127.0.0.1:{printer.port}",
        "printer.model": "generic-80",
        "printer2.at": "-",
        "printer.test": "yes",
        "reader1.port": "keyboard",
        "reader1.model": "scanner",
        "reader2.port": "-",
        "line1.port": str(tmp_path / "line"),
        "line1.protocol": PROTOCOL,
        "line1.speed": "0",
        "line1.width": "8",
        "line1.counters": "1-2@3",
        "line1.rows": "-",
        "line2.port": "-",
        "boards.count": "yes",
        "keypads1.port": "-",
        "sound.volume": "80",
        "sound.test": "no",
        "kiosk.output": "DP-1",
        "kiosk.size": "1920x1080",
        "kiosk.turn": "rotate-270",
        "screen.output": "HDMI-A-1",
        "screen.size": "3840x2160",
        "screen.turn": "normal",
        "account.name": "zhougang",
        "account.shown": "周刚",
    } | more


def as_file(file: Path, told: dict[str, str]) -> Path:
    file.write_text("".join(f"{name} = {edit.written(value)}\n" for name, value in told.items()), "utf-8")
    return file


def asked(told: dict[str, str]) -> Callable[[str], str]:
    """A technician at the terminal, who answers question after question and leaves when he has no answer any more."""
    left = iter(told.values())

    def answer(question: str) -> str:
        try:
            return next(left)
        except StopIteration:
            raise EOFError from None

    return answer


def run(tmp_path: Path, *words: str) -> int:
    place = ["--branch", str(tmp_path / "branch"), "--data", str(tmp_path / "data"), "--at", MONDAY]
    return main(["setup", *place, *words])


def written(tmp_path: Path) -> dict[str, str]:
    """Every file of the branch that setup writes itself."""
    names = ("branch.toml", "devices.toml", "panels.ini", "panels.env")
    return {name: (tmp_path / "branch" / name).read_text("utf-8") for name in names}


def test_what_remains_on_a_lobby_machine() -> None:
    """Where the units look for the branch, they start it."""
    assert "systemctl enable --now lobbyline.target" in remains(INSTALLED, Path("/var/lib/lobbyline"))


def test_a_branch_from_a_file_of_answers(
    tmp_path: Path, printer: StandinPrinter, bus: StandinBus, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a question: a branch that loads, a ticket on paper, boards that say their addresses, panels, a PIN."""
    file = as_file(tmp_path / "answers.toml", answers(tmp_path, printer))
    assert run(tmp_path, "--answers", str(file)) == 0
    told = capsys.readouterr().out
    assert "ok: " in told
    assert (
        f"What remains, each with --branch {tmp_path / 'branch'} --data {tmp_path / 'data'}:\n  lobbyline run " in told
    )
    assert "counter-1: shows its number" in told
    assert "zhougang signs in with the PIN" in told
    assert printer.wait_for(1)
    assert "柳巷支行" in printer.tickets[0].text
    assert bus.wait_for("counter-1", "A003")
    assert bus.wait_for("counter-2", "A004")
    setup = load(tmp_path / "branch")
    assert (setup.branch.id, setup.branch.name.en) == ("willow-lane", 'Willow "Lane" Branch')
    assert (setup.branch.kiosk.width, setup.branch.kiosk.height) == (1080, 1920)
    assert (setup.branch.screen.width, setup.branch.voice.volume) == (3840, 80)
    assert [(board.counter, board.address) for board in setup.devices.boards()] == [(1, 3), (2, 4)]
    assert [(reader.port, reader.model) for reader in setup.devices.readers] == [("keyboard", "scanner")]
    assert panels.read(tmp_path / "branch") == {
        "lobbyline-kiosk": ("DP-1", "rotate-270"), "lobbyline-screen": ("HDMI-A-1", "normal"),
    }  # fmt: skip
    assert (tmp_path / "branch" / "panels.env").read_text() == "WL_OUTPUT=DP-1\n"


def test_answers_may_be_read_again(tmp_path: Path, printer: StandinPrinter, bus: StandinBus) -> None:
    """Over a branch that is there: its name and services stay, devices and panels are as answered now."""
    told = answers(tmp_path, printer, **{"printer.test": "no", "boards.count": "no"})
    assert run(tmp_path, "--answers", str(as_file(tmp_path / "answers.toml", told))) == 0
    edit.set_key(tmp_path / "branch" / "branch.toml", ("kiosk", "idle_seconds"), 55)
    told |= {"branch.id": "elsewhere", "kiosk.turn": "normal"}
    assert run(tmp_path, "--answers", str(as_file(tmp_path / "answers.toml", told))) == 0
    branch = load(tmp_path / "branch").branch
    assert (branch.id, branch.kiosk.idle_seconds, branch.kiosk.width) == ("willow-lane", 55, 1920)


def test_a_setup_that_was_left_goes_on(
    tmp_path: Path, printer: StandinPrinter, bus: StandinBus, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    """Whoever leaves in the middle is asked no question twice and tries nothing twice; the files are the same."""
    told = answers(tmp_path, printer)
    first = dict(list(told.items())[:25])  # until everything is plugged in, tried, and the voice is to be heard
    monkeypatch.setattr("builtins.input", asked(first))
    assert run(tmp_path) == 3
    assert "lobbyline setup goes on from there" in capsys.readouterr().err
    monkeypatch.setattr("builtins.input", asked(dict(list(told.items())[25:])))
    assert run(tmp_path) == 0
    assert printer.wait_for(1)
    assert len(printer.tickets) == 1
    by_questions = written(tmp_path)
    shutil.rmtree(tmp_path / "branch")
    kept = tmp_path / "data" / "setup.toml"
    shutil.copy(kept, tmp_path / "kept.toml")
    shutil.rmtree(tmp_path / "data")
    assert run(tmp_path, "--answers", str(tmp_path / "kept.toml")) == 0
    assert written(tmp_path) == by_questions


def later(told: dict[str, str], first: str) -> dict[str, str]:
    """The answers from one on."""
    return dict(list(told.items())[list(told).index(first) :])


def test_what_was_changed_by_hand_is_kept(
    tmp_path: Path, printer: StandinPrinter, bus: StandinBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A setup that goes on writes over nothing; one that begins anew does."""
    told = answers(tmp_path, printer, **{"printer.test": "no", "boards.count": "no"})
    monkeypatch.setattr("builtins.input", asked({name: told[name] for name in list(told)[:-2]}))
    assert run(tmp_path) == 3, "he left before the last step"
    devices = tmp_path / "branch" / "devices.toml"
    written = devices.read_text("utf-8")
    devices.write_text(changed := written.replace("width = 8", "width = 9"), "utf-8")
    monkeypatch.setattr("builtins.input", asked(later(told, "account.name")))
    assert run(tmp_path) == 0
    assert devices.read_text("utf-8") == changed
    monkeypatch.setattr("builtins.input", asked(later(told, "machine1.name")))  # the branch itself is there
    assert run(tmp_path, "--again") == 0
    assert devices.read_text("utf-8") == written


def test_files_that_do_not_fit_together_are_mended_by_hand(
    tmp_path: Path,
    printer: StandinPrinter,
    bus: StandinBus,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A counter that is none is told with its line and with the way on."""
    told = answers(tmp_path, printer, **{"line1.counters": "1@3 99@4", "printer.test": "no", "boards.count": "no"})
    monkeypatch.setattr("builtins.input", asked(told))
    assert run(tmp_path) == 2
    said = capsys.readouterr().out
    assert wizard.MEND in said
    assert "counter is 99" in said
    devices = tmp_path / "branch" / "devices.toml"
    devices.write_text(devices.read_text("utf-8").replace("counter = 99", "counter = 2"), "utf-8")
    monkeypatch.setattr("builtins.input", asked(later(told, "sound.volume")))
    assert run(tmp_path) == 0


@pytest.mark.parametrize(
    ("name", "wrong", "said"),
    [
        ("line1.rows", "7-1", "'7-1' is not written like"),
        ("line1.rows", "-", "at least one hangs on this line"),
        ("staff.host", "999.1.1.1", "an address like"),
        ("line1.protocol", "pinganlihe-v21-reply", 'did you mean "pinganlihe-v21"?'),
    ],
)
def test_what_no_branch_can_be_like_is_told_at_once(
    tmp_path: Path, printer: StandinPrinter, capsys: pytest.CaptureFixture[str], name: str, wrong: str, said: str
) -> None:
    """A line without boards, a machine that is none, a protocol that no board speaks."""
    told = answers(tmp_path, printer, **{"line1.counters": "-", "line1.rows": "1", name: wrong})
    assert run(tmp_path, "--answers", str(as_file(tmp_path / "answers.toml", told))) == 2
    assert said in capsys.readouterr().out


def test_a_wrong_answer_is_asked_again(
    tmp_path: Path, printer: StandinPrinter, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    """At the terminal: a sentence, and the same question; Enter is one where nothing is usual."""
    monkeypatch.setattr("builtins.input", asked({"1": "Willow Lane", "2": "", "3": "willow-lane"}))
    assert run(tmp_path) == 3
    told = capsys.readouterr().out
    assert 'small letters a to z, digits and "-" are allowed' in told
    assert "an answer is needed here" in told
    assert 'id = "willow-lane"' in (tmp_path / "data" / "setup.toml").read_text("utf-8")


def test_wrong_answers_of_a_file_are_told_at_once(
    tmp_path: Path, printer: StandinPrinter, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each with file and line, what is missing too, and nothing is written."""
    told = answers(tmp_path, printer, **{"branch.id": "Willow Lane", "staff.port": "99999", "kiosk.size": "300x400"})
    del told["branch.zh"]
    file = as_file(tmp_path / "answers.toml", told)
    assert run(tmp_path, "--answers", str(file)) == 2
    lines = capsys.readouterr().out
    assert f'{file}:1: branch.id: small letters a to z, digits and "-" are allowed' in lines
    assert f"{file}:5: staff.port: '99999' is not a number from 1 to 65535" in lines
    assert "branch.zh is not answered" in lines
    assert "kiosk.size: '300x400' is too small: at least 600 pixels each way" in lines
    assert not (tmp_path / "branch").exists()


def test_a_bank_s_file_and_a_branch_s_own(tmp_path: Path, printer: StandinPrinter, bus: StandinBus) -> None:
    """For a hundred branches: what all have in common in one file, the rest in another that goes before it."""
    told = answers(tmp_path, printer)
    own = as_file(tmp_path / "own.toml", {name: told[name] for name in ("branch.id", "branch.zh", "branch.en")})
    bank = as_file(
        tmp_path / "bank.toml", told | {"branch.id": "somewhere", "printer.test": "no", "boards.count": "no"}
    )
    assert run(tmp_path, "--answers", str(bank), "--answers", str(own)) == 0
    assert load(tmp_path / "branch").branch.id == "willow-lane"
    assert printer.tickets == []


def test_a_branch_on_the_bank_s_profile(tmp_path: Path, printer: StandinPrinter, bus: StandinBus) -> None:
    """A profile stays where it is: the branch's own file holds a few keys."""
    profile = tmp_path / "profile"
    shutil.copytree(SAMPLE, profile)
    (profile / "base.toml").write_text('name = "Bank 2027"\n')
    base.seal(profile)
    told = answers(tmp_path, printer, **{"branch.profile": str(profile)})
    assert run(tmp_path, "--answers", str(as_file(tmp_path / "answers.toml", told))) == 0
    assert len((tmp_path / "branch" / "branch.toml").read_text("utf-8").splitlines()) < 30
    assert load(tmp_path / "branch").branch.services.keys() == load(SAMPLE).branch.services.keys()


def test_a_branch_on_several_machines(tmp_path: Path, printer: StandinPrinter, server: Server) -> None:
    """What runs where, a printer at each kiosk, keypads, TLS, and one memory on a server with its first person."""
    memory = server.database("willow-lane").url("lobby_willow-lane")
    for name in ("own.pem", "own.key"):
        (tmp_path / name).touch()
    told = answers(tmp_path, printer) | {
        "staff.certificate": str(tmp_path / "own.pem"), "staff.key": str(tmp_path / "own.key"), "store.url": memory,
        "machine1.name": "kiosk-1", "machine1.programs": "kiosk boards keypads", "machine1.emergency": "X",
        "machine2.name": "kiosk-2", "machine2.programs": "kiosk staff screen", "machine2.emergency": "-",
        "machine3.name": "-",
        "printer.machine": "kiosk-1", "printer.test": "no", "reader1.machine": "kiosk-1", "line1.machine": "kiosk-1",
        "printer2.at": "usblp:/dev/usb/lp0", "printer2.machine": "kiosk-2", "printer3.at": "-", "boards.count": "no",
        "keypads1.port": "/dev/lobbyline/line-7", "keypads1.protocol": "ring-ascii", "keypads1.machine": "kiosk-1",
        "keypads1.callers": "1-2", "keypads1.ratings": "1-2@21", "keypads2.port": "-",
    }  # fmt: skip
    assert run(tmp_path, "--answers", str(as_file(tmp_path / "answers.toml", told))) == 0
    setup = load(tmp_path / "branch")
    devices = setup.devices
    one, other = devices.machines["kiosk-1"], devices.machines["kiosk-2"]
    assert (one.programs, one.printer, one.emergency) == (["kiosk", "boards", "keypads"], "front", "X")
    assert (other.programs, other.printer, other.emergency) == (["kiosk", "staff", "screen"], "printer-2", "")
    assert [(one.name, one.machine) for one in devices.printers] == [("front", "kiosk-1"), ("printer-2", "kiosk-2")]
    assert [(pad.name, pad.address, pad.counter, pad.use) for pad in devices.keypads[0].pads] == [
        ("caller-1", 1, 1, "caller"), ("caller-2", 2, 2, "caller"),
        ("rating-1", 21, 1, "rating"), ("rating-2", 22, 2, "rating"),
    ]  # fmt: skip
    assert (devices.of("kiosk-2").buses, devices.of("kiosk-2").readers, devices.of("kiosk-2").keypads) == ([], [], [])
    assert (setup.branch.store.url, setup.branch.staff.certificate) == (memory, str(tmp_path / "own.pem"))
    with closing(open_lobby(setup.on("kiosk-2"), tmp_path / "elsewhere", "kiosk-2")) as lobby:
        assert [person.name for person in lobby.people.all()] == ["zhougang"]


def test_wrong_machines_are_told(tmp_path: Path, printer: StandinPrinter, capsys: pytest.CaptureFixture[str]) -> None:
    """A program that is none, a device at no machine, no memory for all, no certificate: each with its line."""
    told = answers(tmp_path, printer) | {
        "machine1.name": "kiosk-1", "machine1.programs": "kiosk bords", "machine2.name": "-",
        "printer.machine": "kiosk-9", "store.url": "lobby.sqlite", "staff.certificate": "own.pem",
    }  # fmt: skip
    assert run(tmp_path, "--answers", str(as_file(tmp_path / "answers.toml", told))) == 2
    lines = capsys.readouterr().out
    assert 'machine1.programs: "bords" is not known; did you mean "boards"? Allowed: kiosk, screen, boards' in lines
    assert 'printer.machine: "kiosk-9" is not known; did you mean "kiosk-1"? Allowed: kiosk-1' in lines
    assert "store.url: several machines share a memory at postgresql://" in lines
    assert "staff.certificate: own.pem is no file" in lines


def test_the_sample_itself_is_never_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Without a folder of its own there is no installation, however the sample is named."""
    for words in ([], ["--branch", os.path.relpath(SAMPLE)]):
        with pytest.raises(SystemExit):
            main(["setup", "--data", str(tmp_path), *words])
        assert "--branch DIR" in capsys.readouterr().err


def test_what_is_plugged_in_is_found_once_by_its_best_name(tmp_path: Path) -> None:
    """A serial number before a socket, our own names before udev's; screens with their size, sound by its name."""
    for name, target in (
        ("dev/serial/by-id/usb-FTDI_A10K-if00-port0", "ttyUSB0"),
        ("dev/serial/by-path/pci-0:1-port0", "ttyUSB0"),
        ("dev/serial/by-path/pci-0:2-port0", "ttyUSB1"),
        ("dev/lobbyline/printer-M2K", "usb/lp0"),
        ("dev/input/by-id/usb-Scanner-event-kbd", "input/event3"),
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "dev" / target).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "dev" / target).touch()
        (tmp_path / name).symlink_to(tmp_path / "dev" / target)
    for output, status, modes in (
        ("card0-DP-1", "connected", "1920x1080\n640x480"),
        ("card0-HDMI-A-1", "disconnected", ""),
    ):
        place = tmp_path / "sys/class/drm" / output
        place.mkdir(parents=True)
        (place / "status").write_text(f"{status}\n")
        (place / "modes").write_text(modes)
    (tmp_path / "proc/asound").mkdir(parents=True)
    (tmp_path / "proc/asound/cards").write_text(" 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n")
    assert discovery.lines(tmp_path) == [
        "/dev/serial/by-id/usb-FTDI_A10K-if00-port0",
        "/dev/serial/by-path/pci-0:2-port0",
    ]
    assert discovery.printers(tmp_path) == ["/dev/lobbyline/printer-M2K"]
    assert discovery.readers(tmp_path) == ["/dev/input/by-id/usb-Scanner-event-kbd"]
    assert discovery.outputs(tmp_path) == [Output("DP-1", 1920, 1080)]
    assert discovery.sound_cards(tmp_path) == ["HDA-Intel - HDA Intel PCH"]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@settings(max_examples=25)
@given(TEXTS, st.dictionaries(st.sampled_from(["zh", "en"]), TEXTS), st.integers(0, 999), st.booleans())
def test_a_key_is_written_and_the_rest_stays(
    tmp_path_factory: Any, text: str, names: dict[str, str], n: int, yes: bool
) -> None:
    """Whatever is written is read again, and every other line is as it was."""
    file = tmp_path_factory.mktemp("pen") / "branch.toml"
    shutil.copyfile(SMALL, file)
    before = file.read_text("utf-8").split("\n")
    values: dict[tuple[str, ...], edit.Value] = {
        ("id",): text, ("name",): names, ("kiosk", "idle_seconds"): n, ("voice", "loud"): yes, ("new", "key"): text,
    }  # fmt: skip
    for path, value in values.items():
        edit.set_key(file, path, value)
    data = table_of(file).data
    for path, value in values.items():
        found = data
        for key in path:
            found = found[key]
        assert found == value
    after = file.read_text("utf-8").split("\n")
    assert len([line for line in before if line not in after]) <= 3
    assert data["services"] == table_of(SMALL).data["services"]


def test_a_comment_behind_a_key_stays(tmp_path: Path) -> None:
    """Unless it is none."""
    file = tmp_path / "branch.toml"
    file.write_text('[kiosk]\nwidth = 1080  # of the panel\nprinter = "a  # b"\n')
    edit.set_key(file, ("kiosk", "width"), 1200)
    edit.set_key(file, ("kiosk", "printer"), "front")
    assert file.read_text() == '[kiosk]\nwidth = 1200  # of the panel\nprinter = "front"\n'
