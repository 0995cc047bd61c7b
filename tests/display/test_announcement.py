"""What is said for a call."""

from __future__ import annotations

import subprocess

import pytest

from lobbyline.display.announcement import CANTONESE, MANDARIN, announce, unspoken
from lobbyline.display.studio import SPEECH
from lobbyline.lobby.hall import Call
from tests.display.hall import TEN


def call(number: str, counter: int) -> Call:
    return Call(id=1, number=number, counter=counter, at=TEN, again=False)


def test_mandarin_reads_digit_by_digit() -> None:
    """A012 at counter 3 is 零一二, not twelve, and one is yī."""
    (said,) = announce(call("A012", 3), ["zh"])
    assert said.sentence == "请A零一二号到3号窗口"
    assert said.syllables == "qing3 ei1 ling2 yi1 er4 hao4, dao4 san1 hao4 chuang1 kou3"


def test_english_names_letter_and_digits() -> None:
    """The letter A is said as a letter, not as the article."""
    (said,) = announce(call("A012", 3), ["en"])
    assert said.sentence == "Number A zero one two, please go to counter 3"
    assert said.syllables == "Number [['eI]] zero one two, please go to counter 3"


def test_cantonese_is_spoken_where_it_is_asked_for() -> None:
    """The hall in the south hears 號 and 窗口 in its own language."""
    (said,) = announce(call("C007", 2), ["yue"])
    assert said.sentence == "請C零零七號到2號窗口"
    assert said.syllables == "cing2 si1 ling4 ling4 cat1 hou6, dou3 ji6 hou6 coeng1 hau2"


@pytest.mark.parametrize(
    ("counter", "syllables"),
    [(1, "yi1"), (10, "shi2"), (12, "shi2 er4"), (20, "er4 shi2"), (21, "er4 shi2 yi1"), (99, "jiu3 shi2 jiu3")],
)
def test_counters_are_counted(counter: int, syllables: str) -> None:
    """A counter's number is a quantity: 12 is 十二, not 一二."""
    (said,) = announce(call("A001", counter), ["zh"])
    assert said.syllables.endswith(f"dao4 {syllables} hao4 chuang1 kou3")


def test_languages_come_in_the_branchs_order() -> None:
    """The technician decides who is spoken to first; what nobody speaks is named, not guessed."""
    assert [said.language for said in announce(call("A001", 1), ["en", "fr", "zh"])] == ["en", "zh"]
    assert unspoken(["en", "fr", "zh"]) == ["fr"]


def test_every_letter_of_a_queue_has_a_sound() -> None:
    """A queue's letter is any of A to Z: none is without a reading."""
    letters = {chr(code) for code in range(ord("A"), ord("Z") + 1)}
    assert set(MANDARIN.letters) == set(CANTONESE.letters) == letters


@pytest.mark.parametrize("language", ["zh", "yue", "en"])
def test_the_synthesiser_understands_every_word(language: str) -> None:
    """espeak-ng spells out or reads as English what it does not know, and then says so in its phonemes."""
    numbers = [f"{chr(code)}0123456789" for code in range(ord("A"), ord("Z") + 1)]
    words = ". ".join(announce(call(number, 12), [language])[0].syllables for number in numbers)
    voice, _ = SPEECH[language]
    phonemes = subprocess.run(["espeak-ng", "-q", "-x", "-v", voice, words], capture_output=True, text=True, check=True)
    assert "(en)" not in phonemes.stdout
    assert "_:_" not in phonemes.stdout
