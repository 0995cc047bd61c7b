"""Secrets of people and programs: only their hashes are kept, and one that is easy to guess is refused.

A person's PIN or password is hashed slowly (argon2id); the tokens of sessions, machines and programs are long and
random, so that a plain hash of them is enough.
"""

from __future__ import annotations

import secrets
import threading
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from lobbyline.lobby.errors import Refusal

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LONGEST = 128
PIN_DIGITS = 6
TOKEN_BYTES = 32
LADDER = "01234567890"
# Slow on purpose and 19 MB each: a few at a time are enough for a branch, and cannot exhaust a small machine.
_FEW = threading.BoundedSemaphore(2)


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher  # most programs never see a secret

    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def nobodys() -> str:
    """The hash of a secret that nobody has: compared for unknown names, so that they take as long as known ones."""
    return hashed(secrets.token_urlsafe(TOKEN_BYTES))


def hashed(secret: str) -> str:
    with _FEW:
        return _hasher().hash(secret)


def matches(kept: str, secret: str) -> bool:
    """Whether a secret is the one whose hash was kept."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        with _FEW:
            return _hasher().verify(kept, secret[: LONGEST + 1])
    except (VerificationError, InvalidHashError):  # another's, or what is left of a damaged one
        return False


def must_be_good(secret: str, name: str, least: int) -> None:
    """Long enough, and neither a ladder, one key again and again, nor the name."""
    same = len(set(secret)) < 3
    ladder = secret in LADDER or secret in LADDER[::-1]
    if not least <= len(secret) <= LONGEST or same or ladder or secret.casefold() == name.casefold():
        raise Refusal("weak_secret", least=least)


def fresh_pin() -> str:
    """A PIN for somebody's first time."""
    while True:
        pin = "".join(secrets.choice("0123456789") for _ in range(PIN_DIGITS))
        if len(set(pin)) > 3:
            return pin


def fresh_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()
