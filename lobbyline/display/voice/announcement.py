"""What the voice says for a call, word by word, in a language of somebody's folder.

Tickets are read sign by sign, counters are counted. The words serve two ways of speaking: each is the name of a
recorded clip, and all of them together are a sentence for the synthesiser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lobbyline.lobby.config.speech import COUNTER, NUMBER, PAUSE, Speech, VoiceFile
from lobbyline.lobby.hall.view import Call


@dataclass(frozen=True)
class Utterance:
    """One sentence in one language: as one writes it, and the words that are said."""

    speech: Speech
    sentence: str
    words: tuple[str, ...]

    @property
    def spelled(self) -> str:
        """The words as the synthesiser wants them written, pauses as commas."""
        synthesis = self.speech.file.synthesis
        spell = synthesis.spell if synthesis else {}
        return " ".join(spell.get(word, word) for word in self.words).replace(f" {PAUSE}", PAUSE)


def announce(call: Call, languages: Sequence[str], voices: Mapping[str, Speech]) -> list[Utterance]:
    """The call in each language, in the given order."""
    return [utterance(voices[language], call.number, call.counter) for language in languages]


def utterance(speech: Speech, number: str, counter: int) -> Utterance:
    file = speech.file
    written = "".join(file.written.get(sign, sign) for sign in number)
    words = [word for part in file.say for word in spoken(file, part, number, counter)]
    return Utterance(speech, file.sentence.format(number=written, counter=counter), tuple(words))


def spoken(file: VoiceFile, part: str, number: str, counter: int) -> list[str]:
    """A part of the sentence as words; the places are filled."""
    if part == NUMBER:
        return [file.signs[sign] for sign in number]
    return counted(file, counter) if part == COUNTER else [part]


def counted(file: VoiceFile, counter: int) -> list[str]:
    """A counter's number as one counts: by its own word, by tens and ones, or else digit by digit."""
    tens, ones = str(counter // 10 * 10), str(counter % 10)
    if str(counter) in file.counts:
        return [file.counts[str(counter)]]
    if tens in file.counts:
        return [file.counts[tens], file.signs[ones]]
    return [file.signs[digit] for digit in str(counter)]


def clip_name(word: str) -> str:
    """The file that a word is recorded in: `please_go_to_counter.wav`."""
    return re.sub(r"\W+", "_", word.lower()).strip("_") + ".wav"
