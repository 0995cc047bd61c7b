"""Work that may take a moment, done off the UI thread, its result delivered on it. One at a time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Background(QObject):
    """One thread for what the window must not wait for; a second task is refused while one is under way."""

    returned = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
        self.results: SimpleQueue[Future[Any]] = SimpleQueue()
        self.answer: tuple[Done, Failed] | None = None
        self.returned.connect(self.deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return self.answer is not None

    def run(self, work: Callable[[], Any], done: Done, failed: Failed) -> bool:
        """Start `work` elsewhere; `done` or `failed` is called here. False, and nothing happens, while busy."""
        if self.busy:
            return False
        self.answer = (done, failed)
        self.worker.submit(work).add_done_callback(self.bring)
        return True

    def bring(self, future: Future[Any]) -> None:
        self.results.put(future)
        self.returned.emit()

    @Slot()
    def deliver(self) -> None:
        future, answer, self.answer = self.results.get(), self.answer, None
        assert answer is not None  # noqa: S101  # what returns was sent
        done, failed = answer
        error = future.exception()
        if error is None:
            done(future.result())
        elif isinstance(error, Exception):
            failed(error)
        else:
            raise error

    def close(self) -> None:
        """Wait for what is under way; its result is dropped."""
        self.returned.disconnect(self.deliver)
        self.worker.shutdown(wait=True)
