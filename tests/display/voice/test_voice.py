"""Each call is spoken once, and no trouble with the sound disturbs anything else."""

from __future__ import annotations

import math
import os
import re
import signal
import subprocess
import sys
import threading
import wave
from array import array
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from lobbyline.display.voice import sound
from lobbyline.display.voice.announcement import Utterance, announce, clip_name
from lobbyline.display.voice.player import Mute, Player
from lobbyline.display.voice.studio import KEPT, Studio, make_clips, recorded
from lobbyline.display.voice.voice import READER, Voice, is_news
from lobbyline.lobby.branch import Voice as VoiceSettings
from lobbyline.lobby.errors import ConfigError
from lobbyline.lobby.hall.view import Call
from lobbyline.lobby.lobby import Lobby
from tests.display.hall import TEN, Still, call_one, later, open_hall
from tests.patience import until

REMEMBER = '#!/bin/sh\necho "$(basename "$2")" >> "{heard}"\n'
A012 = Call(id=1, number="A012", counter=3, at=TEN, again=False)


@pytest.fixture
def lobby(tmp_path: Path) -> Iterator[Lobby]:
    """A hall in which each call is said once, so that what was said can be counted."""
    lobby = open_hall(tmp_path, "\n[voice]\nrepeats = 1\n")
    yield lobby
    lobby.close()


class Ear:
    """A player that plays nothing and remembers what it was given."""

    def __init__(self, folder: Path, script: str = REMEMBER) -> None:
        self.heard = folder / "heard"
        self.program = folder / "aplay"
        self.program.write_text(script.format(heard=self.heard))
        self.program.chmod(0o755)

    def names(self) -> list[str]:
        return self.heard.read_text().split() if self.heard.exists() else []


@pytest.fixture
def ear(tmp_path: Path) -> Ear:
    return Ear(tmp_path)


def voice_of(lobby: Lobby, program: Path | str, at: datetime = TEN) -> Voice:
    return Voice(lobby, Still(at), player=Player(str(program)))


def said(lobby: Lobby, *languages: str) -> list[Utterance]:
    return announce(A012, languages, lobby.setup.voices)


def test_the_recording_is_a_sound_of_plausible_length(lobby: Lobby, tmp_path: Path) -> None:
    """Chime and two sentences, twice: 10 to 20 seconds, loud, never clipped."""
    path = Studio(tmp_path).recording(said(lobby, "zh", "en"), 2)
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 22050)
    clip = sound.read(path)
    assert 10 < sound.length(clip) < 20
    assert 27000 < max(map(abs, clip)) < 32767
    assert sound.duration(path) == pytest.approx(sound.length(clip), abs=0.01)


def test_each_sentence_is_loud_on_its_own(lobby: Lobby, tmp_path: Path) -> None:
    """Neither language is missing: each alone is longer than two seconds and mostly not silence."""
    studio = Studio(tmp_path)
    for utterance in said(lobby, "zh", "en", "yue"):
        clip = studio.spoken(utterance, tmp_path / "clip.wav")
        assert 2 < sound.length(clip) < 6
        assert sum(abs(sample) > 300 for sample in clip) > len(clip) / 3


def test_the_chime_falls_by_a_third_and_ends_softly() -> None:
    """Two strokes, and no click at either end."""
    chime = sound.chime()
    assert 1 < sound.length(chime) < 2
    assert abs(chime[0]) < 100
    assert max(abs(sample) for sample in chime[-50:]) < 100


def test_recordings_are_kept_and_the_oldest_forgotten(lobby: Lobby, tmp_path: Path) -> None:
    """A recall needs no new synthesis, and the folder does not grow with the day."""
    studio = Studio(tmp_path / "kept")
    first = studio.recording(said(lobby, "en"), 1)
    made = first.stat().st_ino
    for number in range(KEPT + 5):
        (first.parent / f"{number}.wav").write_bytes(b"")
        os.utime(first.parent / f"{number}.wav", (number, number))
    assert studio.recording(said(lobby, "en"), 1).stat().st_ino == made
    studio.tidy()
    assert first.exists()
    assert len(list(first.parent.glob("*.wav"))) == KEPT


