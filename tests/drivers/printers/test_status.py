"""What a printer says of itself."""

from __future__ import annotations

import pytest

from lobbyline.drivers.printers.dialects import realtime
from lobbyline.drivers.printers.replies import Cleared, Printed, Processed, RealTime, Replies, Reported
from lobbyline.drivers.printers.status import Status, reported


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ("12 12 12 12", "ready"),
        ("16 12 12 12", "ready"),  # a till's drawer, where there is one
        ("52 1a 12 12", "ready"),  # somebody holds FEED
        ("12 12 12 1e", "the paper is nearly out: have a new roll ready"),
        ("12 12 12 16", "the paper is nearly out: have a new roll ready"),  # one of the sensor's two bits
        ("12 12 12 1a", "the paper is nearly out: have a new roll ready"),
        ("12 12 12 32", "the paper is out: put in a new roll"),
        ("12 12 12 52", "the paper is out: put in a new roll"),
        ("1a 32 12 7e", "the paper is out: put in a new roll"),
        ("1a 16 12 12", "the cover is open: close it until it clicks"),
        ("1a 52 1a 12", "the cutter is stuck: open the cover, clear the paper, switch the printer off and on"),
        ("1a 52 32 12", "it reports an error it cannot recover from: switch it off and on"),
        ("1a 52 52 12", "it stopped by itself, usually a hot head: let it cool, then close its cover firmly"),
        ("1a 12 12 12", "it is offline: press its ONLINE or FEED button, or switch it off and on"),
    ],
)
def test_four_answers_become_one_sentence(answers: str, sentence: str) -> None:
    """DLE EOT 1 to 4 become one sentence that says what to do."""
    assert str(realtime([bytes([byte]) for byte in bytes.fromhex(answers)])) == sentence


@pytest.mark.parametrize(
    ("report", "status"),
    [
        ("10 00 00 00", Status()),
        ("18 00 0f 00", Status(online=False, paper="out")),
        ("10 00 03 00", Status(paper="low")),
        ("38 00 00 00", Status(online=False, cover_open=True)),
        ("18 08 00 00", Status(online=False, cutter_stuck=True)),
    ],
)
def test_an_automatic_report_says_the_same(report: str, status: Status) -> None:
    """The four bytes of GS a carry the same facts as DLE EOT."""
    assert reported(bytes.fromhex(report)) == status


def test_answers_that_share_a_line_are_told_apart() -> None:
    """DLE EOT, a report, GS r, GS ( H, a cleared buffer, XON and XOFF may come in any order, in any pieces."""
    stream = bytes.fromhex("13 12 18 00 0f 00 11 00 37 22 61 62 31 32 00 1e 37 25 00")
    expected = [
        RealTime(b"\x12"),
        Reported(Status(online=False, paper="out")),
        Processed(),
        Printed("ab12"),
        RealTime(b"\x1e"),
        Cleared(),
    ]
    assert Replies().take(stream) == expected
    replies = Replies()
    assert [answer for byte in stream for answer in replies.take(bytes([byte]))] == expected


def test_a_real_time_answer_may_interrupt_a_report() -> None:
    """A report is complete even when the answer to a question came between its bytes."""
    assert Replies().take(bytes.fromhex("18 00 12 0f 00")) == [
        RealTime(b"\x12"),
        Reported(Status(online=False, paper="out")),
    ]


def test_an_answer_without_the_fixed_bits_is_not_a_status() -> None:
    """0x10, as ticket presenters of one make answer, is never read as "no paper"."""
    assert Replies().take(b"\x10") == []
