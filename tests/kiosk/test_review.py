"""The review of a long form: page after page, each line a place to touch, kept only after the last one."""

from __future__ import annotations

from lobbyline.kiosk.filling import Filling
from lobbyline.kiosk.pages.review import LINES
from tests.kiosk.hand import Hand
from tests.kiosk.test_filling import CUSTOMER
from tests.kiosk.test_walk import take
from tests.patience import PATIENCE


def reviewed(hand: Hand, language: str = "zh") -> None:
    """Somebody who opens an account stands before the review of the application."""
    take(hand, "O1")
    form = hand.lobby.setup.forms["F04"]
    hand.model.typist.open(Filling("F04", form, hand.clock().date(), language, CUSTOMER).opened(0))
    hand.show("review")
    hand.model.typed.emit()


def test_a_long_review_turns_its_pages(hand: Hand) -> None:
    """Saving is offered on the last page; back leads through the pages before."""
    reviewed(hand)
    assert len(hand.told("review")) == LINES[0]
    assert "confirm" not in hand.panel.items()
    hand.touches("overleaf")
    hand.sees("confirm")
    labels = [row["label"] for row in hand.told("review")]
    assert labels[-1] == "是否开通短信提醒"
    hand.touches("back")
    hand.sees("overleaf")
    assert hand.told("review")[0]["label"] == "姓名"
    hand.goes("back", "form")


def test_a_line_is_touched_to_mend_it(hand: Hand) -> None:
    """Any place of the line leads to its field; what was worked out leads nowhere."""
    reviewed(hand)
    hand.goes("edit-phone", "form")
    assert hand.model.typist.filling is not None
    assert hand.model.typist.filling.active == "phone"


def test_a_second_tap_does_not_save(hand: Hand) -> None:
    """The key for saving stands where the key for turning stood: for a moment it takes no touch."""
    reviewed(hand)
    hand.model.settling.setInterval(int(1000 * PATIENCE))  # that moment
    hand.touches("overleaf")
    hand.model.touch("confirm")
    assert (hand.page, hand.told("busy")) == ("review", "")
    hand.model.settle()
    hand.goes("confirm", "form")


def test_what_was_worked_out_speaks_the_customers_language(hand: Hand) -> None:
    """Gender is a word of the language that was chosen."""
    hand.touches("language")
    hand.qtbot.waitUntil(lambda: hand.model.visit.language == "en")
    reviewed(hand, "en")
    assert {"Gender": "Female", "Date of birth": "1990-01-01"}.items() <= {
        row["label"]: row["value"] for row in hand.told("review")
    }.items()
