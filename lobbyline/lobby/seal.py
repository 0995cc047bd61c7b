"""What customers typed, sealed with a key that lies outside the database and only its owner can read.

Under systemd the key is a credential, bound to this machine; otherwise it is a file, made the first time.
"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path

from lobbyline.lobby.errors import StoreError

LOST = "every machine of the branch needs the same form.key, and what was sealed under a lost one stays sealed"
FILE = CREDENTIAL = "form.key"  # in the data folder, or handed over by systemd

log = logging.getLogger(__name__)


class Seal:
    """Seals and opens answers; makes the key the first time."""

    def __init__(self, path: Path) -> None:
        from cryptography.fernet import Fernet  # most programs never see an answer

        try:
            self._fernet = Fernet(_given() or _key(path, Fernet.generate_key()))
        except ValueError as error:
            raise StoreError(f"{path}: this is no key of the forms: {LOST}") from error

    def close(self, answers: dict[str, str]) -> str:
        """Answers as sealed text."""
        return self._fernet.encrypt(json.dumps(answers, ensure_ascii=False).encode()).decode("ascii")

    def open(self, sealed: str) -> dict[str, str]:
        """Answers as they were sealed; none, and a word to the technician, where that was under another key."""
        answers = self._opened(sealed)
        if answers is None:
            log.error("a form was sealed under another key than this machine's and cannot be read: %s", LOST)
        return answers or {}

    def recognised(self, token: str) -> dict[str, str]:
        """What a token says that we sealed ourselves; nothing for any other."""
        return self._opened(token) or {}

    def _opened(self, token: str) -> dict[str, str] | None:
        from cryptography.fernet import InvalidToken

        try:
            answers: dict[str, str] = json.loads(self._fernet.decrypt(token))
        except InvalidToken:
            return None
        return answers


def _given() -> bytes | None:
    """The key that systemd hands to this program (LoadCredential of its unit)."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    file = Path(folder) / CREDENTIAL if folder else None
    return file.read_bytes().strip() if file and file.exists() else None


def _key(path: Path, fresh: bytes) -> bytes:
    """The key of this branch; of two programs that begin together one writes it, both read it."""
    try:
        if not path.exists():
            draft = path.with_name(f"{path.name}.{os.getpid()}")
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(fresh)
                file.flush()
                os.fsync(file.fileno())
            try:
                os.link(draft, path)  # fails when another was first; never replaces
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return path.read_bytes()
    except OSError as error:
        raise StoreError(
            f"{path}: {error.strerror}: the key of the forms cannot be used; check owner and disk"
        ) from error
