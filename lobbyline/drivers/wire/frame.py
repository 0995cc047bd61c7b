"""A frame: parts in order; lengths, then checksums, reckoned over spans of them; escapes last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from lobbyline.drivers.wire.answers import Acknowledgement, Expected, expected, read_acknowledgement
from lobbyline.drivers.wire.parts import PLAIN, RECKONED, Count, Length, Literal, Part, Sequence, Span, Sum, Whole
from lobbyline.drivers.wire.reading import Keys, nearest
from lobbyline.drivers.wire.text import Written
from lobbyline.drivers.wire.values import Values, whole


@dataclass(frozen=True)
class Telegram:
    """Bytes for the wire and the answer they ask for, if any."""

    data: bytes
    answer: Expected | None


@dataclass(frozen=True)
class Escape:
    """Bytes of a span that are sent as others."""

    span: Span
    table: Mapping[int, bytes]

    def apply(self, pieces: list[bytes]) -> list[bytes]:
        first, last = self.span
        return [self._escaped(piece) if first <= place <= last else piece for place, piece in enumerate(pieces)]

    def _escaped(self, piece: bytes) -> bytes:
        return b"".join(self.table.get(byte, bytes([byte])) for byte in piece)


@dataclass(frozen=True)
class Frame:
    """One frame of a protocol."""

    parts: tuple[Part, ...]
    sums: tuple[int, ...] = ()
    escape: Escape | None = None
    ack: Acknowledgement | None = None

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The values that the frame cannot do without."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.needs))

    @cached_property
    def may(self) -> tuple[str, ...]:
        """The values that may be left out."""
        names = dict.fromkeys(name for part in self.parts for name in part.may)
        return tuple(name for name in names if name not in self.needs)

    def telegram(self, values: Values) -> Telegram:
        """The frame with these values; FrameRefused when one of them does not fit."""
        pieces = self._pieces(values)
        on_wire = self.escape.apply(pieces) if self.escape else pieces
        data = b"".join(on_wire)
        return Telegram(data, expected(self.ack, data, self._named(on_wire, values)) if self.ack else None)

    def sequences(self) -> Iterable[Sequence]:
        return (part for part in self.parts if isinstance(part, Sequence))

    def _pieces(self, values: Values) -> list[bytes]:
        pieces = [part.write(values) for part in self.parts]
        for place, part in enumerate(self.parts):
            if isinstance(part, Count):
                pieces[place] = self._count(part, values)
        for place, part in enumerate(self.parts):
            if isinstance(part, Length):
                pieces[place] = part.measure(pieces)
        for place in self.sums:
            part = self.parts[place]
            assert isinstance(part, Sum)  # noqa: S101, `sums` holds places of sums only
            pieces[place] = part.reckon(pieces, place)
        return pieces

    def _count(self, part: Count, values: Values) -> bytes:
        text = self.parts[part.of]
        return part.number.write(len(text.characters(values)) if isinstance(text, Written) else 0, "characters")

    def _named(self, on_wire: list[bytes], values: Values) -> dict[str, bytes]:
        """What an answer may repeat: parts by id, numbers by their name as they were sent."""
        named = {part.name: piece for part, piece in zip(self.parts, on_wire, strict=True) if isinstance(part, Whole)}
        named |= {part.id: piece for part, piece in zip(self.parts, on_wire, strict=True) if part.id}
        if self.ack and "address" in self.ack.names() and "address" not in named:
            named["address"] = bytes([whole("address", values.get("address", 0)) % 256])
        return named


def read_frame(keys: Keys) -> Frame:
    """A frame of the file, with all its spans checked."""
    tables = [
        Keys(table, (*keys.path, "parts", place), keys.mistakes) for place, table in enumerate(keys.list("parts"))
    ]
    if not tables:
        keys.wrong("", "a frame needs `parts`.")
    ids = read_ids(tables)
    parts = [read_part(table, ids) for table in tables]
    frame = Frame(
        tuple(with_control(parts, keys.bytes("control"), escaped=keys.has("escape"))),
        read_sums(keys, parts),
        read_escape(keys.inner("escape"), ids) if keys.has("escape") else None,
        read_acknowledgement(keys.inner("ack")) if keys.has("ack") else None,
    )
    check_answer(keys, frame)
    keys.close()
    return frame


def read_ids(tables: list[Keys]) -> dict[str, int]:
    ids: dict[str, int] = {}
    for place, table in enumerate(tables):
        name = table.take("id", "")
        if name in ids:
            table.wrong("id", f"there are two parts called `{name}`.")
        ids |= {name: place} if name else {}
    return ids


def read_part(keys: Keys, ids: Mapping[str, int]) -> Part:
    kinds = [kind for kind in (*PLAIN, *RECKONED) if kind in keys.table]
    if len(kinds) != 1:
        keys.wrong(
            "", f"a part has one of {', '.join((*PLAIN, *RECKONED))}; this one has {', '.join(kinds) or 'none'}."
        )
        return Literal("", b"")
    kind = kinds[0]
    if kind in PLAIN:
        part = PLAIN[kind](keys)
    else:
        key, read = RECKONED[kind]
        part = read(keys, read_span(keys, key, ids))
    keys.close()
    return part


def read_span(keys: Keys, name: str, ids: Mapping[str, int]) -> Span:
    """`"a..b"`, both included, or one id."""
    source = keys.take(name, "")
    first, _, last = source.partition("..")
    ends = first.strip(), (last or first).strip()
    for end in ends:
        if end not in ids:
            keys.wrong(name, f"no part has the id `{end}`.{nearest(end, ids)}")
            return (0, 0)
    if ids[ends[0]] > ids[ends[1]]:
        keys.wrong(name, f"`{ends[0]}` stands after `{ends[1]}`: write the span in the order of the parts.")
    return (ids[ends[0]], ids[ends[1]])


def read_sums(keys: Keys, parts: list[Part]) -> tuple[int, ...]:
    """The order in which checksums are reckoned: a sum over another sum waits for it."""
    spans = {place: part.span for place, part in enumerate(parts) if isinstance(part, Sum)}
    order: list[int] = []
    while spans:
        free = [
            place for place, (first, last) in spans.items() if not (spans.keys() - {place}) & {*range(first, last + 1)}
        ]
        if not free:
            keys.wrong("parts", "these checksums cover each other: none can be reckoned first.")
            break
        order += free
        spans = {place: span for place, span in spans.items() if place not in free}
    return tuple(order)


def read_escape(keys: Keys, ids: Mapping[str, int]) -> Escape:
    span, table = read_span(keys, "of", ids), keys.inner("map")
    read: dict[int, bytes] = {}
    for name in table.table:
        try:
            read[bytes.fromhex(name)[0]] = table.bytes(name)
        except (ValueError, IndexError):
            table.wrong(name, f"`{name}` is no byte in hex.")
    keys.close()
    return Escape(span, read)


def with_control(parts: list[Part], control: bytes, *, escaped: bool) -> Iterable[Part]:
    """Texts know which bytes would end the frame: those the file names, and the trailer where no length is sent."""
    last = parts[-1] if parts else None
    trailer = last.data[:1] if isinstance(last, Literal) else b""
    for place, part in enumerate(parts):
        measured = any(isinstance(p, Length) and p.span[0] <= place <= p.span[1] for p in parts)
        forbidden = frozenset(control + (b"" if measured or escaped else trailer))
        yield replace(part, control=forbidden) if isinstance(part, Written) else part


def check_answer(keys: Keys, frame: Frame) -> None:
    known = {"address"} | {part.id for part in frame.parts} | {p.name for p in frame.parts if isinstance(p, Whole)}
    for which in ("ok", "nak"):
        pattern = getattr(frame.ack, which, None)
        for name in pattern.names() if pattern else ():
            if name not in known:
                keys.inner("ack").wrong(which, f"no part of the frame is called `{name}`.{nearest(name, known)}")
