"""Readers on real pseudo-terminals: what is held to them, noise, plugs, and keys that come too fast for a finger."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lobbyline import ASSETS
from lobbyline.drivers.readers import sdt
from lobbyline.drivers.readers.lines import Lines
from lobbyline.drivers.readers.profile import ReaderProfile
from lobbyline.drivers.readers.readings import Card, Code, Person
from lobbyline.drivers.readers.standin import SAMPLE
from lobbyline.drivers.readers.wedge import Burst
from lobbyline.lobby.config.mistakes import read_each
from lobbyline.lobby.config.toml import Table, parse
from lobbyline.lobby.errors import ConfigError
from tests.drivers.readers.conftest import listening, model

NUMBER = "6299000000000007"
TRACK = f";{NUMBER}=30122010000000000?".encode()


@pytest.mark.parametrize("name", sorted(file.stem for file in (ASSETS / "readers").glob("*.toml")))
def test_every_model_of_the_assets_is_right(name: str) -> None:
    """And keeps something of what it reads."""
    assert model(name).gives in ("person", "card", "code")


def test_a_card_is_its_number_and_nothing_else(tmp_path: Path) -> None:
    """Expiry, service code and the rest of the track are gone when the reading leaves the driver."""
    with listening("card-track2", tmp_path) as heard:
        assert heard.standin.said({"number": NUMBER}) == TRACK + b"\r"
        heard.standin.hold({"number": NUMBER})
        reading = heard.reading()
    assert reading == Card(NUMBER)
    assert vars(reading) == {"number": NUMBER}


def test_a_code_is_its_text(tmp_path: Path) -> None:
    """One after another, each once."""
    with listening("scanner", tmp_path) as heard:
        for text in ("TKN_1-abc", "TKN_2-def"):
            heard.standin.hold({"text": text})
            assert heard.reading() == Code(text)


def test_an_id_card_is_read_once_while_it_lies_there(tmp_path: Path) -> None:
    """Asked for, selected, read; taken away and laid down again it is read again."""
    with listening("id-module", tmp_path) as heard:
        heard.standin.hold({})
        assert heard.reading() == Person(**SAMPLE)
        heard.standin.take_away()
        heard.standin.hold({"name": "李小祺", "until": "长期"})
        second = heard.reading()
        assert isinstance(second, Person)
        assert (second.name, second.until) == ("李小祺", "长期")
        assert heard.readings.empty()


def test_a_pulled_plug_is_told_and_survived(tmp_path: Path) -> None:
    """The sentence names reader, path and what to do; plugged in again, it reads on."""
    with listening("scanner", tmp_path) as heard:
        heard.standin.unplug()
        state, sentence, trouble = heard.state()
        assert (state, trouble) == ("fault", "unplugged")
        assert sentence.startswith(f"Reader 'front' ({tmp_path / 'line'})")
        heard.standin.replug()
        while heard.state()[0] != "ok":
            pass
        heard.standin.hold({"text": "TKN_after"})
        assert heard.reading() == Code("TKN_after")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("card-track2", b"%B6299000000000007^X^3012?\r"),
        ("card-track2", b";629900=3012?\r"),
        ("card-track2", TRACK),
        ("card-number", b"62990000A0000007\r"),
        ("scanner", b"http://elsewhere/?q=1\r"),
        ("scanner", b"\xff\xfe\r\r\r"),
        ("scanner", b"x" * 100 + b"\r"),
    ],
)
def test_what_is_none_of_ours_is_dropped(name: str, data: bytes) -> None:
    """Other tracks, half lines, foreign codes and noise deliver nothing."""
    assert list(Lines(model(name)).feed(data)) == []


@given(cuts=st.lists(st.integers(0, 60), max_size=8))
def test_lines_come_in_pieces(cuts: list[int]) -> None:
    """However the bytes are cut, the same readings come out."""
    data, lines = TRACK + b"\r" + TRACK + b"\r", Lines(model("card-track2"))
    places = [0, *sorted(cuts), len(data)]
    pieces = [data[a:b] for a, b in pairwise(places)]
    assert [reading for piece in pieces for reading in lines.feed(piece)] == [Card(NUMBER), Card(NUMBER)]


@given(noise=st.binary(max_size=2000))
@settings(max_examples=200)
def test_noise_never_breaks_a_reader(noise: bytes) -> None:
    """Whatever comes in, the next line is read; noise of any length is forgotten."""
    for name in ("card-track2", "scanner"):
        lines = Lines(model(name))
        list(lines.feed(noise))
        list(lines.feed(b"\r"))
        assert list(lines.feed(TRACK + b"\r" if name == "card-track2" else b"TKN_1\r"))
    sdt.answer(noise)
    sdt.person(noise)


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        (sdt.FIND, "AA AA AA 96 69 00 03 20 01 22"),
        (sdt.SELECT, "AA AA AA 96 69 00 03 20 02 21"),
        (sdt.READ, "AA AA AA 96 69 00 03 30 01 32"),
    ],
)
def test_questions_are_the_modules_own(command: tuple[int, int], asked: str) -> None:
    """The three commands byte by byte, as the modules' manuals print them."""
    assert sdt.request(command).hex(" ").upper() == asked


