"""The voice on a technician's desk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lobbyline.display.voice import sound
from lobbyline.technician.command import main


def test_a_call_is_written_into_a_file(branch_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One can hear it on any machine, and read what is said."""
    out, branch = tmp_path / "call.wav", ["--branch", str(branch_folder)]
    assert main(["voice", "say", "a012", "3", "--out", str(out), *branch]) == 0
    assert capsys.readouterr().out == "请A零一二号到3号窗口\nNumber A012, please go to counter 3\n"
    assert sound.length(sound.read(out)) > 10


def test_what_cannot_be_said_is_refused(branch_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown language names those there are; a number with a strange sign is no ticket."""
    branch = ["--branch", str(branch_folder), "--json"]
    assert main(["voice", "say", "A012", "3", "--language", "fr", *branch]) == 3
    assert json.loads(capsys.readouterr().out)["reason"] == "There is no voice 'fr'; there are en, yue, zh."
    assert main(["voice", "say", "Ä012", "3", *branch]) == 3
    assert json.loads(capsys.readouterr().out)["refused"] == "unknown_ticket"


def test_clips_of_a_language_are_made_by_one_command(branch_folder: Path, tmp_path: Path) -> None:
    """The folder that it writes is a voice: laid beside branch.toml it speaks, without the synthesiser."""
    folder, out = branch_folder / "voices" / "zh", tmp_path / "call.wav"
    branch = ["--branch", str(branch_folder)]
    assert main(["voice", "make", "zh", str(folder), *branch]) == 0
    assert "qing3.wav\tqing3" in (folder / "clips" / "SOURCE.txt").read_text("utf-8")
    voice = folder / "voice.toml"
    voice.write_text(voice.read_text("utf-8").replace("cmn-latn-pinyin", "no-such-voice"), encoding="utf-8")
    assert main(["voice", "say", "A012", "3", "--language", "zh", "--out", str(out), *branch]) == 0
    assert 4 < sound.length(sound.read(out)) < 20
