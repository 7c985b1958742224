"""One person: what we know, where they are, notes, labels, merges, all they wrote."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from socialdesk.domain.people.contact import AuthorRow, MergeRow, PersonDetail, Profile
from socialdesk.engine.commands.contacts import (
    AddContactNote,
    ContactsCommand,
    LabelContact,
    LinkAuthor,
    MarkContact,
    SaveContact,
    UnmergePeople,
)
from socialdesk.engine.desk import Desk
from socialdesk.engine.words.contacts import reason
from socialdesk.i18n import tr, trn
from socialdesk.ui.breaking import BreakingLabel
from socialdesk.ui.compose.parts import clear, column, label, push, row
from socialdesk.ui.contacts.form import ContactForm
from socialdesk.ui.contacts.history import History
from socialdesk.ui.flow import Flow
from socialdesk.ui.plain import dress, isolated
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.typed import carry
from socialdesk.ui.words import count, day, moment, network_label

PAGE = 20


class PersonPane(ScrollArea):
    """`asked(command)`: to be done. `merge_asked`, `export_asked`, `erase_asked`: of the person
    shown. `mention_asked(id)`."""

    asked = Signal(object)
    merge_asked = Signal()
    export_asked = Signal()
    erase_asked = Signal()
    mention_asked = Signal(object)

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._now = now
        self.person: PersonDetail | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("The person"))
        self._title, self._summary = BreakingLabel(tone="heading"), label(tone="dim")
        self.form = ContactForm(self)
        self.form.changed.connect(self._show_state)
        self.save = push(tr("Save (Ctrl+S)"), self._save)
        self.form.save_asked.connect(self.save.click)
        self._vip = push(tr("VIP"), partial(self._mark, "is_vip"), kind="quiet", icon="star")
        self._mute = push(tr("Mute"), partial(self._mark, "is_muted"), kind="quiet",
                          icon="volume-x")  # fmt: skip
        self._merge = push(tr("Merge with…"), self.merge_asked.emit, kind="quiet", icon="users")
        self._export = push(tr("Export their data…"), self.export_asked.emit, kind="quiet",
                            icon="file-text")  # fmt: skip
        self._erase = push(tr("Erase…"), self.erase_asked.emit, kind="quiet", icon="trash-2")
        self._labels, self._authors = QHBoxLayout(), QVBoxLayout()
        self._merges, self._notes = QVBoxLayout(), QVBoxLayout()
        self._label = self._typed(tr("Add a label"), self._add_label)
        self._note = self._typed(tr("Add a note: ours alone, never sent"), self._add_note)
        self.history = History(desk, now, self, PAGE)
        self.history.mention_asked.connect(self.mention_asked)
        self._later = QWidget()  # what only a stored person has
        self._later.setLayout(column(
            _head(tr("Labels")), row(self._labels, self._label), _head(tr("On networks")),
            self._authors, self._merges, _head(tr("Notes")), self._note, self._notes,
            _head(tr("What they wrote, and our answers")), self.history,
        ))  # fmt: skip
        page = QWidget()
        page.setLayout(column(
            self._title, self._summary, self.form, Flow(self.save, self._vip, self._mute, far=2),
            Flow(self._merge, self._export, self._erase), self._later, None, margin=16,
        ))  # fmt: skip
        self.setWidget(page)

    def show_person(self, person: PersonDetail | None, *, keeps_typed: bool = False) -> None:
        """None: a new one, nothing stored yet. `keeps_typed`: the same one, read again while
        something is being typed."""
        keeps_typed = keeps_typed and self._is_of(person) and self.form.is_changed
        self.person = person
        is_stored = person is not None
        for part in (self._later, self._vip, self._mute, self._merge, self._export, self._erase):
            part.setVisible(is_stored)
        self._summary.setVisible(is_stored)
        if person is None:
            self._title.setText(tr("New contact"))
            self.form.show_profile(Profile(""))
            return
        self._title.setText(isolated(person.profile.name))
        self._summary.setText(_summary(person, self._now()))
        networks = tuple(dict.fromkeys(a.network for a in person.authors))
        if not keeps_typed:
            self.form.show_profile(person.profile, networks)
        self._vip.setText(tr("No longer VIP") if person.is_vip else tr("VIP"))
        self._mute.setText(tr("Hear them again") if person.is_muted else tr("Mute"))
        for part in (self._vip, self._mute):
            part.setEnabled(bool(person.authors))
        self._fill_labels(person)
        self._fill_authors(person)
        self._fill_notes(person)
        author = person.authors[0].id if person.authors else 0
        self.history.show_person(person.contact_id, author)
        self._show_state()

    def carry_on(self, old: "PersonPane", had_keys: QWidget | None) -> None:
        """The person of `old`, the pane in another language, with what is typed there."""
        self.show_person(old.person)
        self.form.carry_on(old.form, had_keys)
        carry((old._label, old._note), (self._label, self._note), had_keys)

    def _is_of(self, person: PersonDetail | None) -> bool:
        return person is not None and self._id == person.contact_id

    def _typed(self, text: str, done: Callable[[], None]) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(text)
        made.setAccessibleName(text)
        made.returnPressed.connect(done)
        return made

    def _fill_labels(self, person: PersonDetail) -> None:
        clear(self._labels)
        for name in person.labels:
            button = push(f"{name} ×", partial(self._take_off, name), kind="quiet")
            button.setAccessibleName(tr("Take off the label {name}", name=name))
            self._labels.addWidget(button)

    def _fill_authors(self, person: PersonDetail) -> None:
        clear(self._authors)
        for author in person.authors:
            unlink = push(tr("Not them"), partial(self._unlink, author), kind="link")
            unlink.setAccessibleName(tr("{handle} is not this person", handle=author.handle))
            self._authors.addLayout(_told(BreakingLabel(_of_author(author)), unlink))
        if not person.authors:
            self._authors.addWidget(label(tr("No author is linked to them yet."), "dim"))
        clear(self._merges)
        for merge in person.merges:
            apart = push(tr("Take apart"), partial(self._unmerge, merge), kind="link")
            apart.setAccessibleName(tr("Take {name} apart again", name=merge.name))
            self._merges.addLayout(_told(label(_of_merge(merge, self._now()), "dim"), apart))

    def _fill_notes(self, person: PersonDetail) -> None:
        clear(self._notes)
        for note in person.notes:
            by = f"{isolated(note.person)} · {moment(note.at, self._now())}"
            self._notes.addWidget(label(by, "dim"))
            self._notes.addWidget(label(note.text))

    def _show_state(self) -> None:
        can_save = self.form.is_changed and bool(self.form.profile().name)
        self.save.setEnabled(can_save)
        dress(self.save, "kind", "primary" if can_save else "")

    @property
    def _id(self) -> int:
        return self.person.contact_id if self.person else 0

    def _save(self) -> None:
        p = self.form.profile()
        self.asked.emit(SaveContact(p.name, p.org, p.channel, p.crm_url, p.fields, self._id))

    def _mark(self, which: str) -> None:
        if self.person is None:
            return
        is_vip = which == "is_vip"
        value = int(not (self.person.is_vip if is_vip else self.person.is_muted))
        command: ContactsCommand = (
            MarkContact(is_vip=value, contact_id=self._id)
            if is_vip
            else MarkContact(is_muted=value, contact_id=self._id)
        )
        self.asked.emit(command)

    def _add_label(self) -> None:
        if name := self._label.text().strip():
            self._label.clear()
            self.asked.emit(LabelContact(name, contact_id=self._id))

    def _take_off(self, name: str) -> None:
        self.asked.emit(LabelContact(name, is_on=False, contact_id=self._id))

    def _add_note(self) -> None:
        if text := self._note.text().strip():
            self._note.clear()
            self.asked.emit(AddContactNote(text, contact_id=self._id))

    def _unlink(self, author: AuthorRow) -> None:
        self.asked.emit(LinkAuthor(author.id, 0))

    def _unmerge(self, merge: MergeRow) -> None:
        self.asked.emit(UnmergePeople(merge.contact_id))


def _told(words: QWidget, button: QWidget) -> QHBoxLayout:
    """The words take all the room that the button leaves."""
    made = row(words, button)
    made.setStretch(0, 1)
    return made


def _head(text: str) -> QWidget:
    made = label(text, "strong")
    made.setContentsMargins(0, 10, 0, 0)
    return made


def _summary(person: PersonDetail, now: int) -> str:
    if not person.authors:
        return tr("Nothing of theirs has been seen here yet.")
    n, m = person.n_mentions, person.n_replies
    return " · ".join((
        trn("{n} mention", "{n} mentions", n, n=count(n)),
        trn("{n} reply from us", "{n} replies from us", m, n=count(m)),
        tr("first seen {day}", day=day(person.first_seen_at, now)),
    ))  # fmt: skip


def _of_author(author: AuthorRow) -> str:
    said = [network_label(author.network), isolated(author.handle)]
    if author.n_followers >= 0:
        n = author.n_followers
        said.append(trn("{n} follower", "{n} followers", n, n=count(n)))
    n = author.n_mentions
    return " · ".join([*said, trn("{n} mention", "{n} mentions", n, n=count(n))])


def _of_merge(merge: MergeRow, now: int) -> str:
    return tr(
        "{name} was merged into them on {day} by {person}: {why}",
        name=isolated(merge.name), day=day(merge.at, now), person=isolated(merge.person),
        why=reason(merge.why, "").rstrip(": "),
    )  # fmt: skip