def test_each_call_is_spoken_once_across_a_restart(lobby: Lobby, ear: Ear) -> None:
    """What was spoken before a restart is not spoken after it, what came meanwhile is."""
    first = voice_of(lobby, ear.program)
    first.catch_up()
    call_one(lobby, 1, TEN)
    first.catch_up()
    call_one(lobby, 2, later(1))
    again = voice_of(lobby, ear.program)
    again.catch_up()
    again.catch_up()
    assert len(ear.names()) == len(set(ear.names())) == 2


def test_a_recall_is_spoken_too(lobby: Lobby, ear: Ear) -> None:
    """The same words again, from the same recording."""
    voice = voice_of(lobby, ear.program, later(31))
    voice.catch_up()
    call_one(lobby, 1, TEN)
    voice.catch_up()
    lobby.desk(1).recall(later(31))
    voice.catch_up()
    assert len(ear.names()) == 2
    assert len(set(ear.names())) == 1


def test_an_old_call_is_not_spoken(lobby: Lobby, ear: Ear) -> None:
    """After a pause of a minute nobody is sent to a counter that has moved on; the page is turned all the same."""
    voice_of(lobby, ear.program).catch_up()
    call_one(lobby, 1, TEN)
    call_one(lobby, 2, later(30))
    late = voice_of(lobby, ear.program, later(75))
    late.catch_up()
    assert len(ear.names()) == 1
    assert lobby.hall.calls_since(lobby.hall.bookmark(READER)) == []


def test_a_call_is_news_for_a_minute() -> None:
    """The limit is the branch's, to the second."""
    assert is_news(A012, TEN + timedelta(seconds=60), 60)
    assert not is_news(A012, TEN + timedelta(seconds=61), 60)


def test_the_first_day_begins_in_silence(lobby: Lobby, ear: Ear) -> None:
    """A voice that is installed into a running hall does not repeat what the boards have shown."""
    call_one(lobby, 1, TEN)
    voice_of(lobby, ear.program).catch_up()
    assert ear.names() == []


def test_a_call_is_repeated_while_nobody_else_waits_to_be_said(lobby: Lobby, tmp_path: Path) -> None:
    """In a rush each call is said once and none is lost; the last one is said again, without the chime."""
    voice = voice_of(lobby, Ear(tmp_path).program)
    settings(lobby, repeats=2)
    voice.catch_up()
    for counter in (1, 2, 3):
        call_one(lobby, counter, TEN)
    voice.catch_up()
    names = Ear(tmp_path).names()
    assert [name.endswith("-again.wav") for name in names] == [False, False, False, True]
    assert names[3] == names[2].replace(".wav", "-again.wav")
    first, again = (sound.duration(lobby.data / "voice" / name) for name in names[2:])
    assert first - again == pytest.approx(sound.length(sound.chime()) + 0.15, abs=0.01)


def test_a_call_that_comes_while_another_is_said_comes_before_the_repetition(lobby: Lobby, tmp_path: Path) -> None:
    """Whoever is called meanwhile waits for one sentence, not for all repetitions."""
    slow = Ear(
        tmp_path,
        '#!/bin/sh\necho "$(basename "$2")" >> "{heard}"\nuntil [ -e "{heard}-enough" ]; do sleep 0.01; done\n',
    )
    voice = voice_of(lobby, slow.program)
    settings(lobby, repeats=3)
    voice.catch_up()
    call_one(lobby, 1, TEN)
    speaking = threading.Thread(target=voice.catch_up)
    speaking.start()
    until(lambda: len(slow.names()) == 1)
    call_one(lobby, 2, TEN)
    (tmp_path / "heard-enough").touch()
    speaking.join()
    assert [name.endswith("-again.wav") for name in slow.names()] == [False, False, True, True]


def test_a_number_that_was_called_again_before_it_was_said_is_said_once(lobby: Lobby, ear: Ear) -> None:
    """Two calls of one number that both wait to be said: only the later one is, which knows where to go now."""
    voice = voice_of(lobby, ear.program, later(31))
    voice.catch_up()
    call_one(lobby, 1, TEN)
    lobby.desk(1).recall(later(31))
    call_one(lobby, 2, later(31))
    voice.catch_up()
    assert len(ear.names()) == len(set(ear.names())) == 2
    assert voice.calls() == []


