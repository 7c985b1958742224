"""How a secret is read from and written to a keyring, whatever the keyring does.

A long secret lies in parts under a service name made anew each time, and the head that names the
parts is written last: a crash in between leaves the old secret whole.
Source: keyring 25, "API" and "Config".
"""

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final, TypeVar

from socialdesk.credentials.head import Head, digest_of, packed
from socialdesk.credentials.lane import Lane
from socialdesk.domain.errors import CredentialError, CredentialFault

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

_USER: Final = "main"
_NO_KEYRING: Final = (".fail", ".null")  # `null` takes a secret and keeps nothing
_IN_CLEAR: Final = "keyrings.alt"  # writes files


class Vault:
    """The secrets of one keyring. Made for one job; lives on the lane's thread."""

    def __init__(self, app: str, backend: "KeyringBackend | None", lane: Lane) -> None:
        self._app, self._ring, self._lane = app, backend, lane

    def read(self, account: str) -> str | None:
        service = self._service(account)
        text = self._get(service, _USER)
        if text is None:
            return None
        head = Head.parse(text)
        if head is None:
            raise CredentialError(CredentialFault.REFUSED, "the stored secret is damaged")
        parts = [self._get(*place) or "" for place in head.places(service)]
        secret = head.inline + "".join(parts)
        if digest_of(secret) != head.digest:
            raise CredentialError(CredentialFault.REFUSED, "the stored secret is damaged")
        return secret

    def write(self, account: str, secret: str) -> None:
        """Parts, then head, then a look: some backends take a secret and keep nothing."""
        service = self._service(account)
        before = self._get(service, _USER)
        head, parts = packed(secret)
        try:
            for place, part in zip(head.places(service), parts, strict=True):
                self._set(*place, part)
            self._set(service, _USER, head.text())
            if self.read(account) != secret:
                raise CredentialError(CredentialFault.REFUSED, "it kept something else")
        except CredentialError:
            self._put_back(service, before)
            self._sweep(service, head)
            raise
        self._sweep(service, Head.parse(before or ""))

    def remove(self, account: str) -> bool:
        """Parts first, so that no piece of a secret is left without a head that names it."""
        service = self._service(account)
        text = self._get(service, _USER)
        if text is None:
            return False
        head = Head.parse(text)
        for place in head.places(service) if head else ():
            self._delete(*place)
        self._delete(service, _USER)
        return True

    def probe(self) -> str:
        """The backend's name, after one real question. Raises CredentialError."""
        self._get(self._service("probe"), _USER)
        return str(self._opened().name)

    def _put_back(self, service: str, before: str | None) -> None:
        with suppress(CredentialError):  # the first refusal is the one to tell
            if before is None:
                self._delete(service, _USER)
            elif self._get(service, _USER) != before:
                self._set(service, _USER, before)

    def _sweep(self, service: str, head: Head | None) -> None:
        """Delete the parts of a head that counts no more; what stays is found by nobody."""
        for place in head.places(service) if head else ():
            with suppress(CredentialError):
                self._delete(*place)

    def _service(self, account: str) -> str:
        # One account a service: two users of one service set off a renaming on Windows.
        return f"{self._app}/{account}"

    def _get(self, service: str, user: str) -> str | None:
        return self._ask(lambda ring: ring.get_password(service, user))

    def _set(self, service: str, user: str, text: str) -> None:
        self._ask(lambda ring: ring.set_password(service, user, text))

    def _delete(self, service: str, user: str) -> None:
        try:
            self._ask(lambda ring: ring.delete_password(service, user))
        except CredentialError:
            if self._get(service, user) is not None:  # some refuse to delete what is not there
                raise

    def _ask(self, call: "Callable[[KeyringBackend], T]") -> T:
        """One call of the backend, its exceptions turned into ours."""
        from keyring.errors import InitError, KeyringLocked, NoKeyringError

        detail = ""
        try:
            if not self._lane.is_abandoned:
                answer = call(self._opened())
            if not self._lane.is_abandoned:
                return answer
            fault = CredentialFault.TIMEOUT
        except CredentialError:
            raise
        except KeyringLocked:
            fault = CredentialFault.LOCKED
        except (NoKeyringError, InitError):
            fault = CredentialFault.NONE
        except Exception as e:
            fault, detail = CredentialFault.REFUSED, type(e).__name__
        # Raised out here the error has no context: a backend's own words may hold the secret.
        raise CredentialError(fault, detail)

    def _opened(self) -> "KeyringBackend":
        if self._ring is None:
            self._ring = _system_keyring()
        return self._ring


def _system_keyring() -> "KeyringBackend":
    """The system's own keyring, never one that writes files. Raises CredentialError."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    ring = keyring.get_keyring()
    # The chain takes what the first backend refuses to the next one, which may write a file.
    candidates = list(ring.backends) if isinstance(ring, ChainerBackend) else [ring]
    for candidate in candidates:
        module = type(candidate).__module__
        if module.endswith(_NO_KEYRING) or module.startswith(_IN_CLEAR):
            continue
        if sys.platform == "win32" and module.endswith(".Windows"):
            candidate.persist = "local machine"  # else the secret roams to other machines
        return candidate
    raise CredentialError(CredentialFault.NONE, type(ring).__module__)
