"""Bytes in a device's file."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator


def read_hex(value: object) -> object:
    """`"1D 56 42 00"` as the bytes it names."""
    if not isinstance(value, str):
        raise ValueError('bytes are written in hex, like "1D 56 42 00"')  # noqa: TRY004 - pydantic hears ValueError
    try:
        return bytes.fromhex(value)
    except ValueError as error:
        raise ValueError('bytes are written in hex, like "1D 56 42 00"') from error


Hex = Annotated[bytes, BeforeValidator(read_hex)]