def test_the_sound_output_is_the_branchs_choice(lobby: Lobby, tmp_path: Path) -> None:
    """The television's loudspeaker or the ceiling's: by ALSA's name, or whatever the machine takes by itself."""
    every = Ear(tmp_path, '#!/bin/sh\necho "$@" >> "{heard}"\n')
    voice = voice_of(lobby, every.program)
    voice.catch_up()
    settings(lobby, output="plughw:CARD=HDMI,DEV=0")
    call_one(lobby, 1, TEN)
    voice.catch_up()
    assert every.names()[:3] == ["-q", "-D", "plughw:CARD=HDMI,DEV=0"]


def test_the_thread_wakes_by_itself_and_ends_when_told(lobby: Lobby, ear: Ear) -> None:
    """A call of another program is heard without anyone asking."""
    voice = voice_of(lobby, ear.program)
    voice.start()
    until(lambda: lobby.hall.bookmark(READER) == 0)
    call_one(lobby, 1, TEN)
    until(lambda: len(ear.names()) == 2)
    assert ear.names()[0] == "quiet.wav"  # the loudspeaker was tried before anybody was called
    voice.end()
    assert not voice.is_alive()


def test_two_calls_never_overlap(lobby: Lobby, tmp_path: Path) -> None:
    """One sound device, one voice: the second waits until the first has ended."""
    ear = Ear(tmp_path, '#!/bin/sh\necho begin >> "{heard}"\nsleep 0.1\necho end >> "{heard}"\n')
    voice = voice_of(lobby, ear.program)
    voice.catch_up()
    call_one(lobby, 1, TEN)
    call_one(lobby, 2, TEN)
    voice.catch_up()
    assert ear.names() == ["begin", "end", "begin", "end"]


DIE = """
import os, sys
from pathlib import Path
from lobbyline.display.voice.player import Player
from lobbyline.display.voice.voice import Voice
from tests.display.hall import Still, open_hall
Voice(open_hall(Path(sys.argv[1])), Still(), player=Player(sys.argv[2])).catch_up()
"""


def test_nothing_is_said_twice_after_a_death_in_the_middle_of_a_word(lobby: Lobby, tmp_path: Path) -> None:
    """Kill -9 while the first call is spoken: the next program goes on with the second, after the first."""
    voice_of(lobby, "aplay").catch_up()
    call_one(lobby, 1, TEN)
    call_one(lobby, 2, TEN)
    slow = Ear(tmp_path, '#!/bin/sh\necho begin >> "{heard}"\nsleep 0.5\necho end >> "{heard}"\n')
    dying = subprocess.Popen([sys.executable, "-c", DIE, str(tmp_path), str(slow.program)])
    until(lambda: slow.names() == ["begin"])
    dying.send_signal(signal.SIGKILL)
    assert dying.wait() == -signal.SIGKILL
    quick = Ear(tmp_path)
    voice_of(lobby, quick.program).catch_up()
    first, first_end, second = quick.names()
    assert (first, first_end) == ("begin", "end")  # the orphan was heard to its end before the next one spoke
    assert second.endswith(".wav")


