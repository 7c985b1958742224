"""The inbox: list, thread and person side by side, and everything that is decided there."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QMessageBox, QSplitter, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.rows import AuthorCard, Detail, QueueRow, View
from socialdesk.domain.status import Disposition, Status
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ReadAuthor, ReadDetail
from socialdesk.i18n import tr
from socialdesk.ui.actions import Actions
from socialdesk.ui.browser import open_url
from socialdesk.ui.inbox.context import ContextPane
from socialdesk.ui.inbox.list_pane import ListPane
from socialdesk.ui.inbox.thread import ThreadPane
from socialdesk.ui.plain import isolated, opened, shown
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.words import mentions

if TYPE_CHECKING:
    from socialdesk.ui.inbox.triage import Triage

READ_MS = 40  # a held key passes many cards; only where it rests is the thread read
OPENED_MS = 500  # shown so long, it counts as read


class InboxScreen(QSplitter):
    """`said(text, can_undo)`: for the toast. `marks_changed(n)`. `failed(error)`. `settled()`: the
    desk has an act."""

    said = Signal(str, bool)
    marks_changed = Signal(int)
    failed = Signal(object)
    settled = Signal()

    def __init__(
        self, desk: Desk, actions: Actions, now: Callable[[], int], parent: QWidget
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHandleWidth(1)
        self._desk, self._actions, self._now = desk, actions, now
        self._id = 0
        self._stays_new = 0  # marked unread while it is shown
        self._fetched: set[int] = set()
        self._details, self._authors = Latest(self), Latest(self)
        self.pane = ListPane(desk, now, self)
        self.thread_pane = ThreadPane(desk, actions, now, self)
        self.context = ContextPane(now, self)
        for part in (self.pane, self.thread_pane, self.context):
            self.addWidget(part)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(1, 1)
        self.setSizes([393, 652, 250])
        self.context.hide()
        self._reading, self._opening = self._timer(READ_MS), self._timer(OPENED_MS)
        self._wire()

    def _timer(self, ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(ms)
        return timer

    def _wire(self) -> None:
        self.pane.current_changed.connect(self._on_current_changed)
        self.pane.marks_changed.connect(self.marks_changed)
        self.pane.listed.connect(self._on_listed)
        self._reading.timeout.connect(self._read)
        self._opening.timeout.connect(self._open_current)
        self.thread_pane.link_asked.connect(self.open_link)
        self.thread_pane.note_written.connect(lambda text: self.triage.add_note(self._id, text))
        self.pane.account_wanted.connect(lambda: self._actions.run("go_accounts"))
        self.context.link_asked.connect(self.open_link)
        self.context.mention_asked.connect(self.show_mention)

    @cached_property
    def triage(self) -> "Triage":
        """Made for the first act: importing the commands takes 35 ms, the first paint saves it."""
        from socialdesk.ui.inbox.triage import Triage

        made = Triage(self._desk, self.pane.model, self)
        made.acted.connect(self._on_acted)
        made.refused.connect(self._on_refused)
        made.settled.connect(self.settled)
        return made

    def translate(self) -> None:
        """The texts in the language in use."""
        for part in (self.pane, self.thread_pane, self.context):
            part.translate()

    # --- what the actions need ---

    def has_current(self) -> bool:
        return self.row is not None

    @property
    def row(self) -> QueueRow | None:
        """The current card, None when there is none or it is gone."""
        number = self.pane.list.current()
        if not 0 <= number < self.pane.model.rowCount():
            return None
        row = self.pane.model.row(number)
        return row if row.author or row.handle else None

    def ids(self) -> tuple[int, ...]:
        """What an act is about: the marked mentions, else the current one."""
        marked = self.pane.list.marked()
        return marked or ((self.row.id,) if self.row else ())

    def step(self, step: int) -> None:
        self.pane.list.go_to(self.pane.list.current() + step)

    def read_on(self) -> None:
        """Scroll the thread; at its end the next mention."""
        if not self.thread_pane.read_on():
            self.step(1)

    def finish(self, *, stay: bool) -> None:
        """Done; without `stay` on to the next."""
        row, ids = self.row, self.ids()
        if row is None:
            return
        is_answered = row.status is Status.WAITING
        disposition = Disposition.REPLIED if is_answered else Disposition.NO_REPLY_NEEDED
        self._act_on(ids, Status.DONE, disposition, stay=stay)

    def set_spam(self) -> None:
        self._act_on(self.ids(), Status.SPAM)

    def mark_unread(self) -> None:
        self._opening.stop()
        self._stays_new = self._id
        self._act_on(self.ids(), Status.NEW, stay=True)

    def reopen(self) -> None:
        self._act_on(self.ids(), Status.OPEN)

    def snooze(self) -> None:
        from socialdesk.ui.inbox.questions import ask_snooze

        ids, view = self.ids(), self.pane.view
        ask_snooze(
            self._now(),
            lambda until: self._after_act(
                lambda: self.triage.snooze(ids, until, self._now(), self._list_view(view))
            ),
            self,
        )

    def label(self) -> None:
        from socialdesk.ui.inbox.questions import ask_label

        row, ids = self.row, self.ids()
        if row is not None:
            ask_label(
                self._desk,
                row,
                lambda name: self.triage.turn_label(row, ids, name),
                self.failed.emit,
                self,
            )

    def hand_over(self) -> None:
        from socialdesk.ui.inbox.questions import ask_person

        ids = self.ids()
        ask_person(
            self._desk,
            lambda person, name: self.triage.assign(ids, person, name),
            self.failed.emit,
            self,
        )

    def set_priority(self, level: int) -> None:
        """The same level again takes it off."""
        row = self.row
        if row is not None:
            self.triage.set_priority(self.ids(), 0 if row.priority == level else level)

    def turn_vip(self) -> None:
        if self.row is not None:
            self.triage.set_vip(self.ids(), not self.row.is_vip)

    def turn_mute(self) -> None:
        row = self.row
        if row is not None:
            is_muted = row.disposition is Disposition.MUTED
            view = self._list_view(self.pane.view)
            ids = self.ids()
            self._after_act(lambda: self.triage.set_muted(ids, not is_muted, view))

    def show_more(self) -> None:
        """What has no button of its own."""
        menu = QMenu(self)
        for name in ("reply", "note", "assign", "priority_1", "vip", "mute", "unread", "reopen",
                     "spam", "open_on_network"):  # fmt: skip
            action = self._actions[name]
            keys = self._actions.keys_of(name).split(", ")[0]
            entry = menu.addAction(f"{action.name()}\t{keys}")
            entry.setEnabled(action.is_on())
            entry.triggered.connect(lambda _=False, run=action.run: run())
        place = self.thread_pane.more_button()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place.mapToGlobal(QPoint(0, place.height())))

    def turn_context(self) -> None:
        self.context.setVisible(self.context.isHidden())
        self._read_author()

    def open_on_network(self) -> None:
        detail = self.thread_pane.detail
        if detail is not None:
            self.open_link(detail.url)

    def can_open_on_network(self) -> bool:
        detail = self.thread_pane.detail
        return detail is not None and opened(detail.url) is not None

    def open_link(self, url: str) -> None:
        """A stranger's link: where it leads is shown first."""
        link = opened(url)
        if link is None:
            self.said.emit(tr("This address is not opened: it is no web or mail address."), False)
            return
        box = QMessageBox(self)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(tr("Open {host} in the browser?", host=isolated(link.host)))
        box.setInformativeText(shown(link.url)[:1000])
        box.setStandardButtons(QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Cancel)
        box.setDefaultButton(QMessageBox.StandardButton.Open)
        box.button(QMessageBox.StandardButton.Open).clicked.connect(lambda: self._open(url))
        box.open()

    def show_mention(self, mention_id: int) -> None:
        """An earlier mention: in this list when it is here, else found in everything."""
        number = self.pane.model.number_of(mention_id)
        if number >= 0:
            self.pane.list.go_to(number)
            return
        row = self.pane.model.read([mention_id])[0]
        self._show_row(row)
        self._read()

    def _open(self, url: str) -> None:
        if not open_url(url):
            self.said.emit(tr("No browser opened. The address: {url}", url=shown(url)[:300]), False)

    # --- acting ---

    def _list_view(self, view: View) -> View:
        """A search looks through everything: an act takes nothing off its list."""
        return View.ALL if self.pane.search else view

    def _act_on(
        self,
        ids: tuple[int, ...],
        status: Status,
        disposition: Disposition = Disposition.NONE,
        *,
        stay: bool = False,
    ) -> None:
        view = self._list_view(self.pane.view)
        self._after_act(
            lambda: self.triage.set_status(ids, status, view, disposition=disposition, stay=stay),
            moves_on=not stay,
        )

    def _after_act(self, act: Callable[[], None], *, moves_on: bool = True) -> None:
        """Act, and stand on the next card: the one that took the place of a card that went, else
        one step on. (Qt itself goes to the card before when the current row is removed.)"""
        before, number = self._id, self.pane.list.current()
        n_marked, n_above = self.pane.list.n_marked(), self.pane.list.n_marked_above(number)
        act()
        self.pane.list.clearSelection()
        found = self.pane.model.number_of(before, number)
        if n_marked:
            self.pane.list.go_to(found if found >= 0 else number - n_above)
        elif found < 0:
            self.pane.list.go_to(number)
        elif moves_on:
            self.pane.list.go_to(found + 1)
        self.pane.say_empty_soon()
        self._refresh_head()

    def _on_acted(self, text: str) -> None:
        self.said.emit(text, True)
        self._refresh_head()

    def _on_refused(self, error: SocialDeskError) -> None:
        self.failed.emit(error)
        self.pane.model.reread()
        self.pane.ask(keep=True)

    # --- showing ---

    def _on_current_changed(self, mention_id: int) -> None:
        self._opening.stop()
        self._stays_new = 0
        row = self.row if mention_id else None
        self._show_row(row)
        if row is not None:
            self._reading.start()

    def _show_row(self, row: QueueRow | None) -> None:
        self._id = row.id if row else 0
        self.thread_pane.show_row(row)
        if row is None:
            self._details.forget()
            self._authors.forget()
            self.context.show_card(None)

    def _refresh_head(self) -> None:
        row = self.row
        if row is not None and row.id == self._id:
            self.thread_pane.show_row(row)

    def _on_listed(self) -> None:
        self._refresh_head()
        if self.pane.model.rowCount() == 0:
            self._show_row(None)

    def _read(self) -> None:
        if not self._id:
            return
        self._details.wait(self._desk.ask(ReadDetail(self._id)), self._on_detail, self.failed.emit)
        self._read_author()

    def _read_author(self) -> None:
        if self._id and not self.context.isHidden():
            future = self._desk.ask(ReadAuthor(self._id))
            self._authors.wait(future, self._on_author, self.failed.emit)

    def _on_detail(self, detail: Detail | None) -> None:
        if detail is None or detail.row.id != self._id:
            return
        self.thread_pane.show_detail(detail)
        if self._stays_new != detail.row.id:
            self._opening.start()

    def _on_author(self, card: AuthorCard | None) -> None:
        self.context.show_card(card)

    def _open_current(self) -> None:
        """It was looked at: new becomes open, and what is around it is fetched once."""
        row = self.row
        if row is None or row.id != self._id:
            return
        if row.status is Status.NEW:
            self.triage.open(row.id)
        if row.id not in self._fetched:
            from socialdesk.engine.commands import FetchThread

            self._fetched.add(row.id)
            # Only to show more; what is stored is shown already, so a refusal is no news.
            Waiter(self, self._desk.do(FetchThread(row.id)), lambda _: None, lambda _: None)

    def open_now(self) -> None:
        """Enter: into the thread."""
        self._opening.stop()
        self._open_current()
        self.thread_pane.setFocus()

    # --- the workspace changed ---

    def take(self, changes: Changes) -> None:
        self.pane.take(changes)
        if self._id in changes.updated or changes.areas & {Area.ALL, Area.OUTBOX, Area.DRAFTS}:
            self._refresh_head()
            self._reread()

    def _reread(self) -> None:
        if self._id:
            future = self._desk.ask(ReadDetail(self._id))
            self._details.wait(future, self._on_detail_again, self.failed.emit)
            self._read_author()

    def _on_detail_again(self, detail: Detail | None) -> None:
        if detail is not None and detail.row.id == self._id:
            self.thread_pane.show_detail(detail)

    def tick(self) -> None:
        """A minute may have passed: ages and timers."""
        self.pane.list.viewport().update()
        self._refresh_head()

    def bulk_words(self) -> str:
        """What is marked, for the bar over the list; "" when nothing is."""
        n = self.pane.list.n_marked()
        return tr("{mentions} marked", mentions=mentions(n)) if n else ""
