"""How long a printer of a test waits for what must come, and for what will not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from lobbyline.drivers.printers import conversation, printer
from tests.patience import PATIENCE


def be_patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine is no broken printer: what must come is waited for as long as in every test."""
    monkeypatch.setattr(conversation, "ANSWER_SECONDS", PATIENCE)
    monkeypatch.setattr(printer, "MARGIN_SECONDS", PATIENCE)
    monkeypatch.setattr(printer, "WAKE_SECONDS", PATIENCE)


@contextmanager
def hurry() -> Iterator[None]:
    """Here nothing comes, and nobody waits for it long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(conversation, "ANSWER_SECONDS", 0.2)
        patch.setattr(printer, "MARGIN_SECONDS", 0.3)
        yield


def hurried(monkeypatch: pytest.MonkeyPatch, owner: type, step: str) -> None:
    """What this step of a printer waits for does not come; every other waits as long as ever."""
    done = getattr(owner, step)

    def hurrying(*words: Any) -> Any:
        with hurry():
            return done(*words)

    monkeypatch.setattr(owner, step, hurrying)
