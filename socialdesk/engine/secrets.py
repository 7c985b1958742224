"""Where the engine gets each account's secret: the keyring, or, in practice, nowhere."""

from concurrent.futures import Future
from typing import Protocol, TypeVar

from socialdesk.credentials import SecretStore
from socialdesk.domain.account import Secret
from socialdesk.domain.ids import AccountId

T = TypeVar("T")


class Secrets(Protocol):
    """Blocking, for worker threads. All raise CredentialError."""

    def read(self, account: AccountId) -> Secret | None: ...

    def keep(self, account: AccountId, secret: Secret, *, session_only: bool = False) -> None: ...

    def forget(self, account: AccountId) -> None: ...

    def is_session_only(self, account: AccountId) -> bool: ...


class KeyringSecrets:
    """One keyring entry per account of one workspace. `workspace`: its lasting random id."""

    def __init__(self, store: SecretStore, workspace: str) -> None:
        self._store, self._workspace = store, workspace

    def read(self, account: AccountId) -> Secret | None:
        text = self._wait(self._store.get(self._name(account)))
        return None if text is None else Secret(text)

    def keep(self, account: AccountId, secret: Secret, *, session_only: bool = False) -> None:
        name = self._name(account)
        if session_only or self._store.is_session_only(name):
            self._store.keep_for_session(name, secret.value)
        else:
            self._wait(self._store.set(name, secret.value))

    def forget(self, account: AccountId) -> None:
        self._wait(self._store.forget(self._name(account)))

    def is_session_only(self, account: AccountId) -> bool:
        return self._store.is_session_only(self._name(account))

    def _name(self, account: AccountId) -> str:
        return f"{self._workspace}/{account}"

    def _wait(self, future: Future[T]) -> T:
        return self._store.wait(future)


class NoKeyring:
    """The practice workspace's: one fixed token, kept nowhere, so no keyring is ever asked."""

    def __init__(self, token: Secret) -> None:
        self._token = token

    def read(self, account: AccountId) -> Secret | None:
        return self._token

    def keep(self, account: AccountId, secret: Secret, *, session_only: bool = False) -> None:
        pass

    def forget(self, account: AccountId) -> None:
        pass

    def is_session_only(self, account: AccountId) -> bool:
        return False
