"""Protocols of keypads: every file is right, and what is wrong in one is told at once."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from lobbyline import ASSETS
from lobbyline.drivers.keypads.protocol import DIGITS, VERBS, KeypadProtocol
from lobbyline.drivers.wire.reading import ProtocolMistakes

FILES = sorted((ASSETS / "keypads").glob("*.toml"))
RING = ASSETS / "keypads" / "ring-ascii.toml"


def table(file: Path = RING) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_file_is_right(file: Path) -> None:
    """Its vectors hold, it can call, and each of its keys has bytes of its own at every address."""
    protocol = KeypadProtocol.read(table(file))
    assert {"next", "recall", "absent"} <= protocol.keys.keys() <= {*VERBS, *DIGITS}
    first, second = protocol.presses(1), protocol.presses(2)
    assert len(first) == len(protocol.keys)
    assert not first.keys() & second.keys()


def test_a_key_is_the_frame_that_the_pad_sends() -> None:
    """Lengths and checks are right by construction: these are the bytes of the file's own words."""
    protocol = KeypadProtocol.read(table(ASSETS / "keypads" / "spoken-xor.toml"))
    assert protocol.presses(7)[bytes.fromhex("02 07 10 17 03")] == "next"
    assert protocol.heard(7) == bytes.fromhex("06 07")
    assert KeypadProtocol.read(table()).face("show", {"address": 7, "ticket": "A012", "waiting": 5})[0].data == (
        b"=07A012 05\r"
    )


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"keys": {"nxt": {"frame": "key", "with": {"key": 1}}}}, "there is no key `nxt`. Did you mean `next`?"),
        ({"keys": {"next": {"frame": "kye", "with": {"key": 1}}}}, "there is no frame `kye`. Did you mean `key`?"),
        ({"keys": {"next": {"frame": "key"}}}, "`key` is missing."),
        ({"keys": {}}, "a keypad needs at least one key."),
        ({"poll": {"frame": "question", "idel": "none"}}, "there is no key `idel` here. Did you mean `idle`?"),
        ({"poll": {"frame": "question", "timeout_ms": 1}}, "`timeout_ms` must be from 5 to 2000, not 1."),
        (
            {"keys": {name: {"frame": "key", "with": {"key": 1}} for name in ("next", "recall")}},
            "`recall` sends the same bytes as `next`.",
        ),
        ({"serial": {"baud": 9600}}, "there is no key `baud` here. Did you mean `baudrate`?"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_a_mistake_is_told(change: dict[str, Any], sentence: str) -> None:
    """Whatever a technician writes wrong, the sentence says what and what is near."""
    with pytest.raises(ProtocolMistakes) as told:
        KeypadProtocol.read(table() | change)
    assert sentence in [said for _, said in told.value.mistakes]
