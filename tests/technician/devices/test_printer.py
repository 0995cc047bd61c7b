"""A technician with one printer: preview, probe, stand-in."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from lobbyline.drivers.printers import probe as probe_module
from lobbyline.drivers.printers.standin.printer import StandinPrinter
from lobbyline.kiosk import press
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.lobby import open_lobby
from lobbyline.technician.command import main
from lobbyline.technician.setup import edit
from tests.drivers.printers.conftest import FAST, model
from tests.patience import PATIENCE


def told(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, Any]:
    """What a command says in JSON."""
    code = main([*map(str, words), "--json"])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("model_name", "segment", "width"), [("generic-80", "ordinary", 639), ("generic-58", "care", 464)]
)
def test_a_preview_is_the_paper_at_true_dot_size(
    branch_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], model_name: str, segment: str, width: int
) -> None:
    """As wide as the paper in dots, as long as was said, with the words that were printed."""
    out = tmp_path / "paper.png"
    words = ("ticket", "preview", "--branch", branch_folder, "--model", model_name, "--segment", segment, "--out", out)
    code, answer = told(capsys, *words)
    assert code == 0
    with Image.open(out) as picture:
        assert picture.width == width
        assert picture.height * 25.4 / 203 == pytest.approx(answer["length_mm"], abs=0.1)
    assert "景祺街支行" in answer["text"]


def test_a_preview_of_a_form_is_masked(branch_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The paper of a form holds the form's own examples, masked."""
    out = tmp_path / "form.png"
    code, answer = told(capsys, "ticket", "preview", "--branch", branch_folder, "--form", "F02", "--out", out)
    assert code == 0
    assert "Withdrawal slip" in answer["text"]
    assert "****" in answer["text"]


PAPERS = (["--segment", "ordinary"], ["--segment", "care", "--before", "0"], ["--emergency"], ["--form", "F02"])
MARKS = ("应急号", "补打", "张**")  # what staff look for, and a customer's name


@pytest.mark.parametrize("words", PAPERS, ids=" ".join)
def test_an_english_branch_has_english_papers(
    branch_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    """Everything is said in English, once; where Chinese is spoken, too, it stands beside it."""
    place = ["--branch", branch_folder, "--out", tmp_path / "paper.png", "--at", "2026-11-23T10:15", *words]
    edit.set_key(branch_folder / "branch.toml", ("languages",), ["en"])
    _, english = told(capsys, "ticket", "preview", *place)
    for mark in MARKS:
        english["text"] = english["text"].replace(mark, "")
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in english["text"])
    edit.set_key(branch_folder / "branch.toml", ("languages",), ["en", "zh"])
    _, both = told(capsys, "ticket", "preview", *place)
    lines = [line.strip() for line in both["text"].splitlines() if not line.startswith("[")]
    assert any("\u4e00" <= sign <= "\u9fff" for sign in both["text"])
    assert sorted(set(lines)) == sorted(lines), "nothing is said twice"


