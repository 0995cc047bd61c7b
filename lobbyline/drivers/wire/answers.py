"""What a board answers: patterns of `B4`, `??` (any byte), `*` (any run) and `{address}`, matched amid noise."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lobbyline.drivers.wire import onbon
from lobbyline.drivers.wire.reading import Keys

TOKEN = re.compile(r"\s*(?:([0-9A-Fa-f]{2})|(\?\?)|(\*)|\{(\w+)\})\s*")
ECHO = "echo"
WILD = {"??": b".", "*": b".*?"}


@dataclass(frozen=True)
class Pattern:
    """An answer as the manual writes it; `echo` is the frame itself."""

    tokens: tuple[str, ...]

    def expression(self, frame: bytes, pieces: Mapping[str, bytes]) -> bytes:
        """The pattern as a regular expression for one frame that was sent."""
        return re.escape(frame) if self.tokens == (ECHO,) else b"".join(self._token(t, pieces) for t in self.tokens)

    def names(self) -> list[str]:
        return [token[1:-1] for token in self.tokens if token.startswith("{")]

    def _token(self, written: str, pieces: Mapping[str, bytes]) -> bytes:
        if written in WILD:
            return WILD[written]
        return re.escape(pieces[written[1:-1]] if written.startswith("{") else bytes.fromhex(written))


@dataclass(frozen=True)
class Acknowledgement:
    """How a board says yes or no, and how long one waits for it."""

    ok: Pattern
    nak: Pattern | None
    timeout_ms: int
    retries: int
    reader: str = ""

    @property
    def echoes(self) -> bool:
        return self.ok.tokens == (ECHO,)

    def names(self) -> list[str]:
        """The parts of the frame that the answer repeats."""
        return ["address"] if self.reader else [*self.ok.names(), *(self.nak.names() if self.nak else ())]


# Finds an answer in what was heard: its verdict, and how many bytes it has.
Reader = Callable[[bytes], tuple[str, int] | None]
READERS: dict[str, Callable[[Mapping[str, bytes]], Reader]] = {"onbon": onbon.Answers}


@dataclass(frozen=True)
class Patterns:
    """The answers that a file describes."""

    ok: re.Pattern[bytes]
    nak: re.Pattern[bytes] | None

    def __call__(self, heard: bytes) -> tuple[str, int] | None:
        """The answer that begins first: `NACK` holds an `ACK`, too."""
        patterns = (("ok", self.ok), ("nak", self.nak))
        found = [(verdict, match) for verdict, pattern in patterns if pattern and (match := pattern.search(heard))]
        first = min(found, key=lambda answer: answer[1].start(), default=None)
        return (first[0], len(first[1][0])) if first else None


@dataclass(frozen=True)
class Expected:
    """The answers to one frame that was sent; `named` when they tell which board speaks."""

    read: Reader
    echoes: bool
    timeout: float
    retries: int
    named: bool = False

    def verdict(self, heard: bytes) -> str:
        """`ok`, `nak`, or nothing yet."""
        found = self.read(heard)
        return found[0] if found else ""

    def foreign(self, heard: bytes) -> int:
        """How many bytes are no part of the answer."""
        found = self.read(heard)
        return len(heard) - (found[1] if found else 0)


def expected(wanted: Acknowledgement, frame: bytes, pieces: Mapping[str, bytes]) -> Expected:
    """The answers that a frame asks for."""
    seconds, named = wanted.timeout_ms / 1000, bool(wanted.names()) or wanted.echoes
    if wanted.reader:
        return Expected(READERS[wanted.reader](pieces), False, seconds, wanted.retries, named)
    ok = re.compile(wanted.ok.expression(frame, pieces), re.DOTALL)
    nak = re.compile(wanted.nak.expression(frame, pieces), re.DOTALL) if wanted.nak else None
    return Expected(Patterns(ok, nak), wanted.echoes, seconds, wanted.retries, named)


def read_acknowledgement(keys: Keys) -> Acknowledgement:
    reader = keys.choice("reader", "", READERS)
    ok = Pattern(()) if reader else read_pattern(keys, "ok")
    nak = read_pattern(keys, "nak") if keys.has("nak") else None
    timeout, retries = keys.take("timeout_ms", 150, 5, 10000), keys.take("retries", 2, 0, 10)
    keys.close()
    return Acknowledgement(ok, nak, timeout, retries, reader)


def read_pattern(keys: Keys, name: str) -> Pattern:
    source = keys.take(name, "").strip()
    if source == ECHO:
        return Pattern((ECHO,))
    tokens = [match[0].strip() for match in TOKEN.finditer(source)]
    if not tokens or TOKEN.sub("", source):
        keys.wrong(name, f'`{name}` is "echo" or bytes like "A0 {{address}} ?? AA", not {source!r}.')
        return Pattern((ECHO,))
    return Pattern(tuple(tokens))
