"""What stands beside the words of a text and is changed with them: marks of a line, minutes of a
step, severity and tone of a playbook."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from socialdesk.domain.playbooks.playbook import NO_CLOCK
from socialdesk.domain.playbooks.playbook_sheet import Sheet
from socialdesk.domain.playbooks.playbook_texts import Part
from socialdesk.engine.words.playbooks import role_words
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, number, row
from socialdesk.ui.typed import Field

MAX_KEY_CHARS = 40
MAX_MIN = 43_200  # thirty days, as the load check has it


class LineMarks(QWidget):
    """Of a reply line. `changed()`."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = QLineEdit()
        self.key.setAccessibleName(tr("Short name of the line"))
        self.key.setPlaceholderText(tr("Short name, such as opening_hours"))
        self.key.setMaxLength(MAX_KEY_CHARS)
        self.claim = QCheckBox(tr("It states a fact: not before the first statement"))
        self.safety = QCheckBox(tr("Safety: it may go at once when someone may be hurt"))
        self.setLayout(column(self.key, self.claim, self.safety))
        self.key.textChanged.connect(lambda _: self.changed.emit())
        self.claim.toggled.connect(lambda _: self.changed.emit())
        self.safety.toggled.connect(lambda _: self.changed.emit())
        self._shown = (True, False)

    def show_line(self, sheet: Sheet, part: Part) -> None:
        """Hidden where the text is no line; the name can be written only where it has none."""
        line = sheet.line(part.key.partition(".")[2])
        self._shown = (line.is_claim, line.is_safety) if line else (True, False)
        self.key.clear()
        self.key.setVisible(line is None)
        self.claim.setChecked(self._shown[0])
        self.safety.setChecked(self._shown[1])
        self.setVisible(part.section == "line")

    def typed(self) -> list[Field]:
        """What a person fills in."""
        return [self.key, self.claim, self.safety]

    @property
    def name(self) -> str:
        """The name written, as a key."""
        return "_".join(self.key.text().strip().lower().split())

    @property
    def is_changed(self) -> bool:
        now = (self.claim.isChecked(), self.safety.isChecked())
        return not self.isHidden() and (now != self._shown or bool(self.name))


class Values(QWidget):
    """Of a step: when it is due. Of a name: severity and tone of the playbook. `changed()`."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.due: QSpinBox = number(tr("Minutes after declaring"), NO_CLOCK, MAX_MIN, tr("min"))
        self.due.setSpecialValueText(tr("no clock"))
        self.severity = QComboBox()
        self.severity.setAccessibleName(tr("Usual severity"))
        for n in (1, 2, 3):
            self.severity.addItem(f"SEV{n}", n)
        self.humour = QCheckBox(tr("A light tone may be used in this type of crisis"))
        self._role = label(tone="dim", wraps=False)
        self._of_step, self._of_name = QWidget(), QWidget()
        after = label(tr("after declaring"), "dim", wraps=False)
        self._of_step.setLayout(row(self._role, self.due, after, None))
        usual = label(tr("Usual severity"), "dim", wraps=False)
        usual.setBuddy(self.severity)
        self._of_name.setLayout(row(usual, self.severity, self.humour, None))
        self.setLayout(column(self._of_step, self._of_name))
        self.due.valueChanged.connect(lambda _: self.changed.emit())
        self.severity.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.humour.toggled.connect(lambda _: self.changed.emit())
        self._shown: dict[str, int] = {}

    def show_values(self, sheet: Sheet, part: Part) -> None:
        """Hidden where the text has none."""
        step, book = sheet.step(part.key.partition(".")[2]), sheet.playbook
        self._shown = {}
        if part.section == "step" and step is not None:
            self._shown = {f"{part.key}.due_min": step.due_min}
            self._role.setText(role_words(step.role))
            self.due.setValue(step.due_min)
        elif part.key == "title" and book is not None:
            self._shown = {"sev_default": book.sev_default, "humour": int(book.humour)}
            self.severity.setCurrentIndex(book.sev_default - 1)
            self.humour.setChecked(book.humour)
        self._of_step.setVisible(part.section == "step")
        self._of_name.setVisible("sev_default" in self._shown)
        self.setVisible(bool(self._shown))

    def typed(self) -> list[Field]:
        """What a person fills in."""
        return [self.due, self.severity, self.humour]

    @property
    def values(self) -> tuple[tuple[str, int], ...]:
        """What differs from what was shown, as SavePlaybook takes it."""
        now = {
            "sev_default": int(self.severity.currentData()),
            "humour": int(self.humour.isChecked()),
        }
        return tuple(
            (key, now.get(key, self.due.value()))
            for key, was in self._shown.items()
            if now.get(key, self.due.value()) != was
        )
