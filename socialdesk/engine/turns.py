"""One job at a time per account, and a way to wait for the last one to end."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from socialdesk.domain.errors import UnreachableError


class Turns:
    """Which accounts have a job under way. Thread-safe."""

    def __init__(self) -> None:
        self._busy: set[int] = set()
        self._wanted: frozenset[int] = frozenset()
        self._n_waiting: Counter[int] = Counter()  # in `turn`, by account
        self._is_closing = False
        self._lock = threading.Condition()

    def want(self, accounts: frozenset[int]) -> None:
        """Replies wait for these: whoever is patient leaves them their turn. In place of the ones
        before."""
        with self._lock:
            self._wanted = accounts
            self._lock.notify_all()

    def is_awaited(self, account: int) -> bool:
        """Whether a reply or a person waits for this account's turn, or the program for all to
        end."""
        with self._lock:
            return self._is_wanted(account) or self._is_closing

    @property
    def is_closing(self) -> bool:
        """The program waits for all to end."""
        return self._is_closing

    def close(self) -> None:
        """Who has a turn ends it at the next chance; `wait_free` tells when all did."""
        with self._lock:
            self._is_closing = True
            self._lock.notify_all()

    def take(self, account: int, *, is_patient: bool = False) -> bool:
        """False when the account has a job already, or others wait for it and this one is
        patient."""
        with self._lock:
            if account in self._busy or (is_patient and self._is_wanted(account)):
                return False
            self._busy.add(account)
            return True

    def give_back(self, account: int) -> None:
        with self._lock:
            self._busy.discard(account)
            self._lock.notify_all()

    @contextmanager
    def turn(self, account: int, timeout_s: float, *, patience_s: float = 0.0) -> Iterator[None]:
        """Wait for the account's job to end, then hold its turn. `patience_s`: so long, at most,
        others that wait for it go first. Raises UnreachableError."""
        n_mine = 0 if patience_s else 1
        with self._lock:
            self._n_waiting[account] += n_mine
            try:
                if patience_s:
                    self._lock.wait_for(lambda: self._is_left(account), patience_s)
                is_free = self._lock.wait_for(lambda: account not in self._busy, timeout_s)
            finally:
                self._n_waiting[account] -= n_mine
                self._lock.notify_all()
            if not is_free:
                raise UnreachableError("the job before did not end", maybe_done=False)
            self._busy.add(account)
        try:
            yield
        finally:
            self.give_back(account)

    def _is_left(self, account: int) -> bool:
        is_free = account not in self._busy
        return is_free and (self._is_closing or not self._is_wanted(account))

    def _is_wanted(self, account: int) -> bool:
        return account in self._wanted or self._n_waiting[account] > 0

    def busy(self) -> frozenset[int]:
        with self._lock:
            return frozenset(self._busy)

    def wait_free(self, timeout_s: float) -> bool:
        """Until nothing runs; False when the time ran out first."""
        with self._lock:
            return self._lock.wait_for(lambda: not self._busy, timeout_s)
