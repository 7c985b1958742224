"""Who is at the keys, and who else works here."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from socialdesk.domain.queue.rows import PersonRow
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.plain import isolated
from socialdesk.ui.settings.fields import FIELD_WIDTH


class PeopleBox(QWidget):
    """`person_chosen(id)`, `person_added(name)`, `pins_asked()`, `rename_asked()`."""

    person_chosen = Signal(int)
    person_added = Signal(str)
    pins_asked = Signal()
    rename_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._here = QComboBox()
        self._here.setAccessibleName(tr("I am"))
        self._here.setMinimumWidth(FIELD_WIDTH)
        self._here.activated.connect(lambda n: self.person_chosen.emit(self._here.itemData(n)))
        self._new_name = QLineEdit()
        self._new_name.setAccessibleName(tr("Name of another person"))
        self._new_name.setPlaceholderText(tr("Add a person…"))
        self._new_name.returnPressed.connect(self._add)
        self._told = label(tone="dim")
        self._told.hide()
        self._asked = ""  # a name on its way
        name = label(tr("I am"), wraps=False)
        name.setBuddy(self._here)
        words = tr("Whose name stands on replies, approvals and in the journal.")
        self._here.setAccessibleDescription(words)
        pins = push(tr("PINs…"), self.pins_asked.emit)
        pins.setAccessibleDescription(tr("What each person types for a second look."))
        self.setLayout(column(
            row(name, None, self._here, pins), label(words, "dim"),
            row(None, self._new_name, push(tr("Add"), self._add),
                push(tr("Rename…"), self.rename_asked.emit)),
            self._told, space=2,
        ))  # fmt: skip

    def show_people(self, people: Sequence[PersonRow]) -> None:
        """Who there is; the one who is here is chosen."""
        with QSignalBlocker(self._here):
            self._here.clear()
            for n, person in enumerate(people):
                self._here.addItem(person.name, person.id)
                if person.is_here:
                    self._here.setCurrentIndex(n)
        if self._asked and self._has(self._asked):
            self._tell(tr("{name} is added.", name=isolated(self._asked)))
            self._asked = ""

    def _add(self) -> None:
        name = " ".join(self._new_name.text().split())
        if self._has(name):  # it stays, to be mended
            self._tell(tr("{name} is there already.", name=isolated(name)))
        elif name:
            self._new_name.clear()
            self._asked = name
            self.person_added.emit(name)

    def _has(self, name: str) -> bool:
        known = (self._here.itemText(n).casefold() for n in range(self._here.count()))
        return name.casefold() in known

    def _tell(self, words: str) -> None:
        self._told.setText(words)
        self._told.show()
