"""Check a planned post: its words, its account and time at the left, what was found at the right.

Works for posts published elsewhere, too. The check is kept with Ctrl+Enter; a red one asks why.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QPlainTextEdit, QWidget

from socialdesk.domain.account import AccountState
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.domain.temperature import MAX_TEXT, Temperature, Which
from socialdesk.engine.commands.temperature import KeepCheck
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListAccounts
from socialdesk.engine.queries.temperature import CheckTemperature, ListTopic
from socialdesk.engine.words.messages import sentence
from socialdesk.engine.words.refusals import refusal_sentence
from socialdesk.engine.words.temperature import last_sentence
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row, when
from socialdesk.ui.compose.schedule import ask_time
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.reports.mentions_pane import MentionsPane
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.temperature.days import DaysDialog
from socialdesk.ui.temperature.findings import Findings
from socialdesk.ui.text_size import follow_text, resize_for_text

if TYPE_CHECKING:
    from socialdesk.ui.shell import Shell

PAUSE_MS: Final = 300  # after the last key
LEFT: Final = 330  # px of what is typed
WIDEST: Final = 560  # px; large text takes no more
SIZE: Final = QSize(860, 640)


def open_check(window: "Shell", text: str = "", account: str = "", at: int = 0) -> None:
    """The dialog beside the window, with a post that is planned here."""
    dialog = TemperatureDialog(window.screens.desk, window.screens.now, window, text, account, at)
    dialog.mention_asked.connect(window.show_mention)
    dialog.show()


class TemperatureDialog(QDialog):
    """`mention_asked(id)`: one behind a number is to be shown in the inbox. `account`: the name of
    the one that will post, "" = elsewhere; `at`: ms UTC, 0 = now."""

    mention_asked = Signal(object)

    def __init__(
        self, desk: Desk, now: Callable[[], int], parent: QWidget, text: str = "",
        account: str = "", at: int = 0,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(tr("Check a planned post"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk, self._latest, self._at = desk, Latest(self), at
        self._wait = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._wait.timeout.connect(self.check)
        self._notice = NoticeBar(self)
        self.findings = Findings(self)
        self.mentions = MentionsPane(desk, now, self)
        self._make_left(text)
        right = column(self.findings, label(last_sentence(), "dim"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(16)
        layout.addWidget(self._left)
        layout.addLayout(right, 1)
        layout.addWidget(self.mentions)
        resize_for_text(self, SIZE.width(), SIZE.height())
        self.findings.number_asked.connect(self._on_number)
        self.findings.mention_asked.connect(self.mention_asked)
        self.mentions.mention_asked.connect(self.mention_asked)
        self.mentions.closed.connect(self._on_list_closed)
        Waiter(self, desk.ask(ListAccounts()), partial(self._show_accounts, account), self._fail)
        self._show_state()
        self.text.setFocus()

    def _make_left(self, text: str) -> None:
        self.text = QPlainTextEdit(text[:MAX_TEXT])
        self.text.setAccessibleName(tr("What you plan to post"))
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(tr("Text with its hashtags"))
        self.text.textChanged.connect(self._wait.start)
        self.account = QComboBox()
        self.account.setAccessibleName(tr("Who will post it"))
        self.account.addItem(tr("Published elsewhere"), 0)
        self.account.currentIndexChanged.connect(lambda _: self.check())
        self._time = push("", self._ask_time)
        self.reason = QPlainTextEdit()
        self.reason.setAccessibleName(tr("Why it shall be posted all the same"))
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(84)
        self.reason.textChanged.connect(self._show_state)
        self._why = label(tr("Why it shall be posted all the same"))
        self.keep = push(tr("Keep this check"), self._keep, kind="primary",
                         tip=tr("Writes verdict, numbers and your reason into the journal "
                                "(Ctrl+Enter)"))  # fmt: skip
        self._left = QWidget(self)
        follow_text(self._left, lambda px: self._left.setFixedWidth(min(px(LEFT), WIDEST)))
        self._left.setLayout(column(
            label(tr("What you plan to post"), "heading"), self.text, self.account, self._time,
            row(push(tr("Days to be careful on…"), self._ask_days, kind="link"), None),
            self._notice, self._why, self.reason,
            row(None, push(tr("Close"), self.reject), self.keep),
        ))  # fmt: skip

    # --- asking ---

    def check(self) -> None:
        """With the words as they stand."""
        self._wait.stop()
        if not self._words():
            self._latest.forget()
            self.findings.show_nothing()
            self._show_state()
            return
        query = CheckTemperature(self._words(), self._account_id(), self._at)
        self._latest.wait(self._desk.ask(query), self._show, self._fail)

    def _show(self, found: Temperature) -> None:
        self._notice.clear()
        if found.lock:
            facts = {"account": isolated(found.account), "id": found.lock}
            self._notice.tell_sentence(refusal_sentence("R13", facts))
        self.findings.show_found(found)
        self._show_state()

    def _show_accounts(self, name: str, accounts: list[AccountRow]) -> None:
        self.account.blockSignals(True)
        for one in accounts:
            if one.state is not AccountState.STOPPED and not one.is_crm:
                self.account.addItem(one_line(one.name), one.id)
                if one.name == name:
                    self.account.setCurrentIndex(self.account.count() - 1)
        self.account.blockSignals(False)
        self.check()

    def _ask_time(self) -> None:
        ask_time(tr("When it will be posted"), self._set_time, self)

    def _ask_days(self) -> None:
        days = DaysDialog(self._desk, self)
        days.saved.connect(self.check)
        days.open()

    def _set_time(self, at: int) -> None:
        self._at = at
        self.check()

    # --- keeping ---

    def _keep(self) -> None:
        if not self.keep.isEnabled():
            return
        self.keep.setEnabled(False)
        command = KeepCheck(
            self._words(), self._account_id(), self._at, self.reason.toPlainText().strip()
        )
        Waiter(self, self._desk.do(command), lambda _: self._on_kept(), self._fail)

    def _on_kept(self) -> None:
        self._notice.tell(tr("The check is in the journal."), tone="accent")

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))
        self._show_state()

    # --- showing ---

    def _show_state(self) -> None:
        found = self.findings.found
        needs_reason = found is not None and found.needs_reason and not found.lock
        self._why.setVisible(needs_reason)
        self.reason.setVisible(needs_reason)
        has_reason = bool(self.reason.toPlainText().strip())
        is_free = found is not None and not found.lock
        self.keep.setEnabled(is_free and (has_reason or not needs_reason))
        self._time.setText(tr("Time: {when}", when=when(self._at) if self._at else tr("now")))
        self._time.setAccessibleName(self._time.text())

    def _on_number(self, which: Which, words: str) -> None:
        if self.mentions.isHidden():
            self.resize(self.width() + self.mentions.minimumWidth() + 16, self.height())
        self.mentions.show_query(words, ListTopic(self._words(), which))

    def _on_list_closed(self) -> None:
        self.resize(SIZE.width(), self.height())
        self.findings.setFocus(Qt.FocusReason.OtherFocusReason)

    def _words(self) -> str:
        return self.text.toPlainText().strip()[:MAX_TEXT]

    def _account_id(self) -> int:
        return int(self.account.currentData() or 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._keep()
        else:
            super().keyPressEvent(event)
