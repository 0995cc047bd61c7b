"""[base]: the bank's base profile under a branch; base.toml: what the bank says of that profile."""

from __future__ import annotations

from pydantic import Field

from lobbyline.lobby.settings.setting import Settings


class Base(Settings):
    """The bank's base profile that this branch lays its own few keys over."""

    folder: str = Field(description="Folder of the profile, absolute or seen from the branch's folder.")
    key: str = Field(
        "", description="The bank's public key as `lobbyline config seal` prints it; empty: checksums alone count."
    )
    without: list[str] = Field(
        [], description='What this branch does not have of the profile, like "services.B3" or "queues.C".'
    )


class Profile(Settings):
    """base.toml: what a bank says of its base profile."""

    name: str = Field(description="What the bank calls it, with its year.")
    locked: list[str] = Field(
        [], description='Keys and files no branch may touch, like "rules", "services.*.controls" or "forms/F04".'
    )
