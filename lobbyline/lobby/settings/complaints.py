"""[complaints]: what customers are unhappy about, as the lobby manager writes it down."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from lobbyline.lobby.settings.setting import Settings, Text, short_name

KINDS = {
    "wait": Text({"zh": "等候时间", "en": "the wait"}),
    "order": Text({"zh": "叫号次序", "en": "the order of calls"}),
    "service": Text({"zh": "服务态度", "en": "how they were treated"}),
    "papers": Text({"zh": "资料要求", "en": "the papers asked for"}),
    "machine": Text({"zh": "机具设备", "en": "a machine"}),
    "other": Text({"zh": "其他事情", "en": "something else"}),
}


class Complaints(Settings):
    """A complaint is a code and perhaps a number, never a name or an account of what was said."""

    kinds: dict[Annotated[str, AfterValidator(short_name)], Text] = Field(
        KINDS, min_length=1, description="What a complaint can be about, by code."
    )
