"""What sources show now that may be looked at and never kept: asked for here, forgotten here."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QSplitter,
    QWidget,
)

from socialdesk.domain.account import AccountState, Can
from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError, UnreachableError
from socialdesk.domain.panel import Panel, PanelReview, answer_to, read_panel
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine.commands.panels import ShowPanel
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries import ListAccounts
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr
from socialdesk.i18n import tr as spoken  # texts that connectors mark with said()
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.browser import open_url
from socialdesk.ui.compose.parts import NoticeBar, Speaker, column, label, push, row, when
from socialdesk.ui.panels.review_pane import ReviewPane, stars_of
from socialdesk.ui.plain import isolated, one_line, shown
from socialdesk.ui.tasks import Latest
from socialdesk.ui.timers import once
from socialdesk.ui.words import network_label

FORGET_MS: Final = 15 * 60_000  # after the screen was left
AGAIN, ACCOUNTS = "again", "accounts"  # a notice's buttons


class PanelsScreen(QWidget):
    """`place_asked(key)`: another screen. Words stay in this widget, for FORGET_MS after it was
    left at most."""

    place_asked = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk, self._accounts_read, self._read = desk, Latest(self), Latest(self)
        self._accounts: dict[int, AccountRow] = {}
        self._panel: Panel | None = None
        self._make()
        self._leave = once(self, FORGET_MS, self.forget)
        Speaker(self, self._make_again)
        Bridge(desk, self).changed.connect(self._on_changed)
        self._read_accounts()

    def _make_again(self) -> None:
        panel = self._panel
        self._make()
        self._show_accounts(list(self._accounts.values()))
        self._show_panel(panel)

    def _make(self) -> None:
        self._notice = NoticeBar(self)
        self._notice.chosen.connect(self._on_notice)
        self._source = QComboBox()
        self._source.setAccessibleName(tr("Source"))
        self._source.currentIndexChanged.connect(lambda _: self._turn())
        self._again = push(tr("Ask again"), self.refresh, icon="refresh-cw",
                           tip=tr("Asks the source what it shows now (F5)"))  # fmt: skip
        self._page = push(tr("Open its page"), self._open_page, kind="quiet", icon="external-link")
        self._asked = label(tone="dim", wraps=False)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setAccessibleName(tr("Asking the network"))
        self._busy.hide()
        self._credit, self._empty = label(tone="dim"), label(tone="dim")
        self._add = push(tr("Go to the accounts"), lambda: self.place_asked.emit(ACCOUNTS))
        self._list = QListWidget()
        self._list.setProperty("framed", "yes")
        self._list.setSpacing(1)
        self._list.setAccessibleName(tr("Reviews"))
        self._list.currentRowChanged.connect(lambda _: self._choose())
        self._review = ReviewPane(self)
        self._review.not_opened.connect(self._tell_no_browser)
        left = QWidget()
        lines = column(self._list, self._empty, row(self._add, None), None, margin=12)
        lines.setStretch(0, 1000)  # all the room, when it is there
        left.setLayout(lines)
        split = QSplitter()
        split.addWidget(left)
        split.addWidget(self._review)
        split.setStretchFactor(1, 1)
        split.setSizes([380, 640])
        split.setChildrenCollapsible(False)
        head = QWidget()
        line = row(self._source, self._again, self._page, None, self._asked)
        head.setLayout(column(line, self._credit, self._busy, margin=12))
        self.setLayout(column(self._notice, head, split, space=0))
        self.layout().setStretch(2, 1)  # type: ignore[union-attr]
        self._show_panel(None)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """No focus proxy: Tab leaves out what else lies in a widget with one (Qt 6.11)."""
        self._list.setFocus(reason)

    # --- which sources there are ---

    def _read_accounts(self) -> None:
        self._accounts_read.wait(self._desk.ask(ListAccounts()), self._show_accounts, self._fail)

    def _show_accounts(self, accounts: list[AccountRow]) -> None:
        before = self.account_id
        self._accounts = {a.id: a for a in accounts if _is_panel(a)}
        self._source.blockSignals(True)
        self._source.clear()
        for one in self._accounts.values():
            self._source.addItem(f"{network_label(one.network)}: {isolated(one.name)}", one.id)
        self._source.setCurrentIndex(max(0, self._source.findData(before)))
        self._source.blockSignals(False)
        for part in (self._source, self._again, self._page):
            part.setVisible(bool(self._accounts))
        if self.account_id != before:
            self._turn()
        self._say_empty()

    @property
    def account_id(self) -> int:
        """The source shown; 0 = there is none."""
        return int(self._source.currentData() or 0)

    def _turn(self) -> None:
        """Another source: what was shown is another's."""
        self.forget()
        if self.isVisible():
            self.refresh()

    # --- asking ---

    def refresh(self) -> None:
        """Ask the source what it shows now."""
        if not self.account_id:
            return
        self._notice.clear()
        self._set_busy(True)
        self._read.wait(self._desk.do(ShowPanel(self.account_id)), self._on_shown, self._on_silent)

    def forget(self) -> None:
        """Let go of every word."""
        self._read.forget()
        self._set_busy(False)
        self._notice.clear()
        self._show_panel(None)

    def _on_shown(self, done: Done) -> None:
        self._set_busy(False)
        self._show_panel(read_panel(done.answer))

    def _on_silent(self, error: SocialDeskError) -> None:
        """What was shown before stays, with its time beside it."""
        self._set_busy(False)
        said = sentence(error)
        if isinstance(error, UnreachableError):
            text = tr("The source cannot be reached, so this says nothing about its reviews.")
            self._notice.tell(text, [(tr("Ask again"), AGAIN)])
        elif said.action == "sign_in":
            self._notice.tell_sentence(said, [(tr("Go to the accounts"), ACCOUNTS)])
        else:
            self._notice.tell_sentence(said, [(tr("Ask again"), AGAIN)])
        self._say_empty()

    def _show_panel(self, panel: Panel | None) -> None:
        self._panel = panel
        before = self._review_chosen()
        self._credit.setText(spoken(panel.credit) if panel and panel.credit else "")
        self._credit.setVisible(bool(self._credit.text()))
        self._asked.setText(tr("As of {when}", when=when(panel.asked_at)) if panel else "")
        self._list.blockSignals(True)
        self._list.clear()
        for review in self._reviews():
            self._list.addItem(_entry(review, panel))
        urls = [review.url for review in self._reviews()]
        self._list.setCurrentRow(urls.index(before) if before in urls else 0)
        self._list.blockSignals(False)
        self._choose()
        self._say_empty()

    def _reviews(self) -> list[PanelReview]:
        """Strangers' words, in the order the source gave them: its rules forbid another."""
        return [one for one in self._panel.reviews if not one.answers] if self._panel else []

    def _review_chosen(self) -> str:
        entry = self._list.currentItem()
        return str(entry.data(Qt.ItemDataRole.UserRole)) if entry is not None else ""

    def _choose(self) -> None:
        at, reviews = self._list.currentRow(), self._reviews()
        if self._panel is None or not 0 <= at < len(reviews):
            self._review.show_review(None, None, "")
            return
        review = reviews[at]
        answered = answer_to(self._panel, review.url)
        self._review.show_review(review, answered, self._panel.inbox_url)

    def _say_empty(self) -> None:
        """Why nothing is there, and what to do."""
        self._list.setVisible(bool(self._reviews()))
        self._add.setVisible(not self._accounts)
        if not self._accounts:
            text = tr("Some sites let their reviews be looked at and not kept: Yelp, Tripadvisor. "
                      "Add one under Accounts, and it is shown here.")  # fmt: skip
        elif not self._busy.isHidden():
            text = tr("Asking…")
        elif self._panel is None:
            text = tr("Nothing was asked yet. Press F5.") if not self._notice.text else ""
        else:
            text = "" if self._reviews() else tr("It shows no reviews now.")
        self._empty.setText(text)
        self._empty.setVisible(bool(text))

    # --- the rest ---

    def _set_busy(self, is_busy: bool) -> None:
        self._busy.setVisible(is_busy)
        self._again.setEnabled(not is_busy)
        self._say_empty()

    def _open_page(self) -> None:
        url = self._panel.url if self._panel else ""
        if url and not open_url(url):
            self._tell_no_browser(url)

    def _tell_no_browser(self, url: str) -> None:
        self._notice.tell(tr("No browser opened. The address: {url}", url=shown(url)[:300]))

    def _on_notice(self, action: str) -> None:
        if action == ACCOUNTS:
            self.place_asked.emit(ACCOUNTS)
        else:
            self.refresh()

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.ACCOUNTS, Area.ALL}:
            self._read_accounts()

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))

    def showEvent(self, event: QShowEvent) -> None:
        """Seen again: asked anew when its words were forgotten."""
        super().showEvent(event)
        self._leave.stop()
        if self._panel is None and not event.spontaneous():
            self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Left: the words go a little later."""
        super().hideEvent(event)
        if not event.spontaneous():
            self._leave.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F5: ask again."""
        if event.key() == Qt.Key.Key_F5:
            self.refresh()
        else:
            event.ignore()


def _is_panel(account: AccountRow) -> bool:
    is_there = account.state is not AccountState.STOPPED
    return is_there and account.card is not None and bool(account.card.can & Can.PANEL)


def _entry(review: PanelReview, panel: Panel | None) -> QListWidgetItem:
    """Rating, author, time; then the first words."""
    is_answered = panel is not None and answer_to(panel, review.url) is not None
    facts = (stars_of(review), isolated(review.author), isolated(when(review.at)),
             tr("answered") if is_answered else "")  # fmt: skip
    first = " · ".join(filter(None, facts))
    words = isolated(one_line(review.title or review.body)[:90])
    entry = QListWidgetItem(f"{first}\n{words}")
    entry.setData(Qt.ItemDataRole.UserRole, review.url)
    entry.setData(Qt.ItemDataRole.AccessibleTextRole, f"{first}, {words}")
    return entry
