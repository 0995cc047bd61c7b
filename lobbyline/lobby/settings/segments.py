"""[segments.NAME]: the kinds of customers."""

from __future__ import annotations

from pydantic import Field

from lobbyline.lobby.settings.setting import Settings, Text


class Segment(Settings):
    """A kind of customer; it changes queue and pace, and never removes a service."""

    name: Text = Field(description="What staff call this kind of customer; never shown to the hall.")
    queue: str | None = Field(None, description="Letter of the line this segment waits in, whatever the service.")
    head_start: float = Field(0, ge=0, le=120, description="Minutes of credit on arrival.")
    elder: bool = Field(False, description="Large print on the ticket and the kiosk's large pages.")
    privileged: bool = Field(
        False, description="Its customers pass others by privilege: `quota` and `interleave` of [policy] count them."
    )


def with_ordinary(segments: dict[str, Segment]) -> dict[str, Segment]:
    """Every customer is ordinary until somebody says more."""
    if "ordinary" not in segments:
        raise ValueError('has no "ordinary", the segment of everyone who is not recognised')
    return segments
