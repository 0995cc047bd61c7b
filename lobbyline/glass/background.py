"""Work that may take a moment, done off the UI thread, its results delivered on it. One after another."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

Done = Callable[[Any], None]
Failed = Callable[[Exception], None]


class Background(QObject):
    """One thread for what the window must not wait for: tasks are done, and answered, in the order they came."""

    returned = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
        self.results: SimpleQueue[Future[Any]] = SimpleQueue()
        self.awaited: deque[tuple[Done, Failed]] = deque()
        self.returned.connect(self.deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        return bool(self.awaited)

    def run(self, work: Callable[[], Any], done: Done, failed: Failed) -> None:
        """Have `work` done elsewhere, behind what was asked before; `done` or `failed` is called here."""
        self.awaited.append((done, failed))
        self.worker.submit(work).add_done_callback(self.bring)

    def bring(self, future: Future[Any]) -> None:
        self.results.put(future)
        self.returned.emit()

    @Slot()
    def deliver(self) -> None:
        future, (done, failed) = self.results.get(), self.awaited.popleft()
        error = future.exception()
        if error is None:
            done(future.result())
        elif isinstance(error, Exception):
            failed(error)
        else:
            raise error

    def close(self) -> None:
        """Wait for what was asked; its results are dropped."""
        self.returned.disconnect(self.deliver)
        self.worker.shutdown(wait=True)
