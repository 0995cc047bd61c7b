"""A voice beside the glass: it says what it is told, and a machine that cannot speak is simply silent."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from signal import SIGKILL

from pytestqt.qtbot import QtBot

from lobbyline.glass.speaker import Speaker


@dataclass(frozen=True)
class Spoken:
    voice: str
    speed: int = 160


VOICES = {"zh": Spoken("cmn-latn-pinyin"), "en": Spoken("en"), "yue": None}


def recorder(folder: Path) -> str:
    """A synthesiser that writes down how it was called, and takes its time."""
    program = folder / "say"
    program.write_text(f'#!/bin/sh\necho "$@" >> "{folder}/said"\nexec sleep 600\n')
    program.chmod(0o755)
    return str(program)


def heard(folder: Path) -> list[str]:
    file = folder / "said"
    return file.read_text().splitlines() if file.exists() else []


def test_a_sentence_interrupts_the_one_before(qtbot: QtBot, tmp_path: Path) -> None:
    """The newest page is what is spoken of; Mandarin goes out as syllables, slower than in the hall."""
    speaker = Speaker(VOICES, recorder(tmp_path))
    speaker.say("请坐", "zh")
    qtbot.waitUntil(lambda: len(heard(tmp_path)) == 1)
    speaker.say("-Please sit", "en")
    qtbot.waitUntil(lambda: len(heard(tmp_path)) == 2)
    assert heard(tmp_path) == ["-v cmn-latn-pinyin -s 136 -- qing3 zuo4", "-v en -s 136 -- -Please sit"]
    speaking = speaker.speaking
    assert speaking is not None
    speaker.say("", "en")
    assert speaking.returncode == -SIGKILL


def test_a_machine_without_a_voice_is_silent() -> None:
    """Neither a missing program nor a language without a voice is an error."""
    Speaker(VOICES, "/nonexistent/espeak").say("请坐", "zh")
    Speaker(VOICES).say("請坐", "yue")
