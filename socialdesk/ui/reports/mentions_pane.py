"""The mentions a number counted, beside the picture it stands in."""

from array import array
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.figures import Spot
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.base import Query
from socialdesk.engine.queries.reports import ListFigure
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import row, tool
from socialdesk.ui.inbox.listing import QueueList
from socialdesk.ui.inbox.model import Index, QueueModel
from socialdesk.ui.keys import press_of
from socialdesk.ui.plain import Elided, label, one_line
from socialdesk.ui.tasks import Latest

WIDTH = 330  # px


class MentionsPane(QFrame):
    """`mention_asked(id)`: Enter or a double click on one. `closed()`: the keys go back."""

    mention_asked = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._latest = desk, Latest(self)
        self.setProperty("pane", "base")
        self._title = Elided(self, "heading")
        self._count = label(parent=self, tone="dim", wraps=True)
        self._model = QueueModel(desk.rows, now, self)
        self.list = QueueList(self._model, now, self)
        self.list.doubleClicked.connect(self._on_double_click)
        close = tool(tr("Close"), self.shut, "x")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 4, 4)
        layout.addLayout(row(self._title, close))
        layout.addWidget(self._count)
        layout.addWidget(self.list, 1)
        self.setMinimumWidth(WIDTH)
        self.hide()

    def show_spot(self, spot: Spot) -> None:
        """List what it counted, and take the keys there."""
        if spot.ref is not None:
            self.show_query(f"{spot.label}: {spot.text}", ListFigure(spot.ref))

    def show_query(self, title: str, query: "Query[array[int]]") -> None:
        """List what a question finds, under a title, and take the keys there."""
        self._title.setText(one_line(title))
        self._count.setText(tr("Looking for them …"))
        self.show()
        self._latest.wait(self._desk.ask(query), self._on_listed, self._on_failed)

    def shut(self) -> None:
        """Away again."""
        self._latest.forget()
        self.hide()
        self.closed.emit()

    def _on_listed(self, ids: "array[int]") -> None:
        n = len(ids)
        words = trn("{n} mention. Enter opens it in the inbox.",
                    "{n} mentions. Enter opens one in the inbox.", n)  # fmt: skip
        self._count.setText(words if n else tr("None of them is here any more."))
        self.list.show_again(lambda: self._model.show(ids), keep=False)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: SocialDeskError) -> None:
        said = sentence(error)
        self._count.setText(f"{said.text} {said.next_step}".strip())

    def _on_double_click(self, index: Index) -> None:
        self.mention_asked.emit(self._model.id_at(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What the list had no use for."""
        match press_of(event):
            case "Enter" if self.list.current() >= 0:
                self.mention_asked.emit(self._model.id_at(self.list.current()))
            case "Esc":
                self.shut()
            case "j":
                self.list.go_to(self.list.current() + 1)
            case "k":
                self.list.go_to(max(0, self.list.current() - 1))
            case _:
                event.ignore()
