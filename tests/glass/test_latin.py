"""Chinese as the synthesiser reads it."""

from __future__ import annotations

import pytest

from lobbyline.glass.latin import Latin


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("您要办什么？", "nin2 yao4 ban4 shen2 me5?"),
        ("前面 2 人", "qian2 mian4 2 ren2"),
        ("ai1 lu5 ling2", "ai1 lu5 ling2"),
        ("", ""),
    ],
)
def test_a_sentence_becomes_syllables_with_tones(written: str, read: str) -> None:
    """Each character becomes its syllable and tone; figures and what is spelled already stay."""
    assert Latin()(written) == read
