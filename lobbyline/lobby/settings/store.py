"""[store]: where the branch's memory is kept."""

from __future__ import annotations

from pydantic import Field

from lobbyline.lobby.settings.places import MemoryPlace, Server
from lobbyline.lobby.settings.setting import Settings, at_start_of


class Memory(Settings):
    """Where the branch's memory is kept."""

    url: MemoryPlace = Field(
        "lobby.sqlite",
        min_length=1,
        description=(
            "A file in the data folder, or the address of a PostgreSQL server, postgresql://ROLE@HOST/DATABASE, "
            "when kiosks and counters stand on several machines. A password belongs into the server's password file "
            "(PGPASSFILE), not here."
        ),
        json_schema_extra=at_start_of("kiosk", "screen", "boards", "keypads", "staff"),
    )
    head_office: Server = Field(
        "",
        description=(
            "Address of the bank's PostgreSQL server that `lobbyline store upload` tells every event of a branch with "
            "a memory of its own; empty tells nobody."
        ),
    )
