"""Choosing a person by typing a part of their name, address or handle."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.people.contact import ContactRow
from socialdesk.domain.queue.rows import Listing
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.contacts import ListContacts, ReadContacts
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.contacts.words import where
from socialdesk.ui.empty_note import EmptyNote
from socialdesk.ui.plain import one_line
from socialdesk.ui.tasks import Latest
from socialdesk.ui.text_size import resize_for_text
from socialdesk.ui.timers import once

SEARCH_MS = 120
FOUND = 50
_ID = Qt.ItemDataRole.UserRole


class ChooseContact(QDialog):
    """`chosen(contact)`; 0 = a new one, where `offers_new`. `but`: who is not offered."""

    chosen = Signal(object)

    def __init__(
        self, desk: Desk, title: str, but: int, parent: QWidget, *, offers_new: bool = False
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        resize_for_text(self, 440, 420)
        self._desk, self._but, self._read = desk, but, Latest(self)
        self._is_found = self._takes_first = False  # what is typed; taken as soon as it is found
        self._search = QLineEdit()
        self._search.setPlaceholderText(tr("Type a part of a name, address or handle"))
        self._search.setAccessibleName(tr("Search people"))
        self._pause = once(self, SEARCH_MS, self._find)
        self._search.textChanged.connect(lambda _: self._on_typed())
        self.list = QListWidget()
        self.list.setProperty("framed", "yes")
        self.list.setAccessibleName(tr("People found"))
        self._empty = EmptyNote(self.list)
        self.list.itemActivated.connect(lambda _: self._take())
        self._search.returnPressed.connect(self._take_typed)
        choose = push(tr("Choose"), self._take, kind="primary")
        new = push(tr("New contact"), lambda: self._choose(0), icon="user-plus")
        new.setVisible(offers_new)
        self.setLayout(column(
            label(title, "strong"), self._search, self.list,
            row(new, None, push(tr("Cancel"), self.reject), choose), margin=16,
        ))  # fmt: skip
        self._find()

    def _on_typed(self) -> None:
        self._is_found = self._takes_first = False
        self._pause.start()

    def _find(self) -> None:
        future = self._desk.ask(ListContacts(self._search.text().strip()))
        self._read.wait(future, self._read_rows, self._fail)

    def _read_rows(self, listing: Listing) -> None:
        ids = tuple(id for id in listing.ids[: FOUND + 1] if id != self._but)
        self._read.wait(self._desk.ask(ReadContacts(ids)), self._show, self._fail)

    def _show(self, rows: list[ContactRow]) -> None:
        self.list.clear()
        for found in rows:
            entry = QListWidgetItem(f"{one_line(found.name)}\n{where(found)}")
            entry.setData(_ID, found.id)
            self.list.addItem(entry)
        self.list.setCurrentRow(0)
        self._empty.say("" if rows else self._why_empty())
        self._is_found = True
        if self._takes_first:
            self._take()

    def _why_empty(self) -> str:
        if self._search.text().strip():
            return tr("Nobody is found by these words.")
        return tr("There are no contacts yet.")

    def _take_typed(self) -> None:
        """Who is found by what is typed, not who was there before it."""
        if self._is_found:
            self._take()
        else:
            self._takes_first = True

    def _take(self) -> None:
        entry = self.list.currentItem()
        if entry is not None:
            self._choose(int(entry.data(_ID)))

    def _choose(self, contact: int) -> None:
        self.accept()
        self.chosen.emit(contact)

    def _fail(self, _: SocialDeskError) -> None:
        self.list.clear()


def choose_contact(
    desk: Desk, title: str, but: int, parent: QWidget, done: "partial[None]"
) -> ChooseContact:
    """Opened; `done(contact)` when one was chosen."""
    dialog = ChooseContact(desk, title, but, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.chosen.connect(done)
    dialog.open()
    return dialog
