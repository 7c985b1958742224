"""One condition of a rule: what it looks at, the value, and what is wrong with it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame

from socialdesk.domain.rules.rule import FLAGS, Condition, Field
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, row, tool
from socialdesk.ui.rules.known import Known
from socialdesk.ui.rules.names import field_name, turn_names
from socialdesk.ui.rules.values import value_field
from socialdesk.ui.text_size import keep_width

# As often as they are wanted, the most first.
ORDER = (
    Field.WORDS, Field.SENTIMENT, Field.INTENT, Field.LANG, Field.REACH, Field.HANDLE, Field.NAME,
    Field.VIP, Field.FIRST_CONTACT, Field.BOT, Field.MUTED, Field.NETWORK, Field.ACCOUNT,
    Field.WATCH, Field.SOURCE, Field.STARS, Field.QUESTION, Field.LINK, Field.ATTACHMENT,
    Field.COPIES, Field.LABEL, Field.TIME, Field.PATTERN,
)  # fmt: skip
FIELD_WIDTH, NOT_WIDTH = 186, 100  # px, so that the rows stand in columns


class ConditionRow(QFrame):
    """`changed`: typed or chosen; `removed`: its button was pressed."""

    changed = Signal()
    removed = Signal()

    def __init__(self, condition: Condition, known: Known) -> None:
        super().__init__()
        self._known = known
        self.field = QComboBox()
        self.field.setAccessibleName(tr("Condition"))
        keep_width(self.field, FIELD_WIDTH)
        for one in ORDER:
            self.field.addItem(field_name(one), one)
        self.turn = QComboBox()
        self.turn.setAccessibleName(tr("Is so, or is not so"))
        keep_width(self.turn, NOT_WIDTH)
        for name, is_not in zip(turn_names(condition.field), (False, True), strict=True):
            self.turn.addItem(name, is_not)
        self.value = value_field(condition.field, known)
        self._remove = tool(tr("Remove this condition"), self.removed.emit, "x")
        self._fault = label(tone="danger")
        self._fault.hide()
        self._line = row(self.field, self.turn, self.value, self._remove)
        self._line.setStretch(2, 1)
        self.setLayout(column(self._line, self._fault, space=2))
        self._show(condition)
        self.field.currentIndexChanged.connect(self._on_field)
        self.turn.currentIndexChanged.connect(lambda _: self.changed.emit())

    @property
    def condition(self) -> Condition:
        """As it stands."""
        return Condition(self._field, self.value.values(), bool(self.turn.currentData()))

    def tell(self, text: str) -> None:
        """What is wrong with it; "" = nothing."""
        self._fault.setText(text)
        self._fault.setVisible(bool(text))

    @property
    def fault(self) -> str:
        return "" if self._fault.isHidden() else self._fault.text()

    @property
    def _field(self) -> Field:
        return ORDER[max(0, self.field.currentIndex())]

    def _show(self, condition: Condition) -> None:
        self.field.setCurrentIndex(ORDER.index(condition.field))
        self.turn.setCurrentIndex(int(condition.is_not))
        self.value.show_values(condition.values)
        self.value.changed.connect(self.changed)
        self.value.setVisible(True)

    def _on_field(self) -> None:
        old = self.value
        self.value = value_field(self._field, self._known)
        for n, name in enumerate(turn_names(self._field)):
            self.turn.setItemText(n, name)
        self.value.changed.connect(self.changed)
        self._line.replaceWidget(old, self.value)
        old.hide()
        old.deleteLater()
        self.tell("")
        if self._field not in FLAGS:
            self.value.setFocus()
        self.changed.emit()
