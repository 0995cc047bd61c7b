"""What is said for a call."""

from __future__ import annotations

import subprocess

import pytest

from lobbyline.display.voice.announcement import Utterance, announce, clip_name
from lobbyline.lobby.config.folder import load
from lobbyline.lobby.config.speech import Speech
from lobbyline.lobby.hall.view import Call
from tests.display.hall import TEN, branch_folder


@pytest.fixture(scope="module")
def voices(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Speech]:
    return load(branch_folder(tmp_path_factory.mktemp("branch"))).voices


def said(voices: dict[str, Speech], language: str, number: str, counter: int) -> Utterance:
    (utterance,) = announce(Call(id=1, number=number, counter=counter, at=TEN, again=False), [language], voices)
    return utterance


def test_mandarin_reads_digit_by_digit(voices: dict[str, Speech]) -> None:
    """A012 at counter 3 is 零一二, not twelve, and one is yī."""
    call = said(voices, "zh", "A012", 3)
    assert call.sentence == "请A零一二号到3号窗口"
    assert call.spelled == "qing3 ei1 ling2 yi1 er4 hao4, dao4 san1 hao4 chuang1 kou3"


def test_english_names_letter_and_digits(voices: dict[str, Speech]) -> None:
    """The letter A is said as a letter, not as the article."""
    call = said(voices, "en", "A012", 3)
    assert call.sentence == "Number A012, please go to counter 3"
    assert call.spelled == "Number [['eI]] zero one two, please go to counter three"


def test_cantonese_is_spoken_where_it_is_asked_for(voices: dict[str, Speech]) -> None:
    """The hall in the south hears 號 and 窗口 in its own language."""
    call = said(voices, "yue", "C007", 2)
    assert call.sentence == "請C零零七號到2號窗口"
    assert call.spelled == "cing2 si1 ling4 ling4 cat1 hou6, dou3 ji6 hou6 coeng1 hau2"


@pytest.mark.parametrize(
    ("language", "counter", "words"),
    [
        ("zh", 1, "yi1"),
        ("zh", 10, "shi2"),
        ("zh", 12, "shi2 er4"),
        ("zh", 20, "er4 shi2"),
        ("zh", 21, "er4 shi2 yi1"),
        ("yue", 99, "gau2 sap6 gau2"),
        ("en", 12, "twelve"),
        ("en", 20, "twenty"),
        ("en", 47, "forty seven"),
    ],
)
def test_counters_are_counted(voices: dict[str, Speech], language: str, counter: int, words: str) -> None:
    """A counter's number is a quantity: 12 is 十二, not 一二."""
    assert f" {words} " in f" {said(voices, language, 'A001', counter).spelled.split(', ')[1]} "


def test_each_word_has_a_clip_of_its_own(voices: dict[str, Speech]) -> None:
    """Two words never share a file, or one would be said for the other."""
    for speech in voices.values():
        words = speech.words()
        assert len({clip_name(word) for word in words}) == len(words)
    assert clip_name("please go to counter") == "please_go_to_counter.wav"


@pytest.mark.parametrize("language", ["zh", "yue", "en"])
def test_the_synthesiser_understands_every_word(voices: dict[str, Speech], language: str) -> None:
    """espeak-ng spells out or reads as English what it does not know, and then says so in its phonemes."""
    numbers = [f"{chr(code)}0123456789" for code in range(ord("A"), ord("Z") + 1)]
    words = ". ".join(said(voices, language, number, 12).spelled for number in numbers)
    speech = voices[language].file.synthesis
    assert speech is not None
    phonemes = subprocess.run(
        ["espeak-ng", "-q", "-x", "-v", speech.voice, words], capture_output=True, text=True, check=True
    )
    assert "(en)" not in phonemes.stdout
    assert "_:_" not in phonemes.stdout
