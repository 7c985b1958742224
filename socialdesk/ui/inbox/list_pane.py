"""Search field, list, and what stands in its place when it is empty; asks the desk for the ids."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.queue.rows import ORDERS, Listing, Order, SearchFault, View
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import IsAnythingWatched, ListMentions
from socialdesk.i18n import tr, trn
from socialdesk.ui.inbox.belonging import belongs
from socialdesk.ui.inbox.kept_marks import KeptMarks
from socialdesk.ui.inbox.listing import QueueList
from socialdesk.ui.inbox.marking import Marking
from socialdesk.ui.inbox.marks_bar import MarksBar
from socialdesk.ui.inbox.model import QueueModel
from socialdesk.ui.inbox.order_button import OrderButton
from socialdesk.ui.inbox.search_field import SearchField, fault_words, is_ready
from socialdesk.ui.plain import label
from socialdesk.ui.tasks import Latest
from socialdesk.ui.timers import once
from socialdesk.ui.words import count, empty_words

TYPING_MS = 30  # so long after a key the search starts: a held or pasted key starts one of them
SHORT_MS = 700  # the same after one or two letters, which may be a whole word
FIRST = 200  # ids that fill the screen; all others follow
REST_MS = 50  # so long after: reading a million ids takes turns with the painting of the first
TYPED_REST_MS = 150  # the same where somebody may type on: who does has no use for all of it
READ_AT_ONCE = 100  # rows the UI thread may wait for
FEW = 50_000  # ids small enough to look changed mentions up in


class ListPane(QFrame):
    """`current_changed(id)`: 0 = none. `save_view_asked(search)`. `listed()`:
    what was asked for is shown. `left_field()`: from the search field down to the list."""

    current_changed = Signal(object)
    save_view_asked = Signal(str)
    listed = Signal()
    order_chosen = Signal(object)
    account_wanted = Signal()

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("pane", "base")
        self._desk = desk
        self.view, self.order, self._own_search = View.NEEDS_REPLY, Order.NEED, ""
        self._listings, self._counts = Latest(self), Latest(self)
        self._watched = Latest(self)
        self._is_watching, self._is_column = True, False
        self._fresh: set[int] = set()
        self._was_listed = False
        self.is_awaited = False  # the list of another place was asked for and has not come
        self._wanted = 0  # the mention that was asked for since then
        self._failure: SocialDeskError | None = None
        self.model = QueueModel(desk.rows, now, self)
        self._make(now)
        self._typing = once(self, TYPING_MS, self._on_typed)
        self._resting = once(self, REST_MS, self._ask_rest)
        self._wire()
        self.setMinimumWidth(290)
        self.translate()

    def _make(self, now: Callable[[], int]) -> None:
        self.field = SearchField(self)
        self._order = OrderButton(self)
        self._fault = label(parent=self, tone="warn", wraps=True)
        self._found = label(parent=self, tone="dim")
        self._save = QPushButton(self)
        self._save.setProperty("kind", "link")
        self._bar = QPushButton(self)
        self.marks = MarksBar(self)
        self.list = QueueList(self.model, now, self)
        self._kept_marks = KeptMarks(self.list)
        self.marking = Marking(self._desk, self.list, self.marks, lambda: self.place, self)
        ground = self.list.viewport()
        self._why = label(parent=ground, tone="strong", wraps=True)
        self._what = label(parent=ground, tone="dim", wraps=True)
        self._add = QPushButton(ground)
        self._add.setProperty("kind", "primary")
        self._add.hide()
        for text in (self._why, self._what):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        # Over the empty list, which keeps the keys: a stack of pages would give them away.
        over = QVBoxLayout(ground)
        over.setContentsMargins(32, 0, 32, 60)
        over.addStretch(2)
        over.addWidget(self._why)
        over.addWidget(self._what)
        over.addSpacing(12)
        over.addWidget(self._add, 0, Qt.AlignmentFlag.AlignHCenter)
        over.addStretch(3)
        line = QHBoxLayout()
        line.addWidget(self.field)
        line.addWidget(self._order)
        found = QHBoxLayout()
        found.addWidget(self._found, 1)
        found.addWidget(self._save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 12, 8, 0)
        layout.setSpacing(6)
        layout.addLayout(line)
        layout.addWidget(self._fault)
        layout.addLayout(found)
        layout.addWidget(self._bar)
        layout.addWidget(self.marks)
        layout.addWidget(self.list, 1)
        for part in (self._fault, self._found, self._save, self._bar):
            part.hide()

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """No focus proxy: Tab leaves out what else lies in a widget with one (Qt 6.11)."""
        self.list.setFocus(reason)

    def _wire(self) -> None:
        self._add.clicked.connect(self.account_wanted)
        self._order.chosen.connect(self.set_order)
        self.field.textChanged.connect(self._on_text_changed)
        self.field.returnPressed.connect(self._on_field_left)
        self.field.left_down.connect(self.list.setFocus)
        self.list.current_changed.connect(self.current_changed)
        self.marking.failed.connect(self._on_failed)
        self.marks.all_asked.connect(self.mark_all_matching)
        self._bar.clicked.connect(self.show_fresh)
        self._save.clicked.connect(lambda: self.save_view_asked.emit(self.search))

    def be_column(self, narrowest: int) -> None:
        """One list beside others: no search of its own. `narrowest`: px."""
        self._is_column = True  # its head says how many there are
        self.field.hide()
        self._order.hide()
        self.setMinimumWidth(narrowest)

    def translate(self) -> None:
        """The texts in the language in use."""
        self.field.translate()
        self._save.setText(tr("Save as view"))
        self._add.setText(tr("Add a feed or an account…"))
        self.list.translate()
        self.marks.translate()
        self._fill_orders()
        self._say_fresh()
        self._say_empty()

    # --- what is shown ---

    @property
    def search(self) -> str:
        """What is searched for now: the typed words, or the saved view's."""
        return " ".join(filter(None, (self._own_search, self.field.text().strip())))

    def show_view(self, view: View, search: str = "", order: Order | None = None) -> None:
        """A built-in view, or a saved one: its search over everything, in its own order."""
        self.view, self._own_search = view, search
        orders = ORDERS[view]
        self.order = order if order is not None and order in orders else orders[0]
        was = self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(was)
        self._typing.stop()
        self._fill_orders()
        self.ask(keep=False)

    def clear_search(self) -> None:
        if self.field.text():
            self.field.clear()
            self._typing.stop()
            self.ask(keep=False)

    def ask(self, *, keep: bool) -> None:
        """Ask for the ids. `keep`: the current mention stays under the hand."""
        self._counts.forget()
        self._resting.stop()
        query = self._query()
        if keep:
            self._listings.wait(self._desk.ask(query), self._show_kept, self._on_failed)
            return
        self._kept_marks.forget()
        self.marking.let_go()
        self.is_awaited, self._wanted = True, 0
        first = replace(query, limit=FIRST)

        def show_first(listing: Listing) -> None:
            self._show(listing, keep=False)
            if len(listing.ids) == FIRST:
                self._resting.start(TYPED_REST_MS if self.field.text() else REST_MS)

        self._listings.wait(self._desk.ask(first), show_first, self._on_failed)

    def want(self, mention_id: int) -> None:
        """The list that is awaited stands on this mention if it has it, and else lets it be."""
        self._wanted = mention_id

    def _ask_rest(self) -> None:
        show = partial(self._show_kept, is_rest=True)
        self._listings.wait(self._desk.ask(self._query()), show, self._on_failed)

    def _query(self) -> ListMentions:
        view, search = self.place
        order = self.order if self.order in ORDERS[view] else ORDERS[view][0]
        return ListMentions(view, search, order)

    def _show_kept(self, listing: Listing, *, is_rest: bool = False) -> None:
        show = partial(self._show, listing, keep=True, is_rest=is_rest)
        self._kept_marks.find(listing.ids, show)

    def _show(
        self, listing: Listing, marked: Sequence[int] = (), *, keep: bool, is_rest: bool = False
    ) -> None:
        if not listing.ids and not self._was_listed:
            self._ask_watched()
        self._was_listed, self._failure, self.is_awaited = True, None, False
        self._fresh.clear()
        self._say_fresh()
        is_all = self.marking.is_all
        if listing.ids != self.model.all_ids() or not keep:
            show = partial(self.model.show, listing.ids, is_rest=is_rest)
            self.list.show_again(show, keep=keep, wanted=self._wanted, marked=marked)
        else:
            self.model.reread()
        self._wanted = 0
        if is_all:
            self.marking.mark_all()
        self._say_faults(listing.faults)
        is_search = bool(self.search)
        total = count(listing.n_total) + ("+" if listing.is_capped else "")
        self._found.setText(tr("{n} found", n=total))
        self._found.setVisible(is_search and not self._is_column)
        self._save.setVisible(is_search and bool(self.field.text()) and not listing.faults)
        self._say_empty()
        self.listed.emit()

    def _say_faults(self, faults: Sequence[SearchFault]) -> None:
        """What is wrong in the search that was typed, if anything."""
        self._fault.setText(fault_words(faults))
        self._fault.setVisible(bool(faults))

    def say_empty_soon(self) -> None:
        """An act may have taken the last card away."""
        self._say_empty()

    def _say_empty(self) -> None:
        """Why there are no cards, and what to do."""
        why, what = empty_words(self.view, self.search, is_watching=self._is_watching)
        if self._failure is not None:
            from socialdesk.engine.words.messages import sentence

            said = sentence(self._failure)
            why, what = said.text, said.next_step
        if not self._was_listed:  # the engine is still making or opening the file
            why, what = tr("One moment"), tr("Your mentions are being fetched.")
        is_empty = self.model.rowCount() == 0
        self._say_instead(why if is_empty else "", what)
        self._add.setVisible(is_empty and self._was_listed and not self._is_watching)

    def _ask_watched(self) -> None:
        """Whether anything is watched: an empty list has another reason then."""

        def told(is_watching: bool) -> None:
            self._is_watching = is_watching
            self._say_empty()

        self._watched.wait(self._desk.ask(IsAnythingWatched()), told, self._on_failed)

    def _on_failed(self, error: SocialDeskError) -> None:
        self._failure = error
        self._say_empty()

    def _say_instead(self, why: str, what: str) -> None:
        """Words in place of cards; "" when there are cards."""
        for part, text in ((self._why, why), (self._what, what if why else "")):
            part.setText(text)
            part.setVisible(bool(text))

    # --- marks ---

    def mark_all_matching(self) -> None:
        """Ctrl+Shift+A: the next act is about all that match, also those beyond the list and those
        that wait behind the bar. While another list is awaited it is about those in that one, and
        has to wait for it."""
        if self.is_awaited or self._typing.isActive():
            self.marking.wait_for_all()
        else:
            self.marking.mark_all()

    @property
    def place(self) -> tuple[View, str]:
        """What is looked through: a view, or everything when there is a search."""
        return (View.ALL if self.search else self.view), self.search

    # --- typing ---

    def _on_text_changed(self, text: str) -> None:
        self.marking.let_go()  # they are of what was looked through before
        self._resting.stop()  # it would read all that the half-typed words find
        self._typing.start(TYPING_MS if is_ready(text) else SHORT_MS)

    def _on_typed(self) -> None:
        self.ask(keep=False)

    def _on_field_left(self) -> None:
        self._typing.stop()
        self.ask(keep=False)
        self.list.setFocus()

    # --- what came meanwhile ---

    def take(self, changes: Changes) -> None:
        """The store changed: rows are read anew, new ones wait behind the bar."""
        if self.model.rowCount() == 0 and changes.areas & {Area.ACCOUNTS, Area.ALL}:
            self._ask_watched()
        if Area.ALL in changes.areas:
            self.ask(keep=True)
            return
        self.model.refresh(changes.updated)
        if self.search:
            if changes.added or changes.updated:
                self._count_found()
            return
        if changes.added and self.view in {View.NEEDS_REPLY, View.NEW, View.ALL}:
            self._fresh.update(self._of_view(changes.added))
        self._fresh.update(self._moved_here(changes.updated))
        if self._fresh and self._has_room():
            self.ask(keep=True)
        self._say_fresh()

    def _has_room(self) -> bool:
        """Whether new cards move none that is seen: they join below, in a list that ends in
        sight. In the other orders they would come first."""
        n = self.model.rowCount()
        return n == 0 or (
            self.order in (Order.NEED, Order.LONGEST)
            and n * self.list.rowHeight(0) < self.list.viewport().height()
        )

    def show_fresh(self) -> None:
        """The operator asked for the new ones."""
        self.ask(keep=True)
        self.list.setFocus()

    @property
    def n_fresh(self) -> int:
        return len(self._fresh)

    def _of_view(self, added: tuple[int, ...]) -> list[int]:
        """Those that belong into this list: what came from before the account was connected is
        filed as done. A flood is taken whole."""
        if len(added) > READ_AT_ONCE:
            return list(added)
        return [row.id for row in self.model.read(list(added)) if belongs(self.view, row)]

    def _moved_here(self, updated: tuple[int, ...]) -> list[int]:
        """Of a few changed mentions those that belong into this list and are not in it."""
        if not updated or len(updated) > READ_AT_ONCE or self.model.rowCount() > FEW:
            return []
        absent = self.model.absent(updated)
        return [row.id for row in self.model.read(absent) if belongs(self.view, row)]

    def _count_found(self) -> None:
        query = ListMentions(View.ALL, self.search, Order.NEWEST, FIRST)

        def compare(listing: Listing) -> None:
            ids = self.model.all_ids()
            here = set(ids if len(ids) <= FEW else ids[-FEW:])
            self._fresh = {i for i in listing.ids if i not in here}
            self._say_fresh()

        self._counts.wait(self._desk.ask(query), compare, self._on_failed)

    def _say_fresh(self) -> None:
        n = len(self._fresh)
        self._bar.setText(trn("{n} new: show it", "{n} new: show them", n))
        self._bar.setVisible(n > 0)

    # --- order ---

    def _fill_orders(self) -> None:
        self._order.show_orders(self.view, self.order)

    def set_order(self, order: Order) -> None:
        self.order = order
        self.order_chosen.emit(order)
        self._fill_orders()
        self.ask(keep=False)
