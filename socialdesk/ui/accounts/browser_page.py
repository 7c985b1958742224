"""The page that waits while somebody allows SocialDesk in the browser."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QProgressBar, QWidget

from socialdesk.domain.network_row import NetworkRow
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import column, label, push, row


class BrowserPage(QWidget):
    """`open_asked()`, `cancelled()`, `code_given(text)`: what was pasted."""

    open_asked = Signal()
    cancelled = Signal()
    code_given = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = label()
        self._wait = QProgressBar()
        self._wait.setRange(0, 0)
        self._wait.setTextVisible(False)
        self._wait.setAccessibleName(tr("Waiting for the browser"))
        self.address = QLineEdit()
        self.address.setReadOnly(True)
        self.address.setAccessibleName(tr("Address to open"))
        self.code = QLineEdit()
        self.code.setAccessibleName(tr("Code from the browser"))
        self.code.returnPressed.connect(self._give)
        self._use = push(tr("Use the code"), self._give)
        code = row(self.code, self._use)
        code.setStretch(0, 1)
        self.setLayout(column(
            label(tr("Go on in your browser"), "heading"), self._words, self._wait, self.address,
            row(push(tr("Open the browser"), self.open_asked.emit, icon="external-link"), None),
            code, None, row(None, push(tr("Cancel sign-in"), self.cancelled.emit)),
        ))  # fmt: skip

    def show_sign_in(self, n: NetworkRow, url: str) -> None:
        """A new sign-in under way at `url`."""
        self.address.setText(url)
        self.address.setCursorPosition(0)
        self.code.clear()
        self._words.setText(_how(n))
        self._wait.setVisible(not n.pastes)
        name, hint = _asked(n)
        self.code.setAccessibleName(name)
        self.code.setPlaceholderText(hint)
        self._use.setText(tr("Go on") if n.pastes else tr("Use the code"))
        self._use.setAccessibleName(self._use.text())
        if n.pastes:
            self.code.setFocus()

    def show_busy(self, is_busy: bool) -> None:
        """The network is asked with what was pasted."""
        self._wait.setVisible(is_busy)

    def _give(self) -> None:
        if text := self.code.text().strip():
            self.code_given.emit(text)


def _how(n: NetworkRow) -> str:
    match n.pastes:
        case "address":
            return tr("Allow SocialDesk there. At the end the browser shows a page that cannot be "
                      "opened, or one that only says Success: both are right. Copy the whole "
                      "address from its address bar and paste it here.")  # fmt: skip
        case "code":
            return tr("Allow SocialDesk there. At the end the site shows a long text. Copy all of "
                      "it and paste it here.")  # fmt: skip
        case _:
            return tr("Allow SocialDesk there and come back: this page goes on by itself. It waits "
                      "five minutes.")  # fmt: skip


def _asked(n: NetworkRow) -> tuple[str, str]:
    match n.pastes:
        case "address":
            return tr("Address of the page you ended on"), tr("Paste the address bar here")
        case "code":
            return tr("Text from the browser"), tr("Paste the text here")
        case _:
            return tr("Code from the browser"), tr("Or paste the code the browser shows")
