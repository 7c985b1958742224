"""The war room's pictures under a headline; names can be hidden, and all of it copied as text."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.war_room import WarRoom
from socialdesk.domain.figures import Section
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.crisis import ReadWarRoom
from socialdesk.engine.war_room.sections import title_of, war_room_of
from socialdesk.engine.war_room.text import text_of
from socialdesk.engine.words.drills import drill_marked
from socialdesk.i18n import tr
from socialdesk.ui.board.brush import sized
from socialdesk.ui.board.wall import Plan, Wall
from socialdesk.ui.compose.parts import push, row
from socialdesk.ui.keys import press_of
from socialdesk.ui.plain import Elided, one_line

PLACES = {
    "now": (0, 0, 1, 12), "volume": (1, 0, 1, 6), "waiting": (1, 6, 1, 3),
    "channels": (1, 9, 1, 3), "said": (2, 0, 1, 6), "dues": (2, 6, 1, 6),
    "drivers": (3, 0, 1, 3), "authors": (3, 3, 1, 3), "log": (3, 6, 1, 6),
}  # fmt: skip
HEIGHTS = (22, 28, 25, 25)
COLUMNS, LINES = 12, 46
TELLING = frozenset({Area.INCIDENTS, Area.QUEUE, Area.OUTBOX, Area.PROMISES, Area.INSIGHT,
                     Area.ALL})  # fmt: skip
HEAD_SHARE = 34  # the headline is a thirty-fourth of the height


class WarRoomView(QWidget):
    """`said(text)`: what was done, for a toast."""

    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.hides_names = False
        self._title = Elided(self, "title")
        plan = Plan(
            name=lambda: tr("The war room as text"), ask=ReadWarRoom, sections=self._sections,
            places=PLACES, heights=HEIGHTS, telling=TELLING, nothing=_nothing,
            columns=COLUMNS, lines=LINES,
        )  # fmt: skip
        self.wall = Wall(desk, plan, self)
        self.wall.answered.connect(self._on_answered)
        self._text = push("", self.turn_text, kind="quiet")
        self._names = push("", self.turn_names, kind="quiet")
        self._copy = push("", self.copy, kind="quiet", icon="copy")
        head = QWidget(self)
        line = row(self._title, self._text, self._names, self._copy, margin=10)
        line.setStretchFactor(self._title, 1)
        head.setLayout(line)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self.wall, 1)
        self.translate()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """No focus proxy: Tab leaves out what else lies in a widget with one (Qt 6.11)."""
        self.wall.first.setFocus(reason)

    def translate(self) -> None:
        """The texts in the language in use."""
        words = tr("As pictures (T)") if self.wall.is_text else tr("As text (T)")
        names = tr("Show names (N)") if self.hides_names else tr("Hide names (N)")
        for button, text in ((self._text, words), (self._names, names),
                             (self._copy, tr("Copy as text (C)"))):  # fmt: skip
            button.setText(text)
            button.setAccessibleName(text)
        self._on_answered(self.wall.answer)

    @property
    def incident_id(self) -> int:
        """What is shown; 0 = nothing is open."""
        answer = self.wall.answer
        return answer.standing.incident.id if isinstance(answer, WarRoom) else 0

    def turn_text(self) -> None:
        """Lines in place of pictures, or back."""
        self.wall.set_text(not self.wall.is_text)
        self.translate()

    def turn_names(self) -> None:
        """Names of strangers are hidden, or shown."""
        self.hides_names = not self.hides_names
        if self.wall.answer is not None:
            self.wall.show_answer(self.wall.answer)
        self.translate()

    def copy(self) -> None:
        """All of it as text, in the clipboard."""
        answer = self.wall.answer
        if isinstance(answer, WarRoom):
            text = text_of(answer, hides_names=self.hides_names)
            is_drill = answer.standing.incident.is_drill
            QGuiApplication.clipboard().setText(drill_marked(text) if is_drill else text)
            self.said.emit(tr("The war room is copied as text."))

    def _sections(self, answer: WarRoom | None) -> Sequence[Section]:
        return war_room_of(answer, hides_names=self.hides_names) if answer else ()

    def _on_answered(self, answer: object) -> None:
        title = title_of(answer) if isinstance(answer, WarRoom) else tr("War room")
        self._title.setText(one_line(title))
        self._title.setAccessibleName(one_line(title))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turns = {"t": self.turn_text, "n": self.turn_names, "c": self.copy}
        if (turn := turns.get(press_of(event))) is not None:
            turn()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px = max(18, self.height() // HEAD_SHARE)
        self._title.setFont(sized(self._title.font(), px, bold=True))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.translate()


def _nothing() -> str:
    return tr(
        "Nothing is wrong: no incident is open. Say that something is with “Something is wrong” "
        "in the list of actions, or declare with Ctrl+Shift+F12."
    )
