"""How an answer of the desk comes back to the UI thread: one waiter per question."""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from typing import Any

from PySide6.QtCore import QObject

from socialdesk.domain.errors import SocialDeskError
from socialdesk.ui.arrivals import arrivals

Done = Callable[[Any], None]
Failed = Callable[[SocialDeskError], None]


class Waiter(QObject):
    """Calls `done(answer)` or `failed(error)` once, on the UI thread, never before it returns.

    A child of `owner`: when the owner is gone first, nothing is called. An error that is no
    SocialDeskError is a bug and is raised to the top of the UI thread. A cancelled future is
    silent. What `done` and `failed` hold, often a dialog, is let go on the UI thread: the thread
    that settles the future never holds us, and Qt's objects must not die there.
    """

    def __init__(self, owner: QObject, future: "Future[Any]", done: Done, failed: Failed) -> None:
        super().__init__(owner)
        self._done, self._failed, self._arrivals = done, failed, arrivals()
        self._number = self._arrivals.expect(self._on_settled, self)
        future.add_done_callback(partial(self._arrivals.bring, self._number))

    def _on_settled(self, future: "Future[Any]") -> None:
        self._arrivals.forget(self._number)
        self.deleteLater()
        if future.cancelled():
            return
        error = future.exception()
        if error is None:
            self._done(future.result())
        elif isinstance(error, SocialDeskError):
            self._failed(error)
        else:
            raise error


class Latest:
    """Of questions asked in a row only the newest one's answer counts; older ones are dropped."""

    def __init__(self, owner: QObject) -> None:
        self._owner, self._n = owner, 0

    def wait(self, future: "Future[Any]", done: Done, failed: Failed) -> None:
        """As Waiter; what was waited for before is forgotten."""
        self.forget()
        mine = self._n
        Waiter(
            self._owner,
            future,
            lambda answer: done(answer) if mine == self._n else None,
            lambda error: failed(error) if mine == self._n else None,
        )

    def forget(self) -> None:
        """What was asked so far is answered in vain."""
        self._n += 1
