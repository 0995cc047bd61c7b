"""[segments.NAME]: the kinds of customers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from lobbyline.lobby.settings.setting import Settings, Text

Prefix = Annotated[str, StringConstraints(pattern="^[0-9]{4,10}$")]


class Segment(Settings):
    """A kind of customer; it changes queue and pace, and never removes a service."""

    name: Text = Field(description="What staff call this kind of customer; never shown to the hall.")
    queue: str | None = Field(None, description="Letter of the line this segment waits in, whatever the service.")
    cards: list[Prefix] = Field(
        [], description="First four to ten digits (BIN) of the bank cards by which it is recognised."
    )
    from_age: int | None = Field(
        None, ge=1, le=120, description="Age from which an ID card held to the kiosk opens it; the customer is told so."
    )
    head_start: float = Field(0, ge=0, le=120, description="Minutes of credit on arrival.")
    elder: bool = Field(False, description="Large print on the ticket and the kiosk's large pages.")
    privileged: bool = Field(
        False, description="Its customers pass others by privilege: `quota` and `interleave` of [policy] count them."
    )


def with_ordinary(segments: dict[str, Segment]) -> dict[str, Segment]:
    """Every customer is ordinary until somebody says more."""
    if "ordinary" not in segments:
        raise ValueError('has no "ordinary", the segment of everyone who is not recognised')
    owners: dict[str, str] = {}
    for name, segment in segments.items():
        for prefix in segment.cards:
            if (other := owners.setdefault(prefix, name)) != name:
                raise ValueError(f"has cards of {prefix} both in {other} and in {name}")
    return segments


def recognised(number: str, segments: Mapping[str, Segment]) -> str:
    """The segment of a card: of all prefixes that fit the longest decides; empty when none fits."""
    fitting = [
        (len(prefix), name)
        for name, segment in segments.items()
        for prefix in segment.cards
        if number.startswith(prefix)
    ]
    return max(fitting, default=(0, ""))[1]


def of_age(age: int, segments: Mapping[str, Segment]) -> str:
    """The segment of somebody's age: of all that fit the highest age decides; empty when none fits."""
    fitting = [
        (segment.from_age, name) for name, segment in segments.items() if segment.from_age and segment.from_age <= age
    ]
    return max(fitting, default=(0, ""))[1]
