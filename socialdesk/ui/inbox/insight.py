"""What the program understood of the mention that is open, and why it stands where it stands."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QToolTip, QVBoxLayout, QWidget

from socialdesk.domain.mentions.insight import Understood
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.insight import ReadInsight
from socialdesk.i18n import tr
from socialdesk.ui.chip_line import ChipLine
from socialdesk.ui.inbox.listing import QueueList
from socialdesk.ui.inbox.model import QueueModel
from socialdesk.ui.insight_words import alike, facts, reasons, why
from socialdesk.ui.plain import chip, isolated, tip
from socialdesk.ui.tasks import Latest

MINUTE_MS = 60_000
MOST_CHARS = 44  # of one part


class InsightLine(QWidget):
    """Two lines of chips under the head. `label_taken(name)`: the suggested label was clicked;
    `alike_asked(id)`: the mentions with nearly the same words."""

    label_taken = Signal(str)
    alike_asked = Signal(object)

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._now = desk, now
        self._reading = Latest(self)
        self.found: Understood | None = None
        self._facts, self._reasons = ChipLine(self), ChipLine(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._facts)
        layout.addWidget(self._reasons)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._minute = QTimer(self)  # what time adds grows while one looks
        self._minute.setInterval(MINUTE_MS)
        self._minute.timeout.connect(self._fill)
        self.hide()

    def read(self, mention_id: int) -> None:
        """Ask for it; what is shown stays until the answer is there."""
        if self.found is not None and self.found.id != mention_id:
            self.clear()
        self._reading.wait(self._desk.ask(ReadInsight(mention_id)), self._show, lambda _: None)

    def clear(self) -> None:
        """Nothing is open."""
        self._reading.forget()
        self.found = None
        self._minute.stop()
        self.hide()

    def translate(self) -> None:
        """The texts in the language in use."""
        self._fill()

    def why(self) -> str:
        """All of it as one text, "" when nothing is open."""
        return why(self.found, self._now()) if self.found else ""

    def _show(self, found: Understood | None) -> None:
        if not found:
            self.clear()
            return
        self.found = found
        self._minute.start()
        self._fill()
        self.show()

    def _fill(self) -> None:
        if self.found is None:
            return
        marks: list[QWidget] = [
            chip(c.text, c.tone, self._facts) for c in facts(self.found.insight)
        ]
        if self.found.n_alike > 1:
            first = self.found.first_alike
            marks.append(
                self._button(alike(self.found.n_alike), lambda: self.alike_asked.emit(first))
            )
        if self.found.label:
            name = self.found.label
            text = tr("Label {name}?", name=isolated(name))
            marks.append(self._button(text, lambda: self.label_taken.emit(name)))
        self._facts.show_widgets(marks)
        shown = reasons(self.found, self._now())
        self._reasons.show_widgets([chip(_cut(c.text), c.tone, self._reasons) for c in shown])
        text = self.why()
        self.setAccessibleName(tr("Why it is here"))
        self.setAccessibleDescription(text)
        self.setToolTip(tip(text))

    def _button(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self._facts)
        button.setProperty("kind", "link")
        button.clicked.connect(act)
        return button


def _cut(text: str) -> str:
    """As much of a part as one chip shows; the hint has it whole."""
    return text if len(text) <= MOST_CHARS else f"{text[:MOST_CHARS]}…"


class WhyTips(QObject):
    """Resting on a card shows why it stands there, as a hint in plain text; on the number of the
    chips that found no room, those."""

    def __init__(
        self, desk: Desk, cards: QueueList, model: QueueModel, now: Callable[[], int]
    ) -> None:
        super().__init__(cards)
        self._desk, self._cards, self._model, self._now = desk, cards, model, now
        self._reading = Latest(self)
        cards.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return False
        index = self._cards.indexAt(event.pos())
        if not index.isValid():
            return False
        if left_out := self._cards.left_out_at(event.pos()):
            box = self._cards.visualRect(index)
            QToolTip.showText(event.globalPos(), tip("\n".join(left_out)),
                              self._cards.viewport(), box)  # fmt: skip
            return True
        self._ask(self._model.id_at(index.row()), event.globalPos(), index.row())
        return True

    def _ask(self, mention_id: int, place: QPoint, number: int) -> None:
        def show(found: Understood | None) -> None:
            if found:
                box = self._cards.visualRect(self._model.index(number, 0))
                text = tip(why(found, self._now()))
                QToolTip.showText(place, text, self._cards.viewport(), box)

        self._reading.wait(self._desk.ask(ReadInsight(mention_id)), show, lambda _: None)
