"""The parts of a frame: literals, numbers, texts, and those that are reckoned from the others.

A part turns values into its bytes; lengths and checksums hold their place first and are reckoned by the frame.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from lobbyline.drivers.wire.checksums import CHECKSUMS, Checksum
from lobbyline.drivers.wire.number import Number, read_number
from lobbyline.drivers.wire.reading import Keys
from lobbyline.drivers.wire.text import read_written
from lobbyline.drivers.wire.values import FrameRefused, Values, look_up, several, whole

Span = tuple[int, int]  # places of parts, both included


class Part(Protocol):
    """A piece of a frame that can write itself, or hold its place."""

    @property
    def id(self) -> str: ...

    @property
    def needs(self) -> tuple[str, ...]: ...

    @property
    def may(self) -> tuple[str, ...]: ...

    def write(self, values: Values) -> bytes: ...


@dataclass(frozen=True)
class Literal:
    """Bytes that are always the same."""

    id: str
    data: bytes
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()

    def write(self, values: Values) -> bytes:  # noqa: ARG002, all parts are asked alike
        return self.data


class Named:
    """What a value of this name says; one that has a default may be left out."""

    name: str
    default: object

    @property
    def needs(self) -> tuple[str, ...]:
        return (self.name,) if self.default is None else ()

    @property
    def may(self) -> tuple[str, ...]:
        return () if self.default is None else (self.name,)


@dataclass(frozen=True)
class Given(Named):
    """Bytes that are given in hex, or a default of the protocol."""

    id: str
    name: str
    default: bytes | None = None

    def write(self, values: Values) -> bytes:
        if self.default is not None and self.name not in values:
            return self.default
        told = str(look_up(values, self.name))
        try:
            return bytes.fromhex(told)
        except ValueError:
            raise FrameRefused(f'`{self.name}` must be bytes in hex like "A0 07", not {told!r}.') from None


@dataclass(frozen=True)
class Whole(Named):
    """A number that is given, or a default of the protocol; with `many`, as many as are given."""

    id: str
    name: str
    number: Number
    default: int | None = None
    omit_if_zero: bool = False
    many: bool = False

    def write(self, values: Values) -> bytes:
        given = values.get(self.name, self.default)
        given = look_up(values, self.name) if given is None else given
        if self.many:
            return b"".join(self.number.write(value, self.name) for value in several(self.name, given))
        value = whole(self.name, given)
        return b"" if self.omit_if_zero and value == 0 else self.number.write(value, self.name)


@dataclass(frozen=True)
class Sequence:
    """A number that the sender counts up with every frame."""

    id: str
    name: str
    number: Number
    start: int
    wrap: int
    needs: tuple[str, ...] = ()

    @property
    def may(self) -> tuple[str, ...]:
        return (self.name,)

    def write(self, values: Values) -> bytes:
        return self.number.write(whole(self.name, values.get(self.name, self.start)), self.name)

    def after(self, value: int) -> int:
        return self.start if value >= self.wrap else value + 1


class Reckoned:
    """What follows from the other parts: it asks for no value, and holds its place until the frame reckons it."""

    number: Number
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()

    def write(self, values: Values) -> bytes:  # noqa: ARG002, all parts are asked alike
        return bytes(self.number.length)


@dataclass(frozen=True)
class Length(Reckoned):
    """How many bytes stand in a span of parts, before escaping; with `per`, in units of so many bytes."""

    id: str
    span: Span
    number: Number
    per: int = 1

    def measure(self, pieces: list[bytes]) -> bytes:
        first, last = self.span
        return self.number.write(sum(map(len, pieces[first : last + 1])) // self.per, "length")


@dataclass(frozen=True)
class Count(Reckoned):
    """How many characters a text has, a Hanzi being one."""

    id: str
    of: int
    number: Number


@dataclass(frozen=True)
class Sum(Reckoned):
    """A checksum over a span of parts; it skips itself."""

    id: str
    span: Span
    checksum: Checksum
    mod: int
    number: Number

    def reckon(self, pieces: list[bytes], own: int) -> bytes:
        first, last = self.span
        data = b"".join(piece for place, piece in enumerate(pieces) if first <= place <= last and place != own)
        return self.number.write(self.checksum.reckon(data) % self.mod, "checksum")


def read_literal(keys: Keys) -> Part:
    if keys.has("ascii"):
        return Literal(keys.take("id", ""), keys.take("ascii", "").encode("ascii", "replace"))
    return Literal(keys.take("id", ""), keys.bytes("hex"))


def read_given(keys: Keys) -> Part:
    default = keys.bytes("default") if keys.has("default") else None
    return Given(keys.take("id", ""), keys.take("bytes", ""), default)


def read_whole(keys: Keys) -> Part:
    default = keys.take("default", 0) if keys.has("default") else None
    omit, many = keys.take("omit_if_zero", False), keys.take("many", False)
    return Whole(keys.take("id", ""), keys.take("int", ""), read_number(keys), default, omit, many)


def read_sequence(keys: Keys) -> Part:
    start = keys.take("start", 1, 0, 2**32)
    wrap = keys.take("wrap", 255, start, 2**32)
    return Sequence(keys.take("id", ""), keys.take("seq", ""), read_number(keys), start, wrap)


PLAIN: dict[str, Callable[[Keys], Part]] = {
    "hex": read_literal,
    "ascii": read_literal,
    "bytes": read_given,
    "int": read_whole,
    "text": read_written,
    "seq": read_sequence,
}


def read_length(keys: Keys, span: Span) -> Part:
    return Length(keys.take("id", ""), span, read_number(keys), keys.take("per", 1, 1, 64))


def read_count(keys: Keys, span: Span) -> Part:
    return Count(keys.take("id", ""), span[0], read_number(keys))


def read_sum(keys: Keys, span: Span) -> Part:
    checksum = CHECKSUMS[keys.choice("sum", "sum", CHECKSUMS)]
    number = read_number(keys, checksum.size)
    mod = keys.take("mod", 256**number.size, 2, 2**32)
    return Sum(keys.take("id", ""), span, checksum, mod, number)


# Parts that look at others, and the key that names which.
RECKONED: dict[str, tuple[str, Callable[[Keys, Span], Part]]] = {
    "len": ("len", read_length),
    "chars_of": ("chars_of", read_count),
    "sum": ("of", read_sum),
}
