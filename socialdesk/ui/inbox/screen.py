"""The inbox: list, thread and person side by side, and everything that is decided there."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QSplitter, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import AuthorCard, Detail, QueueRow, View
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ReadAuthor, ReadDetail
from socialdesk.ui.actions import Actions
from socialdesk.ui.inbox.acting import Acting
from socialdesk.ui.inbox.context import ContextPane
from socialdesk.ui.inbox.insight import WhyTips
from socialdesk.ui.inbox.insight_acts import InsightActs
from socialdesk.ui.inbox.list_pane import ListPane
from socialdesk.ui.inbox.thread import ThreadPane
from socialdesk.ui.plain import opened
from socialdesk.ui.tasks import Latest, Waiter

READ_MS = 40  # a held key passes many cards; only where it rests is the thread read
OPENED_MS = 500  # shown so long, it counts as read


class InboxScreen(QSplitter):
    """`said(text, can_undo)`: for the toast. `failed(error)`. `settled()`: the
    desk has an act."""

    said = Signal(str, bool)
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
        self.context = ContextPane(desk, now, self)
        self.acting = Acting(desk, self.pane, now, self)
        self.insight = InsightActs(desk, self.acting, self.thread_pane.insight)
        WhyTips(desk, self.pane.list, self.pane.model, now)
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
        self.pane.listed.connect(self._on_listed)
        for less in (self.pane.model.rowsRemoved, self.pane.model.modelReset):
            less.connect(self._offer_choice)
        self.acting.acted.connect(self._on_acted)
        self.acting.failed.connect(self.failed)
        self.acting.settled.connect(self.settled)
        self.acting.unread_asked.connect(self._on_unread_asked)
        self.pane.list.entered_by_keys.connect(self._on_entered)
        self._reading.timeout.connect(self._read)
        self._opening.timeout.connect(self._open_current)
        self.thread_pane.link_asked.connect(self.open_link)
        self.thread_pane.note_written.connect(
            lambda text: self.acting.triage.add_note(self._id, text)
        )
        self.thread_pane.said.connect(lambda text: self.said.emit(text, False))
        self.thread_pane.failed.connect(self.failed)
        self.insight.search_asked.connect(self.pane.field.setText)
        self.pane.account_wanted.connect(lambda: self._actions.run("go_accounts"))
        self.context.link_asked.connect(self.open_link)
        self.context.mention_asked.connect(self.show_mention)
        self.context.contact_asked.connect(self.acting.link_contact)

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
        return self.acting.row

    def read_on(self) -> None:
        """Scroll the thread; at its end the next mention."""
        if not self.thread_pane.read_on():
            self.acting.step(1)

    def _on_unread_asked(self) -> None:
        """It stays new while it is shown."""
        self._opening.stop()
        self._stays_new = self._id

    def show_more(self) -> None:
        """What has no button of its own, or loses it where there is little room."""
        menu = QMenu(self)
        for name in ("reply", "note", "snooze", "label", "assign", "priority_1", "vip", "mute",
                     "link_contact", "unread", "reopen", "spam", "open_on_network"):  # fmt: skip
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
        from socialdesk.ui.link_question import ask_to_open  # not needed for the first paint

        ask_to_open(url, self, lambda text: self.said.emit(text, False))

    def show_mention(self, mention_id: int) -> None:
        """An earlier mention: in this list when it is here, else found in everything."""
        number = self.pane.model.number_of(mention_id)
        if self.pane.is_awaited:
            self.pane.want(mention_id)
        elif number >= 0:
            self.pane.list.go_to(number)
            return
        self.acting.elsewhere = mention_id  # what is decided now is about what is shown
        self._show_row(self.pane.model.row_of(mention_id))
        self._read()

    def _on_acted(self, text: str) -> None:
        self.said.emit(text, True)
        self._refresh_head()

    # --- showing ---

    def _on_current_changed(self, mention_id: int) -> None:
        if self.acting.elsewhere not in (0, mention_id) and self.pane.list.is_read_anew:
            return  # what is shown is not of this list: it stays until somebody goes on
        self._opening.stop()
        self._stays_new = self.acting.elsewhere = 0
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
        self._offer_choice()
        if self.pane.model.rowCount() == 0 and not self.acting.elsewhere:
            self._show_row(None)

    def _offer_choice(self) -> None:
        """Only where there is something to choose: an act may have taken the last card away."""
        self.thread_pane.offer_choice(self.pane.model.rowCount() > 0)

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
        if self._stays_new != detail.row.id and not self.pane.field.hasFocus():
            self._opening.start()  # while a search is typed its first hit is only passed by

    def _on_author(self, card: AuthorCard | None) -> None:
        self.context.show_card(card)

    def _on_entered(self) -> None:
        """From the search field, or a mention from elsewhere, into the list: now the current one is
        looked at."""
        if self.acting.elsewhere:
            self._on_current_changed(self.pane.model.id_at(self.pane.list.current()))
            return
        if self.thread_pane.detail is not None and self._stays_new != self._id:
            self._opening.start()

    def _open_current(self) -> None:
        """It was looked at: new becomes open, and what is around it is fetched once."""
        row = self.row
        if row is None or row.id != self._id:
            return
        if row.status is Status.NEW:
            self.acting.triage.open(row.id)
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
        """A minute may have passed: ages and timers, and what they put into a view."""
        if self.pane.view in {View.OVERDUE, View.DUE_SOON}:
            self.pane.ask(keep=True)
        self.pane.list.viewport().update()
        self._refresh_head()
        self.context.tick()
