"""[vouchers.KIND]: the blank vouchers of the register."""

from __future__ import annotations

from pydantic import Field

from lobbyline.lobby.settings.setting import Settings, Text


class VoucherKind(Settings):
    """A kind of controlled blank voucher."""

    name: Text = Field(description="What staff call it.")
    digits: int = Field(8, ge=3, le=18, description="Digits of its serial numbers.")
