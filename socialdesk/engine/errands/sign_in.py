"""Adding an account: typed fields, or the browser; the secret goes to the keyring before the file
learns of the account, so that no account is ever without its sign-in."""

import secrets
import threading
from dataclasses import dataclass, field
from typing import Any

from socialdesk.domain.account import Secret, WatchKind
from socialdesk.domain.errors import (
    CommandError,
    CommandFault,
    CredentialError,
    Refusal,
    RefusedError,
)
from socialdesk.domain.ids import AccountId
from socialdesk.engine import commands as c
from socialdesk.engine.accounts.connections import HAS_SECRET, Connections
from socialdesk.engine.work import here_of
from socialdesk.i18n import tr
from socialdesk.networks.base import Network, OAuthStart, SignedIn, SignIn
from socialdesk.networks.oauth import Loopback, PortsTakenError, code_of
from socialdesk.store import accounts, commands
from socialdesk.store.file.reader import Readers
from socialdesk.store.file.writer import Transaction, Writer

BROWSER_TIMEOUT_S = 300.0
BY_BROWSER = (SignIn.OAUTH, SignIn.PASTED)


@dataclass(slots=True)
class _Pending:
    """One sign-in that waits for its browser."""

    network: Network
    start: OAuthStart
    typed: tuple[str, ...] = field(repr=False)
    redirect_uri: str
    loopback: Loopback | None = field(repr=False)  # None: what the browser shows is pasted


class SignIns:
    """Commands AddAccount, BeginSignIn, FinishSignIn, CancelSignIn."""

    def __init__(self, connections: Connections, writer: Writer, readers: Readers) -> None:
        self._connections, self._writer, self._readers = connections, writer, readers
        self._pending: dict[str, _Pending] = {}
        self._lock = threading.Lock()

    def add(self, command: c.AddAccount, command_id: str) -> dict[str, Any]:
        network = self._network(command.network)
        fields = dict(command.fields)
        if network.info.sign_in in BY_BROWSER and not fields.get("token"):
            return {"needs_browser": True}
        signed = network.sign_in(self._connections.session_for(fields.values()), fields)
        return self._keep(network, signed, command, command_id)

    def begin(self, command: c.BeginSignIn, _: str) -> dict[str, Any]:
        network = self._network(command.network)
        typed = tuple(value for _, value in command.fields)
        loopback = _loopback(network)
        redirect_uri = loopback.redirect_uri if loopback else network.info.redirect.pasted
        try:
            start = network.begin_oauth(
                self._connections.session_for(typed), dict(command.fields), redirect_uri
            )
            if loopback:
                loopback.start(start.state)
        except BaseException:
            if loopback:
                loopback.close()
            raise
        ticket = secrets.token_hex(8)
        with self._lock:
            self._pending[ticket] = _Pending(network, start, typed, redirect_uri, loopback)
        return {"url": start.url, "ticket": ticket, "is_pasted": loopback is None}

    def finish(self, command: c.FinishSignIn, command_id: str) -> dict[str, Any]:
        with self._lock:
            pending = self._pending.get(command.ticket)
        if pending is None:
            raise CommandError(CommandFault.NOT_FOUND)
        code = self._code(pending, command.code.strip())
        try:
            signed = pending.network.finish_oauth(
                self._connections.session_for(pending.typed),
                pending.start,
                code,
                pending.redirect_uri,
            )
            return self._keep(pending.network, signed, command, command_id)
        finally:
            self._drop(command.ticket)

    def _code(self, pending: _Pending, typed: str) -> str:
        """What the browser brought or the person pasted. A slip in pasting leaves the sign-in
        open: it can be pasted again."""
        if pending.loopback is None:
            return _pasted(pending, typed)
        code = typed or pending.loopback.wait(BROWSER_TIMEOUT_S)
        if not code:
            raise CommandError(CommandFault.BAD_INPUT, what="code")
        return code

    def cancel(self, command: c.CancelSignIn, _: str) -> dict[str, Any]:
        self._drop(command.ticket)
        return {}

    def close(self) -> None:
        for ticket in list(self._pending):
            self._drop(ticket)

    def _drop(self, ticket: str) -> None:
        with self._lock:
            pending = self._pending.pop(ticket, None)
        if pending is not None and pending.loopback is not None:
            pending.loopback.close()

    def _keep(
        self,
        network: Network,
        signed: SignedIn,
        command: c.AddAccount | c.FinishSignIn,
        command_id: str,
    ) -> dict[str, Any]:
        """The account paused in the file, its secret in the keyring, then the account on."""
        account_id = self._write_account(network, signed, command)
        if signed.secret is not None:
            self._keep_secret(account_id, signed.secret, command)
        answer = {"account_id": int(account_id), "name": signed.card.own.handle}

        def switch_on(tx: Transaction) -> int:
            seq = accounts.switch_on(tx, account_id, here_of(tx))
            commands.remember(tx, command_id, seq, answer)
            return seq

        seq = self._writer.submit(switch_on).result()
        self._connections.drop(account_id)
        return {**answer, "seq": seq}

    def _write_account(
        self, network: Network, signed: SignedIn, command: c.AddAccount | c.FinishSignIn
    ) -> AccountId:
        watches = command.watches
        if not watches and not command.account_id:
            watches = _first_watches(network)

        settings = dict(signed.settings)
        if network.info.sign_in is SignIn.NONE and signed.secret is not None:
            settings[HAS_SECRET] = "1"

        def write(tx: Transaction) -> AccountId:
            return accounts.sign_in(
                tx, network=network.info.key, signed_settings=settings,
                card=signed.card, watches=watches, backfill_days=command.backfill_days,
                account_id=command.account_id,
            )  # fmt: skip

        return self._writer.submit(write).result()

    def _keep_secret(
        self, account_id: AccountId, secret: Secret, command: c.AddAccount | c.FinishSignIn
    ) -> None:
        try:
            self._connections.secrets.keep(account_id, secret, session_only=command.session_only)
        except CredentialError:
            if not command.account_id:  # a new account without its secret is of no use
                self._writer.submit(lambda tx: accounts.remove_unfinished(tx, account_id)).result()
            raise

    def _network(self, key: str) -> Network:
        network = self._connections.networks.get(key)
        if network is None:
            raise CommandError(CommandFault.BAD_INPUT, what=key)
        return network


def _pasted(pending: _Pending, typed: str) -> str:
    """The code in an address bar, or the pasted text itself where the network shows one."""
    if not typed:
        raise CommandError(CommandFault.PASTED)
    if not pending.network.info.redirect.pasted:
        return typed
    try:
        return code_of(typed, pending.start.state)
    except RefusedError as e:
        if e.reason is Refusal.PERMISSION:
            raise
        raise CommandError(CommandFault.PASTED) from e


def _loopback(network: Network) -> Loopback | None:
    """Where the browser comes back to; None where what it shows is pasted. Raises CommandError."""
    if network.info.sign_in is SignIn.PASTED:
        return None
    redirect = network.info.redirect
    try:
        return Loopback(tr("You are signed in. You can close this window."), redirect=redirect)
    except PortsTakenError as e:
        ports = ", ".join(map(str, redirect.ports))
        raise CommandError(CommandFault.PORTS_TAKEN, list=ports) from e


def _first_watches(network: Network) -> tuple[tuple[str, str, str], ...]:
    """What a new account fetches when nothing else was asked for. Words to look for nobody can
    guess."""
    kind = network.info.first_watch
    if kind is None or kind in (WatchKind.KEYWORD, WatchKind.HASHTAG):
        return ()
    return ((kind.value, "", ""),)
