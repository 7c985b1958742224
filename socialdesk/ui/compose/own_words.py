"""Own words under a lock: a one-off statement for this mention, its second look, then out."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from socialdesk.domain.crisis.crisis_rows import LineRow
from socialdesk.domain.crisis.incident import Lock
from socialdesk.domain.queue.rows import Detail
from socialdesk.engine.desk import Desk, Done
from socialdesk.i18n import tr
from socialdesk.ui.tasks import Waiter

PUBLISH = "publish_oneoff"  # the bar's button once the look is given


class OwnWords(QObject):
    """`told(text, actions)`: for the bar. `sent(Done)`: it is on its way. `failed(error)`."""

    told = Signal(str, object)
    sent = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._now, self._window = desk, now, parent
        self._saved: dict[int, tuple[int, str]] = {}  # mention id → its statement, and its words
        self._looked: tuple[int, int] = (0, 0)  # mention id and version that may be published

    def ask_look(self, detail: Detail, lock: Lock, words: str, lang: str) -> None:
        """Save the words as an answer in this thread, and have them looked at."""
        from socialdesk.engine.commands.statements import SaveStatement  # only a lock needs it

        known, _ = self._saved.get(detail.row.id, (0, ""))
        command = SaveStatement(
            lock.incident_id, "oneoff", lang, known, text=words, accounts=(detail.account_id,),
            mention_id=detail.row.id,
        )  # fmt: skip
        Waiter(self, self._desk.do(command), partial(self._on_saved, detail, lock, words),
               self.failed.emit)  # fmt: skip

    def ask_line_look(self, lock: Lock, line: LineRow) -> None:
        """The second look at a reply line, without leaving the thread."""
        from socialdesk.ui.crisis.text.looking import look_at_line

        look_at_line(self._desk, lock.incident_id, line, self._now, self._window, self.failed.emit)

    def publish(self, mention_id: int) -> None:
        """What was looked at a moment ago, into the thread."""
        looked_at, version_id = self._looked
        if looked_at == mention_id and version_id:
            from socialdesk.engine.commands.statements import PublishStatement

            future = self._desk.do(PublishStatement(version_id))
            Waiter(self, future, partial(self._on_published, mention_id), self.failed.emit)

    def _on_saved(self, detail: Detail, lock: Lock, words: str, done: Done) -> None:
        from socialdesk.ui.crisis.text.looking import look_at_version

        self._saved[detail.row.id] = int(done.answer["statement_id"]), words
        version_id = int(done.answer["version_id"])

        def given(answer: dict[str, Any]) -> None:
            if answer.get("n_missing"):
                self.told.emit(tr("One look is given. It needs one more."), [])
                return
            self._looked = detail.row.id, version_id
            self.told.emit(
                tr("The second look is given to exactly this text."),
                [(tr("Send it now"), PUBLISH)],
            )

        look_at_version(self._desk, lock.incident_id, version_id, self._now, self._window, given,
                        self.failed.emit)  # fmt: skip

    def _on_published(self, mention_id: int, done: Done) -> None:
        _, words = self._saved.pop(mention_id, (0, ""))
        self._looked = (0, 0)
        if done.answer.get("by_hand"):  # R43
            QGuiApplication.clipboard().setText(words)
            self.told.emit(tr("This account cannot publish from here. The text is copied: post it "
                              "by hand, and paste its link under Statements."), [])  # fmt: skip
            return
        self.sent.emit(done)
