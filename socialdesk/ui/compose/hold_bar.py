"""The seconds in which a reply or a statement can still be taken back."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QProgressBar, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.queue.rows import OutboxRow
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.engine.commands import SendNow, TakeBack
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListOutbox
from socialdesk.i18n import tr, trn
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import column, label, now_ms, push, row
from socialdesk.ui.tasks import Latest, Waiter

TICK_MS = 200
N_LOOKED_AT = 50  # open rows, newest first: the held one is among the newest


class HoldBar(QFrame):
    """Shows the newest held reply or statement, whichever mention it answers, and counts down.
    The button takes back what the bar names; `z` takes a statement back at all its accounts.

    `taken_back(OutboxRow)`: it is a draft again. `failed(error)`: it had left already, or so.
    """

    taken_back = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._latest = desk, Latest(self)
        self._held: OutboxRow | None = None
        self._span_ms = 1
        self._text = label()
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._left = QProgressBar()
        self._left.setTextVisible(False)
        self._left.setAccessibleName(tr("Time left to take the reply back"))
        self.back = push(tr("Take back (z)"), self.take_back, icon="undo-2")
        self.now = push(tr("Send now"), self.send_now, kind="quiet")
        self.setProperty("bar", "accent")
        line = row(self._text, self.back, self.now)
        line.setStretch(0, 1)
        self.setLayout(column(line, self._left, margin=8))
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._count)
        Bridge(desk, self).changed.connect(self._on_changed)
        self.hide()
        self.refresh()

    def refresh(self) -> None:
        """Look for a held reply."""
        future = self._desk.ask(ListOutbox(limit=N_LOOKED_AT))
        self._latest.wait(future, self._show, self.failed.emit)

    def take_back(self) -> None:
        """Make the held reply a draft again."""
        if (held := self._held) is not None:
            self._do(TakeBack(held.id), lambda: self.taken_back.emit(held))

    def send_now(self) -> None:
        """Do not wait any longer."""
        if self._held is not None:
            self._do(SendNow(self._held.id), lambda: None)

    def _do(self, command: TakeBack | SendNow, then: Callable[[], None]) -> None:
        self._show([])
        Waiter(self, self._desk.do(command), lambda _: then(), self._on_failed)

    def _on_failed(self, error: SocialDeskError) -> None:
        self.failed.emit(error)
        self.refresh()

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.OUTBOX, Area.ALL}:
            self.refresh()

    def _show(self, rows: list[OutboxRow]) -> None:
        held = [r for r in rows if r.state is OutboxState.HELD and r.hold is HoldReason.UNDO]
        new = max(held, key=lambda r: r.made_at, default=None)
        if new is not None and (self._held is None or new.id != self._held.id):
            self._span_ms = max(1, new.held_until - now_ms())
        self._held = new
        self.setVisible(new is not None)
        if new is None:
            self._tick.stop()
        else:
            self._tick.start()
            self._count()

    def _count(self) -> None:
        if self._held is None:
            return
        left_ms = max(0, self._held.held_until - now_ms())
        seconds = -(-left_ms // 1000)
        self._text.setText(_words(self._held, seconds))
        self._left.setRange(0, self._span_ms)
        self._left.setValue(min(left_ms, self._span_ms))
        self.back.setEnabled(left_ms > 0)
        self.now.setEnabled(left_ms > 0)
        self.setAccessibleName(self._text.text())


def _words(held: OutboxRow, seconds: int) -> str:
    if not held.to:
        at = held.account
        return (
            trn("Statement at {account}: goes out in {n} second",
                "Statement at {account}: goes out in {n} seconds", seconds, account=at)
            if seconds else tr("Statement at {account}: on its way", account=at)
        )  # fmt: skip
    return (
        trn("Reply to {to}: goes out in {n} second", "Reply to {to}: goes out in {n} seconds",
            seconds, to=held.to) if seconds else tr("Reply to {to}: on its way", to=held.to)
    )  # fmt: skip
