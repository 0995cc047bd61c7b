"""The same key twice is the same intention: it happens once and is answered as the first time.

The answer is kept in the transaction of the change itself, so a death between commit and answer loses neither.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from lobbyline.lobby.errors import Refusal
from lobbyline.lobby.store.book import Book


def answered(book: Book, key: str | None, what: str) -> dict[str, Any] | None:
    """What was answered to this key; another intention under a used key is refused."""
    earlier = book.request(key) if key else None
    if earlier is None:
        return None
    asked, answer = earlier
    if asked != what:
        raise Refusal("key_reused", key=asked)
    return answer


def keep(book: Book, key: str | None, what: str, answer: dict[str, Any], at: datetime) -> None:
    """Remember what is about to be answered."""
    if key:
        book.keep_request(key, what, answer, at)
