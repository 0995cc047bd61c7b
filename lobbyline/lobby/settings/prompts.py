"""[staff.prompts] and [services.CODE.prompts]: what each step at the counter reminds the teller of."""

from __future__ import annotations

from pydantic import Field

from lobbyline.lobby.settings.setting import Settings, Text


class Prompts(Settings):
    """One line at each step; the steps and their order are the same everywhere."""

    called: Text | None = Field(None, description="While the customer is on the way.")
    greet: Text | None = Field(None, description="Step 1: the customer stands at the counter.")
    ask: Text | None = Field(None, description="Step 2: what is wanted.")
    operate: Text | None = Field(None, description="Step 3: the work.")
    confirm: Text | None = Field(None, description="Step 4: the customer agrees.")
