"""A padlock while an incident stops routine templates, and the sentence that says why."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.crisis_rows import Standing
from socialdesk.domain.queue.rows import AccountRow, TemplateRow
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListAccounts
from socialdesk.engine.queries.crisis import ReadStanding
from socialdesk.engine.words.refusals import refusal_sentence
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import column, label
from socialdesk.ui.plain import isolated
from socialdesk.ui.tasks import Latest


class LockNote(QFrame):
    """`turned`: a lock came or went. Hidden without one. Which template may go is the desk's to
    say; this only says it before somebody tries."""

    turned = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._standing_read, self._accounts_read = Latest(self), Latest(self)
        self._locking: list[Standing] = []
        self._accounts: list[AccountRow] = []
        self._text = label(tone="danger")
        self.setProperty("bar", "danger")
        self.setLayout(column(self._text, margin=8))
        Bridge(desk, self).changed.connect(self._on_changed)
        self.hide()
        self._read()

    @property
    def is_locked(self) -> bool:
        """Whether any account is under a full lock."""
        return bool(self._locking)

    def show_template(self, of: TemplateRow | None) -> None:
        """R10 for this one; without one, for them all."""
        self.setVisible(self.is_locked)
        if self.is_locked:
            name = of.name if of is not None else tr("all of them")
            facts: dict[str, str | int] = {"account": self._where(), "t": name}
            self._text.setText(refusal_sentence("R10", facts).text)
            self.setAccessibleName(self._text.text())

    def _where(self) -> str:
        """The accounts in scope by name; all where an incident covers all."""
        scopes = [standing.incident.scope.accounts for standing in self._locking]
        if not all(scopes):
            return tr("all accounts")
        ids = {id_ for scope in scopes for id_ in scope}
        return ", ".join(isolated(a.name) for a in self._accounts if a.id in ids)

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.INCIDENTS, Area.ALL}:
            self._read()

    def _read(self) -> None:
        # Unread it says nothing; the desk refuses by itself.
        self._standing_read.wait(self._desk.ask(ReadStanding()), self._take, lambda _: None)
        future = self._desk.ask(ListAccounts())
        self._accounts_read.wait(future, self._take_accounts, lambda _: None)

    def _take(self, standing: list[Standing]) -> None:
        locking = [one for one in standing if one.incident.is_locking]
        if locking != self._locking:
            self._locking = locking
            self.turned.emit()

    def _take_accounts(self, accounts: list[AccountRow]) -> None:
        self._accounts = accounts
        if self.is_locked:
            self.turned.emit()
