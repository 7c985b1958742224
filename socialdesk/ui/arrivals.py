"""How what other threads have to say comes to the UI thread.

2026-11: Qt lets no thread emit a signal of an object that another may be deleting; the window fell
over an answer whose screen was just closing. So other threads touch one object that is never
deleted, and it looks up, on the UI thread, who of the window still waits.
"""

from collections.abc import Callable
from functools import cache
from itertools import count
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

Take = Callable[[Any], None]


class Arrivals(QObject):
    """Lives as long as the program. Only `bring` may be called on any thread."""

    _came = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._numbers, self._waiting = count(1), dict[int, Take]()
        self._came.connect(self._on_came, Qt.ConnectionType.QueuedConnection)

    def expect(self, take: Take, owner: QObject) -> int:
        """`take(what)` is called with all that is brought under the number returned, later than
        now; until `owner` is gone, or `forget`."""
        number = next(self._numbers)
        self._waiting[number] = take
        owner.destroyed.connect(lambda: self.forget(number))
        return number

    def forget(self, number: int) -> None:
        """What is brought under it comes in vain."""
        self._waiting.pop(number, None)

    def bring(self, number: int, what: object) -> None:
        """On any thread: hand over and return."""
        self._came.emit(number, what)

    def _on_came(self, number: int, what: Any) -> None:
        take = self._waiting.get(number)
        if take is not None:
            take(what)


@cache
def arrivals() -> Arrivals:
    """The one of this process; first called on the UI thread."""
    return Arrivals()
