"""The voice on a desk: hear a call before customers do, and make a language's clips by one command."""

from __future__ import annotations

import shutil
from argparse import ArgumentTypeError
from pathlib import Path
from tempfile import TemporaryDirectory

from lobbyline.display.voice.announcement import announce
from lobbyline.display.voice.player import Player
from lobbyline.display.voice.studio import Studio, make_clips
from lobbyline.lobby.config.speech import Speech
from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.hall.view import Call as Called
from lobbyline.technician.call import Answer, Call
from lobbyline.technician.parser import Parser

SOURCE = "SOURCE.txt"


def say(call: Call) -> Answer:
    """`lobbyline voice say A012 3`: to the loudspeaker, or into a file."""
    options, settings = call.options, call.setup.branch.voice
    for language in options.language or []:
        voice_of(call, language)
    called = Called(id=0, number=options.ticket.upper(), counter=options.counter, at=call.at, again=False)
    refuse_strange(call, called.number)
    utterances = announce(called, options.language or settings.languages, call.setup.voices)
    with TemporaryDirectory() as folder:
        recording = Studio(Path(folder)).recording(utterances, settings.repeats, settings.volume)
        if options.out:
            shutil.copyfile(recording, options.out)
        else:
            Player().play(recording, settings.output)
    sentences = [utterance.sentence for utterance in utterances]
    return Answer("\n".join(sentences), {"said": sentences, "file": str(options.out or "")})


def make(call: Call) -> Answer:
    """`lobbyline voice make zh DIR`: a voice folder with one clip a word, to be used or to be recorded over."""
    speech, folder = voice_of(call, call.options.language), call.options.folder
    with TemporaryDirectory() as aside:
        made = make_clips(speech, folder / "clips", Studio(Path(aside)))
    shutil.copyfile(speech.folder / "voice.toml", folder / "voice.toml")
    synthesis = speech.file.synthesis
    words = "".join(f"{path.name}\t{word}\n" for path, word in zip(made, speech.words(), strict=True))
    voice = synthesis.voice if synthesis else ""
    maker = f"Made by espeak-ng, voice {voice}, with `lobbyline voice make {speech.code}`."
    (folder / "clips" / SOURCE).write_text(f"{maker}\n\n{words}", encoding="utf-8")
    told = f"{len(made)} clips in {folder / 'clips'}; {SOURCE} says which word is in which"
    return Answer(told, {"folder": str(folder), "clips": [path.name for path in made]})


def voice_of(call: Call, language: str) -> Speech:
    """The voice of a language; a refusal names those there are."""
    voices = call.setup.voices
    if language not in voices:
        known = ", ".join(voices)
        told = f"There is no voice {language!r}; there are {known}."
        raise Refusal.saying(told, "unknown_voice", language=language, known=known)
    return voices[language]


def refuse_strange(call: Call, number: str) -> None:
    """A number is read with signs that every voice knows."""
    for speech in call.setup.voices.values():
        strange = [sign for sign in number if sign not in speech.file.signs]
        if strange or not number:
            told = f"{number!r} is not a ticket like A012: {speech.code} has no reading for it."
            raise Refusal.saying(told, "unknown_ticket", ticket=number)


def counter_number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) < 100:
        raise ArgumentTypeError(f'"{text}"; a number from 1 to 99 is expected')
    return int(text)


def words(top: Parser) -> None:
    """The command of this module."""
    voices = top.command("voice", None, "The hall's voice: hear it, or make a language's clips.")
    saying = voices.command("say", say, "Say a call, or write it into a file.")
    saying.add_argument("ticket", metavar="TICKET", help="such as A012")
    saying.add_argument("counter", metavar="N", type=counter_number, help="the counter's number")
    saying.add_argument("--out", type=Path, metavar="FILE.wav", help="write a sound file instead of playing it")
    saying.add_argument("--language", action="append", help="instead of the branch's own; may be given several times")
    making = voices.command("make", make, "One clip a word, made by espeak-ng.")
    making.add_argument("language", metavar="LANGUAGE", help="a voice of assets/voices, such as zh")
    making.add_argument("folder", metavar="DIR", type=Path, help="the voice's new folder")
