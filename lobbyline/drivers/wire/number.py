"""A whole number in a frame: plain bytes, digits, base 100 or BCD."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lobbyline.drivers.wire.reading import Keys
from lobbyline.drivers.wire.values import FrameRefused

FMT = re.compile(r"%0([1-9]\d?)[dXx]")


@dataclass(frozen=True)
class Number:
    """How a whole number stands in the frame: plain bytes, digits, base 100 or BCD."""

    size: int = 1
    order: str = "big"
    fmt: str = ""
    base: int = 256
    bcd: bool = False
    add: int = 0
    shift: int = 0
    mask: int | None = None
    mod: int = 0
    set_bits: int = 0

    @property
    def length(self) -> int:
        """The bytes it always takes."""
        match = FMT.fullmatch(self.fmt)
        return int(match[1]) if match else self.size

    def write(self, value: int, name: str) -> bytes:
        number = value + self.add >> self.shift
        number = number % self.mod if self.mod else number
        number = (number if self.mask is None else number & self.mask) | self.set_bits
        if number < 0:
            raise FrameRefused(f"`{name}` cannot be {value}: the board knows no negative numbers.")
        return self._written(number, name) if self.fmt else self._digits(number, name)

    def _written(self, number: int, name: str) -> bytes:
        text = self.fmt % number
        if len(text) > self.length:
            raise FrameRefused(f"`{name}` is {number}: the frame has only {self.length} digits for it.")
        return text.encode("ascii")

    def _digits(self, number: int, name: str) -> bytes:
        if number >= self.base**self.size:
            raise FrameRefused(f"`{name}` is {number}: the frame can only say up to {self.base**self.size - 1}.")
        digits = [number // self.base**place % self.base for place in range(self.size)]
        if self.bcd:
            digits = [digit // 10 << 4 | digit % 10 for digit in digits]
        return bytes(digits if self.order == "little" else reversed(digits))


def read_number(keys: Keys, size: int = 1) -> Number:
    base = keys.get("base", 256)
    if base not in (256, 100, "bcd"):
        keys.wrong("base", f'`base` is 256, 100 or "bcd", not {base!r}.')
        base = 256
    fmt = keys.take("fmt", "")
    if fmt and not FMT.fullmatch(fmt):
        keys.wrong("fmt", f'`fmt` must have a fixed number of digits, like "%02X" or "%04d", not {fmt!r}.')
        fmt = ""
    return Number(
        size=keys.take("size", size, 1, 8),
        order=keys.choice("order", "big", ("big", "little")),
        fmt=fmt,
        base=256 if base == 256 else 100,
        bcd=base == "bcd",
        add=keys.take("add", 0),
        shift=keys.take("shift", 0, 0, 63),
        mask=keys.take("mask", 0) if keys.has("mask") else None,
        mod=0 if keys.has("sum") else keys.take("mod", 0, 0, 2**32),
        set_bits=keys.take("or", 0),
    )
