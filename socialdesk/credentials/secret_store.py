"""One secret per account: what the engine asks of the keyring, off everybody's thread.

A call may ask a person to unlock the keyring, or hang for ever behind a silent service (both
measured), so every answer is a Future. `wait` gives up after `timeout_s`: the thread of that call
is left to its fate and the next call gets a new one, at most MAX_STUCK at a time.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar

from socialdesk.credentials.lane import NO_ANSWER, Lane
from socialdesk.credentials.vault import Vault
from socialdesk.domain.errors import CredentialError, CredentialFault
from socialdesk.domain.frozen import frozen

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

MAX_STUCK: Final = 3  # threads left behind in calls that never came back
TIMEOUT_S: Final = 20.0


@frozen
class KeyringStatus:
    """Whether secrets can be kept here: `fault` is None when they can."""

    backend: str
    fault: CredentialFault | None = None
    detail: str = ""


class SecretStore:
    """One secret per account in the system's keyring, or in memory where the user agreed to that.

    `account`: a stable name of ours, e.g. from the workspace's and the account's ids. A secret
    once read or written stays in memory until `forget`, so that a keyring locked later stops no
    watch. All futures may raise CredentialError, which holds no secret and no cause that could.
    """

    def __init__(
        self,
        app: str = "SocialDesk",
        backend: "KeyringBackend | None" = None,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        self._app, self._backend, self._timeout_s = app, backend, timeout_s
        self._known: dict[str, str] = {}
        self._session_only: set[str] = set()
        self._lock = threading.Lock()
        self._lane: Lane | None = None
        self._stuck: list[Lane] = []
        self._is_given_up = False

    def get(self, account: str) -> Future[str | None]:
        """The account's secret; None when there is none."""

        def read(vault: Vault) -> str | None:
            secret = vault.read(account)
            if secret is not None:
                self._known[account] = secret
            return secret

        known = self._known.get(account)
        return self._submit(read) if known is None else _answered(known)

    def set(self, account: str, secret: str) -> Future[None]:
        """Keep `secret` for `account`; the one before stays whole until this one is."""

        def write(vault: Vault) -> None:
            vault.write(account, secret)
            self._known[account] = secret
            self._session_only.discard(account)

        return self._submit(write)

    def keep_for_session(self, account: str, secret: str) -> None:
        """Keep `secret` in memory only, gone when this process ends: the user agreed to that."""
        self._session_only.add(account)
        self._known[account] = secret

    def is_session_only(self, account: str) -> bool:
        """True when the account's secret will be gone after this session."""
        return account in self._session_only

    def forget(self, account: str) -> Future[bool]:
        """Drop the secret from memory at once, and from the keyring; True when there was one.

        An error means that one may still lie in the keyring.
        """
        was_known = self._known.pop(account, None) is not None
        was_session_only = account in self._session_only
        self._session_only.discard(account)

        def drop(vault: Vault) -> bool:
            try:
                was_kept = vault.remove(account)
            except CredentialError as e:
                if not (was_session_only and e.fault is CredentialFault.NONE):
                    raise
                was_kept = False  # no keyring: nothing can lie in it
            self._known.pop(account, None)  # a read on its way had brought it back
            return was_kept or was_known

        return self._submit(drop)

    def status(self) -> Future[KeyringStatus]:
        """Ask the keyring once, for `doctor` and the screens. Raises only CredentialFault.TIMEOUT.

        Where a person is there, a locked keyring may ask them to unlock it.
        """

        def probe(vault: Vault) -> KeyringStatus:
            try:
                return KeyringStatus(vault.probe())
            except CredentialError as e:
                return KeyringStatus("", e.fault, e.detail)

        return self._submit(probe)

    def wait(self, future: Future[T]) -> T:
        """The future's answer within the time limit; for worker threads. Raises CredentialError."""
        with suppress(FutureTimeoutError):
            return future.result(self._timeout_s)
        with self._lock:
            lane = self._lane
            if lane is not None and lane.holds(future):
                self._stuck.append(lane)
                self._lane = None
        if lane is not None and lane.holds(future):
            lane.abandon()
        raise CredentialError(CredentialFault.TIMEOUT, NO_ANSWER)

    def give_up(self) -> None:
        """The program ends: what waits for an answer fails, and so does what is asked from now on.
        Unlocking may take a person minutes."""
        with self._lock:
            self._is_given_up = True
            lane, self._lane = self._lane, None
        if lane is not None:
            lane.abandon()

    def close(self) -> None:
        """Forget what is in memory and let the thread end; a stuck one dies with the process."""
        with self._lock:
            if self._lane is not None:
                self._lane.end()
                self._lane = None
        self._known.clear()
        self._session_only.clear()

    def _submit(self, work: Callable[[Vault], T]) -> Future[T]:
        with self._lock:
            if self._is_given_up:
                return _failed(CredentialError(CredentialFault.TIMEOUT, "the program ends"))
            self._stuck = [lane for lane in self._stuck if lane.is_alive()]
            if len(self._stuck) >= MAX_STUCK:
                return _failed(CredentialError(CredentialFault.TIMEOUT, "it did not answer before"))
            lane = self._lane = self._lane or Lane()
            vault = Vault(self._app, self._backend, lane)
            return lane.submit(lambda: work(vault))


def _answered(value: T) -> Future[T]:
    future: Future[T] = Future()
    future.set_result(value)
    return future


def _failed(error: CredentialError) -> Future[Any]:
    future: Future[Any] = Future()
    future.set_exception(error)
    return future
