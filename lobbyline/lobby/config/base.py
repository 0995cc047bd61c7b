"""The bank's base profile: a folder that many branches share, sealed by checksums, with keys no branch may touch.

A branch names it under [base] and lays its own few keys over it. What a profile is sealed with is `SHA256SUMS`, which
`sha256sum -c` reads too, and where the bank signs, `SHA256SUMS.sig`.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterator
from fnmatch import fnmatchcase
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lobbyline.lobby.config.mistakes import hint
from lobbyline.lobby.config.overlay import Layered
from lobbyline.lobby.config.raw import walk
from lobbyline.lobby.config.toml import Key, Table, contents
from lobbyline.lobby.errors import Mistake

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SUMS, SIGNATURE = "SHA256SUMS", "SHA256SUMS.sig"
PROFILE = "base.toml"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")


# Sealing


def seal(folder: Path, key: Ed25519PrivateKey | None = None) -> list[str]:
    """Write the checksums of every file of a profile, signed where there is a key; the names come back."""
    names = _files(folder)
    lines = [f"{sha256((folder / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    sums = "".join(lines).encode()
    (folder / SUMS).write_bytes(sums)
    (folder / SIGNATURE).unlink(missing_ok=True)
    if key:
        (folder / SIGNATURE).write_text(b64encode(key.sign(sums)).decode() + "\n")
    return names


def broken_seal(folder: Path, key: str) -> Iterator[Mistake]:
    """Every way in which a profile is not what its bank sealed."""
    try:
        sums = contents(folder / SUMS)
    except OSError:
        yield Mistake(folder / SUMS, 1, "is missing: the bank seals its profile with `lobbyline config seal FOLDER`")
        return
    told = {found[2]: found[1] for line in sums.decode(errors="replace").splitlines() if (found := _LINE.match(line))}
    present = _files(folder)
    for name in sorted({*told, *present}):
        if name not in present:
            yield Mistake(folder / name, 1, f"is missing, and stands in {SUMS}: copy the whole profile again")
        elif name not in told:
            yield Mistake(folder / name, 1, f"is not in {SUMS}: the bank did not put it there")
        elif sha256((folder / name).read_bytes()).hexdigest() != told[name]:
            yield Mistake(folder / name, 1, f"was changed after it was sealed ({SUMS}): copy the profile again")
    if key and not signed(folder, sums, key):
        yield Mistake(folder / SIGNATURE, 1, "is not the signature of the bank whose key stands under [base]")


def signed(folder: Path, sums: bytes, key: str) -> bool:
    """Whether the holder of the private key to `key` signed these checksums."""
    from cryptography.exceptions import InvalidSignature  # most branches have no signed profile
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        public = Ed25519PublicKey.from_public_bytes(b64decode(key, validate=True))
        public.verify(b64decode((folder / SIGNATURE).read_bytes()), sums)
    except (OSError, ValueError, NotBase64, InvalidSignature):
        return False
    return True


def public_key(key: Ed25519PrivateKey) -> str:
    """What stands under [base] key of a branch."""
    return b64encode(key.public_key().public_bytes_raw()).decode()


def _files(folder: Path) -> list[str]:
    files = (file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file())
    return sorted(name for name in files if name not in (SUMS, SIGNATURE))


# What a branch may not touch


def touched(own: Table, base: Table, locked: list[str], where: str) -> Iterator[Mistake]:
    """A mistake for every key of the branch's file that the bank has fixed."""
    for pattern in locked:
        steps = pattern.split(".")
        for path, _ in walk(own.data, tuple(steps)):
            if _known_as_far_as(base.data, path, steps):
                yield own.mistake(path, f"{'.'.join(map(str, path))} is fixed by the bank ({where}): leave it out")


def _known_as_far_as(base: Any, path: Key, steps: list[str]) -> bool:
    """Whether the base has what the last `*` stands for: a branch is free in services of its own."""
    last = max((place + 1 for place, step in enumerate(steps) if step == "*"), default=0)
    for key in path[:last]:
        if not isinstance(base, dict) or key not in base:
            return False
        base = base[key]
    return True


def locked_file(name: str, locked: list[str]) -> bool:
    """Whether the bank has fixed a whole file, such as `forms/F04` or `tickets/*`."""
    stem = name.removesuffix(".toml")
    return any("/" in pattern and fnmatchcase(stem, pattern) for pattern in locked)


def under(own: Table, base: Table, without: list[str]) -> tuple[Table, list[Mistake]]:
    """The base with the branch's keys laid over it, and without what the branch leaves out."""
    kept, mistakes = dict(base.data), []
    for place, name in enumerate(without):
        kept, known = _less(kept, name.split("."))
        if not known:
            sentence = f'without has "{name}", which the base has not{hint(name, _names(base.data))}'
            mistakes.append(own.mistake(("base", "without", place), sentence))
    return Layered.over(own, Table(base.file, kept, base.text)), mistakes


def _less(data: dict[str, Any], steps: list[str]) -> tuple[dict[str, Any], bool]:
    """A copy of the tables without what stands at `steps`, and whether it stood there."""
    step, *rest = steps
    if step not in data:
        return data, False
    if not rest:
        return {key: value for key, value in data.items() if key != step}, True
    if not isinstance(data[step], dict):
        return data, False
    inner, known = _less(data[step], rest)
    return {**data, step: inner}, known


def _names(data: dict[str, Any]) -> list[str]:
    """The tables within tables: services, lines, hours and the like."""
    tables = ((table, inner) for table, inner in data.items() if isinstance(inner, dict))
    return [f"{table}.{name}" for table, inner in tables for name in inner if isinstance(inner[name], dict)]
