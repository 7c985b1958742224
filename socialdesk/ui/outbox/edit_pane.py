"""Changing a sent reply on the network: its words as they stand, the room that is left, Save."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from socialdesk.domain.crisis.approval import canonical_text
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.length.length import LengthRule, remaining
from socialdesk.domain.queue.rows import Detail, OutboxRow
from socialdesk.engine.commands import EditSent
from socialdesk.engine.desk import Desk
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.ui.compose import say
from socialdesk.ui.compose.editor import ReplyEdit
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.compose.sending import posted
from socialdesk.ui.plain import dress
from socialdesk.ui.tasks import Waiter


class EditPane(QFrame):
    """`saved`: the network has the new words. `left`: Esc or Cancel, nothing was changed there.
    `unsaved`: by outbox id, what was typed and not saved yet; there again at the next start."""

    saved = Signal()
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._row: OutboxRow | None = None
        self._detail: Detail | None = None
        self._in_flight = 0  # outbox id whose words are on their way
        self.unsaved: dict[int, str] = {}
        self.notice = NoticeBar(self)
        self.field = ReplyEdit(self, with_templates=False)
        self.field.setAccessibleName(tr("New words of the reply"))
        self.field.textChanged.connect(self._on_typed)
        self.field.send_asked.connect(self.save)
        self._room = label(tone="dim", wraps=False)
        self.yes = push(tr("Save on the network"), self.save, kind="primary", tip=tr("Ctrl+Enter"))
        no = push(tr("Cancel"), self.left.emit, tip=tr("Esc"))
        box = column(self.field, self.notice, row(self._room, None), row(self.yes, no, None))
        box.setStretchFactor(self.field, 1)
        self.setLayout(box)
        self.hide()

    def start(self, r: OutboxRow, d: Detail) -> None:
        """Open for this reply to `d`'s mention."""
        self._row, self._detail = r, d
        self.notice.clear()
        self.field.load(self.unsaved.get(r.id, r.text))
        self._judge()
        self.show()
        self.field.setFocus()

    def save(self) -> None:
        """Send the new words, if there are any and they fit."""
        self._judge()
        if self._row is None or not self.yes.isEnabled():
            return
        command = EditSent(self._row.id, canonical_text(self.field.text))
        self.notice.clear()
        self._in_flight = command.outbox_id
        self._judge()
        Waiter(self, self._desk.do(command), partial(self._on_saved, command), self._on_failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _on_typed(self) -> None:
        if self._row is not None:
            self.unsaved[self._row.id] = self.field.text
        self._judge()

    def _judge(self) -> None:
        r, d = self._row, self._detail
        if r is None or d is None:
            return
        words = canonical_text(self.field.text)
        rule = d.card.length if d.card else LengthRule(0)
        left = remaining(posted(words, d), rule, _warning(r, d)) if rule.limit else 0
        text, tone = say.room(left) if rule.limit else ("", "")
        self._room.setText(text)
        dress(self._room, "tone", tone)
        self.field.setReadOnly(self._in_flight == r.id)
        is_new = bool(words.strip()) and words != canonical_text(r.text)
        self.yes.setEnabled(is_new and left >= 0 and not self._in_flight)

    def _on_saved(self, command: EditSent, _: object) -> None:
        self._in_flight = 0
        self.unsaved.pop(command.outbox_id, None)
        self._judge()
        self.saved.emit()
        if self._row is not None and self._row.id == command.outbox_id:
            self.left.emit()

    def _on_failed(self, error: SocialDeskError) -> None:
        self._in_flight = 0
        self._judge()
        self.notice.tell_sentence(sentence(error))
        self.field.setFocus()


def _warning(r: OutboxRow, d: Detail) -> str:
    """The one our post stands behind; it counts and stays as it is."""
    return next((p.warning for p in d.thread if p.outbox_id == r.id), d.warning)
