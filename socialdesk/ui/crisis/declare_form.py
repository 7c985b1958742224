"""What the declare sheet asks beside the type: title, severity, commander, strategy."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QGridLayout, QLineEdit, QRadioButton, QWidget

from socialdesk.domain.crisis.incident import Severity, Strategy
from socialdesk.domain.queue.rows import PersonRow
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label
from socialdesk.ui.crisis.words import severity_means, severity_word, strategy_word
from socialdesk.ui.plain import one_line

MAX_TITLE: Final = 120  # characters
CHOICES: Final = (Severity.SEV1, Severity.SEV2, Severity.SEV3)


class DeclareForm(QWidget):
    """`changed()`: of anything."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._is_titled = self._is_rated = False
        self.title = QLineEdit()
        self.title.setMaxLength(MAX_TITLE)
        self.title.setAccessibleName(tr("Title"))
        self.title.textEdited.connect(lambda _: self._on_titled())
        self._radios = QButtonGroup(self)
        self._radios.idToggled.connect(lambda *_: self._lead_keys())
        self.commander, self.strategy = QComboBox(), QComboBox()
        self.commander.setAccessibleName(tr("Commander"))
        self.strategy.setAccessibleName(tr("Strategy"))
        for strategy in (Strategy.PROACTIVE, Strategy.REACTIVE, Strategy.INACTIVE):
            self.strategy.addItem(strategy_word(strategy), strategy.value)
        self._lay_out()

    def _lay_out(self) -> None:
        people = QGridLayout()
        people.setContentsMargins(0, 0, 0, 0)
        people.setHorizontalSpacing(12)
        people.setVerticalSpacing(4)
        for at, (name, box) in enumerate(
            ((tr("Commander"), self.commander), (tr("Strategy"), self.strategy))
        ):
            head = label(name, "strong", wraps=False)
            head.setBuddy(box)
            people.addWidget(head, 0, at)
            people.addWidget(box, 1, at)
            people.setColumnStretch(at, 1)
        title_head = label(tr("Title"), "strong", wraps=False)
        title_head.setBuddy(self.title)
        severity = label(tr("Severity (unsure: take the worse)"), "strong", wraps=False)
        layout = column(title_head, self.title, severity, space=6)
        layout.addLayout(self._severities())
        layout.addLayout(people)
        layout.addStretch(1)
        self.setLayout(layout)

    def _severities(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 6)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        top = Qt.AlignmentFlag.AlignTop
        for n, choice in enumerate(CHOICES):
            grid.addWidget(self._radio(choice), n, 0, top)
            grid.addWidget(label(severity_means(choice), "dim"), n, 1, top)
        grid.setColumnStretch(1, 1)
        return grid

    def _radio(self, severity: Severity) -> QRadioButton:
        made = QRadioButton(severity_word(severity))
        made.setAccessibleName(f"{severity_word(severity)}: {severity_means(severity)}")
        made.clicked.connect(lambda: self._on_rated())
        self._radios.addButton(made, severity.value)
        return made

    def _lead_keys(self) -> None:
        """Tab goes to the chosen one; from there the arrows choose."""
        for one in self._radios.buttons():
            stops = Qt.FocusPolicy.StrongFocus if one.isChecked() else Qt.FocusPolicy.ClickFocus
            one.setFocusPolicy(stops)

    def suggest(self, title: str, severity: int) -> None:
        """The playbook's defaults, where nobody typed or chose."""
        if not self._is_titled:
            self.title.setText(one_line(title)[:MAX_TITLE])
        if not self._is_rated and (button := self._radios.button(severity)) is not None:
            button.setChecked(True)
        self.changed.emit()

    def keep_title(self, title: str) -> None:
        """Of the suspected incident: no playbook's name takes its place."""
        if title:
            self._is_titled = True
            self.title.setText(one_line(title)[:MAX_TITLE])

    def fill_people(self, people: Sequence[PersonRow]) -> None:
        """Who is at the keys commands, unless another is chosen."""
        self.commander.clear()
        for person in people:
            self.commander.addItem(one_line(person.name), person.id)
            if person.is_here:
                self.commander.setCurrentIndex(self.commander.count() - 1)

    @property
    def severity(self) -> int:
        """0 = none is chosen."""
        return max(0, self._radios.checkedId())

    @property
    def commander_id(self) -> int:
        return int(self.commander.currentData() or 0)

    def _on_titled(self) -> None:
        self._is_titled = True
        self.changed.emit()

    def _on_rated(self) -> None:
        self._is_rated = True
        self.changed.emit()
