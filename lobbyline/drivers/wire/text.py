"""A text in a frame: encoded character by character, cut and padded by bytes, coloured where the board wants it so."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from lobbyline.drivers.wire.number import Number
from lobbyline.drivers.wire.reading import Keys
from lobbyline.drivers.wire.values import FrameRefused, Template, ValueMissing, Values, look_up, read_template, several

Columns = tuple[int, int]  # the first and the last, from 1 on


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
    blank: Columns = (0, 0)  # columns that stay white whatever the text says
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


def read_written(keys: Keys) -> Written:
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


def read_columns(keys: Keys) -> Columns:
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
