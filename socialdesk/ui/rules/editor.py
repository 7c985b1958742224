"""A rule being written: its sentence as it grows, conditions in groups, actions."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from socialdesk.domain.rules.rule import Action, Condition, Do, Field, Group, Match, Rule
from socialdesk.domain.rules.rule_check import RuleFault, faults
from socialdesk.engine.rules.patterns import pattern_faults
from socialdesk.engine.words.rules import fault_words, sentence_of
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import clear, column, label, push, row
from socialdesk.ui.elided import ElidedBox
from socialdesk.ui.focus import tab_as_read
from socialdesk.ui.plain import dress
from socialdesk.ui.rules.action_row import ActionRow
from socialdesk.ui.rules.group_box import GroupBox, match_choice
from socialdesk.ui.rules.known import Known
from socialdesk.ui.timers import once

CHECK_MS = 250  # after the last key: an expression may take 70 ms to compile
EMPTY = Rule(0, "", (Group((Condition(Field.WORDS),)),), (Action(Do.LABEL),))


class RuleEditor(QFrame):
    """`changed`: what `rule` gives is another one now."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._known, self._rule = Known(), EMPTY
        self.boxes: list[GroupBox] = []
        self.action_rows: list[ActionRow] = []
        self._is_filling = False
        self._check = once(self, CHECK_MS, lambda: self.show_faults(self.faults()))
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("Name of the rule"))
        self.name.setAccessibleName(tr("Name of the rule"))
        self.name.textEdited.connect(lambda _: self._on_changed())
        self._sentence = label()
        said = QFrame()
        said.setProperty("bubble", "ours")
        said.setLayout(column(self._sentence, margin=10))
        self._match = match_choice(tr("How many of the groups"))
        self._match.currentIndexChanged.connect(lambda _: self._on_changed())
        self._match_line = QWidget()
        self._match_line.setLayout(row(label(tr("Of the groups"), wraps=False), self._match, None))
        self._boxes, self._rows = column(), column(space=6)
        add_group = push(tr("Another group"), self.add_group, kind="quiet", icon="plus")
        add_action = push(tr("Another action"), self.add_action, kind="quiet", icon="plus")
        self.with_filed = ElidedBox(
            tr("Also for what is filed as done when it comes: older posts, muted authors")
        )
        self.with_filed.toggled.connect(lambda _: self._on_changed())
        self._lines = column(
            self.name, said, row(label(tr("If"), "strong", wraps=False), self._match_line, None),
            self._boxes, row(add_group, None), label(tr("Then"), "strong", wraps=False),
            self._rows, row(add_action, None), self.with_filed,
        )  # fmt: skip
        self.setLayout(self._lines)
        self.show_rule(EMPTY, self._known)

    def show_rule(self, rule: Rule, known: Known) -> None:
        """Begin with this one."""
        self._is_filling = True
        self._rule, self._known = rule, known
        if self.name.text() != rule.name:
            self.name.setText(rule.name)
        self._match.setCurrentIndex(list(Match).index(rule.match))
        self.with_filed.setChecked(rule.with_filed)
        for box in (self._boxes, self._rows):
            clear(box)
        self.boxes, self.action_rows = [], []
        for group in rule.groups or EMPTY.groups:
            self._add_group(group)
        for action in rule.actions:
            self._add_action(action)
        self._is_filling = False
        self._say()
        tab_as_read(self._lines)
        self.show_faults(())

    @property
    def rule(self) -> Rule:
        """As it stands, sound or not."""
        return replace(
            self._rule, name=" ".join(self.name.text().split()),
            groups=tuple(box.group for box in self.boxes),
            actions=tuple(one.action for one in self.action_rows),
            match=list(Match)[max(0, self._match.currentIndex())],
            with_filed=self.with_filed.isChecked(),
        )  # fmt: skip

    def faults(self) -> list[RuleFault]:
        """Everything that keeps it from being stored."""
        rule = self.rule
        return [*faults(rule), *pattern_faults(rule)]

    @property
    def known(self) -> Known:
        """What its choices were made of."""
        return self._known

    def show_faults(self, found: Sequence[RuleFault], *, with_empty: bool = False) -> None:
        """In place: under the condition or action each is about. What is merely not filled in yet
        is no news while somebody types: `with_empty` tells that too."""
        said = {(f.group, f.place): fault_words(f.code, f.fact) for f in found
                if with_empty or f.code != "no_value"}  # fmt: skip
        for g, box in enumerate(self.boxes):
            for n, one in enumerate(box.rows):
                one.tell(said.get((g, n), ""))
        for n, action in enumerate(self.action_rows):
            action.tell(said.get((-1, n), ""))

    @property
    def sentence(self) -> str:
        return self._sentence.text()

    def add_group(self) -> None:
        self._add_group(Group((Condition(Field.WORDS),)))
        self.boxes[-1].rows[-1].setFocus()
        self._on_changed()

    def add_action(self) -> None:
        self._add_action(Action(Do.LABEL))
        self.action_rows[-1].do.setFocus()
        self._on_changed()

    def _add_group(self, group: Group) -> None:
        box = GroupBox(group, self._known)
        box.changed.connect(self._on_changed)
        box.emptied.connect(partial(self._remove_group, box))
        self.boxes.append(box)
        self._boxes.addWidget(box)

    def _add_action(self, action: Action) -> None:
        made = ActionRow(action, self._known)
        made.changed.connect(self._on_changed)
        made.removed.connect(partial(self._remove_action, made))
        self.action_rows.append(made)
        self._rows.addWidget(made)

    def _remove_group(self, box: GroupBox) -> None:
        if len(self.boxes) > 1:
            self.boxes.remove(box)
            box.hide()
            box.deleteLater()
        self._on_changed()

    def _remove_action(self, one: ActionRow) -> None:
        self.action_rows.remove(one)
        one.hide()
        one.deleteLater()
        self._on_changed()

    def _on_changed(self) -> None:
        if not self._is_filling:
            self._say()
            tab_as_read(self._lines)
            self._check.start()
            self.changed.emit()

    def _say(self) -> None:
        self._match_line.setVisible(len(self.boxes) > 1)
        for box in self.boxes:
            dress(box, "bubble", "theirs" if len(self.boxes) > 1 else "")
        self._sentence.setText(sentence_of(self.rule, self._known.names))
