"""Who is at the keys, and who else works here."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget

from socialdesk.domain.queue.rows import PersonRow
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.plain import isolated
from socialdesk.ui.settings.fields import FIELD_WIDTH


class PeopleBox(QWidget):
    """`person_chosen(id)`, `person_added(name)`, `sheet_asked(name)`: see `open_sheet`."""

    person_chosen = Signal(int)
    person_added = Signal(str)
    sheet_asked = Signal(str)

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
        pins = self._opener(tr("PINs…"), "pins")
        pins.setAccessibleDescription(tr("What each person types for a second look."))
        put_away = self._opener(tr("Put away…"), "put_away")
        put_away.setAccessibleDescription(tr("For somebody who left: their name stays."))
        bring_back = self._opener(tr("Bring back…"), "bring_back")
        self.setLayout(column(
            row(name, None, self._here, pins), label(words, "dim"),
            row(None, self._new_name, push(tr("Add"), self._add),
                self._opener(tr("Rename…"), "rename")),
            row(None, put_away, bring_back), self._told, space=2,
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

    def _opener(self, words: str, sheet: str) -> QPushButton:
        return push(words, partial(self.sheet_asked.emit, sheet))

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


def open_sheet(name: str, desk: Desk, parent: QWidget) -> None:
    """pins, rename, put_away or bring_back; each is loaded when it is asked for."""
    if name == "pins":
        from socialdesk.ui.people.pin_dialog import open_pins

        open_pins(desk, parent)
    elif name == "rename":
        from socialdesk.ui.people.rename import ask_rename

        ask_rename(desk, parent)
    else:
        from socialdesk.ui.people.putting_away import ask_bring_back, ask_put_away

        (ask_put_away if name == "put_away" else ask_bring_back)(desk, parent)
