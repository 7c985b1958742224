"""Where the engine gets its secrets: the keyring, or, in practice, nowhere.

One per account; a PIN or the address of a notify service has a name of its own ("pin-3").
"""

from concurrent.futures import Future
from typing import Final, Protocol, TypeVar

from socialdesk.credentials import SecretStore
from socialdesk.domain.account import Secret
from socialdesk.domain.errors import CredentialError, CredentialFault
from socialdesk.domain.ids import AccountId

T = TypeVar("T")
Owner = AccountId | str
"""An account, or the name of another secret."""
PIN_NAMES: Final = "pin-"  # what names of PINs begin with


class Secrets(Protocol):
    """Blocking, for worker threads. All raise CredentialError."""

    def read(self, owner: Owner) -> Secret | None: ...

    def keep(self, owner: Owner, secret: Secret, *, session_only: bool = False) -> None: ...

    def forget(self, owner: Owner) -> None: ...

    def is_session_only(self, owner: Owner) -> bool: ...

    def keyring(self) -> str:
        """Asks it once, by a secret of its own: its name, "" where none is used."""
        ...

    def give_up(self) -> None:
        """The engine ends: nobody waits for the keyring any more."""
        ...


class KeyringSecrets:
    """One keyring entry per account of one workspace. `workspace`: its lasting random id."""

    def __init__(self, store: SecretStore, workspace: str) -> None:
        self._store, self._workspace = store, workspace

    def read(self, owner: Owner) -> Secret | None:
        text = self._wait(self._store.get(self._name(owner)))
        return None if text is None else Secret(text)

    def keep(self, owner: Owner, secret: Secret, *, session_only: bool = False) -> None:
        name = self._name(owner)
        if session_only or self._store.is_session_only(name):
            self._store.keep_for_session(name, secret.value)
        else:
            self._wait(self._store.set(name, secret.value))

    def forget(self, owner: Owner) -> None:
        self._wait(self._store.forget(self._name(owner)))

    def is_session_only(self, owner: Owner) -> bool:
        return self._store.is_session_only(self._name(owner))

    def keyring(self) -> str:
        status = self._wait(self._store.status())
        if status.fault is not None:
            raise CredentialError(status.fault, status.detail)
        return status.backend

    def give_up(self) -> None:
        self._store.give_up()

    def _name(self, owner: Owner) -> str:
        return f"{self._workspace}/{owner}"

    def _wait(self, future: Future[T]) -> T:
        return self._store.wait(future)


class NoKeyring:
    """Where everything is invented: one fixed token, kept nowhere, so no keyring is ever asked."""

    def __init__(self, token: Secret) -> None:
        self._token = token

    def read(self, owner: Owner) -> Secret | None:
        return self._token if isinstance(owner, int) else None

    def keep(self, owner: Owner, secret: Secret, *, session_only: bool = False) -> None:
        if isinstance(owner, str):
            raise CredentialError(CredentialFault.PRACTICE)

    def forget(self, owner: Owner) -> None:
        pass

    def is_session_only(self, owner: Owner) -> bool:
        return False

    def keyring(self) -> str:
        return ""

    def give_up(self) -> None:
        pass


class PracticeSecrets(NoKeyring):
    """The practice workspace's. A PIN lasts until its engine ends: two people can practise a second
    look, and nothing of theirs stays on this computer."""

    def __init__(self, token: Secret) -> None:
        super().__init__(token)
        self._pins: dict[Owner, Secret] = {}

    def read(self, owner: Owner) -> Secret | None:
        return self._pins.get(owner) or super().read(owner)

    def keep(self, owner: Owner, secret: Secret, *, session_only: bool = False) -> None:
        if isinstance(owner, str) and owner.startswith(PIN_NAMES):
            self._pins[owner] = secret
        else:
            super().keep(owner, secret)

    def forget(self, owner: Owner) -> None:
        self._pins.pop(owner, None)

    def is_session_only(self, owner: Owner) -> bool:
        return owner in self._pins
