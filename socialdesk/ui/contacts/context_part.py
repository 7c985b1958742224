"""The person behind an author, beside a thread: across networks, fields, notes, all they wrote."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.people.contact import AuthorRow, PersonDetail
from socialdesk.engine.commands.contacts import (
    AddContactNote,
    ContactsCommand,
    ExportPerson,
    LabelContact,
    MakeContact,
)
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries.contacts import ReadPerson
from socialdesk.engine.words.contacts import column_name
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import NoticeBar, clear, column, label
from socialdesk.ui.contacts.edit_dialog import EditDialog
from socialdesk.ui.contacts.erase_dialog import open_erasing
from socialdesk.ui.contacts.history import History
from socialdesk.ui.elided import elided_link
from socialdesk.ui.plain import isolated
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.words import moment, network_label

PAGE, NOTES = 10, 3  # mentions a read; notes shown


class PersonPart(QWidget):
    """`mention_asked(id)`: show that earlier mention. `contact_asked()`: which contact it is."""

    mention_asked = Signal(object)
    contact_asked = Signal()

    def __init__(self, desk: Desk, author: int, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._author, self._now = desk, author, now
        self._read = Latest(self)
        self.person: PersonDetail | None = None
        self._notice = NoticeBar(self)
        self._known = QVBoxLayout()
        self._known.setSpacing(4)
        self._note = self._typed(tr("Add a note"), self._add_note)
        self._label = self._typed(tr("Add a label"), self._add_label)
        self._make = _link(tr("Make contact"), self._make_contact)
        self._link = _link(tr("Link to a contact…"), self.contact_asked.emit)
        self._edit = _link(tr("Edit…"), self._ask_edit)
        self._export = _link(tr("Export their data…"), self._ask_export)
        self._erase = _link(tr("Erase…"), self._ask_erase)
        self.history = History(desk, now, self, PAGE)
        self.history.mention_asked.connect(self.mention_asked)
        self.setLayout(column(
            self._notice, self._known, self._note, self._label, self._make, self._link, self._edit,
            label(tr("What they wrote"), "strong"), self.history,
            self._export, self._erase, space=6,
        ))  # fmt: skip
        Bridge(desk, self).changed.connect(self._on_changed)
        self.refresh()

    def refresh(self) -> None:
        """Read the person again."""
        query = ReadPerson(author_id=self._author)
        self._read.wait(self._desk.ask(query), self._show, self._fail)

    def take_typed(self, before: "PersonPart") -> None:
        """What was typed into the part that this one replaces, and the keys."""
        for mine, theirs in ((self._note, before._note), (self._label, before._label)):
            mine.setText(theirs.text())
            if theirs.hasFocus():
                # Not yet: this part stands in no window while it is being made.
                QTimer.singleShot(0, mine, mine.setFocus)

    def _typed(self, text: str, done: Callable[[], None]) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(text)
        made.setAccessibleName(text)
        made.returnPressed.connect(done)
        return made

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.CONTACTS, Area.ALL}:
            self.refresh()

    def tick(self) -> None:
        """A minute may have passed: the ages of what they wrote."""
        self.history.tick()

    def _show(self, person: PersonDetail | None) -> None:
        self.person = person if isinstance(person, PersonDetail) else None
        self.setVisible(self.person is not None)
        if self.person is None:
            return
        for offered in (self._make, self._link):
            offered.setVisible(not self.person.contact_id)
        self._edit.setVisible(bool(self.person.contact_id))
        clear(self._known)
        for text, tone in _lines(self.person, self._author, self._now()):
            self._known.addWidget(label(text, tone))
        self.history.show_person(self.person.contact_id, self._author)

    @property
    def _who(self) -> dict[str, int]:
        """The contact where there is one, else the author: then it is made now."""
        contact = self.person.contact_id if self.person else 0
        return {"contact_id": contact} if contact else {"author_id": self._author}

    def _make_contact(self) -> None:
        """The link goes with it; what takes keys after it is the one that erases."""
        if self._make.hasFocus():
            self._note.setFocus()
        self._do(MakeContact(self._author))

    def _add_note(self) -> None:
        if text := self._note.text().strip():
            self._note.clear()
            self._do(AddContactNote(text, **self._who))

    def _add_label(self) -> None:
        if name := self._label.text().strip():
            self._label.clear()
            self._do(LabelContact(name, True, **self._who))

    def _ask_edit(self) -> None:
        if self.person is not None:
            EditDialog(self._desk, self.person, self.window()).open()

    def _ask_export(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, tr("Export their data"), "person.zip", tr("Archives (*.zip)")
        )
        if path:
            command = ExportPerson(path, **self._who)
            Waiter(self, self._desk.do(command), self._on_exported, self._fail)

    def _on_exported(self, done: Done) -> None:
        text = tr("Written to {file}", file=isolated(str(done.answer["path"])))
        self._notice.tell(text, tone="accent")

    def _ask_erase(self) -> None:
        contact = self.person.contact_id if self.person else 0
        open_erasing(self._desk, contact, 0 if contact else self._author, self.window(), _ignore)

    def _do(self, command: ContactsCommand) -> None:
        self._notice.clear()
        Waiter(self, self._desk.do(command), lambda _: None, self._fail)

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))


def _link(text: str, act: Callable[[], None]) -> QPushButton:
    made = elided_link(text)
    made.clicked.connect(lambda: act())
    return made


def _lines(person: PersonDetail, author: int, now: int) -> list[tuple[str, str]]:
    """What is known beyond the author in the head of the pane: (text, tone)."""
    lines: list[tuple[str, str]] = []
    profile = person.profile
    if person.contact_id:
        lines.append((tr("Contact: {name}", name=isolated(profile.name)), "strong"))
    if profile.org:
        lines.append((isolated(profile.org), ""))
    if person.labels:
        lines.append((" · ".join(isolated(name) for name in person.labels), "accent"))
    lines += [(f"{column_name(kind)}: {isolated(value)}", "") for kind, value in profile.fields]
    if profile.channel:
        known = column_name(profile.channel)
        channel = known if known != profile.channel else network_label(profile.channel)
        lines.append((tr("Prefers: {channel}", channel=channel), ""))
    if profile.crm_url:
        lines.append((tr("CRM: {link}", link=isolated(profile.crm_url)), ""))
    lines += [(_elsewhere(a), "dim") for a in person.authors if a.id != author]
    for note in person.notes[:NOTES]:
        lines.append((f"{isolated(note.person)} · {moment(note.at, now)}", "dim"))
        lines.append((note.text, ""))
    return lines


def _elsewhere(author: AuthorRow) -> str:
    return tr("Also {handle} on {network}", handle=isolated(author.handle),
              network=network_label(author.network))  # fmt: skip


def _ignore(_: Any) -> None:
    """The queue tells by itself that they are gone."""
