"""Connectors of signed-in accounts: made when first needed, dropped when the sign-in changes."""

import ipaddress
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Final
from urllib.parse import urlsplit

import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import AuthExpiredError
from socialdesk.domain.ids import AccountId
from socialdesk.engine.accounts.secrets import Secrets
from socialdesk.networks.base import Connector, Network, Priced, Purse, SignIn
from socialdesk.store.accounts import AccountSpec

# Settings key of a keyless account that keeps a secret all the same: an address that is one, a key
# that was optional. Files of before 2026-11-22 do not say so; such an account has no settings.
HAS_SECRET: Final = "has_secret"

NewSession = Callable[..., requests.Session]
"""Takes `allow_private_hosts` at most; only called with it for hosts a person typed."""


class Connections:
    """`networks` by key; `new_session` makes a guarded session (or one into the practice network).

    `on_secret_wait` hears True while the keyring is asked, then False. `purse_for`: what pays for
    an account (by id) whose network takes money for each call.
    """

    def __init__(
        self,
        networks: Mapping[str, Network],
        new_session: NewSession,
        secrets: Secrets,
        on_secret_wait: Callable[[bool], None] = lambda waiting: None,
        purse_for: Callable[[int], Purse] | None = None,
    ) -> None:
        self.networks, self.new_session, self.secrets = networks, new_session, secrets
        self._on_secret_wait, self._purse_for = on_secret_wait, purse_for
        self._made: dict[int, Connector] = {}
        self._lock = threading.Lock()

    def connector(self, account: AccountSpec) -> Connector:
        """Raises CredentialError; AuthExpiredError when there is no secret, or no such network."""
        with self._lock:
            if account.id in self._made:
                return self._made[account.id]
        connector = self._connect(account)
        with self._lock:
            return self._made.setdefault(account.id, connector)

    def session_for(self, typed: Iterable[str]) -> requests.Session:
        """A session that also reaches the private hosts among what a person typed."""
        hosts = typed_private_hosts(typed)
        return self.new_session(allow_private_hosts=hosts) if hosts else self.new_session()

    def drop(self, account: AccountId) -> None:
        """The sign-in changed: the next use makes a new connector."""
        with self._lock:
            self._made.pop(account, None)

    def _connect(self, account: AccountSpec) -> Connector:
        network = self.networks.get(account.network)
        if network is None:
            raise AuthExpiredError(f"no connector for {account.network}")
        secret = None
        is_needed = network.info.sign_in is not SignIn.NONE or HAS_SECRET in account.settings
        if is_needed or not account.settings:
            secret = self._read_secret(account.id)
        if is_needed and secret is None:
            raise AuthExpiredError("no sign-in is kept for this account")

        def keep(rotated: Secret) -> None:
            self.secrets.keep(account.id, rotated)

        typed = list(account.settings.values())
        connector = network.connect(self.session_for(typed), account.settings, secret, keep)
        if self._purse_for is not None and isinstance(connector, Priced):
            connector.pay_from(self._purse_for(account.id))
        return connector

    def _read_secret(self, account: AccountId) -> Secret | None:
        self._on_secret_wait(True)
        try:
            return self.secrets.read(account)
        finally:
            self._on_secret_wait(False)


def typed_private_hosts(typed: Iterable[str]) -> frozenset[str]:
    """Of addresses a person typed: the hosts that are literally an address of their own network,
    or localhost. A name that only leads there is not among them: the network may have moved it."""
    return frozenset(filter(None, map(_private_host, typed)))


def _private_host(typed: str) -> str:
    try:
        host = urlsplit(typed if "//" in typed else f"//{typed}").hostname or ""
        return host if host == "localhost" or ipaddress.ip_address(host).is_private else ""
    except ValueError:
        return ""