def test_answers_are_cut_out_of_what_was_heard() -> None:
    """Found: AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97, also behind noise; half of it is none yet."""
    found = bytes.fromhex("AA AA AA 96 69 00 08 00 00 9F 00 00 00 00 97")
    assert sdt.answer(b"\x00\xaa" + found) == sdt.Answer(sdt.FOUND, bytes(4))
    assert sdt.answer(found[:-1]) is None
    assert sdt.answer(found[:-1] + b"\x96") is None


def test_a_cards_picture_is_not_kept() -> None:
    """Of 1,280 bytes the person is what is printed; the picture is in no field."""
    data = sdt.card_data(Person(**SAMPLE))
    assert len(data) == 4 + 256 + 1024
    assert sdt.person(data) == Person(**SAMPLE)
    assert sdt.person(data[:200]) is None


def test_a_foreigners_card_is_passed_over() -> None:
    """Its columns mean something else."""
    data = bytearray(sdt.card_data(Person(**SAMPLE)))
    data[4 + 248] = ord("I")
    assert sdt.person(bytes(data)) is None


def test_readings_stay_out_of_logs() -> None:
    """Printed by mistake, a reading says what it is and nothing about whom."""
    assert [repr(one) for one in (Person(**SAMPLE), Card(NUMBER), Code("TKN"))] == ["Person()", "Card()", "Code()"]


def typed(keys: str, gap: float, burst: Burst | None = None, start: float = 0.0) -> list[str]:
    burst = burst or Burst()
    found = [burst.press(key, start + place * gap) for place, key in enumerate(keys)]
    return [line for line in found if line is not None]


def test_a_burst_of_keys_is_a_reader() -> None:
    """Fast keys with an end make a line."""
    assert typed(f";{NUMBER}=3012?\r", 0.004) == [f";{NUMBER}=3012?"]


def test_a_hand_on_the_keys_is_no_reader() -> None:
    """Slow keys, short bursts and bursts without an end deliver nothing."""
    assert typed("hello, world\r", 0.15) == []
    assert typed("ok\r", 0.004) == []
    burst = Burst()
    assert typed(NUMBER, 0.004, burst) == []
    assert typed("\r", 0.004, burst, start=5.0) == []


def test_a_hand_before_a_burst_is_left_out() -> None:
    """What was typed slowly just before does not get into the line."""
    burst = Burst()
    typed("12", 0.3, burst)
    assert typed("TKN_123\r", 0.004, burst, start=2.0) == ["TKN_123"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('gives = "card"\npattern = "(?P<pan>[0-9]+)"', "1: the file needs a pattern with named groups of number"),
        ('gives = "card"\npattern = "("', '2: pattern is "("; not a regular expression: missing ), unterminated sub'),
        ('gives = "code"\npattern = "(?P<text>.+)"\nends = "OD"', '3: ends is "OD"; bytes are written in hex, like "'),
        ('gives = "code"\npattern = "(?P<text>.+)"\nend = "0D"', '3: unknown key "end"; did you mean "ends"? Allowed'),
        ('gives = "card"\nspeaks = "sdt"', '1: the file speaks "sdt", and so gives "person"'),
        ('gives = "person"\npattern = "(?P<name>.+)"', "1: the file needs a pattern with the group number"),
    ],
)
def test_mistakes_of_a_file_are_told(text: str, sentence: str) -> None:
    """With what is meant instead."""
    table = parse(Path("own.toml"), text.encode())
    assert isinstance(table, Table)
    with pytest.raises(ConfigError) as caught:
        read_each(ReaderProfile, {"own": table})
    assert str(caught.value).startswith(f"own.toml:{sentence}")
