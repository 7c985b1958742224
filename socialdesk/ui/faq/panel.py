"""Known questions beside the composer: typed words narrow them, Enter takes an answer over."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.replies.faq import FaqEntry
from socialdesk.engine.commands.faq import CountFaqUse, NoteFaqGap
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.faq import SearchFaq
from socialdesk.i18n import tr
from socialdesk.ui.clearing import make_clearable
from socialdesk.ui.compose.parts import column, label, push
from socialdesk.ui.plain import one_line
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.timers import once
from socialdesk.ui.wrapped import wrap_rows

SEARCH_MS = 80
FOUND = 8
_MOVES = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class FaqPanel(QFrame):
    """`chosen(answer)`: put these words into the reply. `said(text)`: for the toast. `closed`:
    back to the reply. `failed(error)`."""

    chosen = Signal(str)
    said = Signal(str)
    closed = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._read = desk, Latest(self)
        self._mention_id, self._lang, self._words = 0, "", ""
        self._found: list[FaqEntry] = []
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setProperty("pane", "base")
        self._typed = QLineEdit()
        self._typed.installEventFilter(self)
        self._pause = once(self, SEARCH_MS, self._search)
        self._typed.textChanged.connect(lambda _: self._pause.start())
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setProperty("framed", "yes")
        wrap_rows(self._list)
        self._list.currentRowChanged.connect(self._show_answer)
        self._list.itemClicked.connect(lambda _: self.take())
        self._answer = label(tone="dim")
        self._answer.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._gap = push("", self.note_gap, kind="quiet", icon="flag")
        self.setLayout(column(self._typed, self._list, self._answer, self._gap, margin=8))
        self.translate()

    def translate(self) -> None:
        """The texts in the language in use."""
        self.setAccessibleName(tr("Known questions"))
        make_clearable(self._typed)
        self._typed.setAccessibleName(tr("Search known questions"))
        self._typed.setPlaceholderText(tr("What do they ask?"))
        self._list.setAccessibleName(tr("Known questions that fit"))
        self._gap.setText(tr("Nobody has answered this yet"))
        self._gap.setAccessibleName(tr("Put it on the list of questions without an answer"))
        self._gap.setToolTip(self._gap.accessibleName())

    def show_for(self, mention_id: int, words: str, lang: str) -> None:
        """The entries that fit a mention; what was typed for another one goes."""
        self._mention_id, self._words, self._lang = mention_id, words, lang
        self._typed.clear()
        self._search()

    def begin(self) -> None:
        """Into the search field."""
        self.show()
        self._typed.setFocus()
        self._typed.selectAll()

    def take(self) -> None:
        """The answer of the line marked goes into the reply, and counts as used."""
        at = self._list.currentRow()
        if 0 <= at < len(self._found):
            entry = self._found[at]
            self.chosen.emit(entry.answer)
            Waiter(self, self._desk.do(CountFaqUse(entry.id)), lambda _: None, self._fail)

    def note_gap(self) -> None:
        """What is typed (else the mention's own words) is a question without an answer."""
        if self._mention_id:
            command = NoteFaqGap(self._mention_id, self._typed.text().strip())
            Waiter(self, self._desk.do(command), lambda _: self._on_noted(), self._fail)

    def _on_noted(self) -> None:
        self.said.emit(tr("On the list of questions without an answer"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrows move in the list while the letters go into the field."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in _MOVES:
            at = self._list.currentRow() + _MOVES[Qt.Key(event.key())]
            self._list.setCurrentRow(max(0, min(at, self._list.count() - 1)))
        else:
            return False
        return True

    def _search(self) -> None:
        query = SearchFaq(self._typed.text().strip() or self._words, self._lang, FOUND)
        self._read.wait(self._desk.ask(query), self._show, self._fail)

    def _show(self, found: list[FaqEntry]) -> None:
        self._found = found
        self._list.clear()
        for entry in found:
            line = QListWidgetItem(one_line(entry.question))
            name = f"{one_line(entry.question)}, {one_line(entry.answer)}"
            line.setData(Qt.ItemDataRole.AccessibleTextRole, name)
            self._list.addItem(line)
        self._list.setCurrentRow(0 if found else -1)
        self._show_answer(self._list.currentRow())

    def _show_answer(self, at: int) -> None:
        if 0 <= at < len(self._found):
            answer = self._found[at].answer
            self._answer.setText(answer if len(answer) <= 300 else answer[:300] + "…")
        else:
            self._answer.setText(tr("No known question is like this."))

    def _fail(self, error: SocialDeskError) -> None:
        self.failed.emit(error)
