"""The questions of a second look: one at a time, nothing ticked beforehand."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.keys import press_of

Question = tuple[str, str]  # key, words


class Checklist(QFrame):
    """`answered(list of (key, answer))` once, after the last one. y and n answer."""

    answered = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._questions: Sequence[Question] = ()
        self._answers: list[tuple[str, str]] = []
        self._count, self._words = label(tone="dim"), label(tone="heading")
        self._note = QLineEdit()
        self._note.setAccessibleName(tr("A note to this answer"))
        self._note.setPlaceholderText(tr("A note, if there is one"))
        self._yes = push(tr("Yes (y)"), partial(self.answer, "yes"))
        self._no = push(tr("No (n)"), partial(self.answer, "no"))
        self._back = push(tr("Question before"), self.go_back, kind="quiet")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayout(column(self._count, self._words, self._note,
                              row(self._yes, self._no, None, self._back), None))  # fmt: skip

    def ask(self, questions: Sequence[Question]) -> None:
        """Begin, with nothing answered."""
        self._questions, self._answers = questions, []
        self._show()

    def answer(self, said: str) -> None:
        """yes or no, with the note that stands there."""
        if len(self._answers) >= len(self._questions):
            return
        note = self._note.text().strip()
        key = self._questions[len(self._answers)][0]
        self._answers.append((key, f"{said}: {note}" if note else said))
        if len(self._answers) == len(self._questions):
            self.answered.emit(list(self._answers))
        else:
            self._show()

    def go_back(self) -> None:
        """The question before, to be answered anew."""
        if self._answers:
            self._answers.pop()
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press = press_of(event)
        if press in ("y", "n") and not self._note.hasFocus():
            self.answer("yes" if press == "y" else "no")
        else:
            super().keyPressEvent(event)

    def _show(self) -> None:
        n, total = len(self._answers) + 1, len(self._questions)
        words = self._questions[n - 1][1]
        self._count.setText(tr("Question {n} of {total}", n=n, total=total))
        self._words.setText(words)
        self.setAccessibleName(f"{self._count.text()}. {words}")
        self._note.clear()
        self._back.setEnabled(n > 1)
        self.setFocus()
