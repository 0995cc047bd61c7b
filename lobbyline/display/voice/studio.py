"""Where announcements are made and played: chime, then recorded clips or espeak-ng, all of it through aplay.

Every way in which that can fail becomes one sentence for the technician.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import wave
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from lobbyline.display.voice import sound
from lobbyline.display.voice.announcement import Utterance, clip_name
from lobbyline.display.voice.player import Mute, last_line
from lobbyline.lobby.config.speech import PAUSE, Speech

AFTER_CHIME = 0.15  # seconds
BETWEEN = 0.45  # seconds between two sentences
KEPT = 60  # recordings, about half a megabyte each
SYNTHESIS_SECONDS = 10.0  # it takes a twentieth of a second
ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8"}


class Studio:
    """Makes recordings of calls and keeps the latest ones."""

    def __init__(self, folder: Path, program: str = "espeak-ng") -> None:
        self.folder = folder
        self.program = program

    def recording(
        self, utterances: Sequence[Utterance], repeats: int, volume: int = 100, *, chimes: bool = True
    ) -> Path:
        """A WAV file with the chime and every sentence, `repeats` times over, at `volume` percent."""
        path = self.folder / f"{fingerprint(utterances, repeats, volume)}{'' if chimes else '-again'}.wav"
        start = [sound.chime(), sound.silence(AFTER_CHIME)] if chimes else []
        return self.kept(path, lambda aside: self.whole(start, utterances, repeats, volume, aside))

    def quiet(self) -> Path:
        """A WAV file in which nothing is heard, to try the loudspeaker with."""
        return self.kept(self.folder / "quiet.wav", lambda _: sound.silence(0.05))

    def kept(self, path: Path, make: Callable[[Path], sound.Clip[int]]) -> Path:
        """The file, made when it is not there; `make` is given a folder for its own files."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if path.exists():
                path.touch()
            else:
                self.record(path, make)
                self.tidy()
        except OSError as error:
            raise Mute(f"{self.folder} cannot be written ({error.strerror})", "Check the disk") from error
        return path

    def record(self, path: Path, make: Callable[[Path], sound.Clip[int]]) -> None:
        """Write aside, then rename: a half-written file is never played."""
        with TemporaryDirectory(dir=self.folder) as aside:
            whole = Path(aside) / "whole.wav"
            sound.write(whole, make(Path(aside)))
            whole.replace(path)

    def whole(
        self, start: Sequence[sound.Clip[int]], utterances: Sequence[Utterance], repeats: int, volume: int, aside: Path
    ) -> sound.Clip[int]:
        clips = [self.spoken(utterance, aside / "clip.wav") for utterance in utterances]
        return sound.scaled(sound.joined([*start, *arranged(clips, repeats)]), volume)

    def spoken(self, utterance: Utterance, path: Path) -> sound.Clip[int]:
        """The sentence from its recorded clips, or as espeak-ng says it where there are none."""
        if utterance.speech.clips.is_dir():
            return sound.levelled(from_clips(utterance))
        return self.synthesised(utterance.speech, utterance.spelled, path)

    def synthesised(self, speech: Speech, text: str, path: Path) -> sound.Clip[int]:
        synthesis = speech.file.synthesis
        if synthesis is None:
            raise Mute(f"{speech.clips} is missing", "Record it, or name a synthesis in voice.toml")
        self.run([self.program, "-v", synthesis.voice, "-s", str(synthesis.speed), "-z", "-w", str(path), "--", text])
        try:
            return sound.levelled(sound.read(path))
        except (FileNotFoundError, ValueError, EOFError, wave.Error) as error:
            raise Mute(f"{self.program} wrote no sound", "Install it again") from error

    def run(self, command: list[str]) -> None:
        try:
            subprocess.run(command, env=ENVIRONMENT, capture_output=True, timeout=SYNTHESIS_SECONDS, check=True)  # noqa: S603  # a list, no shell
        except FileNotFoundError as error:
            raise Mute(f"{self.program} is not installed", "Install Debian's package of that name") from error
        except (subprocess.SubprocessError, OSError) as error:
            raise Mute(f"{self.program} cannot speak ({why(error)})", "Install it again") from error

    def tidy(self) -> None:
        """Forget the recordings that were not used for longest."""
        newest_first = sorted(self.folder.glob("*.wav"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
        for path in newest_first[KEPT:]:
            path.unlink(missing_ok=True)


def arranged(clips: Sequence[sound.Clip[int]], repeats: int) -> list[sound.Clip[int]]:
    """The languages one after another, then all of them again."""
    return [part for clip in [*clips] * repeats for part in (clip, sound.silence(BETWEEN))]


def from_clips(utterance: Utterance) -> sound.Clip[int]:
    """The words' recordings one after another."""
    file = utterance.speech.file
    parts: list[sound.Clip[int]] = []
    for word in utterance.words:
        if word == PAUSE:
            parts.append(sound.silence(file.pause))
        else:
            parts += [recorded(utterance.speech.clips / clip_name(word)), sound.silence(file.gap)]
    return sound.joined(parts)


def recorded(path: Path) -> sound.Clip[int]:
    """One recorded word, as loud as every other."""
    try:
        return sound.levelled(sound.trimmed(sound.read(path)))
    except FileNotFoundError as error:
        raise Mute(f"{path} is missing", "Record it, or remove the folder clips to let espeak-ng speak") from error
    except OSError as error:
        raise Mute(f"{path} cannot be read ({error.strerror})", "Check its owner and mode") from error
    except (ValueError, EOFError, wave.Error) as error:
        raise Mute(f"{path} is no usable recording ({error})", "Save it as a WAV file of 16 bits") from error


def fingerprint(utterances: Sequence[Utterance], repeats: int, volume: int) -> str:
    """The same words, voices, clips, repeats and volume have the same recording."""
    voices = [(utterance.spelled, utterance.speech.file.model_dump(), changed(utterance)) for utterance in utterances]
    return hashlib.sha256(repr((voices, repeats, volume)).encode()).hexdigest()[:16]


def changed(utterance: Utterance) -> int:
    """When the latest of its clips was changed; 0 without clips."""
    clips = (utterance.speech.clips / clip_name(word) for word in utterance.words if word != PAUSE)
    return max((clip.stat().st_mtime_ns for clip in clips if clip.exists()), default=0)


def make_clips(speech: Speech, folder: Path, studio: Studio) -> list[Path]:
    """Every word of a language as a clip of its own in `folder`; recordings may replace them one by one."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for word in speech.words():
        path = folder / clip_name(word)
        spelled = Utterance(speech, word, (word,)).spelled
        clip = sound.trimmed(studio.synthesised(speech, spelled, path))
        sound.write(path, clip)
        made.append(path)
    return made


def why(error: Exception) -> str:
    if isinstance(error, subprocess.TimeoutExpired):
        return "it does not end"
    if isinstance(error, subprocess.CalledProcessError):
        return last_line(error.stderr)
    return str(error)
