"""The keyring's thread. A daemon: a prompt nobody answers never keeps the program from ending."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, Final, TypeVar

from socialdesk.domain.errors import CredentialError, CredentialFault

T = TypeVar("T")

NO_ANSWER: Final = "is an unlock window open?"


class Lane:
    """A thread that does one job after another, until it is ended or abandoned."""

    def __init__(self) -> None:
        self.is_abandoned = False
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._open: set[Future[Any]] = set()
        self._thread = threading.Thread(target=self._work, name="keyring", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[], T]) -> Future[T]:
        answer: Future[T] = Future()

        def job() -> None:
            with suppress(InvalidStateError):  # abandoned meanwhile, or cancelled by the asker
                try:
                    answer.set_result(work())
                except Exception as e:
                    answer.set_exception(e)

        self._open.add(answer)
        answer.add_done_callback(self._open.discard)
        self._jobs.put(job)
        return answer

    def holds(self, answer: Future[Any]) -> bool:
        """True while that answer is still owed here."""
        return answer in self._open

    def abandon(self) -> None:
        """Fail everything that was asked here; the thread ends if its call ever comes back."""
        self.is_abandoned = True
        self._jobs.put(None)
        for answer in list(self._open):
            with suppress(InvalidStateError):
                answer.set_exception(CredentialError(CredentialFault.TIMEOUT, NO_ANSWER))

    def end(self) -> None:
        """Take no more jobs; those already given are done first."""
        self._jobs.put(None)

    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
