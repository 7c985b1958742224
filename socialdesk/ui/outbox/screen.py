"""The outbox, and the view "For approval": what became of each reply, and every way out by key."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QCheckBox, QSplitter, QWidget

from socialdesk.domain.account import Can
from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.approval import Policy, TeamMode
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.queue.rows import Detail, OutboxRow, PersonRow
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine import commands as c
from socialdesk.engine.commands.answering import Reschedule
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListOutbox, ListPeople, ReadDetail, ReadSettings
from socialdesk.engine.settings import policy_of, value_of
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.browser import open_url
from socialdesk.ui.compose.editor import MAX_CHARS
from socialdesk.ui.compose.parts import NoticeBar, Speaker, column, now_ms, row
from socialdesk.ui.compose.schedule import ask_time
from socialdesk.ui.empty_note import EmptyNote
from socialdesk.ui.outbox.model import OutboxModel
from socialdesk.ui.outbox.promises_pane import PromisesPane
from socialdesk.ui.outbox.sheet import OutboxSheet
from socialdesk.ui.outbox.table import OutboxTable
from socialdesk.ui.outbox.words import Act, is_ours, told, why_not_edited, why_to_approve
from socialdesk.ui.tasks import Latest, Waiter

TICK_MS = 1_000
_NOTHING: tuple[int, Detail | None] = (0, None)


class OutboxScreen(QWidget):
    """`mention_asked(id)`: show that mention. `decision_asked(id)`: show that reply, which an
    incident holds, where it is decided about."""

    mention_asked = Signal(object)
    decision_asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._latest = Latest(self)
        self._id = 0
        self._mode, self._here = TeamMode.SOLO, ""
        self._policy = Policy.FREE
        self._answered, self._details = _NOTHING, Latest(self)
        self._make()
        Speaker(self, self._make_again)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        Bridge(desk, self).changed.connect(self._on_changed)
        self.refresh()
        self._read_who()

    def _make_again(self) -> None:
        with_sent, unsaved = self._with_sent.isChecked(), self._sheet.editing.unsaved
        self._make()
        self._sheet.editing.unsaved.update(unsaved)
        self._with_sent.setChecked(with_sent)
        self.refresh()

    def _make(self) -> None:
        self._notice = NoticeBar(self)
        self._notice.chosen.connect(self._on_notice)
        self._with_sent = QCheckBox(tr("Show what was sent"))
        self._with_sent.toggled.connect(lambda _: self.refresh())
        self._make_table()
        left = QWidget()
        left.setLayout(column(row(self._with_sent, None), self._table, margin=8))
        self._promises = PromisesPane(self._desk, self)
        self._promises.mention_asked.connect(self.mention_asked)
        self._promises.failed.connect(self._fail)
        self._sheet = OutboxSheet(self._desk, self)
        self._sheet.chosen.connect(self._act)
        self._sheet.editing.saved.connect(self._on_edited)
        split = QSplitter()
        lists = QSplitter(Qt.Orientation.Vertical)
        lists.addWidget(left)
        lists.addWidget(self._promises)
        lists.setStretchFactor(0, 1)
        lists.setSizes([420, 160])
        split.addWidget(lists)
        split.addWidget(self._sheet)
        split.setStretchFactor(1, 1)
        split.setSizes([420, 540])
        split.setChildrenCollapsible(False)
        self.setLayout(column(self._notice, split, space=0))

    def _make_table(self) -> None:
        self._model = OutboxModel(self)
        self._table = OutboxTable(self._model, tr("Outbox"))
        self._empty = EmptyNote(self._table)
        self._table.selectionModel().currentRowChanged.connect(self._on_row)
        self._table.acted.connect(self._sheet_first)
        self._table.dropped.connect(lambda: self._if_allowed(Act.DISCARD))
        self._table.reverted.connect(lambda: self._if_allowed(Act.TAKE_BACK))

    # --- reading ---

    def refresh(self) -> None:
        """Read the outbox again."""
        query = ListOutbox(only_open=not self._with_sent.isChecked())
        self._latest.wait(self._desk.ask(query), self._show, self._fail)

    def _read_who(self) -> None:
        Waiter(self, self._desk.ask(ReadSettings()), self._take_settings, self._fail)
        Waiter(self, self._desk.ask(ListPeople()), self._take_people, self._fail)

    def _take_settings(self, settings: dict[str, str]) -> None:
        self._mode = TeamMode(value_of(settings, "team_mode"))
        self._policy = policy_of(settings)
        self._show_row()

    def _take_people(self, people: list[PersonRow]) -> None:
        self._here = next((p.name for p in people if p.is_here), "")
        self._show_row()

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.OUTBOX, Area.ALL}:
            self.refresh()
        if changes.areas & {Area.SETTINGS, Area.PEOPLE, Area.ALL}:
            self._read_who()

    def _show(self, rows: list[OutboxRow]) -> None:
        before = self._table.currentIndex().row()
        self._model.show(rows)
        self._empty.say("" if rows else self._why_empty())
        at = self._model.place(self._id)
        if at < 0 and rows:  # gone: the one that took its place
            at = min(max(before, 0), len(rows) - 1)
        if at >= 0:
            self._table.go_to(at)
        self._show_row()
        if self._model.has_countdown:
            self._tick.start()
        else:
            self._tick.stop()

    def _why_empty(self) -> str:
        return tr("Nothing is on its way. What you send waits here until the network has it.")

    def _on_row(self, now: QModelIndex, _: QModelIndex) -> None:
        r = self._model.row(now.row())
        if r is not None and r.id != self._id:
            self._id = r.id
            self._notice.clear()
        self._show_row()

    def _show_row(self) -> None:
        r = self._current()
        self._id = r.id if r else self._id
        if r is None:
            self._sheet.show_row(None)
            return
        why_not = why_not_edited(self._policy) if self._is_editable(r) else ""
        note = why_to_approve(r, self._mode, self._here) or why_not
        self._sheet.show_row(r, note, can_edit=self._is_editable(r) and not why_not)
        if is_ours(r) and self._answered[0] != r.mention_id:
            future = self._desk.ask(ReadDetail(r.mention_id))
            self._details.wait(future, partial(self._take_detail, r.mention_id), self._fail)

    def _take_detail(self, mention_id: int, d: Detail | None) -> None:
        self._answered = mention_id, d
        self._show_row()

    def _is_editable(self, r: OutboxRow) -> bool:
        """Whether its network lets a program change it; the policy is another question."""
        mention_id, d = self._answered
        if not is_ours(r) or mention_id != r.mention_id or d is None or d.card is None:
            return False
        return Can.EDIT in d.card.can and len(r.text) <= MAX_CHARS

    def _current(self) -> OutboxRow | None:
        return self._model.row(self._table.currentIndex().row())

    def _on_tick(self) -> None:
        if self.isVisible():
            self._model.tick()
            self._sheet.tick()

    # --- acting ---

    def _sheet_first(self) -> None:
        self._sheet.focus_acts()

    def _if_allowed(self, act: Act) -> None:
        r = self._current()
        if r is not None and act in told(r, now_ms()).acts:
            self._act(act)

    def _act(self, act: Act) -> None:
        r = self._current()
        if r is None:
            return
        self._notice.clear()
        match act:
            case Act.SHOW:
                self.mention_asked.emit(r.mention_id)
            case Act.DECIDE:
                self.decision_asked.emit(r.id)
            case Act.OPEN if r.state is OutboxState.SENT:
                self._open(r.url)
            case Act.OPEN:
                self._with_detail(r, lambda d: self._open(d.url))
            case Act.DELETE:
                self._with_detail(r, self._ask_delete)
            case Act.CHANGE_TIME:
                ask_time(tr("Send this reply at"), partial(self._reschedule, r), self)
            case Act.CHECK:
                self._check(r)
            case Act.EDIT:
                self._with_detail(r, lambda d: self._edit(r, d))
            case Act.EDIT_SENT:
                self._with_detail(r, lambda d: self._sheet.edit(r, d))
            case _:
                self._do(self._command(act, r))

    def _check(self, r: OutboxRow) -> None:
        """The mood around what is planned, as of when it leaves."""
        from socialdesk.ui.temperature.dialog import TemperatureDialog

        dialog = TemperatureDialog(self._desk, now_ms, self, r.text, r.account, r.held_until)
        dialog.mention_asked.connect(self.mention_asked)
        dialog.show()

    def _reschedule(self, r: OutboxRow, at: int) -> None:
        self._do(Reschedule(r.id, at, r.is_dropped_if_written))

    def _command(self, act: Act, r: OutboxRow) -> c.Command:
        match act:
            case Act.TAKE_BACK:
                return c.TakeBack(r.id)
            case Act.APPROVE:
                return c.ApproveReply(r.id, r.hash)
            case Act.IS_THERE:
                return c.SettleUncertain(r.id, is_there=True, url=self._sheet.link)
            case Act.NOT_THERE:
                return c.SettleUncertain(r.id, is_there=False)
            case Act.DISCARD:
                return c.Discard(r.id)
            case _:
                return c.SendNow(r.id)

    def _do(self, command: c.Command, then: Callable[[], None] | None = None) -> None:
        def done(_: object) -> None:
            self.refresh()
            if then is not None:
                then()

        Waiter(self, self._desk.do(command), done, self._fail)

    def _with_detail(self, r: OutboxRow, then: Callable[[Detail], None]) -> None:
        def read(d: Detail | None) -> None:
            if d is None:
                self._notice.tell(tr("The mention is not stored any more."))
            else:
                then(d)

        Waiter(self, self._desk.ask(ReadDetail(r.mention_id)), read, self._fail)

    def _edit(self, r: OutboxRow, d: Detail) -> None:
        """The failed text becomes a draft again; a draft already there is not overwritten."""
        if d.draft is not None and d.draft.text.strip() not in ("", r.text):
            QGuiApplication.clipboard().setText(r.text)
            self._notice.tell(
                tr("There is already another draft under this mention. The failed text is copied."),
                [(tr("Show mention"), "show")],
            )
            return

        def show() -> None:
            self.mention_asked.emit(r.mention_id)

        draft = c.SaveDraft(r.mention_id, r.text)
        self._do(draft, lambda: self._do(c.Discard(r.id), show))

    def _on_edited(self) -> None:
        self._notice.tell(tr("The network has the new words."), tone="accent")
        self.refresh()

    def _ask_delete(self, d: Detail) -> None:
        """No undo reaches the network, so this one asks."""
        if d.card is None or Can.DELETE not in d.card.can:
            self._notice.tell(tr("This network lets no program delete. Open the reply and do it."))
            return
        self._notice.tell(
            tr("Delete this reply on the network? It stays in your history here."),
            [(tr("Delete it there"), "delete"), (tr("Keep it"), "keep")],
        )

    def _open(self, url: str) -> None:
        if not open_url(url):
            self._notice.tell(tr("No browser came: open {url} yourself.", url=url))

    def _on_notice(self, action: str) -> None:
        r = self._current()
        if r is not None and action == "show":
            self.mention_asked.emit(r.mention_id)
        elif r is not None and action == "delete":
            self._do(c.DeleteSent(r.id))

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))
        if self._id:
            self._table.setFocus()
