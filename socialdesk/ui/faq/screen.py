"""The known questions: find, write, archive; and the questions without an answer."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTabBar,
    QWidget,
)

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.replies.faq import FaqEntry, FaqGap
from socialdesk.engine.commands.faq import ArchiveFaq, DropFaqGap, SaveFaq
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries.faq import ListFaq, ListFaqGaps, SearchFaq
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.clearing import make_clearable
from socialdesk.ui.compose.parts import NoticeBar, Speaker, column, push, row, when
from socialdesk.ui.empty_note import EmptyNote
from socialdesk.ui.faq.entry_pane import EntryPane
from socialdesk.ui.plain import one_line
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.timers import once
from socialdesk.ui.turning import Turning
from socialdesk.ui.typed import carry
from socialdesk.ui.wrapped import wrap_rows

SEARCH_MS = 120
FOUND = 50
_ID = Qt.ItemDataRole.UserRole
ENTRIES, GAPS = 0, 1  # tabs
Act = SaveFaq | ArchiveFaq | DropFaqGap


class FaqScreen(QWidget):
    """List at the left, the chosen question at the right. `mention_asked(id)`: show the mention
    that asked."""

    mention_asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk, self._read = desk, Latest(self)
        self._entries: dict[int, FaqEntry] = {}
        self._gaps: dict[int, FaqGap] = {}
        self._id = 0  # of the entry or gap shown; 0 = a new entry
        self._is_new = False  # a new one is being written
        self._make()
        self._speaker = Speaker(self, self._make_again)
        Bridge(desk, self).changed.connect(self._on_changed)
        self.refresh()

    def _make_again(self) -> None:
        tab, chosen = self._tabs.currentIndex(), (self._id, self._is_new)
        search, with_archived, entry = self._search, self._with_archived.isChecked(), self._entry
        had_keys = self._speaker.had_keys
        self._make()
        self._tabs.setCurrentIndex(tab)
        self._id, self._is_new = chosen
        self._with_archived.setChecked(with_archived)
        carry((search,), (self._search,), had_keys)
        self._entry.carry_on(entry, had_keys)
        self._show_gap_buttons()
        self.refresh()

    def _make(self) -> None:
        self._notice = NoticeBar(self)
        self._tabs = QTabBar()
        self._tabs.setExpanding(False)
        self._tabs.setDrawBase(False)
        self._tabs.setAccessibleName(tr("What is listed"))
        self._tabs.addTab(tr("Answered"))
        self._tabs.addTab(tr("Without an answer"))
        self._tabs.currentChanged.connect(lambda _: self._turn())
        self._search = QLineEdit()
        self._search.setAccessibleName(tr("Search known questions"))
        self._search.setPlaceholderText(tr("Type as somebody would ask"))
        make_clearable(self._search)
        self._pause = once(self._search, SEARCH_MS, self.refresh)
        self._search.textChanged.connect(lambda _: self._pause.start())
        self._list = QListWidget()
        self._list.setProperty("framed", "yes")
        self._list.setSpacing(1)
        wrap_rows(self._list)
        self._list.setAccessibleName(tr("Known questions"))
        self._list.currentItemChanged.connect(lambda now, _: self._on_chosen(now))
        self._empty = EmptyNote(self._list)
        self._with_archived = QCheckBox(tr("Show archived"))
        self._with_archived.toggled.connect(lambda _: self.refresh())
        self._new = push(tr("New question"), self.new_entry, icon="plus")
        left = QWidget()
        left.setLayout(column(
            self._tabs, self._search, self._list,
            Turning(self._new, None, self._with_archived), margin=12,
        ))  # fmt: skip
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(self._make_right())
        split.setStretchFactor(1, 1)
        split.setSizes([360, 600])
        split.setChildrenCollapsible(False)
        self.setLayout(column(self._notice, split, space=0))

    def _make_right(self) -> QWidget:
        self._entry = EntryPane(self)
        self._entry.save_asked.connect(self._save)
        self._entry.archive_asked.connect(lambda command: self._do(command, lambda _: None))
        self._show_mention = push(tr("Show the mention"), self._on_show_mention, icon="inbox")
        self._drop = push(tr("Needs no answer"), self._on_drop, kind="quiet", icon="x")
        page = QWidget()
        self._gap_buttons = QWidget()
        self._gap_buttons.setLayout(row(self._show_mention, self._drop, None, margin=12))
        page.setLayout(column(self._entry, self._gap_buttons, space=0))
        return page

    # --- reading ---

    def refresh(self) -> None:
        """Read the list shown again."""
        if self._tabs.currentIndex() == GAPS:
            self._read.wait(self._desk.ask(ListFaqGaps()), self._show_gaps, self._fail)
            return
        typed = self._search.text().strip()
        query = SearchFaq(typed, limit=FOUND) if typed else ListFaq(self._with_archived.isChecked())
        self._read.wait(self._desk.ask(query), self._show_entries, self._fail)

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.FAQ, Area.ALL}:
            self.refresh()

    def _show_entries(self, entries: list[FaqEntry]) -> None:
        self._entries = {e.id: e for e in entries}
        self._fill(
            [(e.id, e.question, _said(e)) for e in entries],
            tr("No known question is like this. Add it, and its answer is found next time.")
            if self._search.text().strip()
            else tr("Nothing here yet. Write down what people ask, and the answer is at hand while "
                    "you reply."),
        )  # fmt: skip

    def _show_gaps(self, gaps: list[FaqGap]) -> None:
        self._gaps = {g.id: g for g in gaps}
        self._fill(
            [(g.id, g.words, when(g.at)) for g in gaps],
            tr("No open questions. While you reply, a question without an answer is put here "
               "with one key."),
        )  # fmt: skip

    def _fill(self, lines: list[tuple[int, str, str]], why_empty: str) -> None:
        self._list.blockSignals(True)
        self._list.clear()
        for id_, first, second in lines:
            entry = QListWidgetItem(f"{one_line(first)[:120]}\n{second}")
            entry.setData(_ID, id_)
            entry.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one_line(first)}, {second}")
            self._list.addItem(entry)
        ids = [id_ for id_, *_ in lines]
        self._list.setCurrentRow(ids.index(self._id) if self._id in ids else -1)
        self._list.blockSignals(False)
        self._empty.say("" if lines else why_empty)
        if self._is_new:
            return
        if self._id not in ids and not self._entry.is_changed:
            self._choose(ids[0] if ids else 0)
        elif not self._entry.is_changed:
            self._choose(self._id)

    # --- choosing ---

    def new_entry(self) -> None:
        """An empty page; what is typed in the search is its question."""
        typed = self._search.text().strip()
        if self._tabs.currentIndex() == GAPS:
            self._tabs.setCurrentIndex(ENTRIES)
        self._choose(0)
        self._is_new = True
        if typed:
            self._entry.show_entry(None, FaqGap(0, 0, typed, 0))
        self._entry.focus_question()

    def _turn(self) -> None:
        self._id, self._is_new = 0, False
        is_gaps = self._tabs.currentIndex() == GAPS
        self._search.setVisible(not is_gaps)
        self._with_archived.setVisible(not is_gaps)
        self._list.setAccessibleName(
            tr("Questions without an answer") if is_gaps else tr("Known questions")
        )
        self.refresh()

    def _on_chosen(self, entry: QListWidgetItem | None) -> None:
        if entry is not None:
            self._choose(int(entry.data(_ID)))

    def _choose(self, id_: int) -> None:
        self._id, self._is_new = id_, False
        is_gaps = self._tabs.currentIndex() == GAPS
        self._show_gap_buttons()
        self._list.blockSignals(True)
        ids = [self._list.item(n).data(_ID) for n in range(self._list.count())]
        self._list.setCurrentRow(ids.index(id_) if id_ in ids else -1)
        self._list.blockSignals(False)
        if is_gaps:
            self._entry.show_entry(None, self._gaps.get(id_))
        else:
            self._entry.show_entry(self._entries.get(id_))

    def _show_gap_buttons(self) -> None:
        is_gaps = self._tabs.currentIndex() == GAPS
        self._gap_buttons.setVisible(is_gaps and self._id in self._gaps)

    # --- acting ---

    def _save(self, command: SaveFaq) -> None:
        self._do(command, partial(self._on_saved, command))

    def _on_saved(self, command: SaveFaq, done: Done) -> None:
        self._entry.show_entry(None)
        self._is_new = False
        if command.gap_id:
            self._notice.tell(tr("Answered. The question is known from now on."), tone="accent")
        else:
            self._id = int(done.answer.get("faq_id", command.faq_id))
        self.refresh()

    def _on_show_mention(self) -> None:
        if (gap := self._gaps.get(self._id)) is not None:
            self.mention_asked.emit(gap.mention_id)

    def _on_drop(self) -> None:
        if self._id in self._gaps:
            self._do(DropFaqGap(self._id), lambda _: None)

    def _do(self, command: Act, then: Callable[[Done], None]) -> None:
        self._notice.clear()
        Waiter(self, self._desk.do(command), then, self._fail)

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))


def _said(entry: FaqEntry) -> str:
    """Folder, language and first words of the answer."""
    archived = tr("archived") if entry.is_archived else ""
    first = one_line(entry.answer)[:80]
    return " · ".join(filter(None, (entry.folder, entry.lang, archived, first)))
