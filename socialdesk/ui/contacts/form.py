"""What is typed about a person: name, organisation, preferred channel, fields of any number."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from socialdesk.domain.people.contact import CHANNELS, FieldKind, Profile, clean_profile
from socialdesk.engine.words.contacts import column_name
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import clear, column, label, push, row, tool
from socialdesk.ui.keys import press_of
from socialdesk.ui.plain import opened
from socialdesk.ui.typed import Field, carry
from socialdesk.ui.words import network_label


class ContactForm(QWidget):
    """`changed`: what is typed differs from what was shown, or no longer. `link_asked(url)`: the
    CRM link shall be opened. `save_asked`: Ctrl+S in one of its fields."""

    changed = Signal()
    save_asked = Signal()
    link_asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = Profile("")
        self._networks: tuple[str, ...] = ()
        self._name, self._org, self._crm = (self._line() for _ in range(3))
        self._channel = QComboBox()
        self._channel.setAccessibleName(tr("Preferred channel"))
        self._channel.currentIndexChanged.connect(lambda _: self.changed.emit())
        self._fields: list[tuple[QComboBox, QLineEdit]] = []
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        top = QGridLayout()
        top.setColumnStretch(1, 1)
        for n, (text, field) in enumerate((
            (tr("Name"), self._name), (tr("Organisation"), self._org),
            (tr("Preferred channel"), self._channel), (tr("CRM link"), self._crm),
        )):  # fmt: skip
            words = label(text, wraps=False)
            words.setBuddy(field)
            field.setAccessibleName(text)
            top.addWidget(words, n, 0)
            top.addWidget(field, n, 1)
        self._open = tool(tr("Open the CRM link"), self._ask_link, "external-link")
        top.addWidget(self._open, n, 2)
        self._crm.textChanged.connect(self._follow_link)
        self._follow_link()
        self._add = push(tr("Add a field"), lambda: self._add_field("email", ""), kind="quiet",
                         icon="plus")  # fmt: skip
        self.setLayout(column(top, self._grid, row(self._add, None)))

    def show_profile(self, profile: Profile, networks: tuple[str, ...] = ()) -> None:
        """`networks`: the keys of those the person is on, as channels to choose from."""
        self._shown, self._networks = profile, networks
        self.blockSignals(True)
        self._name.setText(profile.name)
        self._org.setText(profile.org)
        self._crm.setText(profile.crm_url)
        self._channel.clear()
        self._channel.addItem(tr("not told"), "")
        for key in dict.fromkeys((*networks, *CHANNELS, profile.channel)):
            if key:
                name = column_name(key) if key in CHANNELS else network_label(key)
                self._channel.addItem(name, key)
        self._channel.setCurrentIndex(max(0, self._channel.findData(profile.channel)))
        clear(self._grid)
        self._fields = []
        for kind, value in profile.fields:
            self._add_field(kind, value, is_typed=False)
        self.blockSignals(False)
        self.changed.emit()

    def carry_on(self, old: "ContactForm", had_keys: QWidget | None) -> None:
        """What is typed in `old`, the same form in another language."""
        self.show_profile(replace(old._shown, fields=old._typed_fields()), old._networks)
        self._shown = old._shown
        carry(old._all_fields(), self._all_fields(), had_keys)
        self.changed.emit()

    def profile(self) -> Profile:
        """As typed, cleaned."""
        return clean_profile(
            Profile(
                self._name.text(), self._org.text(), str(self._channel.currentData() or ""),
                self._crm.text(), self._typed_fields(),
            )
        )  # fmt: skip

    @property
    def is_changed(self) -> bool:
        return self.profile() != clean_profile(self._shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if press_of(event) == "Ctrl+S":
            self.save_asked.emit()
        else:
            super().keyPressEvent(event)

    def _typed_fields(self) -> tuple[tuple[str, str], ...]:
        return tuple((str(kind.currentData()), field.text()) for kind, field in self._fields)

    def _all_fields(self) -> list[Field]:
        own = [field for pair in self._fields for field in pair]
        return [self._name, self._org, self._channel, self._crm, *own]

    def _follow_link(self) -> None:
        self._open.setEnabled(opened(self._crm.text().strip()) is not None)

    def _ask_link(self) -> None:
        self.link_asked.emit(self._crm.text().strip())

    def focus_name(self) -> None:
        self._name.setFocus()

    def _line(self) -> QLineEdit:
        made = QLineEdit()
        made.textChanged.connect(lambda _: self.changed.emit())
        return made

    def _add_field(self, kind: str, value: str, *, is_typed: bool = True) -> None:
        n = self._grid.rowCount()
        kinds, field = QComboBox(), self._line()
        for known in FieldKind:
            kinds.addItem(column_name(known.value), known.value)
        kinds.setCurrentIndex(kinds.findData(kind))
        kinds.setAccessibleName(tr("Kind of field"))
        kinds.currentIndexChanged.connect(lambda _: self.changed.emit())
        field.setText(value)
        field.setAccessibleName(tr("Field"))
        entry = (kinds, field)
        drop = tool(tr("Remove this field"), lambda: self._drop_field(entry, drop), "x")
        for place, widget in enumerate((kinds, field, drop)):
            self._grid.addWidget(widget, n, place)
        self._fields.append(entry)
        if is_typed:
            field.setFocus()

    def _drop_field(self, entry: tuple[QComboBox, QLineEdit], drop: QWidget) -> None:
        self._fields.remove(entry)
        for widget in (*entry, drop):
            widget.hide()
            widget.deleteLater()
        self._name.setFocus()
        self.changed.emit()
