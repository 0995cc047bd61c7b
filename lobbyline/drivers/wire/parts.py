"""The parts of a frame: literals, numbers, texts, and those that are reckoned from the others.

A part turns values into its bytes; lengths and checksums hold their place first and are reckoned by the frame.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from string import Formatter
from typing import Protocol

from lobbyline.drivers.wire.checksums import CHECKSUMS, Checksum
from lobbyline.drivers.wire.reading import Keys

Values = Mapping[str, int | str]
Span = tuple[int, int]
FMT = re.compile(r"%0([1-9]\d?)[dXx]")
SEVERAL = re.compile(r"[,\s]+")


class FrameRefused(Exception):
    """These values cannot be put on the wire: a sentence that says which and why."""


class ValueMissing(FrameRefused):
    """A value that the frame needs was not given."""


@dataclass(frozen=True)
class Template:
    """A text with places for values: `{ticket}{arrow}{window:02}`; `{ticket:_}` is blank where the ticket was.

    `{arrow:@arrow_position}` stands at that column, the first being 1, where the value `arrow_position` is given.
    """

    source: str
    names: tuple[str, ...]
    columns: tuple[str, ...] = ()  # values that may say where something stands

    def fill(self, values: Values) -> str:
        text = ""
        for literal, name, spec, _ in Formatter().parse(self.source):
            text += literal
            if name is not None:
                before, width = at_column(text, spec or "", values)
                text = before + written(name, look_up(values, name), width)
        return text


def at_column(text: str, spec: str, values: Values) -> tuple[str, str]:
    """The text filled up to the column that the place names, if it names one; and what is left of its format."""
    name = spec.removeprefix("@")
    if name == spec:
        return text, spec
    column = whole(name, values.get(name, len(text) + 1))
    if column <= len(text):
        raise FrameRefused(f"`{name}` is {column}: {text!r} before it is longer than that.")
    return text.ljust(column - 1), ""


def read_template(keys: Keys, name: str) -> Template:
    """A template whose places are plain names, with a width or a column at most (`{window:02}`)."""
    source, names, columns = keys.take(name, ""), [], []
    try:
        places = list(Formatter().parse(source))
    except ValueError as error:
        keys.wrong(name, f"`{name}` has a brace that does not fit: {error}.")
        return Template("", ())
    for _, place, spec, conversion in places:
        if place is None:
            continue
        names.append(place)
        if not place.isidentifier() or conversion or not re.fullmatch(r"_|0?\d?\d?|@[a-z_]+", spec or ""):
            keys.wrong(name, f"`{{{place}}}` must be the name of a value, with a width at most.")
            return Template("", ())
        columns += [spec[1:]] if spec and spec[0] == "@" else []
    return Template(source, tuple(dict.fromkeys(names)), tuple(dict.fromkeys(columns)))


def look_up(values: Values, name: str) -> int | str:
    try:
        return values[name]
    except KeyError:
        raise ValueMissing(f"`{name}` is missing.") from None


def written(name: str, value: int | str, spec: str) -> str:
    """A value as text; a width counts for numbers and for texts of digits, `_` is as many spaces."""
    if spec == "_":
        return " " * len(str(value))
    if spec.startswith("0"):
        return format(whole(name, value), spec)
    return format(str(value), spec)


def whole(name: str, value: int | str) -> int:
    """A value as a whole number, also when it came from a command line: `7`, `007` or `0x07`."""
    try:
        return int(value, 16) if isinstance(value, str) and value[:2].lower() == "0x" else int(value)
    except (TypeError, ValueError):
        raise FrameRefused(f"`{name}` must be a whole number, not {value!r}.") from None


def several(name: str, value: int | str) -> list[int]:
    """One number, or several as `1,2,3`."""
    listed = SEVERAL.split(value.strip(" []")) if isinstance(value, str) else [value]
    return [whole(name, number) for number in listed]


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


@dataclass(frozen=True)
class Given:
    """Bytes that are given in hex, or a default of the protocol."""

    id: str
    name: str
    default: bytes | None = None

    @property
    def needs(self) -> tuple[str, ...]:
        return (self.name,) if self.default is None else ()

    @property
    def may(self) -> tuple[str, ...]:
        return () if self.default is None else (self.name,)

    def write(self, values: Values) -> bytes:
        if self.default is not None and self.name not in values:
            return self.default
        told = str(look_up(values, self.name))
        try:
            return bytes.fromhex(told)
        except ValueError:
            raise FrameRefused(f'`{self.name}` must be bytes in hex like "A0 07", not {told!r}.') from None


@dataclass(frozen=True)
class Whole:
    """A number that is given, or a default of the protocol; with `many`, as many as are given."""

    id: str
    name: str
    number: Number
    default: int | None = None
    omit_if_zero: bool = False
    many: bool = False

    @property
    def needs(self) -> tuple[str, ...]:
        return (self.name,) if self.default is None else ()

    @property
    def may(self) -> tuple[str, ...]:
        return () if self.default is None else (self.name,)

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


@dataclass(frozen=True)
class Written:
    """A text in the board's encoding; widths are bytes, but a character is never cut in two."""

    id: str
    template: Template
    encoding: str = "ascii"
    width: int = 0
    align: str = "left"
    pad: bytes = b" "
    limit: int = 0
    multiple: int = 1
    blank: Span = (0, 0)  # columns that stay white whatever the text says
    replace: Mapping[str, str] = field(default_factory=dict)
    substitute: str = ""
    nibbles: str = ""
    after_char: str = ""
    each_byte: str = ""
    times: int = 1
    optional: bool = False
    default: str | None = None
    raw: bool = False
    control: frozenset[int] = frozenset()

    @property
    def needs(self) -> tuple[str, ...]:
        given = self.after_char, self.each_byte
        return tuple(name for name in (*(() if self._lenient else self.template.names), *given) if name)

    @property
    def may(self) -> tuple[str, ...]:
        return (self.template.names if self._lenient else ()) + self.template.columns

    @property
    def _lenient(self) -> bool:
        return self.optional or self.default is not None

    def text(self, values: Values) -> str:
        try:
            return self.template.fill(values)
        except ValueMissing:
            if self._lenient:
                return self.default or ""
            raise

    def characters(self, values: Values) -> list[bytes]:
        """Every character as its bytes, cut to `max`, padded to `width`; nothing for an optional text left empty."""
        characters = [self._character(character) for character in self.text(values)]
        if not characters and self.optional:
            return []
        while self.limit and sum(map(len, characters)) > self.limit:
            characters.pop()
        return self._padded(characters)

    def write(self, values: Values) -> bytes:
        characters = self.characters(values)
        if self.each_byte:
            return b"".join(code * self.times for code in self._codes(self.each_byte, values, characters))
        after = self._codes(self.after_char, values, characters) if self.after_char else [b""] * len(characters)
        return b"".join(self._on_wire(character) + code for character, code in zip(characters, after, strict=True))

    def _character(self, character: str) -> bytes:
        if not character.isprintable():
            raise FrameRefused(f"A text for a board cannot hold the control character {character!r}.")
        if character in self.replace:
            return self.replace[character].encode(self.encoding)
        character = self._plainer(character)
        data = self._encoded(character)
        if not self.raw and self.control.intersection(self._on_wire(data)):
            raise FrameRefused(f"A text for this board cannot hold {character!r}: it would end the frame.")
        return data

    def _plainer(self, character: str) -> str:
        """A form of the character that the board knows, such as `>` for a full-width one."""
        plain = unicodedata.normalize("NFKC", character)
        return plain if len(plain) == 1 and not self._knows(character) and self._knows(plain) else character

    def _knows(self, character: str) -> bool:
        try:
            return bool(character.encode(self.encoding))
        except UnicodeEncodeError:
            return False

    def _encoded(self, character: str) -> bytes:
        try:
            return character.encode(self.encoding)
        except UnicodeEncodeError:
            if self.substitute:
                return self.substitute.encode(self.encoding)
            raise FrameRefused(f"The board cannot show {character!r}: it is not in {self.encoding}.") from None

    def _padded(self, characters: list[bytes]) -> list[bytes]:
        taken = sum(map(len, characters))
        room = self.width - taken if self.width else -taken % self.multiple
        if room < 0:
            text = b"".join(characters).decode(self.encoding, "replace")
            raise FrameRefused(f"{text!r} has {self.width - room} bytes: the board has room for {self.width}.")
        pad = [self.pad] * max(room, 0)
        left = {"left": 0, "right": len(pad), "centre": len(pad) // 2}[self.align]
        return self._blanked(pad[:left] + characters + pad[left:])

    def _blanked(self, characters: list[bytes]) -> list[bytes]:
        first, last = self.blank
        return [self.pad if first <= place <= last else own for place, own in enumerate(characters, 1)]

    def _on_wire(self, data: bytes) -> bytes:
        """The bytes of a character, as two nibbles each where the board wants them so."""
        if self.nibbles == "all" or (self.nibbles == "high-bit" and data[:1] >= b"\x80"):
            return bytes(nibble for byte in data for nibble in (byte >> 4, byte & 15))
        return data

    def _codes(self, name: str, values: Values, characters: list[bytes]) -> list[bytes]:
        """One code for all, or several: for each character (the last one goes on), or for each byte of the text."""
        numbers = several(name, look_up(values, name))
        size = sum(map(len, characters))
        if len(numbers) > max(size if self.each_byte else len(characters), 1):
            raise FrameRefused(f"`{name}` has {len(numbers)} codes: the text is shorter.")
        codes = [Number().write(number, name) for number in numbers]
        if self.each_byte and len(codes) == size:
            return codes
        codes += codes[-1:] * (len(characters) - len(codes))
        widths = [len(character) if self.each_byte else 1 for character in characters]
        return [code for code, width in zip(codes, widths, strict=False) for _ in range(width)]


@dataclass(frozen=True)
class Length:
    """How many bytes stand in a span of parts, before escaping; with `per`, in units of so many bytes."""

    id: str
    span: Span
    number: Number
    per: int = 1
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()

    def write(self, values: Values) -> bytes:  # noqa: ARG002, holds its place
        return bytes(self.number.length)

    def measure(self, pieces: list[bytes]) -> bytes:
        first, last = self.span
        return self.number.write(sum(map(len, pieces[first : last + 1])) // self.per, "length")


@dataclass(frozen=True)
class Count:
    """How many characters a text has, a Hanzi being one."""

    id: str
    of: int
    number: Number
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()

    def write(self, values: Values) -> bytes:  # noqa: ARG002, holds its place
        return bytes(self.number.length)


@dataclass(frozen=True)
class Sum:
    """A checksum over a span of parts; it skips itself."""

    id: str
    span: Span
    checksum: Checksum
    mod: int
    number: Number
    needs: tuple[str, ...] = ()
    may: tuple[str, ...] = ()

    def write(self, values: Values) -> bytes:  # noqa: ARG002, holds its place
        return bytes(self.number.length)

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


def read_written(keys: Keys) -> Part:
    encoding = read_encoding(keys)
    replace = keys.inner("replace")
    return Written(
        id=keys.take("id", ""),
        template=read_template(keys, "text"),
        encoding=encoding,
        width=keys.take("width", 0, 0, 4096),
        align=keys.choice("align", "left", ("left", "right", "centre")),
        pad=encodable(keys, "pad", " ", encoding).encode(encoding),
        limit=keys.take("max", 0, 0, 4096),
        multiple=keys.take("multiple", 1, 1, 64),
        blank=read_columns(keys),
        replace={name: encodable(replace, name, "", encoding) for name in replace.table},
        substitute=encodable(keys, "substitute", "", encoding),
        nibbles=keys.choice("nibbles", "", ("high-bit", "all")),
        after_char=keys.take("after_char", ""),
        each_byte=keys.take("each_byte", ""),
        times=keys.take("each_byte_times", 1, 1, 8),
        optional=keys.take("optional", False),
        raw=keys.take("raw", False),
        default=encodable(keys, "default", "", encoding) if keys.has("default") else None,
    )


def read_columns(keys: Keys) -> Span:
    """`blank = "1..4"`: from the first to the fourth column."""
    source = keys.take("blank", "0..0")
    found = re.fullmatch(r"(\d{1,3})\.\.(\d{1,3})", source)
    if found is None:
        keys.wrong("blank", f'`blank` is written like "1..4", not {source!r}.')
        return (0, 0)
    return int(found[1]), int(found[2])


def read_encoding(keys: Keys) -> str:
    """An encoding that writes characters one by one and Latin letters as they are; UTF-16 and its like do not."""
    encoding = keys.take("encoding", "ascii")
    try:
        if "A0".encode(encoding) == b"A0":
            return encoding
    except (LookupError, UnicodeError):
        pass
    keys.wrong("encoding", f"boards know no encoding `{encoding}`; try gb2312, gbk, cp1251 or ascii.")
    return "ascii"


def encodable(keys: Keys, name: str, default: str, encoding: str) -> str:
    """A text of the file that the board's encoding knows; a pad must be one byte."""
    text = keys.take(name, default)
    try:
        data = text.encode(encoding)
    except UnicodeEncodeError:
        keys.wrong(name, f"{text!r} is not in {encoding}.")
        return default
    if name == "pad" and len(data) != 1:
        keys.wrong(name, f"`pad` must be one byte in {encoding}, not {text!r}.")
        return default
    return text


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
