"""What the voice says for a call: as a person would write it, and as the synthesiser has to be told.

Digits are read one by one. Mandarin and Cantonese are written in Latin syllables with tones, since Debian's
espeak-ng reads Chinese characters as English; the few words of a call fit into the tables below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lobbyline.lobby.hall import Call


@dataclass(frozen=True)
class Utterance:
    """One sentence in one language; `syllables` is what the synthesiser reads aloud."""

    language: str
    sentence: str
    syllables: str


@dataclass(frozen=True)
class Sounds:
    """How a language of China is read: letters, the ten digits and ten itself, and the words around them."""

    letters: Mapping[str, str]
    digits: Sequence[str]
    frame: str

    def call(self, number: str, counter: int) -> str:
        return self.frame.format(number=" ".join(self.one(sign) for sign in number), counter=self.count(counter))

    def one(self, sign: str) -> str:
        return self.digits[int(sign)] if sign.isdigit() else self.letters[sign]

    def count(self, counter: int) -> str:
        """A counter's number as one counts: 12 is ten-two, 20 is two-ten."""
        tens, ones = divmod(counter, 10)
        parts = [self.digits[tens]] if tens > 1 else []
        parts += [self.digits[10]] if tens else []
        parts += [self.digits[ones]] if ones else []
        return " ".join(parts)


HANZI = "零一二三四五六七八九"

MANDARIN = Sounds(
    letters={
        "A": "ei1", "B": "bi4", "C": "xi1", "D": "di4", "E": "yi4", "F": "ai2 fu5", "G": "ji4", "H": "ei1 qi5",
        "I": "ai4", "J": "zhei4", "K": "kei4", "L": "ai1 lu5", "M": "ai1 mu5", "N": "en1", "O": "ou1", "P": "pi4",
        "Q": "kiu1", "R": "ar4", "S": "ai1 si5", "T": "ti4", "U": "you1", "V": "wei1", "W": "da2 bu5 liu5",
        "X": "ai1 ke5 si5", "Y": "wai4", "Z": "zei4",
    },
    digits=("ling2", "yi1", "er4", "san1", "si4", "wu3", "liu4", "qi1", "ba1", "jiu3", "shi2"),
    frame="qing3 {number} hao4, dao4 {counter} hao4 chuang1 kou3",
)  # fmt: skip  # a table of 26 lines is not read better

CANTONESE = Sounds(
    letters={
        "A": "ei1", "B": "bi1", "C": "si1", "D": "di1", "E": "ji1", "F": "e1 fu4", "G": "zi1", "H": "ik1 cyu4",
        "I": "aai1", "J": "zei1", "K": "kei1", "L": "e1 lou4", "M": "em1", "N": "en1", "O": "ou1", "P": "pi1",
        "Q": "kiu1", "R": "aa1 lou4", "S": "e1 si4", "T": "ti1", "U": "jiu1", "V": "wi1", "W": "dap1 bi1 jiu4",
        "X": "ik1 si4", "Y": "waai1", "Z": "ji1 set1",
    },
    digits=("ling4", "jat1", "ji6", "saam1", "sei3", "ng5", "luk6", "cat1", "baat3", "gau2", "sap6"),
    frame="cing2 {number} hou6, dou3 {counter} hou6 coeng1 hau2",
)  # fmt: skip  # as above

ENGLISH_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
LETTER_A = "[['eI]]"  # alone, "A" would be read as the article


def announce(call: Call, languages: Sequence[str]) -> list[Utterance]:
    """The call in each language that can be spoken, in the given order."""
    return [SPEAKERS[language](call.number, call.counter) for language in languages if language in SPEAKERS]


def unspoken(languages: Sequence[str]) -> list[str]:
    """Languages that a technician asked for and that nobody here speaks."""
    return [language for language in languages if language not in SPEAKERS]


def mandarin(number: str, counter: int) -> Utterance:
    return Utterance("zh", f"请{in_hanzi(number)}号到{counter}号窗口", MANDARIN.call(number, counter))


def cantonese(number: str, counter: int) -> Utterance:
    return Utterance("yue", f"請{in_hanzi(number)}號到{counter}號窗口", CANTONESE.call(number, counter))


def english(number: str, counter: int) -> Utterance:
    signs = [ENGLISH_DIGITS[int(sign)] if sign.isdigit() else sign for sign in number]
    sentence = f"Number {' '.join(signs)}, please go to counter {counter}"
    return Utterance("en", sentence, sentence.replace("Number A ", f"Number {LETTER_A} "))


def in_hanzi(number: str) -> str:
    return "".join(HANZI[int(sign)] if sign.isdigit() else sign for sign in number)


SPEAKERS: Mapping[str, Callable[[str, int], Utterance]] = {"zh": mandarin, "yue": cantonese, "en": english}
