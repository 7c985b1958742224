"""How templates are used: how often, and how much their words are changed before they are sent."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.replies.template_use import TemplateUse
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.templates import ReadTemplateUse
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import column, label, push, row, when
from socialdesk.ui.plain import one_line
from socialdesk.ui.tasks import Latest

DAY_MS = 86_400_000
DAYS = 90
PAD = 18  # px beside the words of a column
LEAST_SENT = 3  # replies before a template is called often changed


class UsePane(QWidget):
    """Of the last 90 days. `closed`: back to the templates. `failed(error)`."""

    closed = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._now, self._read = desk, now, Latest(self)
        self._title = label(
            trn("The last {n} day", "The last {n} days", DAYS), tone="title", wraps=False
        )
        self._said = label(tone="dim")
        self._table = QTableWidget(0, 6)
        self._table.setAccessibleName(tr("Use of templates"))
        self._table.setHorizontalHeaderLabels(
            [tr("Template"), tr("Sent"), tr("Word for word"), tr("Changed by"), tr("Languages"),
             tr("Last")]
        )  # fmt: skip
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setTabKeyNavigation(False)
        self._table.setShowGrid(False)
        self._table.verticalHeader().hide()
        self._table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        back = push(tr("Back to the templates"), self.closed.emit, icon="reply")
        self.setLayout(column(row(self._title, None, back), self._said, self._table, margin=12))

    def refresh(self) -> None:
        """Read again."""
        now = self._now()
        future = self._desk.ask(ReadTemplateUse(now - DAYS * DAY_MS, now + 1))
        self._read.wait(future, self._show, self._fail)

    def _show(self, uses: list[TemplateUse]) -> None:
        self._table.setRowCount(len(uses))
        for n, use in enumerate(uses):
            name = f"{use.folder} / {use.name}" if use.folder else use.name
            self._put(n, 0, one_line(name))
            self._put(n, 1, str(use.n_sent), is_number=True)
            self._put(n, 2, f"{use.n_kept * 100 // use.n_sent} %", is_number=True)
            self._put(n, 3, _changed(use), is_number=True)
            self._put(n, 4, ", ".join(f"{lang or '–'} {count}" for lang, count in use.langs))
            self._put(n, 5, when(use.last_at))
        for place in range(1, self._table.columnCount()):  # some dozens of rows at most
            self._table.resizeColumnToContents(place)
            self._table.setColumnWidth(place, self._table.columnWidth(place) + PAD)
        self._table.setVisible(bool(uses))
        self._said.setText(_said(uses))

    def _put(self, at: int, place: int, text: str, *, is_number: bool = False) -> None:
        cell = QTableWidgetItem(text)
        if is_number:
            cell.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._table.setItem(at, place, cell)

    def _fail(self, error: SocialDeskError) -> None:
        self.failed.emit(error)


def _changed(use: TemplateUse) -> str:
    if use.n_edited < 0:
        return "–"
    return trn("{n} character", "{n} characters", round(use.n_edited))


def _said(uses: list[TemplateUse]) -> str:
    """What to do about it."""
    if not uses:
        return tr("No reply was sent from a template in this time.")
    changed = [u for u in uses if u.n_sent >= LEAST_SENT and 2 * u.n_kept < u.n_sent]
    if not changed:
        return tr("Most replies went out word for word. “Changed by” is the median of the others.")
    names = ", ".join(one_line(u.name) for u in changed[:3])
    return tr("Changed more often than not: {names}. A new version may save that work.",
              names=names)  # fmt: skip