def test_a_wrong_layout_stops_check_and_preview(
    branch_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, and the line of the file."""
    (branch_folder / "tickets").mkdir()
    (branch_folder / "tickets" / "ordinary.toml").write_text('[[lines]]\ntext = "{numbr}"\n')
    for words in (("ticket", "preview", "--out", tmp_path / "x.png"), ("check",)):
        code, answer = told(capsys, *words, "--branch", branch_folder)
        assert code == 2
        assert answer["mistakes"][0]["line"] == 2


@pytest.mark.parametrize(
    "name", ["epson-tm-t20iii", "generic-80", "snbc-bt-ur056", "masung-ms-d347", "custom-vkp80iii"]
)
def test_a_probe_finds_what_a_unit_can_do(
    branch_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Dialect, fence and reports are asked for; the profile it writes is sound; its name is not believed."""
    monkeypatch.setattr(probe_module, "ANSWER_SECONDS", 0.3)
    monkeypatch.setattr(probe_module, "FENCE_SECONDS", 0.3)
    profile = model(name)
    standin = StandinPrinter(tmp_path / "paper", profile, speed=FAST).start()
    devices = f'[[printers]]\nname = "front"\nat = "tcp://127.0.0.1:{standin.port}"\nmodel = "generic-80"\n'
    (branch_folder / "devices.toml").write_text(devices)
    code, answer = told(capsys, "doctor", "printer", "front", "--branch", branch_folder, "--like", name)
    assert standin.wait_for(1)
    standin.stop()
    assert code == 0
    assert (answer["dialect"], answer["fence"], answer["reports"]) == (profile.dialect, profile.fence, profile.reports)
    assert answer["name"] == "TM-T88III"  # what every clone says
    (branch_folder / "devices.toml").write_text(devices.replace("generic-80", "front"))
    assert press.profiles(load(branch_folder))["front"] == profile
    with pytest.raises(SystemExit):
        main(["doctor", "printer", "front", "--branch", str(branch_folder)])
    assert "is there already" in capsys.readouterr().err


def test_what_to_do_with_a_profile_is_told(
    branch_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no page was printed the manual is what it is compared with."""
    monkeypatch.setattr(probe_module, "ANSWER_SECONDS", 0.3)
    standin = StandinPrinter(tmp_path / "paper", model("generic-80"), speed=FAST).start()
    devices = f'[[printers]]\nname = "front"\nat = "tcp://127.0.0.1:{standin.port}"\nmodel = "generic-80"\n'
    (branch_folder / "devices.toml").write_text(devices)
    assert main(["doctor", "printer", "front", "--branch", str(branch_folder), "--no-page"]) == 0
    standin.stop()
    assert standin.tickets == []
    assert capsys.readouterr().out.endswith(
        f"Written to {branch_folder}/printers/front.toml: compare it with the manual, then set\n"
        '`model = "front"` under "front" in devices.toml.\n'
    )


def test_a_probe_of_nothing_says_what_to_try(
    branch_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A silent unit is a device fault with a sentence, and no profile is written."""
    monkeypatch.setattr(probe_module, "ANSWER_SECONDS", 0.02)
    standin = StandinPrinter(tmp_path / "paper", model("generic-80"), speed=FAST).start()
    standin.answering = False
    devices = f'[[printers]]\nname = "front"\nat = "tcp://127.0.0.1:{standin.port}"\nmodel = "generic-80"\n'
    (branch_folder / "devices.toml").write_text(devices)
    code, answer = told(capsys, "doctor", "printer", "front", "--branch", branch_folder)
    standin.stop()
    assert code == 4
    assert "it answers nothing that is known" in answer["fault"]
    assert not (branch_folder / "printers").exists()


def test_nobody_probes_a_printer_that_the_kiosk_prints_on(
    branch_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A ticket might come out in the middle; and a name that is none is told with the nearest."""
    with closing(open_lobby(load(branch_folder), tmp_path)) as lobby, closing(lobby.watch("kiosk")):
        code, answer = told(capsys, "doctor", "printer", "front", "--branch", branch_folder, "--data", tmp_path)
    assert (code, answer["fault"]) == (
        4,
        'The kiosk prints on "front": end it first (systemctl stop lobbyline-kiosk)',
    )
    code, answer = told(capsys, "doctor", "printer", "frnt", "--branch", branch_folder, "--data", tmp_path)
    assert answer["fault"] == 'Printer "frnt" is not in devices.toml; did you mean "front"? Allowed: front'


def test_a_stand_in_printer_for_training(tmp_path: Path) -> None:
    """`lobbyline standin printer` says where it stands, takes a line of its own, and ends with Ctrl-C."""
    command = ["standin", "printer", "--line", str(tmp_path / "line"), "--folder", str(tmp_path / "paper")]
    process = subprocess.Popen(
        [sys.executable, "-m", "lobbyline.technician", *command], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    try:
        assert f'"serial:{tmp_path / "line"}"' in process.stdout.readline()
        file = os.open(tmp_path / "line", os.O_RDWR | os.O_NOCTTY)
        os.write(file, b"\x10\x04\x01")
        assert os.read(file, 1) == b"\x12"
        os.close(file)
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        process.stdout.close()
