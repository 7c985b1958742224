"""One action of a rule: what it does, with its value, and what is wrong with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QFrame, QLineEdit, QSpinBox, QWidget

from socialdesk.domain.rules.rule import BARE, Action, Do
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, number, row, tool
from socialdesk.ui.rules.condition_row import FIELD_WIDTH
from socialdesk.ui.rules.known import Known
from socialdesk.ui.rules.names import do_choices, do_name
from socialdesk.ui.text_size import keep_width

TEXTS = frozenset({Do.LABEL, Do.NOTIFY, Do.ALERT})
HOUR_MIN, DAY_MIN = 60, 1440


class ActionRow(QFrame):
    """`changed`: typed or chosen; `removed`: its button was pressed."""

    changed = Signal()
    removed = Signal()

    def __init__(self, action: Action, known: Known) -> None:
        super().__init__()
        self._known = known
        self.do = QComboBox()
        self.do.setAccessibleName(tr("Action"))
        keep_width(self.do, FIELD_WIDTH)
        for one in Do:
            self.do.addItem(do_name(one), one)
        self.do.setCurrentIndex(list(Do).index(action.do))
        self.value: QWidget = self._made(action)
        self._fault = label(tone="danger")
        self._fault.hide()
        remove = tool(tr("Remove this action"), self.removed.emit, "x")
        self._line = row(self.do, self.value, remove)
        self._line.setStretch(1, 1)
        self.setLayout(column(self._line, self._fault, space=2))
        self.do.currentIndexChanged.connect(self._on_do)

    @property
    def action(self) -> Action:
        """As it stands."""
        do, value = self._do, self.value
        if do in BARE:
            return Action(do)
        if isinstance(value, QLineEdit):
            return Action(do, " ".join(value.text().split()))
        if isinstance(value, QSpinBox):
            return Action(do, value.value() * HOUR_MIN)
        chosen = value.currentData() if isinstance(value, QComboBox) else None
        return Action(do, "" if chosen is None else chosen)

    def tell(self, text: str) -> None:
        """What is wrong with it; "" = nothing."""
        self._fault.setText(text)
        self._fault.setVisible(bool(text))

    @property
    def _do(self) -> Do:
        return list(Do)[max(0, self.do.currentIndex())]

    def _on_do(self) -> None:
        old = self.value
        self.value = self._made(Action(self._do))
        self._line.replaceWidget(old, self.value)
        old.hide()
        old.deleteLater()
        self.tell("")
        if self._do not in BARE:
            self.value.setFocus()
        self.changed.emit()

    def _made(self, action: Action) -> QWidget:
        if action.do in BARE:
            return QWidget()
        if action.do in TEXTS:
            return self._text(action)
        return self._hours(action) if action.do is Do.SNOOZE else self._choice(action)

    def _text(self, action: Action) -> QLineEdit:
        edit = QLineEdit(str(action.value))
        edit.setAccessibleName(do_name(action.do))
        if action.do is Do.LABEL:
            edit.setPlaceholderText(tr("Name of a label"))
            completer = QCompleter(list(self._known.labels), edit)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            edit.setCompleter(completer)
        else:
            edit.setPlaceholderText(tr("A word for the notice, may be empty"))
        edit.textChanged.connect(lambda _: self.changed.emit())
        return edit

    def _hours(self, action: Action) -> QSpinBox:
        spin = number(tr("Hours"), 1, 366 * 24, tr("h"))
        spin.setValue(max(1, int(action.value or DAY_MIN) // HOUR_MIN))
        spin.valueChanged.connect(lambda _: self.changed.emit())
        return spin

    def _choice(self, action: Action) -> QComboBox:
        """What is stored and no longer offered stays, by its number, or the name of who left."""
        combo = QComboBox()
        combo.setAccessibleName(do_name(action.do))
        for value, name in do_choices(action.do, self._known):
            combo.addItem(name, value)
        at = combo.findData(action.value)
        if at < 0 and action.value != "":
            number = action.value if action.do is Do.ASSIGN else 0
            left = self._known.names.people.get(int(number), str(action.value))
            combo.addItem(left, action.value)
            at = combo.count() - 1
        combo.setCurrentIndex(max(0, at) if combo.count() else -1)
        combo.setPlaceholderText(tr("There is none yet"))
        combo.currentIndexChanged.connect(lambda _: self.changed.emit())
        return combo
