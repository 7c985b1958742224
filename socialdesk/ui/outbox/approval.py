"""The view "For approval": one text at a time, looked at in its thread, then approved, sent back
with a comment, or refused, by keyboard; the next one follows.

There is no "approve all": an approval says that somebody read exactly these words, and nobody
reads ten texts with one key.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSplitter, QStackedWidget, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.crisis.approval import TeamMode
from socialdesk.domain.crisis.crisis_rows import Standing
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.queue.rows import Detail, OutboxRow, PersonRow
from socialdesk.domain.replies.reply import BegunWith
from socialdesk.engine import commands as c
from socialdesk.engine.commands.answering import SendBack
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListOutbox, ListPeople, ReadDetail, ReadSettings
from socialdesk.engine.queries.answering import ReadBegunWith
from socialdesk.engine.queries.crisis import ReadStanding
from socialdesk.engine.settings import policy_of, value_of
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import NoticeBar, Speaker, column, label, push, row
from socialdesk.ui.outbox.approval_sheet import ApprovalSheet
from socialdesk.ui.outbox.model import OutboxModel
from socialdesk.ui.outbox.table import OutboxTable
from socialdesk.ui.outbox.words import why_locked, why_none, why_to_approve
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.turning import Turning


class CommentField(QLineEdit):
    """`left`: Esc."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ApprovalScreen(QWidget):
    """`mention_asked(id)`: show that mention in the inbox. `policy_asked`: where it is said what
    comes here. `incident_asked(id)`: where texts under its lock are looked at."""

    mention_asked = Signal(object)
    policy_asked = Signal()
    incident_asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk, self._latest, self._reading = desk, Latest(self), Latest(self)
        self._standing_read, self._locking_id = Latest(self), 0
        self._id = 0
        self._mode, self._here = TeamMode.SOLO, ""
        self._said_for: type[SendBack | c.Discard] = SendBack  # what the comment is typed for
        self._read_of: tuple[int, Detail | None, BegunWith] = (0, None, BegunWith())
        self._make()
        Speaker(self, self._make_again)
        Bridge(desk, self).changed.connect(self._on_changed)
        self._read_who()
        self._read_lock()
        self.refresh()

    def _make_again(self) -> None:
        comment = self._comment.text()
        self._make()
        self._comment.setText(comment)
        self._read_lock()
        self.refresh()

    def _make(self) -> None:
        self._notice = NoticeBar(self)
        self._model = OutboxModel(self)
        self._table = OutboxTable(self._model, tr("For approval"))
        self._table.selectionModel().currentRowChanged.connect(self._on_row)
        self._table.acted.connect(lambda: self._yes.setFocus())
        self._table.dropped.connect(self.reject)
        self._table.pressed_key.connect(self._on_key)
        left = QWidget()
        left.setLayout(column(self._table, margin=8))
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(self._make_right())
        split.setStretchFactor(1, 1)
        split.setSizes([380, 620])
        split.setChildrenCollapsible(False)
        self._pages = QStackedWidget()
        self._pages.addWidget(split)
        self._pages.addWidget(self._make_empty())
        self.setLayout(column(self._notice, self._pages, space=0))

    def _make_empty(self) -> QWidget:
        """Why nothing is here, and where that is said."""
        page = QWidget()
        self._why = label(tr("No reply waits for approval."))
        self._policy = push(tr("Reply policy…"), self.policy_asked.emit, icon="settings")
        self._locked = label(tone="danger")
        self._room = push(tr("To the incident"), self._on_room, kind="primary")
        for part in (self._locked, self._room):
            part.hide()
        title = label(tr("For approval"), "title", wraps=False)
        ways = row(self._room, self._policy, None)
        page.setLayout(column(title, self._locked, self._why, ways, None, margin=16))
        return page

    def _make_right(self) -> QWidget:
        self._sheet = ApprovalSheet(self._desk, self)
        self._note = label(tone="dim")
        self._comment = CommentField()
        self._comment.setAccessibleName(tr("Comment for the writer"))
        self._comment.returnPressed.connect(self._decide)
        self._comment.left.connect(self._leave_comment)
        self._comment.hide()
        self._yes = push(tr("Approve exactly this text (y)"), self.approve, kind="primary",
                         icon="check")  # fmt: skip
        self._back = push(tr("Send back with a comment (b)"), self.send_back)
        self._no = push(tr("Reject (x)"), self.reject, kind="danger")
        self._show_there = push(tr("Show mention"), self._on_show, kind="quiet")
        self._acts = Turning(self._yes, self._back, self._no, None, self._show_there)
        self._right = QWidget()
        box = column(self._sheet, self._note, self._comment, self._acts, margin=12)
        box.setStretchFactor(self._sheet, 1)
        self._right.setLayout(box)
        return self._right

    # --- acting ---

    def approve(self) -> None:
        """These very words, as they are shown."""
        r = self._current()
        if r is not None and self._yes.isEnabled() and self._read_of[0] == r.id:
            self._do(c.ApproveReply(r.id, r.hash))

    def send_back(self) -> None:
        """Ask what should change, then send it back."""
        self._say(SendBack)

    def reject(self) -> None:
        """Ask why, then: never to be sent; the mention needs a reply again."""
        self._say(c.Discard)

    def _decide(self) -> None:
        self._say(self._said_for)

    def _say(self, act: type[SendBack | c.Discard]) -> None:
        r = self._current()
        if r is None:
            return
        is_asked = not self._comment.isHidden() and self._said_for is act
        if is_asked and self._comment.text().strip():
            self._do(act(r.id, self._comment.text()), self._leave_comment)
            return
        self._said_for = act
        self._comment.setPlaceholderText(self._hint(act))
        self._comment.show()
        self._comment.setFocus()

    @staticmethod
    def _hint(act: type[SendBack | c.Discard]) -> str:
        if act is SendBack:
            return tr("What should change? Enter sends it back, Esc leaves.")
        return tr("Why not? Enter rejects it, Esc leaves.")

    def _on_key(self, key: str) -> None:
        {"y": self.approve, "b": self.send_back, "x": self.reject}[key]()

    def _on_show(self) -> None:
        if (r := self._current()) is not None:
            self.mention_asked.emit(r.mention_id)

    def _on_room(self) -> None:
        self.incident_asked.emit(self._locking_id)

    def _leave_comment(self) -> None:
        self._comment.clear()
        self._comment.hide()
        self._table.setFocus()

    def _do(self, command: c.Command, then: Callable[[], None] = lambda: None) -> None:
        self._notice.clear()
        self._acts.setEnabled(False)

        def done(_: object) -> None:
            then()
            self.refresh()
            self._table.setFocus()

        Waiter(self, self._desk.do(command), done, self._fail)

    # --- reading ---

    def refresh(self) -> None:
        """Read again what waits."""
        self._latest.wait(self._desk.ask(ListOutbox(only_approval=True)), self._show, self._fail)

    def _read_who(self) -> None:
        Waiter(self, self._desk.ask(ReadSettings()), self._take_settings, self._fail)
        Waiter(self, self._desk.ask(ListPeople()), self._take_people, self._fail)

    def _read_lock(self) -> None:
        # Unread it says nothing; where a text is looked at is the desk's to refuse.
        self._standing_read.wait(self._desk.ask(ReadStanding()), self._take_lock, lambda _: None)

    def _take_lock(self, standing: list[Standing]) -> None:
        """An empty list under a lock has another reason, and a place where its texts are."""
        locking = next((one.incident for one in standing if one.incident.is_locking), None)
        self._locking_id = locking.id if locking else 0
        for part in (self._locked, self._room):
            part.setVisible(locking is not None)
        if locking is not None:
            self._locked.setText(why_locked(locking.code))

    def _take_settings(self, settings: dict[str, str]) -> None:
        self._mode = TeamMode(value_of(settings, "team_mode"))
        self._why.setText(why_none(policy_of(settings)))
        self._show_row()

    def _take_people(self, people: list[PersonRow]) -> None:
        self._here = next((p.name for p in people if p.is_here), "")
        self._show_row()

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.OUTBOX, Area.ALL}:
            self.refresh()
        if changes.areas & {Area.SETTINGS, Area.PEOPLE, Area.ALL}:
            self._read_who()
        if changes.areas & {Area.INCIDENTS, Area.ALL}:
            self._read_lock()

    def _show(self, rows: list[OutboxRow]) -> None:
        before = self._table.currentIndex().row()
        waiting = rows[::-1]  # who waited longest comes first
        self._model.show(waiting)
        at = self._model.place(self._id)
        if at < 0 and waiting:  # decided: the one that took its place
            at = min(max(before, 0), len(waiting) - 1)
        if at >= 0:
            self._table.go_to(at)
        self._show_page(is_empty=not waiting)
        self._show_row()

    def _show_page(self, *, is_empty: bool) -> None:
        """The keys stay where they are seen: in the list, or on the way to what decides here."""
        shown, keys = self._pages.currentWidget(), self.window().focusWidget()
        had_keys = shown is not None and keys is not None and shown.isAncestorOf(keys)
        self._pages.setCurrentIndex(1 if is_empty else 0)
        if had_keys:
            way = self._room if self._locking_id else self._policy
            (way if is_empty else self._table).setFocus()

    def _on_row(self, now: QModelIndex, _: QModelIndex) -> None:
        r = self._model.row(now.row())
        if r is not None and r.id != self._id:
            self._id = r.id
            self._notice.clear()
            self._comment.clear()
            self._comment.hide()
        self._show_row()

    def _show_row(self) -> None:
        r = self._current()
        self._right.setVisible(r is not None)
        if r is None:
            return
        self._id = r.id
        read_id, d, begun = self._read_of
        is_read = read_id == r.id
        self._sheet.show_row(r, d if is_read else None, begun if is_read else BegunWith())
        self._note.setText(
            f"{why_to_approve(r, self._mode, self._here)} "
            + tr("Each text gets its own look: there is no “approve all”.")
        )
        is_mine = self._mode is TeamMode.PAIR and r.person == self._here
        self._acts.setEnabled(True)
        self._yes.setEnabled(is_read and not is_mine)
        if not is_read:
            future = self._desk.ask(ReadDetail(r.mention_id))
            self._reading.wait(future, partial(self._take_detail, r.id), self._fail)

    def _take_detail(self, outbox_id: int, d: Detail | None) -> None:
        future = self._desk.ask(ReadBegunWith(outbox_id))
        self._reading.wait(future, partial(self._take_begun, outbox_id, d), self._fail)

    def _take_begun(self, outbox_id: int, d: Detail | None, begun: BegunWith) -> None:
        self._read_of = outbox_id, d, begun
        self._show_row()

    def _current(self) -> OutboxRow | None:
        return self._model.row(self._table.currentIndex().row())

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))
        self._acts.setEnabled(True)
        self._table.setFocus()
