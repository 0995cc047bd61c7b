"""[rules]: limits of the walk of a ticket."""

from __future__ import annotations

from pydantic import Field

from lobbyline.lobby.settings.setting import Settings


class Rules(Settings):
    """Limits of the walk of a ticket."""

    recalls: int = Field(3, ge=0, le=10, description="Times a ticket may be called again.")
    recall_seconds: int = Field(30, ge=5, le=300, description="Least seconds between two calls of the same ticket.")
    restore_minutes: int = Field(30, ge=0, le=240, description="A missed ticket may come back this long.")
    reviewers: int = Field(1, ge=1, le=20, description="People of the back office who review at the same time.")
    return_minutes: float = Field(
        1, ge=0, le=60, description="Minutes at the counter of a customer who is called back after review."
    )
    restore_numbers: int = Field(
        0,
        ge=0,
        le=100,
        description="… or as long as no more numbers of its line were called since; 0: only the minutes count.",
    )
    misses: int = Field(2, ge=1, le=9, description="A ticket that is missed so many times is void.")
    moves: int = Field(5, ge=0, le=20, description="Times a ticket may be moved to another service.")
    holds: int = Field(20, ge=0, le=200, description="Customers that may be put aside at once.")
    pause_reasons: list[str] = Field([], description="Reasons a pause must give one of; empty allows any, or none.")
    booking_days: int = Field(30, ge=0, le=365, description="How far ahead an appointment may be booked.")
    booking_step: int = Field(15, ge=5, le=240, description="Minutes from one booking time to the next.")
    booking_places: int = Field(1, ge=1, le=50, description="Appointments for one booking time.")
    booking_grace: int = Field(10, ge=0, le=120, description="Minutes after which an appointment is forfeited.")
    request_days: int = Field(7, ge=1, le=90, description="Days the answer to a request's key is kept for a repeat.")
