"""Each journey of a customer in at most the touches it may cost."""

from __future__ import annotations

import pytest

from tests.kiosk.hand import Hand
from tests.kiosk.journeys import JOURNEYS, Journey


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.name)
def test_a_journey_costs_few_touches(hand: Hand, journey: Journey) -> None:
    """From home to the number with real touches, and no more of them than promised."""
    journey.walk(hand)
    assert 0 < hand.count <= journey.most
