"""[papers.NAME]: what a customer brings, said once for all services."""

from __future__ import annotations

from pydantic import Field

from lobbyline.lobby.settings.setting import Settings, Text


class Paper(Settings):
    """Something to have at the counter."""

    name: Text = Field(description="In people's words, as kiosk and ticket say it.")
    icon: str = Field("document", description="Its picture: a name of assets/icons, without .svg.")
    missing: Text | None = Field(None, description="What to do without it, said before the wait.")