@pytest.mark.warns("The voice is silent: ")
@pytest.mark.parametrize(
    ("speaker", "player", "sentence"),
    [
        ("espeak-ng", "/no/aplay", "/no/aplay cannot be started (No such file or directory). Install alsa-utils."),
        ("/no/espeak-ng", "true", "/no/espeak-ng is not installed. Install Debian's package of that name."),
        ("espeak-ng", "false", "false cannot play (nothing). Check the sound device."),
        ("false", "true", "false cannot speak (nothing). Install it again."),
        ("true", "true", "true wrote no sound. Install it again."),
    ],
)
def test_a_hall_without_sound_has_one_warning(
    lobby: Lobby, speaker: str, player: str, sentence: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever is missing: one sentence for the technician, the same for each call, and the calls go on."""
    voice = Voice(lobby, Still(), Studio(lobby.data / "voice", speaker), Player(player))
    voice.catch_up()
    for counter in (1, 2):
        call_one(lobby, counter, TEN)
        voice.catch_up()
    (device,) = lobby.devices.all()
    assert (device.name, device.kind, device.state) == ("voice", "voice", "warn")
    assert device.sentence == f"The voice is silent: {sentence}"
    assert [record.getMessage() for record in caplog.records] == [device.sentence], "once, in the journal, too"
    assert lobby.hall.calls_since(lobby.hall.bookmark(READER)) == []


@pytest.mark.warns("The voice is silent: ")
def test_a_voice_that_is_back_says_so(lobby: Lobby, ear: Ear) -> None:
    """The warning goes when a call was heard."""
    voice_of(lobby, "false").catch_up()
    call_one(lobby, 1, TEN)
    voice_of(lobby, "false").catch_up()
    call_one(lobby, 2, TEN)
    voice_of(lobby, ear.program).catch_up()
    (device,) = lobby.devices.all()
    assert (device.state, device.sentence) == ("ok", "")


@pytest.mark.warns("The voice is silent: ")
def test_a_loudspeaker_is_missed_before_the_first_call(lobby: Lobby) -> None:
    """`lobbyline doctor` warns from the start of the program on, not after the first customer was not called."""
    voice = voice_of(lobby, "false")
    voice.try_out()
    (device,) = lobby.devices.all()
    assert (device.state, device.sentence[:33]) == ("warn", "The voice is silent: false cannot")


def settings(lobby: Lobby, **values: object) -> None:
    changed = VoiceSettings.model_validate({**lobby.branch.voice.model_dump(), **values})
    lobby.branch = lobby.branch.model_copy(update={"voice": changed})


def test_quiet_hours_are_quiet_and_cost_nobody_a_call_later(lobby: Lobby, ear: Ear) -> None:
    """In them nothing is said, and what was called in them is not made up for afterwards."""
    voice = voice_of(lobby, ear.program)
    settings(lobby, quiet=["09:00-10:00"])
    voice.catch_up()
    call_one(lobby, 1, later(-1))
    voice.clock = Still(later(-1))
    voice.catch_up()
    assert ear.names() == []
    voice.clock = Still(later(0))
    voice.catch_up()
    assert ear.names() == []
    call_one(lobby, 2, later(0))
    voice.catch_up()
    assert len(ear.names()) == 1


def test_loudness_follows_the_hour(lobby: Lobby, ear: Ear) -> None:
    """At noon half as loud: the very samples are half as high, with chime and all."""
    voice = voice_of(lobby, ear.program)
    settings(lobby, volume=100, volumes=[{"hours": "10:00-10:01", "volume": 50}])
    voice.catch_up()
    call_one(lobby, 1, TEN)
    voice.catch_up()
    voice.clock = Still(later(61))
    lobby.desk(1).recall(later(61))
    voice.catch_up()
    soft, loud = (max(map(abs, sound.read(lobby.data / "voice" / name))) for name in ear.names())
    assert soft == pytest.approx(loud / 2, abs=2)


def test_recorded_clips_are_joined_word_by_word(lobby: Lobby, tmp_path: Path) -> None:
    """Clips made by the command stand beside a copy of voice.toml, and the sentence is made of them alone."""
    folder = tmp_path / "voices" / "zh"
    speech = replace(lobby.setup.voices["zh"], folder=folder)
    made = make_clips(speech, speech.clips, Studio(tmp_path / "made"))
    assert {path.name for path in made} == {clip_name(word) for word in speech.words()}
    mute = Studio(tmp_path / "other", "/no/espeak-ng")
    (utterance,) = announce(A012, ["zh"], {"zh": speech})
    clip = mute.spoken(utterance, tmp_path / "clip.wav")
    assert 1.5 < sound.length(clip) < 6
    (speech.clips / "ling2.wav").unlink()
    with pytest.raises(Mute, match=r"ling2.wav is missing. Record it, or remove the folder clips"):
        mute.spoken(utterance, tmp_path / "clip.wav")


@pytest.mark.parametrize(
    ("place", "byte", "sentence"),
    [
        (24, b"\x00\x00\x00\x00", "has 0 samples a second; save it with 22050"),
        (24, b"\x01\x00\x00\x00", "has 1 samples a second; save it with 22050"),
        (22, b"\x00\x00", "bad # of channels"),
        (34, b"\x08\x00", "has 8 bits a sample; save it with 16"),
        (45, b"", "bytes length not a multiple of item size"),
    ],
)
def test_a_damaged_recording_is_told(tmp_path: Path, place: int, byte: bytes, sentence: str) -> None:
    """Whatever its head says: the file is named, nothing is reckoned from it, and nobody waits for hours of sound."""
    sound.write(tmp_path / "ling2.wav", array("h", range(100)))
    whole = (tmp_path / "ling2.wav").read_bytes()
    (tmp_path / "ling2.wav").write_bytes(whole[:place] + byte + (whole[place + len(byte) :] if byte else b""))
    with pytest.raises(Mute, match=re.escape(f"ling2.wav is no usable recording ({sentence}")):
        recorded(tmp_path / "ling2.wav")


def test_recordings_of_any_rate_and_of_two_channels_are_understood(tmp_path: Path) -> None:
    """A microphone records 44.1 or 48 kHz in stereo; pitch and length stay."""
    for rate in (8000, 44100, 48000):
        tone = array("h", (round(9000 * math.sin(2 * math.pi * 440 * place / rate)) for place in range(rate)))
        with wave.open(str(tmp_path / "tone.wav"), "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(2)
            file.setframerate(rate)
            file.writeframes(array("h", (value for value in tone for _ in range(2))).tobytes())
        clip = sound.read(tmp_path / "tone.wav")
        crossings = sum(one < 0 <= other for one, other in pairwise(clip))
        assert sound.length(clip) == pytest.approx(1, abs=0.01)
        assert crossings == pytest.approx(440, abs=2)


GERMAN = """
name = "Deutsch"
sentence = "Nummer {number} bitte zu Schalter {counter}"
say = ["Nummer", "{number}", ",", "bitte zu Schalter", "{counter}"]

[signs]
0 = "null"
1 = "eins"
2 = "zwei"
3 = "drei"
4 = "vier"
5 = "fünf"
6 = "sechs"
7 = "sieben"
8 = "acht"
9 = "neun"
A = "A"
B = "B"
C = "C"
L = "L"

[synthesis]
voice = "de"
"""


def test_a_technician_adds_a_language_by_folder(tmp_path: Path, ear: Ear) -> None:
    """A folder in the branch's own voices/, its name in branch.toml, and the hall is spoken to; no word of code."""
    (tmp_path / "branch" / "voices" / "de").mkdir(parents=True)
    (tmp_path / "branch" / "voices" / "de" / "voice.toml").write_text(GERMAN, encoding="utf-8")
    lobby = open_hall(tmp_path, '\n[voice]\nlanguages = ["de", "zh"]\nrepeats = 1\n')
    voice = voice_of(lobby, ear.program)
    voice.catch_up()
    call_one(lobby, 1, TEN)
    voice.catch_up()
    assert len(ear.names()) == 1
    assert [one.sentence for one in announce(A012, ["de"], lobby.setup.voices)] == ["Nummer A012 bitte zu Schalter 3"]
    lobby.close()


@pytest.mark.parametrize(
    ("was", "now", "line", "sentence"),
    [
        ('L = "L"', "", 6, "signs does not say how L is read, a letter of branch.toml's lines"),
        ('0 = "null"', "", 1, "the file does not say how 0 is read: write it under [signs]"),
        ('"{counter}"]', '"{desk}"]', 4, 'say has no part "{counter}"'),
        (
            "Schalter {counter}",
            "{counter.x}",
            3,
            'sentence is "Nummer {number} bitte zu {counter.x}"; has {counter.x}; ',
        ),
        ('voice = "de"', 'voice = "de"\nspeeed = 100', 24, 'unknown key "speeed"; did you mean "speed"? Allowed: '),
    ],
)
def test_a_mistake_in_a_voice_is_told(tmp_path: Path, was: str, now: str, line: int, sentence: str) -> None:
    """`lobbyline check` names file, line and remedy before anybody is called in vain."""
    file = tmp_path / "branch" / "voices" / "de" / "voice.toml"
    file.parent.mkdir(parents=True)
    file.write_text(GERMAN.replace(was, now, 1), encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        open_hall(tmp_path)
    (mistake,) = caught.value.mistakes
    assert (mistake.file, mistake.line) == (file, line)
    assert mistake.sentence.startswith(sentence)
