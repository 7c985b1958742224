"""The facts a text leans on: ticked by who writes, each with its state; its sentence is one key."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QVBoxLayout, QWidget

from socialdesk.domain.crisis.crisis_rows import FactRow
from socialdesk.engine.words.refusals import refusal_sentence
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import clear, column, label, row, tool
from socialdesk.ui.crisis.text.words import TONES, checks_word, fact_state_word
from socialdesk.ui.elided import ElidedBox
from socialdesk.ui.plain import chip, isolated, one_line


class Leans(QFrame):
    """`changed`: other facts. `insert_asked(sentence)`: put what it allows into the text."""

    changed = Signal()
    insert_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._facts: dict[int, FactRow] = {}
        self._boxes: dict[int, QCheckBox] = {}
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self._fault = label(tone="danger")
        self._fault.hide()
        self.setLayout(column(label(tr("Facts this text leans on"), "dim"), self._lines,
                              self._fault, space=4))  # fmt: skip

    @property
    def chosen(self) -> tuple[int, ...]:
        """Ids of facts, in their order."""
        return tuple(id_ for id_, box in self._boxes.items() if box.isChecked())

    @property
    def fault(self) -> str:
        """The sentence of R23; "" when all are confirmed."""
        return "" if self._fault.isHidden() else self._fault.text()

    def show_facts(self, facts: Sequence[FactRow]) -> None:
        """What was ticked stays ticked."""
        if list(facts) == list(self._facts.values()):
            return
        before = self.chosen
        self._facts, self._boxes = {fact.id: fact for fact in facts}, {}
        clear(self._lines)
        for fact in facts:
            self._lines.addLayout(self._line(fact))
        self.choose(before)

    def choose(self, ids: Sequence[int]) -> None:
        """Without telling."""
        for id_, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked(id_ in ids)
            box.blockSignals(False)
        self._judge()

    def _line(self, fact: FactRow) -> QVBoxLayout:
        words = one_line(fact.claim or fact.answer or fact.question)
        box = ElidedBox(words)
        box.setAccessibleName(tr("Leans on: {fact}, {state}", fact=words,
                                 state=fact_state_word(fact.state)))  # fmt: skip
        box.toggled.connect(self._on_toggled)
        self._boxes[fact.id] = box
        state = chip(f"{fact_state_word(fact.state)} · {checks_word(fact)}",
                     TONES.get(fact.state, "plain"))  # fmt: skip
        below = row(state, None)
        below.setAlignment(state, Qt.AlignmentFlag.AlignVCenter)
        if fact.claim and fact.state == "confirmed":
            insert = tool(tr("Insert: {sentence}", sentence=one_line(fact.claim)),
                          partial(self._insert, fact.id), "corner-down-right")  # fmt: skip
            below.addWidget(insert)
        below.setContentsMargins(22, 0, 0, 4)
        return column(box, below, space=1)

    def _insert(self, fact_id: int) -> None:
        self._boxes[fact_id].setChecked(True)
        self.insert_asked.emit(self._facts[fact_id].claim)

    def _on_toggled(self, _: bool) -> None:
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        open_ = [f for f in self._facts.values() if f.id in self.chosen and f.state != "confirmed"]
        names = ", ".join(isolated(f.claim or f.question) for f in open_)
        self._fault.setVisible(bool(open_))
        if open_:
            self._fault.setText(refusal_sentence("R23", {"n": len(open_), "list": names}).text)
