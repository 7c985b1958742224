"""People: everybody we know something of, one of them in full, and who may be one person."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QStackedWidget,
    QTabBar,
    QTableView,
    QWidget,
)

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.people.contact import PersonDetail, Suggestion
from socialdesk.domain.queue.rows import Listing
from socialdesk.engine.commands.contacts import (
    ContactsCommand,
    ExportContacts,
    ExportPerson,
    MergePeople,
    SaveContact,
)
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries.contacts import ListContacts, ReadPerson, SuggestMerges
from socialdesk.engine.words.contacts import counted
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.clearing import make_clearable
from socialdesk.ui.compose.parts import NoticeBar, Speaker, column, label, push
from socialdesk.ui.contacts.card import HEIGHT, ContactCard
from socialdesk.ui.contacts.choosing import choose_contact
from socialdesk.ui.contacts.erase_dialog import open_erasing
from socialdesk.ui.contacts.import_dialog import open_import
from socialdesk.ui.contacts.model import ContactsModel
from socialdesk.ui.contacts.person_pane import PersonPane
from socialdesk.ui.contacts.suggestions import SuggestionsPane
from socialdesk.ui.empty_note import EmptyNote
from socialdesk.ui.flow import Flow
from socialdesk.ui.link_question import ask_to_open
from socialdesk.ui.plain import isolated
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.text_size import keep_rows
from socialdesk.ui.timers import once
from socialdesk.ui.turning import TurningSplit
from socialdesk.ui.typed import carry
from socialdesk.ui.words import count

SEARCH_MS = 120
PEOPLE, ALIKE = 0, 1  # tabs
WIDE = 560  # px that the list and a person need side by side


def nobody_words(*, is_search: bool) -> str:
    """Why the list is empty, and what to do."""
    if is_search:
        return tr("Nobody is found by these words.")
    return tr("Nobody yet. Whoever writes to you becomes a contact with the first note, label "
              "or field about them, beside the thread (i); or import a file.")  # fmt: skip


class ContactsScreen(QWidget):
    """List at the left, the chosen person at the right. `mention_asked(id)`: show a mention."""

    mention_asked = Signal(object)

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk, self._now = desk, now
        self._listed, self._read, self._alike = Latest(self), Latest(self), Latest(self)
        self._id = 0  # of the person shown; 0 = a new one
        self._is_new = False  # a new one is being written
        self._make()
        self._speaker = Speaker(self, self._make_again)
        Bridge(desk, self).changed.connect(self._on_changed)
        self.refresh()

    def _make_again(self) -> None:
        search, tab, pane = self._search, self._tabs.currentIndex(), self.pane
        page, had_keys = self._pages.currentIndex(), self._speaker.had_keys
        self._make()
        self._tabs.setCurrentIndex(tab)
        self._pages.setCurrentIndex(page)
        carry((search,), (self._search,), had_keys)
        self.pane.carry_on(pane, had_keys)
        self.refresh()

    def _make(self) -> None:
        self._notice = NoticeBar(self)
        self._tabs = QTabBar()
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setAccessibleName(tr("What is listed"))
        self._tabs.addTab(tr("People"))
        self._tabs.addTab(tr("May be one person"))
        self._tabs.currentChanged.connect(self._turn)
        self._search = QLineEdit()
        self._search.setAccessibleName(tr("Search people"))
        self._search.setPlaceholderText(tr("Name, address, handle or label:…"))
        make_clearable(self._search)
        self._pause = once(self._search, SEARCH_MS, self._list_people)
        self._search.textChanged.connect(lambda _: self._pause.start())
        self._count = label(tone="dim")
        self._make_list()
        buttons = Flow(
            push(tr("New contact"), self.new_contact, icon="plus"),
            push(tr("Import…"), self.ask_import), push(tr("Export…"), self.ask_export), far=2,
        )  # fmt: skip
        left = QWidget()
        left.setLayout(column(
            self._tabs, self._search, self.list, self._count, buttons, margin=12
        ))  # fmt: skip
        self.pane = PersonPane(self._desk, self._now, self)
        self.pane.asked.connect(self._do)
        self.pane.merge_asked.connect(self._ask_merge)
        self.pane.export_asked.connect(self._ask_export_person)
        self.pane.erase_asked.connect(self._ask_erase)
        self.pane.mention_asked.connect(self.mention_asked)
        self.pane.form.link_asked.connect(self._open_link)
        self.alike = SuggestionsPane(self)
        self.alike.asked.connect(self._do)
        self._pages = QStackedWidget()
        nobody = QWidget()  # the list says why
        for page in (self.pane, self.alike, nobody):
            self._pages.addWidget(page)
        split = TurningSplit(left, self._pages, (400, 600), WIDE, above=0.45)
        self.setLayout(column(self._notice, split, space=0))

    def _make_list(self) -> None:
        self.model = ContactsModel(self._desk, self)
        self.list = QTableView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(ContactCard(self.list))
        self.list.setProperty("framed", "yes")
        self.list.setAccessibleName(tr("People"))
        self._empty = EmptyNote(self.list)
        self.list.setShowGrid(False)
        self.list.setTabKeyNavigation(False)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header in (self.list.horizontalHeader(), self.list.verticalHeader()):
            header.hide()
            header.setSelectionModel(QItemSelectionModel(self.model, header))  # style.md, 8
        self.list.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.list.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        keep_rows(self.list, HEIGHT)
        self.list.selectionModel().currentChanged.connect(
            lambda now, _: self._choose(self.model.id_at(now.row()))
        )

    # --- reading ---

    def refresh(self) -> None:
        """Read everything shown again."""
        self._list_people()
        if self._tabs.currentIndex() == ALIKE:
            self._ask_alike()

    def show_person(self, contact: int) -> None:
        """That person, whatever is listed."""
        self._tabs.setCurrentIndex(PEOPLE)
        self._choose(contact)

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.CONTACTS, Area.ALL}:
            self.refresh()
            if self._id:
                self._read_person(keeps_typed=True)

    def _turn(self, tab: int) -> None:
        if tab == ALIKE:
            self._pages.setCurrentWidget(self.alike)
            self._ask_alike()
        else:
            self._pages.setCurrentWidget(self.pane)

    def _ask_alike(self) -> None:
        self._alike.wait(self._desk.ask(SuggestMerges()), self._show_alike, self._fail)

    def _show_alike(self, found: list[Suggestion]) -> None:
        self.alike.show_suggestions(found)

    def _list_people(self) -> None:
        query = ListContacts(self._search.text().strip())
        self._listed.wait(self._desk.ask(query), self._show_list, self._fail)

    def _show_list(self, listing: Listing) -> None:
        self.model.show(listing.ids)
        n = listing.n_total
        self._count.setText(trn("{n} person", "{n} people", n, n=count(n)) if n else "")
        self._empty.say("" if n else nobody_words(is_search=bool(self._search.text().strip())))
        at = self.model.place(self._id)
        is_nobody = not self._id and not self._is_new
        if at < 0 and n and is_nobody:
            at = 0
        if at >= 0:
            self.list.setCurrentIndex(self.model.index(at, 0))
            if is_nobody:  # the row may be the same as before, of somebody else
                self._choose(self.model.id_at(at))
        elif not n and is_nobody:
            self._pages.setCurrentIndex(2 if self._tabs.currentIndex() == PEOPLE else 1)

    def _choose(self, contact: int) -> None:
        if not contact:
            return
        is_same = contact == self._id  # its place in the list is another, or it is read again
        self._id, self._is_new = contact, False
        self._tabs.setCurrentIndex(PEOPLE)
        self._pages.setCurrentWidget(self.pane)
        self._read_person(keeps_typed=is_same)

    def _read_person(self, *, keeps_typed: bool) -> None:
        show = partial(self._show_person, keeps_typed)
        self._read.wait(self._desk.ask(ReadPerson(self._id)), show, self._fail)

    def _show_person(self, keeps_typed: bool, person: PersonDetail | None) -> None:
        if isinstance(person, PersonDetail):
            self._id = person.contact_id
            self.pane.show_person(person, keeps_typed=keeps_typed)
        else:  # merged away, undone or erased
            keys = self.window().focusWidget()
            had_keys = keys is not None and self.pane.isAncestorOf(keys)
            self._id = 0
            self._pages.setCurrentIndex(2)
            if had_keys:
                self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self._list_people()  # somebody else is shown, if there is anybody

    # --- acting ---

    def new_contact(self) -> None:
        """An empty form; nothing is stored before it is saved."""
        self._id, self._is_new = 0, True
        self._read.forget()  # somebody still being read is not to come over what is typed here
        self.list.setCurrentIndex(QModelIndex())
        self._tabs.setCurrentIndex(PEOPLE)
        self._pages.setCurrentWidget(self.pane)
        self.pane.show_person(None)
        self.pane.form.focus_name()

    def ask_import(self) -> None:
        """Choose a file, look at it, import it."""
        path, _ = QFileDialog.getOpenFileName(
            self, tr("Import people"), "", tr("People (*.csv *.tsv *.txt *.vcf)")
        )
        if path:
            open_import(self._desk, path, self, self._on_imported)

    def ask_export(self) -> None:
        """Those listed, to a file."""
        kinds = {
            tr("Table (*.csv)"): "4.0", tr("vCard 4.0 (*.vcf)"): "4.0",
            tr("vCard 3.0 (*.vcf)"): "3.0",
        }  # fmt: skip
        path, kind = QFileDialog.getSaveFileName(
            self, tr("Export people"), "people.csv", ";;".join(kinds)
        )
        if path:
            ending = ".vcf" if "vcf" in kind else ".csv"
            path = path if Path(path).suffix else path + ending
            search = self._search.text().strip()
            command = ExportContacts(path, search, kinds.get(kind, "4.0"))
            Waiter(self, self._desk.do(command), self._on_exported, self._fail)

    def _ask_merge(self) -> None:
        if self._id:
            choose_contact(
                self._desk, tr("Who is the same person?"), self._id, self, partial(self._merge)
            )

    def _merge(self, other: int) -> None:
        self._do(MergePeople(contact_id=self._id, from_contact_id=other))

    def _ask_export_person(self) -> None:
        path, _ = QFileDialog.getSaveFileName(
            self, tr("Export their data"), "person.zip", tr("Archives (*.zip)")
        )
        if path:
            command = ExportPerson(path, contact_id=self._id)
            Waiter(self, self._desk.do(command), self._on_exported, self._fail)

    def _ask_erase(self) -> None:
        open_erasing(self._desk, self._id, 0, self, self._on_erased)

    def _do(self, command: ContactsCommand) -> None:
        self._notice.clear()
        Waiter(self, self._desk.do(command), partial(self._done, command), self._fail)

    def _done(self, command: ContactsCommand, done: Done) -> None:
        if isinstance(command, SaveContact | MergePeople) and "contact_id" in done.answer:
            self._id, self._is_new = int(done.answer["contact_id"]), False
            self._read_person(keeps_typed=False)

    def _on_imported(self, answer: dict[str, Any]) -> None:
        self._tell(
            tr("Imported: {counts}. Undo takes it back as one.", counts=counted(
                answer["n_new"], answer["n_updated"], answer["n_skipped"], answer["n_broken"]
            ))
        )  # fmt: skip

    def _on_exported(self, done: Done) -> None:
        self._tell(tr("Written to {file}", file=isolated(str(done.answer["path"]))))

    def _on_erased(self, answer: dict[str, Any]) -> None:
        self._id = 0
        self._pages.setCurrentIndex(2)
        said = [tr("Erased. The receipt: {file}", file=isolated(str(answer["receipt"])))]
        if n := int(answer.get("n_backups_left", 0)):
            said.append(trn("{n} backup still holds them.", "{n} backups still hold them.", n))
        self._tell(" ".join(said))

    def _open_link(self, url: str) -> None:
        ask_to_open(url, self, lambda text: self._notice.tell(text))

    def _tell(self, text: str) -> None:
        self._notice.tell(text, tone="accent")

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))
