"""A program of its own: answers come on other threads just while those who asked are deleted.

Ends with 0 and prints how many were answered; Qt ends it by a signal where such an answer touches
what is being deleted. It fell within half a second when it did (2026-11)."""

import sys
import time
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject

from socialdesk.ui.tasks import Waiter

SECONDS = 2.0
N_THREADS, N_OWNERS, N_QUESTIONS = 3, 20, 3


def main() -> None:
    """Ask, and delete half of those who asked at once."""
    app = QCoreApplication(sys.argv)
    sys.setswitchinterval(1e-5)  # threads take turns as often as can be
    asked: SimpleQueue[Future[Any]] = SimpleQueue()
    answered: list[int] = []
    for _ in range(N_THREADS):
        Thread(target=_settle, args=(asked,), daemon=True).start()
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        owners = [QObject() for _ in range(N_OWNERS)]
        for owner in owners:
            for _ in range(N_QUESTIONS):
                future: Future[Any] = Future()
                Waiter(owner, future, answered.append, print)
                asked.put(future)
        for owner in owners[::2]:
            owner.deleteLater()
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        app.processEvents()
    print(len(answered))


def _settle(asked: "SimpleQueue[Future[Any]]") -> None:
    while True:
        asked.get().set_result(1)


if __name__ == "__main__":
    main()
