"""[staff]: where the staff's pages are served."""

from __future__ import annotations

from pydantic import Field

from lobbyline.lobby.settings.setting import Settings, at_start_of


class StaffPages(Settings):
    """Where the staff's pages are served."""

    host: str = Field("127.0.0.1", description="Address to listen on.", json_schema_extra=at_start_of("staff"))
    metrics_token: str = Field(
        "",
        description="Whoever sends it as `Authorization: Bearer …` may read /metrics; empty: only this machine itself.",
    )
    port: int = Field(
        8321, ge=1, le=65535, description="TCP port to listen on.", json_schema_extra=at_start_of("staff")
    )
