"""[advice]: what relationship managers do with customers whom tellers send them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from lobbyline.lobby.settings.setting import Settings, Text, short_name


class Advice(Settings):
    """Referrals from tellers to advice desks, which are counters with `advises`."""

    outcomes: dict[Annotated[str, AfterValidator(short_name)], Text] = Field(
        {}, description="How a referral can end, by code; only the code is kept, never a product, an amount or a name."
    )
    pick_up: float = Field(10, ge=1, le=120, description="Minutes in which a referred customer should be called.")
