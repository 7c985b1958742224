"""Answering where the network has no door for programs: copy, open, answer, paste the link back."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands import MarkAnswered
from socialdesk.engine.desk import Desk, Done
from socialdesk.i18n import tr
from socialdesk.ui.browser import open_url
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.tasks import Waiter


class BrowserBar(QFrame):
    """Shown for a mention that can only be answered in the browser. `answered(Done)`,
    `failed(error)`, `not_opened(url)`: the text is on the clipboard, but no browser came."""

    answered = Signal(object)
    failed = Signal(object)
    not_opened = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._mention_id, self._text, self._url = desk, 0, "", ""
        self._why = label(tone="dim")
        self.link = QLineEdit()
        self.link.setAccessibleName(tr("Link of your answer"))
        self.link.setPlaceholderText(tr("Then paste the link of your answer here (or leave it)"))
        self.link.returnPressed.connect(self.mark)
        self.marked = push(tr("Mark as answered"), self.mark)
        line = row(self.link, self.marked)
        line.setStretch(0, 1)
        self.setLayout(column(self._why, line, space=6))

    def show_mention(self, mention_id: int, url: str, why: str) -> None:
        """`why`: the reason in words."""
        if mention_id != self._mention_id:
            self.link.clear()
        self._mention_id, self._url = mention_id, url
        self._why.setText(why)

    def open(self, text: str) -> None:
        """Put `text` on the clipboard and open the post in the browser."""
        self._text = text
        QGuiApplication.clipboard().setText(text)
        if not open_url(self._url):
            self.not_opened.emit(self._url)
        self.link.setFocus()

    def mark(self) -> None:
        """It was answered by hand."""
        self.marked.setEnabled(False)
        command = MarkAnswered(self._mention_id, url=self.link.text().strip(), text=self._text)
        Waiter(self, self._desk.do(command), self._on_done, self._on_failed)

    def _on_done(self, done: Done) -> None:
        self.marked.setEnabled(True)
        self.link.clear()
        self._text = ""
        self.answered.emit(done)

    def _on_failed(self, error: SocialDeskError) -> None:
        self.marked.setEnabled(True)
        self.failed.emit(error)
