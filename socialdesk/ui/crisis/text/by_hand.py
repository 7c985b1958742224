"""What a person publishes where we cannot: the exact text onto the clipboard, the link back."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from socialdesk.domain.crisis.crisis_rows import VersionText
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine.commands.statements import NoteAudienceTold, NotePublishedByHand
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.crisis.text.known import Known
from socialdesk.ui.crisis.text.speakers import account_name
from socialdesk.ui.plain import isolated
from socialdesk.ui.tasks import Waiter


class ByHand(QFrame):
    """`finished`: nothing is left to do by hand. `failed(error)`. Hidden while there is nothing."""

    finished = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, known: Known, version: VersionText, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._known, self._version = desk, known, version
        self._left: set[int] = set()
        self._lines = QVBoxLayout()
        self.setLayout(column(self._lines))
        self.hide()

    def show_accounts(self, accounts: Sequence[AccountRow]) -> None:
        """One line each, done by pasting the link of what was published."""
        for account in accounts:
            self._left.add(account.id)
            name = account_name(account)
            link = self._field(tr("Link of the post on {account}", account=name))
            link.returnPressed.connect(partial(self._on_link, account.id, link))
            self._add(name, link)
        self.show()

    def show_staff(self) -> None:
        """Employees hear it by mail or in person: noted as told."""
        staff = [a for a in self._known.audiences if a.kind == "staff"]
        for audience in staff:
            self._left.add(audience.id)
            how = self._field(tr("How {audience} was told", audience=isolated(audience.name)))
            how.returnPressed.connect(partial(self._on_told, audience.id, how))
            self._add(isolated(audience.name), how)
        if not staff:
            self._lines.addWidget(label(
                tr("There is no audience “employees” yet: add one under Audiences."), "warn"
            ))  # fmt: skip
        self.show()

    @property
    def text(self) -> str:
        """Exactly what is published; in a drill it says so first."""
        incident = self._known.incident
        if incident is None or not incident.is_drill:
            return self._version.text
        from socialdesk.engine.words.drills import drill_marked  # only a drill needs it

        return drill_marked(self._version.text)

    def copy(self) -> None:
        """Onto the clipboard."""
        QGuiApplication.clipboard().setText(self.text)

    def _add(self, name: str, field: QLineEdit) -> None:
        copy = push(tr("Copy the text"), self.copy, icon="copy")
        copy.setAccessibleName(tr("Copy the text for {account}", account=name))
        line = row(label(name, wraps=False), copy, field)
        line.setStretch(2, 1)
        self._lines.addLayout(line)

    def _field(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        made.setPlaceholderText(tr("{what}, then Enter", what=name))
        return made

    def _on_link(self, account_id: int, link: QLineEdit) -> None:
        url = link.text().strip()
        if url:
            command = NotePublishedByHand(self._version.version_id, account_id, url)
            future = self._desk.do(command)
            Waiter(self, future, lambda _: self._done(account_id, link), self.failed.emit)

    def _on_told(self, audience_id: int, how: QLineEdit) -> None:
        incident = self._known.incident
        if incident is not None and how.text().strip():
            command = NoteAudienceTold(
                incident.id, audience_id, self._version.version_id, how.text().strip()
            )
            future = self._desk.do(command)
            Waiter(self, future, lambda _: self._done(audience_id, how), self.failed.emit)

    def _done(self, id_: int, field: QLineEdit) -> None:
        field.setReadOnly(True)
        self._left.discard(id_)
        if not self._left:
            self.finished.emit()
