"""The steps of adding an account, apart from how they look: what is asked of the desk, in which
order, and what may come back."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from socialdesk.domain.errors import (
    CommandError,
    CommandFault,
    CredentialError,
    SocialDeskError,
)
from socialdesk.domain.network_row import NetworkRow
from socialdesk.engine import commands as c
from socialdesk.engine.desk import Desk, Done
from socialdesk.ui.tasks import Latest

Fields = tuple[tuple[str, str], ...]
WatchSpec = tuple[str, str, str]  # kind, query, brand words
OAUTH, PASTED, NO_KEY = "oauth", "pasted", "none"
BY_BROWSER = (OAUTH, PASTED)
TOKEN = "token"  # the field of a pasted access token


class SignInFlow(QObject):
    """One attempt at a time; starting another, or `cancel`, forgets the one before.

    `browser_asked(url)`: open it, then wait. `slipped(error)`: what was pasted is not it, and may
    be pasted again. `added(account id)`. `failed(error)`: nothing was kept.
    `keyring_failed(error)`: the network agreed, but the sign-in could not be kept; try
    `again(session_only=...)`.
    """

    browser_asked = Signal(str)
    slipped = Signal(object)
    added = Signal(object)
    failed = Signal(object)
    keyring_failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._latest = desk, Latest(self)
        self._network: NetworkRow | None = None
        self._command = c.AddAccount("", ())
        self._ticket, self._is_pasted = "", False

    def start(self, network: NetworkRow, command: c.AddAccount) -> None:
        """By the browser, unless this network takes what was typed."""
        self.cancel()
        self._network, self._command = network, command
        is_pasted = bool(dict(command.fields).get(TOKEN))
        if network.sign_in in BY_BROWSER and not is_pasted:
            begin = c.BeginSignIn(command.network, command.fields)
            self._latest.wait(self._desk.do(begin), self._on_begun, self._fail)
        else:
            self._latest.wait(self._desk.do(command), self._on_added, self._fail)

    def give_code(self, code: str) -> None:
        """The person pasted what the browser showed."""
        if self._ticket:
            self._wait(c.FinishSignIn(self._ticket, code=code))

    def again(self, *, session_only: bool) -> None:
        """The keyring was unlocked, or the sign-in shall be kept in memory only."""
        if self._network is not None:
            self.start(self._network, replace(self._command, session_only=session_only))

    def cancel(self) -> None:
        """Stop waiting; the desk closes its door for the browser."""
        self._latest.forget()
        if self._ticket:
            self._desk.do(c.CancelSignIn(self._ticket))
            self._ticket = ""

    def _on_begun(self, done: Done) -> None:
        self._ticket = str(done.answer["ticket"])
        self._is_pasted = bool(done.answer.get("is_pasted"))
        self.browser_asked.emit(str(done.answer["url"]))
        if not self._is_pasted:
            self._wait(c.FinishSignIn(self._ticket))

    def _wait(self, command: c.FinishSignIn) -> None:
        of = self._command
        whole = replace(
            command, watches=of.watches, backfill_days=of.backfill_days,
            session_only=of.session_only, account_id=of.account_id,
        )  # fmt: skip
        self._latest.wait(self._desk.do(whole), self._on_added, self._fail)

    def _on_added(self, done: Done) -> None:
        self._ticket = ""
        if done.answer.get("needs_browser") and self._network is not None:
            self.start(replace(self._network, sign_in=OAUTH), self._command)
            return
        self.added.emit(int(done.answer.get("account_id", self._command.account_id)))

    def _fail(self, error: SocialDeskError) -> None:
        if isinstance(error, CommandError) and error.fault is CommandFault.PASTED:
            self.slipped.emit(error)
            return
        self._ticket = ""
        if isinstance(error, CredentialError):
            self.keyring_failed.emit(error)
        else:
            self.failed.emit(error)


_FLAGS = ("can_hashtag", "can_keyword", "tokens_pasted", "unverified")


def networks_of(done: Done) -> list[NetworkRow]:
    """The answer of ListNetworks as rows."""
    rows = []
    for key, text, sign_in, fields, *flags in done.answer.get("networks", []):
        typed = tuple((str(k), str(n), str(h), bool(s), bool(o)) for k, n, h, s, o in fields)
        more = flags.pop() if flags and isinstance(flags[-1], dict) else {}
        known: dict[str, Any] = dict(zip(_FLAGS, map(bool, flags), strict=False))
        rows.append(NetworkRow(str(key), str(text), str(sign_in), typed, **known, **_rest(more)))
    return rows


def _rest(more: dict[str, Any]) -> dict[str, Any]:
    """What came by name, as a NetworkRow has it."""
    if not more:
        return {}
    return {
        **more,
        "can": tuple(more.get("can", ())),
        "guide": tuple((t, url, copy, bool(trap)) for t, url, copy, trap in more.get("guide", ())),
    }
