"""The facts of an incident, as a tab of its room: what is known, who checked, what leans on it."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.crisis_rows import FactRow, StatementRow
from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands.statements import CheckFact, SaveFact
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries.crisis import ListFacts, ListStatements
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import NoticeBar, Speaker, column, push, row
from socialdesk.ui.crisis.text.fact_sheet import FactSheet
from socialdesk.ui.crisis.text.leaning import leanings
from socialdesk.ui.crisis.text.words import (
    GATES,
    checks_word,
    fact_state_word,
    gate_word,
    says_word,
)  # fmt: skip
from socialdesk.ui.plain import one_line
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.turning import TurningSplit
from socialdesk.ui.typed import Field, carry
from socialdesk.ui.wrapped import wrap_rows

_ID = Qt.ItemDataRole.UserRole
WIDE = 500  # px that the list and a fact need side by side


class FactList(QListWidget):
    """`entered`: Enter on a fact."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class FactsPanel(QWidget):
    """`correction_asked(statement id, wrong sentence, language)`: a published sentence leans on a
    fact that is not true; the texts' panel begins the correction."""

    correction_asked = Signal(object, str, str)

    def __init__(self, desk: Desk, incident_id: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._incident_id = desk, incident_id
        self._latest, self._texts_read = Latest(self), Latest(self)
        self._facts: dict[int, FactRow] = {}
        self._statements: list[StatementRow] = []
        self._id = 0
        self._make()
        self._speaker = Speaker(self, self._make_again)
        Bridge(desk, self).changed.connect(self._on_changed)
        self.refresh()

    def _make_again(self) -> None:
        written = self._typed()
        self._make()
        self._show(list(self._facts.values()))
        carry(written, self._typed(), self._speaker.had_keys)

    def _typed(self) -> list[Field]:
        return [self._own, self._own_gate, *self._sheet.typed()]

    def _make(self) -> None:
        self._notice = NoticeBar(self)
        self._list = FactList()
        self._list.setProperty("framed", "yes")
        wrap_rows(self._list)
        self._list.setAccessibleName(tr("Facts"))
        self._list.currentItemChanged.connect(lambda now, _: self._on_chosen(now))
        self._own = QLineEdit()
        self._own.setAccessibleName(tr("A question of one's own"))
        self._own.setPlaceholderText(tr("Another question to answer…"))
        self._own.returnPressed.connect(self._add)
        self._own_gate = QComboBox()
        self._own_gate.setAccessibleName(tr("What waits for the answer"))
        for gate in GATES:
            self._own_gate.addItem(gate_word(gate), gate)
        self._own_gate.setCurrentIndex(1)
        left = QWidget()
        left.setLayout(column(self._list, self._own, row(self._own_gate, None,
                              push(tr("Add"), self._add)), margin=12))  # fmt: skip
        self._sheet = FactSheet(self._incident_id, self)
        self._sheet.hide()
        self._list.entered.connect(self._sheet.focus_check)
        self._sheet.save_asked.connect(self._save)
        self._sheet.checks.check_asked.connect(self._check)
        self._sheet.checks.told.connect(self._notice.tell)
        self._sheet.leaning.correction_asked.connect(self.correction_asked)
        split = TurningSplit(left, self._sheet, (400, 620), WIDE, above=0.45)
        self.setLayout(column(self._notice, split, space=0))

    # --- reading ---

    def refresh(self) -> None:
        """Read facts and texts again."""
        self._latest.wait(self._desk.ask(ListFacts(self._incident_id)), self._show, self._fail)
        future = self._desk.ask(ListStatements(self._incident_id))
        self._texts_read.wait(future, self._take_statements, self._fail)

    def show_fact(self, fact_id: int) -> None:
        """Go to one of them."""
        for n in range(self._list.count()):
            if self._list.item(n).data(_ID) == fact_id:
                self._list.setCurrentRow(n)

    def hideEvent(self, event: QHideEvent) -> None:
        self._sheet.save()
        super().hideEvent(event)

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.INCIDENTS, Area.ALL}:
            self.refresh()

    def _take_statements(self, statements: list[StatementRow]) -> None:
        self._statements = statements
        self._show_sheet()

    def _show(self, facts: list[FactRow]) -> None:
        self._facts = {fact.id: fact for fact in facts}
        self._list.blockSignals(True)
        self._list.clear()
        for gate in GATES:
            here = [fact for fact in facts if fact.gate == gate]
            if here:
                self._list.addItem(_heading(gate))
            for fact in here:
                self._list.addItem(_entry(fact))
        if self._id not in self._facts:
            self._id = facts[0].id if facts else 0
        for n in range(self._list.count()):
            if self._id and self._list.item(n).data(_ID) == self._id:
                self._list.setCurrentRow(n)
        self._list.blockSignals(False)
        self._show_sheet()

    def _on_chosen(self, entry: QListWidgetItem | None) -> None:
        if entry is not None and entry.data(_ID):
            self._id = int(entry.data(_ID))
            self._show_sheet()

    def _show_sheet(self) -> None:
        fact = self._facts.get(self._id)
        self._sheet.setVisible(fact is not None)
        if fact is not None:
            self._sheet.show_fact(fact, leanings(fact, self._statements))

    # --- acting ---

    def _add(self) -> None:
        question = self._own.text().strip()
        if not question:
            self._own.setFocus()
            return
        gate = str(self._own_gate.currentData())
        self._do(SaveFact(self._incident_id, question=question, gate=gate), self._on_added)

    def _on_added(self, done: Done) -> None:
        self._own.clear()
        self._id = int(done.answer.get("fact_id", self._id))

    def _save(self, command: SaveFact) -> None:
        self._do(command, lambda _: None)

    def _check(self, command: CheckFact) -> None:
        self._do(command, self._on_checked)

    def _on_checked(self, done: Done) -> None:
        self._sheet.checks.clear()
        if answer := done.answer:
            said = tr("Noted: {k} of {n}, the fact is {state}.", k=answer.get("n_checks", ""),
                      n=answer.get("n_needed", ""),
                      state=fact_state_word(str(answer.get("state", ""))).lower())  # fmt: skip
            self._notice.tell(said, tone="accent")

    def _do(self, command: SaveFact | CheckFact, then: Callable[[Done], None]) -> None:
        self._notice.clear()

        def done(result: Done) -> None:
            then(result)
            self.refresh()

        Waiter(self, self._desk.do(command), done, self._fail)

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))


def _heading(gate: str) -> QListWidgetItem:
    entry = QListWidgetItem(gate_word(gate))
    entry.setFlags(Qt.ItemFlag.NoItemFlags)
    bold = entry.font()
    bold.setBold(True)
    entry.setFont(bold)
    return entry


def _entry(fact: FactRow) -> QListWidgetItem:
    state = f"{fact_state_word(fact.state)} · {checks_word(fact)}"
    unsure = {check.says for check in fact.checks} & {"no", "unclear"}
    if unsure and fact.state == "open":
        state += " · " + ", ".join(says_word(says) for says in sorted(unsure))
    words = one_line(fact.question)
    entry = QListWidgetItem(f"{words}\n{state}")
    entry.setData(_ID, fact.id)
    entry.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}, {state}")
    return entry
