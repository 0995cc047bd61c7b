"""What one model of printer can do: measured at installation, written in `assets/printers/<model>.toml`.

A printer's own answer about its model is never trusted: clones answer with famous names.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lobbyline.drivers.hexadecimal import Hex

CELL = 12  # dots of one column: font A is 12 by 24, a hanzi is two columns
ROW = 24


class Profile(BaseModel):
    """One model of printer."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    dots: int = Field(576, ge=192, le=1280, description="Dots across the printable width: 576 on 80 mm, 384 on 58 mm.")
    columns: int = Field(48, ge=16, le=106, description="Characters of font A in a line, 12 dots each.")
    paper_mm: float = Field(80, ge=30, le=120, strict=False, description="Width of the roll; the margins stay white.")
    dpi: int = Field(203, ge=100, le=600, description="Dots per inch.")
    hanzi: Literal["gbk", "gb2312", "none"] = Field(
        "gbk", description="The resident Chinese font; what is not in it is sent as a picture."
    )
    native_qr: bool = Field(True, description="It draws QR codes itself (GS ( k); otherwise they are sent as pictures.")
    smoothing: bool = Field(True, description="It can smooth large characters (GS b).")
    largest_letters: int = Field(
        8, ge=1, le=8, description="Larger ones are sent as pictures: without smoothing they would be blocks."
    )
    dialect: Literal["epson", "snbc", "masung", "custom"] = Field(
        "epson", description="How it answers when it is asked how it is."
    )
    fence: Literal["gsh", "gsr", "none"] = Field(
        "gsr",
        description="How it confirms: `gsh` says when all is printed, `gsr` when all is processed, `none` never.",
    )
    reports: bool = Field(True, description="It reports trouble by itself when asked to (GS a).")
    prologue: Hex = Field(b"", description="Bytes this model wants before every page, in hex.")
    cut: Hex = Field(b"\x1dV\x42\x00", description="Feeds to the cutter, cuts and presents, in hex.")
    head_to_cutter_mm: float = Field(15, ge=0, le=60, strict=False, description="From the print head to the blade.")
    shortest_mm: float = Field(
        0, ge=0, le=200, strict=False, description="Shorter pages are filled up to this length, as some exits need it."
    )
    speed: float = Field(150, ge=10, le=600, strict=False, description="Millimetres per second.")

    @model_validator(mode="after")
    def fits(self) -> Profile:
        if self.columns * CELL > self.dots:
            raise ValueError(f"has {self.columns} columns of {CELL} dots, which do not fit into {self.dots} dots")
        return self

    def mm(self, dots: int) -> float:
        return dots * 25.4 / self.dpi

    def in_dots(self, mm: float) -> int:
        return round(mm * self.dpi / 25.4)

    @property
    def head_to_cutter(self) -> int:
        """In dots."""
        return self.in_dots(self.head_to_cutter_mm)
