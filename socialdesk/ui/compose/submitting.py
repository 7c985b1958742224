"""One reply on its way to the desk: one at a time, and what the desk said of it."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands import SendReply
from socialdesk.engine.desk import Desk, Done
from socialdesk.ui.compose.sending import surely
from socialdesk.ui.tasks import Waiter


class Submitter(QObject):
    """`began`; then `sent(SendReply, Done)` or `refused(SendReply, error)`. `mention_id`: whose
    reply is with the desk, 0 = nobody's."""

    began = Signal()
    sent = Signal(object, object)
    refused = Signal(object, object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._refused: SendReply | None = None  # waits for "Send anyway"
        self.mention_id = 0

    def submit(self, command: SendReply) -> None:
        """While the desk decides, the text it decides about must not change."""
        self.mention_id = command.mention_id
        self.began.emit()
        Waiter(self, self._desk.do(command), partial(self._on_sent, command),
               partial(self._on_refused, command))  # fmt: skip

    def submit_anyway(self) -> None:
        """What was refused last, by somebody who was told."""
        if self._refused is not None:
            self.submit(surely(self._refused))

    def forget(self) -> None:
        """Another mention is shown."""
        self._refused = None

    def _on_sent(self, command: SendReply, done: Done) -> None:
        self.mention_id = 0
        self.sent.emit(command, done)

    def _on_refused(self, command: SendReply, error: SocialDeskError) -> None:
        self.mention_id = 0
        self._refused = command
        self.refused.emit(command, error)
