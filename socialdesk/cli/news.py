"""Waiting for what a desk announces, instead of asking again and again."""

import threading
from types import TracebackType
from typing import Self

from socialdesk.domain.changes import Changes
from socialdesk.engine.desk import Desk, EngineState, Notice


class News:
    """Open it before the question whose answer may change, so that no change falls in between."""

    def __init__(self, desk: Desk) -> None:
        self._moved = threading.Event()
        self._lock = threading.Lock()
        self._added: set[int] = set()
        self._stop = desk.listen(self._hear)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop()

    def wait(self, timeout_s: float) -> bool:
        """Until something was announced since the last wait; False when nothing was in time."""
        came = self._moved.wait(max(0.0, timeout_s))
        self._moved.clear()
        return came

    def take_added(self) -> set[int]:
        """The mentions that came since this was asked last."""
        with self._lock:
            added, self._added = self._added, set()
        return added

    def _hear(self, news: Changes | Notice | EngineState) -> None:
        if isinstance(news, Changes):
            with self._lock:
                self._added.update(news.added)
        self._moved.set()
