"""Whose case it is: what to look for, who was found in the CRM, which of them it is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from socialdesk.domain.people.crm import CrmAccount, CrmPerson, RecordRow
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.crm.words import facts_line
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.wrapped import wrap_rows

_ROW = Qt.ItemDataRole.UserRole


class PersonBox(QWidget):
    """`asked(person)`: look them up. `chosen(record)`: this is them. `opened(url)`."""

    asked = Signal(object)
    chosen = Signal(object)
    opened = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = self._field(tr("Name"))
        self.email = self._field(tr("E-mail"))
        self.handle = self._field(tr("Handle"))
        self.phone = self._field(tr("Phone"))
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field in (self.name, self.email, self.handle, self.phone):
            text = label(field.accessibleName(), wraps=False)
            text.setBuddy(field)
            form.addRow(text, field)
        self.look = push(tr("Look up"), self._ask)
        self.list = QListWidget()
        self.list.setProperty("framed", "yes")
        wrap_rows(self.list)
        self.list.setAccessibleName(tr("Records found"))
        self.list.currentItemChanged.connect(lambda *_: self._show_state())
        self.them = push(tr("This is them"), self._choose)
        self.open = push(tr("Open in the browser"), self._open, kind="link")
        self._said = label(tone="dim")
        self.setLayout(column(
            label(tr("Whose case is it?"), "strong"), form, row(None, self.look), self._said,
            self.list, row(self.them, self.open, None),
        ))  # fmt: skip
        self.show_records([], None)

    @property
    def person(self) -> CrmPerson:
        """What a look-up would send: just what stands here."""
        texts = (self.name, self.email, self.handle, self.phone)
        return CrmPerson(*(field.text().strip() for field in texts))

    @property
    def record(self) -> RecordRow | None:
        """The one the case will belong to; None = nobody's."""
        entry = self.list.currentItem()
        found = entry.data(_ROW) if entry is not None else None
        return found if isinstance(found, RecordRow) else None

    def show_person(self, person: CrmPerson) -> None:
        """What to begin with; what somebody typed before it came stays."""
        for field, text in (
            (self.name, person.name), (self.email, person.email),
            (self.handle, person.handle), (self.phone, person.phone),
        ):  # fmt: skip
            if not field.isModified():
                field.setText(text)

    def show_records(self, records: list[RecordRow], crm: CrmAccount | None) -> None:
        """Those of this CRM; a chosen one is taken, else nobody."""
        self.list.clear()
        self._add(tr("Nobody's: a case without a record"), None)
        for one in records:
            if crm is not None and one.account_id == crm.id:
                facts = facts_line(one).replace("\n", " · ")
                mark = f"{tr('This is them')} · " if one.is_chosen else ""
                self._add(f"{mark}{isolated(one.record.name)}\n{facts}".strip(), one)
        is_chosen = [n for n in range(self.list.count()) if self._is_chosen(n)]
        self.list.setCurrentRow(is_chosen[0] if is_chosen else 0)
        self.look.setText(
            tr("Look up in {crm}", crm=one_line(crm.name)) if crm else tr("Look up")
        )  # fmt: skip
        self.look.setAccessibleName(self.look.text())
        self._show_state()

    def tell(self, text: str) -> None:
        """What a look-up brought."""
        self._said.setText(text)

    def _add(self, text: str, found: RecordRow | None) -> None:
        entry = QListWidgetItem(text)
        entry.setData(_ROW, found)
        self.list.addItem(entry)

    def _is_chosen(self, number: int) -> bool:
        found = self.list.item(number).data(_ROW)
        return isinstance(found, RecordRow) and found.is_chosen

    def _field(self, name: str) -> QLineEdit:
        made = QLineEdit()
        made.setAccessibleName(name)
        made.textChanged.connect(lambda _: self._show_state())
        made.returnPressed.connect(self._ask)
        return made

    def _show_state(self) -> None:
        if not hasattr(self, "open"):  # while it is made
            return
        found = self.record
        self.look.setEnabled(self.person != CrmPerson())
        self.them.setEnabled(found is not None and not found.is_chosen)
        self.open.setEnabled(found is not None and bool(found.record.url))

    def _ask(self) -> None:
        if self.look.isEnabled() and self.look.isVisibleTo(self):
            self.asked.emit(self.person)

    def _choose(self) -> None:
        if self.record is not None:
            self.chosen.emit(self.record)

    def _open(self) -> None:
        if self.record is not None:
            self.opened.emit(self.record.record.url)
