"""Says beside Send why the account that would speak cannot, or not at once."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from socialdesk.domain.account import AccountState
from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListAccounts
from socialdesk.engine.words.phrases import account_state
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import column, label
from socialdesk.ui.plain import dress
from socialdesk.ui.tasks import Latest
from socialdesk.ui.timers import once

PAUSE_MS = 300  # every page that is fetched touches an account


class AccountLine(QFrame):
    """`turned`: what it says is another. Hidden while all is well, or nothing is known yet."""

    turned = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._latest = desk, Latest(self)
        self._accounts: dict[int, AccountRow] = {}
        self._id = 0
        self._text = label()
        self.setLayout(column(self._text))
        self.hide()
        self._pause = once(self, PAUSE_MS, self._read)
        Bridge(desk, self).changed.connect(self._on_changed)
        self._read()

    @property
    def text(self) -> str:
        """What it says; "" = all is well."""
        return "" if self.isHidden() else self._text.text()

    @property
    def is_disconnected(self) -> bool:
        """A reply would wait for ever."""
        a = self._accounts.get(self._id)
        return a is not None and a.state is AccountState.STOPPED

    def show_account(self, account_id: int) -> None:
        """The one that would speak; 0 = none."""
        self._id = account_id
        a = self._accounts.get(account_id)
        said = reason(a) if a else ""
        self._text.setText(said)
        dress(self._text, "tone", "danger" if self.is_disconnected else "warn")
        self.setVisible(bool(said))

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.ACCOUNTS, Area.ALL} and not self._pause.isActive():
            self._pause.start()

    def _read(self) -> None:
        # Unread it says nothing; the window tells on its own when the file cannot be read.
        self._latest.wait(self._desk.ask(ListAccounts()), self._take, lambda _: None)

    def _take(self, accounts: list[AccountRow]) -> None:
        self._accounts = {a.id: a for a in accounts}
        before = self.text, self.is_disconnected
        self.show_account(self._id)
        if before != (self.text, self.is_disconnected):
            self.turned.emit()


def reason(a: AccountRow) -> str:
    """Why `a` does not speak now, and what becomes of a reply; "" when it does."""
    match a.state:
        case AccountState.ON:
            return ""
        case AccountState.STOPPED:
            what = tr("Sign in again under Accounts to answer; the draft is kept.")
        case AccountState.PAUSED | AccountState.SIGN_IN:
            what = tr("A reply waits in the outbox until the account is on again.")
    return f"{account_state(a)} {what}"
