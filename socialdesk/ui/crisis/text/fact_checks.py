"""The checks of one fact: those that were made, and one more by keyboard."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from socialdesk.domain.crisis.crisis_rows import CheckRow, FactRow
from socialdesk.engine.commands.statements import CheckFact
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import clear, column, label, push, row, when
from socialdesk.ui.crisis.text.words import SAYS, SOURCE_KINDS, says_word, source_word
from socialdesk.ui.plain import isolated
from socialdesk.ui.typed import Field

_TONES = {"yes": "ok", "no": "danger", "unclear": "warn"}


class FactChecks(QWidget):
    """`check_asked(CheckFact)`: somebody looked. `told(text)`: why it is not a check yet."""

    check_asked = Signal(object)
    told = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._fact_id = 0
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self._kind = QComboBox()
        self._kind.setAccessibleName(tr("Kind of source"))
        for kind in SOURCE_KINDS:
            self._kind.addItem(source_word(kind), kind)
        self.reference = QLineEdit()
        self.reference.setAccessibleName(tr("Which source"))
        self.reference.setPlaceholderText(tr("Who, which document, which system, where it stands"))
        self._says = [push(says_word(says), partial(self._ask, says)) for says in SAYS]
        for says, button in zip(SAYS, self._says, strict=True):
            button.setAccessibleName(tr("The source says: {answer}", answer=says_word(says)))
        self.reference.returnPressed.connect(self._says[0].setFocus)
        source = row(self._kind, self.reference)
        source.setStretch(1, 1)
        answer = row(label(tr("The source says:"), wraps=False), *self._says, None)
        note = label(
            tr("Two checks from one source count once; posts alone confirm nothing."), "dim"
        )
        self.setLayout(column(self._lines, source, answer, note, space=6))

    def show_fact(self, fact: FactRow) -> None:
        """Its checks, newest first; what is typed for the same fact stays."""
        if fact.id != self._fact_id:
            self._fact_id = fact.id
            self.reference.clear()
        clear(self._lines)
        for check in sorted(fact.checks, key=lambda c: -c.at):
            self._lines.addWidget(label(check_words(check), _TONES.get(check.says, "")))
        if not fact.checks:
            self._lines.addWidget(label(tr("Nobody has checked this yet."), "dim"))

    def typed(self) -> list[Field]:
        """What a person fills in."""
        return [self._kind, self.reference]

    def clear(self) -> None:
        """The check was taken: room for the next source."""
        self.reference.clear()
        self.reference.setFocus()

    def _ask(self, says: str) -> None:
        reference = self.reference.text().strip()
        if not reference:
            self.told.emit(tr("Name the source first: who, which document, which system."))
            self.reference.setFocus()
            return
        kind = str(self._kind.currentData())
        self.check_asked.emit(CheckFact(self._fact_id, kind, reference, says))


def check_words(check: CheckRow) -> str:
    """One check on one line."""
    return tr(
        "{says} · {kind}: {reference} · {person}, {when}",
        says=says_word(check.says), kind=source_word(check.source_kind),
        reference=isolated(check.source_ref), person=isolated(check.person), when=when(check.at),
    )  # fmt: skip
