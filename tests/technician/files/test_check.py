"""`lobbyline check` as a technician reads it: all mistakes of all who use a part of the files, at once and in words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lobbyline.lobby.config.folder import load
from lobbyline.technician.command import main
from lobbyline.technician.setup import edit
from tests.conftest import Ask


def said(branch: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """The exit code and the lines, with file names as seen from the branch's folder."""
    code = main(["check", "--branch", str(branch)])
    return code, capsys.readouterr().out.replace(f"{branch}/", "").splitlines()


def test_everybody_looks_at_once(branch_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A board's address, a profile of one's own and a paper's layout are told together, not one after the other."""
    devices = branch_folder / "devices.toml"
    text = devices.read_text("utf-8").replace("address = 33", "address = 7")
    devices.write_text(text.replace('model = "generic-80"', 'model = "mine"'), "utf-8")
    for file, wrong in (("printers/mine.toml", "dpi = 1000000\n"), ("tickets/ordinary.toml", "lines = 3\n")):
        edit.put(branch_folder / file, wrong)
    code, lines = said(branch_folder, capsys)
    assert code == 2
    assert {line.split(":")[0] for line in lines} == {"devices.toml", "printers/mine.toml", "tickets/ordinary.toml"}
    assert len(lines) == len(set(lines))


def test_a_certificate_that_is_not_there(branch_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The staff's pages could not begin: told before anything is applied, at its line."""
    edit.set_key(branch_folder / "branch.toml", ("staff", "certificate"), "lobby.pem")
    lines = (branch_folder / "branch.toml").read_text("utf-8").splitlines()
    line = lines.index('certificate = "lobby.pem"') + 1
    told = f'branch.toml:{line}: certificate is "lobby.pem", but there is no such file'
    assert said(branch_folder, capsys) == (2, [told])
    (branch_folder / "lobby.pem").touch()
    assert said(branch_folder, capsys)[0] == 0


def test_words_that_nobody_is_offered(branch_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A language was prepared and not opened: that is no mistake, and worth a note."""
    edit.put(branch_folder / "words" / "fr.toml", "")
    code, lines = said(branch_folder, capsys)
    assert (code, lines[0]) == (0, "note: words/fr.toml:1: is not used: languages of branch.toml has zh and en")


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


def test_a_calendar_that_ends_is_a_note(ask: Ask) -> None:
    """In December somebody has to write down next year's holidays; until then nobody is bothered."""
    assert ask("check", at="2027-11-30T10:00")[1]["notes"] == []
    (note,) = ask("check", at="2027-12-01T10:00")[1]["notes"]
    assert note["sentence"] == "holidays end with 2027-10-03: add those that are published for the next year"
    assert note["line"] > 1


def test_a_printer_that_names_no_model(branch_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The usual profile is its own: the check reads it, and so does the kiosk."""
    devices = branch_folder / "devices.toml"
    devices.write_text(devices.read_text("utf-8").replace('model = "generic-80"\n', ""), "utf-8")
    assert said(branch_folder, capsys)[0] == 0
    assert "generic-80" in load(branch_folder).printers
