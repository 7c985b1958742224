"""Conditions that belong together: all of them, or any."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QWidget

from socialdesk.domain.rules.rule import Condition, Field, Group, Match
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.rules.condition_row import ConditionRow
from socialdesk.ui.rules.known import Known
from socialdesk.ui.rules.names import match_name


def match_choice(name: str) -> QComboBox:
    """All or any."""
    made = QComboBox()
    made.setAccessibleName(name)
    for match in Match:
        made.addItem(match_name(match), match)
    return made


class GroupBox(QFrame):
    """`changed`: typed or chosen; `emptied`: its last condition was removed."""

    changed = Signal()
    emptied = Signal()

    def __init__(self, group: Group, known: Known) -> None:
        super().__init__()
        self._known = known
        self.rows: list[ConditionRow] = []
        self.match = match_choice(tr("How many of the conditions"))
        self.match.setCurrentIndex(list(Match).index(group.match))
        self.match.currentIndexChanged.connect(lambda _: self.changed.emit())
        self._match_line = QWidget()
        holds = label(tr("hold"), "dim", wraps=False)
        self._match_line.setLayout(row(self.match, holds, None))
        self._list = column(space=6)
        add = push(tr("Another condition"), self.add, kind="quiet", icon="plus")
        self.setLayout(column(self._match_line, self._list, row(add, None), space=6, margin=4))
        for condition in group.conditions:
            self._add(condition)
        self._say()

    @property
    def group(self) -> Group:
        """As it stands."""
        match = list(Match)[max(0, self.match.currentIndex())]
        return Group(tuple(one.condition for one in self.rows), match)

    def add(self) -> None:
        self._add(Condition(Field.WORDS))
        self.rows[-1].field.setFocus()
        self._say()
        self.changed.emit()

    def _add(self, condition: Condition) -> None:
        made = ConditionRow(condition, self._known)
        made.changed.connect(self.changed)
        made.removed.connect(partial(self._remove, made))
        self.rows.append(made)
        self._list.addWidget(made)

    def _remove(self, one: ConditionRow) -> None:
        self.rows.remove(one)
        one.hide()
        one.deleteLater()
        self._say()
        if self.rows:
            self.changed.emit()
        else:
            self.emptied.emit()

    def _say(self) -> None:
        self._match_line.setVisible(len(self.rows) > 1)
