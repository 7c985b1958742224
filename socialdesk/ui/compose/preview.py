"""What will be posted, exactly: the words as they leave, people, links and tags marked."""

from typing import Final

from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from socialdesk.i18n import tr
from socialdesk.ui.compose.highlight import Highlighter
from socialdesk.ui.compose.parts import column
from socialdesk.ui.plain import Elided, tip

MAX_LINES: Final = 3
_FLAT: Final = "QPlainTextEdit { background: transparent; border: 0; padding: 0 }"


class Preview(QFrame):
    """Hidden while there is nothing to post."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._who = Elided(self, tone="dim")
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(tr("As it will be posted"))
        self._text.setFrameShape(QFrame.Shape.NoFrame)
        self._text.setStyleSheet(_FLAT)
        self._marks = Highlighter(self._text)
        self.setProperty("bubble", "ours")
        self.setLayout(column(self._who, self._text, space=2, margin=8))

    def show_text(self, text: str, account: str, warning: str) -> None:
        """`text` as the network will get it from `account`, behind `warning` when there is one;
        `account` "" = it is pasted by hand."""
        who = tr("As {account} will post it", account=account) if account else ""
        who = who or tr("What you will paste there")
        if warning:
            who = tr("{who}, behind the warning “{warning}”", who=who, warning=warning)
        self._who.setText(who)
        self._who.setToolTip(tip(who))
        if text != self._text.toPlainText():
            self._text.setPlainText(text)
        self._fit()
        self.setVisible(bool(text))

    @property
    def text(self) -> str:
        return self._text.toPlainText()

    def _fit(self) -> None:
        """As high as its lines, up to MAX_LINES; the rest scrolls."""
        line = self._text.fontMetrics().lineSpacing()
        width = max(60, self._text.viewport().width())
        n_chars = len(self._text.toPlainText())
        wrapped = n_chars * self._text.fontMetrics().averageCharWidth() // width
        lines = min(MAX_LINES, max(1, self._text.blockCount() + wrapped))
        self._text.setFixedHeight(lines * line + 10)
