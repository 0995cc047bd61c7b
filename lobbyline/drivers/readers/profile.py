"""One model of reader, as `assets/readers/<model>.toml` describes it: how it speaks and what it gives.

A reader that speaks `lines` says one line for each thing held to it; groups of `pattern` name what is kept of it.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from lobbyline.drivers.hexadecimal import Hex
from lobbyline.drivers.readers.readings import Card, Code, Person, Reading
from lobbyline.drivers.wire.settings import SerialSettings

GROUPS = {"person": ("name", "number", "birth", "address", "until"), "card": ("number",), "code": ("text",)}
READINGS: dict[str, type[Person] | type[Card] | type[Code]] = {"person": Person, "card": Card, "code": Code}


def expression(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"not a regular expression: {error}") from error
    return value


class Serial(BaseModel):
    """How its line is set."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    baudrate: int = Field(9600, ge=300, le=1000000, description="Bits in a second.")
    bytesize: int = Field(8, ge=7, le=8, description="Bits of a byte.")
    parity: Literal["N", "E", "O"] = Field("N", description="None, even or odd.")
    stopbits: int = Field(1, ge=1, le=2, description="Stop bits.")

    def settings(self, baudrate: int | None) -> SerialSettings:
        return SerialSettings(baudrate or self.baudrate, self.bytesize, self.parity, self.stopbits)


class ReaderProfile(BaseModel):
    """One model of reader."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    gives: Literal["person", "card", "code"] = Field(
        description="An ID card, a bank card, or a code on paper or phone."
    )
    speaks: Literal["lines", "sdt"] = Field("lines", description="Lines by itself, or the protocol of ID modules.")
    serial: Serial = Field(default_factory=Serial, description="How its line is set.")
    ends: Hex = Field(b"\r", description="Bytes behind every line, in hex.")
    longest: int = Field(512, ge=8, le=4096, description="A longer line is noise.")
    encoding: Literal["ascii", "utf-8", "gb18030"] = Field("ascii", description="Of the line's characters.")
    pattern: Annotated[str, AfterValidator(expression)] = Field(
        "", description="A regular expression of a line; its named groups are kept, the rest is dropped."
    )

    @model_validator(mode="after")
    def names_what_it_gives(self) -> ReaderProfile:
        if self.speaks == "sdt":
            if self.gives != "person":
                raise ValueError('speaks "sdt", and so gives "person"')
            return self
        groups, known = set(re.compile(self.pattern).groupindex), GROUPS[self.gives]
        if not groups or not groups <= set(known):
            raise ValueError(f"needs a pattern with named groups of {', '.join(known)}")
        if self.gives != "code" and "number" not in groups:
            raise ValueError("needs a pattern with the group number")
        if not self.ends:
            raise ValueError("needs at least one byte in ends")
        return self

    def reading(self, line: str) -> Reading | None:
        """What a line holds; nothing when it is another reader's, or noise."""
        found = re.fullmatch(self.pattern, line) if self.speaks == "lines" else None
        if found is None:
            return None
        kept = {name: (value or "").strip() for name, value in found.groupdict().items()}
        return READINGS[self.gives](**({"name": ""} | kept if self.gives == "person" else kept))
