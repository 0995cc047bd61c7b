"""[staff]: where the staff's pages are served, and how people sign in."""

from __future__ import annotations

from pydantic import Field

from lobbyline.lobby.settings.places import Host, WebAddress
from lobbyline.lobby.settings.prompts import Prompts
from lobbyline.lobby.settings.setting import Settings, at_start_of


class StaffPages(Settings):
    """Where the staff's pages are served, and how people sign in."""

    host: Host = Field("127.0.0.1", description="Address to listen on.", json_schema_extra=at_start_of("staff"))
    metrics_token: str = Field(
        "",
        description="Whoever sends it as `Authorization: Bearer …` may read /metrics; empty: only this machine itself.",
    )
    port: int = Field(
        8321, ge=1, le=65535, description="TCP port to listen on.", json_schema_extra=at_start_of("staff")
    )
    certificate: str = Field(
        "",
        description="File of the TLS certificate, from this folder; empty: no TLS.",
        json_schema_extra=at_start_of("staff"),
    )
    key: str = Field(
        "",
        description="File of the certificate's key, readable by the program alone.",
        json_schema_extra=at_start_of("staff"),
    )
    webhook: WebAddress = Field(
        "",
        description="Address of a system of the bank that is told when something changed; empty: none.",
        json_schema_extra=at_start_of("staff"),
    )
    webhook_secret: str = Field("", description="Signs the notices (HMAC-SHA256); both sides know it.")
    prompts: Prompts = Field(
        default_factory=Prompts, description="What a step reminds the teller of; else our own words."
    )
    hints: bool = Field(True, description="Whether tellers are shown the `hint` of a service.")
    least_secret: int = Field(6, ge=4, le=64, description="Least characters of a PIN or password.")
    failures: int = Field(5, ge=2, le=20, description="Wrong secrets in a row that lock a person out for a while.")
    idle_minutes: int = Field(10, ge=1, le=240, description="Minutes without a touch after which the page is locked.")
    session_hours: int = Field(12, ge=1, le=24, description="Hours after which everybody signs in anew.")

    @property
    def address(self) -> str:
        """Where a browser finds the pages."""
        scheme = "https" if self.certificate else "http"
        return f"{scheme}://[{self.host}]:{self.port}" if ":" in self.host else f"{scheme}://{self.host}:{self.port}"
