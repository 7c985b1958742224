"""One fact: the question, the answer, the sentence it allows, its checks and its state."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from socialdesk.domain.crisis.crisis_rows import FactRow
from socialdesk.engine.commands.statements import SaveFact
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.crisis.text.fact_checks import FactChecks
from socialdesk.ui.crisis.text.leaning import Leaning, LeaningBox
from socialdesk.ui.crisis.text.words import TONES, checks_word, fact_state_word, gate_word
from socialdesk.ui.plain import chip, clean, dress
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.typed import Field

_BY_HAND = ("false", "unknowable", "open")


class FactSheet(ScrollArea):
    """`save_asked(SaveFact)`: an answer, a sentence or a state was given."""

    save_asked = Signal(object)

    def __init__(self, incident_id: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._incident_id, self._fact = incident_id, FactRow(0, "", "", "", "", "", "", 0, 0)
        self._question = label(tone="heading")
        self._gate, self._counted = label(tone="dim"), label(tone="strong", wraps=False)
        self._state = chip("")
        self._answer = self._field(tr("Answer"), tr("What is known, in one line"))
        self._claim = self._field(
            tr("Sentence that may be published"), tr("Used once the fact is confirmed")
        )
        self.leaning = LeaningBox(self)
        self.checks = FactChecks(self)
        self._states = {
            state: push(_set_words(state), partial(self._set, state)) for state in _BY_HAND
        }
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("The fact"))
        self.setWidget(self._make())

    def _make(self) -> QWidget:
        inner = QWidget()
        inner.setLayout(column(
            self._question, row(self._state, self._counted, None), self._gate, self.leaning,
            label(tr("Answer"), "dim"), self._answer,
            label(tr("Sentence that may be published"), "dim"), self._claim,
            label(tr("Checks"), "strong"), self.checks,
            row(*self._states.values(), None), None, margin=12,
        ))  # fmt: skip
        return inner

    def _field(self, name: str, hint: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        made.setPlaceholderText(hint)
        made.editingFinished.connect(self.save)
        return made

    def show_fact(self, fact: FactRow, leanings: list[Leaning]) -> None:
        """What is being typed in a field stays until it is left."""
        is_other = fact.id != self._fact.id
        if is_other:
            self.save()
        before, self._fact = self._fact, fact
        self._question.setText(clean(fact.question))
        self._gate.setText(gate_word(fact.gate))
        self._counted.setText(checks_word(fact))
        self._state.setText(fact_state_word(fact.state))
        dress(self._state, "chip", TONES.get(fact.state, "plain"))
        for field, old, new in ((self._answer, before.answer, fact.answer),
                                (self._claim, before.claim, fact.claim)):  # fmt: skip
            if is_other or field.text() == old:
                field.setText(new)
        for state, button in self._states.items():
            button.setVisible(state != fact.state and not (state == "open" and _is_open(fact)))
        is_true = fact.state not in ("false", "open")
        n_replies = 0 if is_true else len(fact.replies)
        self.leaning.show_leanings([] if is_true else leanings, n_replies)
        self.checks.show_fact(fact)

    def save(self) -> None:
        """What was typed, when it is other than what is stored."""
        answer, claim = self._answer.text().strip(), self._claim.text().strip()
        if self._fact.id and (answer, claim) != (self._fact.answer, self._fact.claim):
            self.save_asked.emit(self._command(answer, claim, ""))

    def typed(self) -> list[Field]:
        """What a person fills in."""
        return [self._answer, self._claim, *self.checks.typed()]

    def focus_check(self) -> None:
        """Into the source of the next check."""
        self.checks.reference.setFocus()

    def _set(self, state: str) -> None:
        self.save_asked.emit(
            self._command(self._answer.text().strip(), self._claim.text().strip(), state)
        )

    def _command(self, answer: str, claim: str, state: str) -> SaveFact:
        fact = self._fact
        return SaveFact(self._incident_id, fact.id, fact.question, answer, claim, fact.gate, state)


def _is_open(fact: FactRow) -> bool:
    return fact.state in ("open", "confirmed")


def _set_words(state: str) -> str:
    return {
        "false": tr("It is false"), "unknowable": tr("It cannot be known"),
        "open": tr("Open again"),
    }[state]  # fmt: skip
