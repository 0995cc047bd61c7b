"""How programs tell the journal: one line each, with its priority, as JSON under systemd and as words on a desk.

Never about a customer: our own sentences name tickets and devices only, and of an error that nobody expected the log
keeps where it happened and of what kind it was, not its words, since those may quote what somebody typed.
"""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import sys
import threading
import traceback
from types import TracebackType

from lobbyline.drivers.errors import DeviceError
from lobbyline.lobby.errors import ConfigError, StoreError

PRIORITIES = {logging.CRITICAL: 2, logging.ERROR: 3, logging.WARNING: 4, logging.INFO: 6, logging.DEBUG: 7}
OURS = (DeviceError, StoreError, ConfigError)  # their words are sentences of ours, for the technician


class Plain(logging.Formatter):
    """A line for eyes."""

    def __init__(self) -> None:
        super().__init__("%(levelname)s %(name)s: %(message)s")

    def formatException(self, ei: object) -> str:  # noqa: N802  # as logging calls it
        return where(ei)


class Journal(logging.Formatter):
    """A line for systemd's journal: `<priority>` and then fields as JSON."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {
            "level": record.levelname.lower(),
            "logger": record.name,
            "thread": record.threadName,
            "message": record.getMessage(),
        }
        if record.exc_info:
            fields["trace"] = where(record.exc_info)
        return f"<{PRIORITIES.get(record.levelno, 6)}>{json.dumps(fields, ensure_ascii=False)}"


def where(told: object) -> str:
    """The places an error came through and its kind; its words only when they are ours."""
    error = told[1] if isinstance(told, tuple) else None
    lines: list[str] = []
    while isinstance(error, BaseException):
        steps = [f"{step.filename}:{step.lineno} in {step.name}" for step in traceback.extract_tb(error.__traceback__)]
        lines += [f"{type(error).__name__}{f': {error}' if isinstance(error, OURS) else ''}", *reversed(steps)]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(lines)


def begin() -> None:
    """Send everything that is logged to standard error, and there, too, what ends this program by surprise."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Journal() if "JOURNAL_STREAM" in os.environ else Plain())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    faulthandler.enable()  # the watchdog's SIGABRT leaves where every thread stood
    sys.excepthook = fall
    threading.excepthook = lambda args: fall(args.exc_type, args.exc_value, args.exc_traceback)


def fall(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    """Our bug: say where, and let systemd start a clean process."""
    logging.getLogger(__name__).critical("uncaught exception, ending", exc_info=(kind, error or kind(), trace))
