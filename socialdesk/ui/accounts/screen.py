"""Accounts, and the view *Problems*: every connection with its health and what helps."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QWidget,
)  # fmt: skip

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.queue.rows import AccountRow, WatchHealth
from socialdesk.engine import commands as c
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries import ListAccounts, ListRejects, ReadCoverage, ReadSettings
from socialdesk.engine.queries.base import Query
from socialdesk.engine.queries.spending import ReadSpend
from socialdesk.engine.settings import value_of
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.accounts.account_pane import AccountPane
from socialdesk.ui.accounts.health import Act, health, watch_name
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import NoticeBar, Speaker, column, label, now_ms, push
from socialdesk.ui.flow import Flow
from socialdesk.ui.plain import isolated
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.turning import TurningSplit
from socialdesk.ui.words import network_label

WIDE = 540  # px that the list and an account need side by side
TICK_MS = 30_000  # "3 min ago" goes on
_ID = Qt.ItemDataRole.UserRole


class AccountsScreen(QWidget):
    """List at the left, those with a problem first; the chosen one at the right."""

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._accounts, self._coverage, self._rejects = Latest(self), Latest(self), Latest(self)
        self._spend = Latest(self)
        self._rows: dict[int, AccountRow] = {}
        self._id = 0
        self._asked: c.Command | None = None  # waits for "yes" in the notice
        self._make()
        self._speaker = Speaker(self, self._make_again)
        tick = QTimer(self)
        tick.setInterval(TICK_MS)
        tick.timeout.connect(self._show_pane)
        tick.start()
        Bridge(desk, self).changed.connect(self._on_changed)
        self.refresh()

    def _make_again(self) -> None:
        written = self._pane
        self._make()
        self._pages.setCurrentIndex(1 if self._id in self._rows else 0)
        self._pane.carry_on(written, self._speaker.had_keys)
        self.refresh()

    def _make(self) -> None:
        self._notice = NoticeBar(self)
        self._notice.chosen.connect(self._on_notice)
        self._list = QListWidget()
        self._list.setProperty("framed", "yes")
        self._list.setSpacing(1)
        self._list.setAccessibleName(tr("Accounts"))
        self._list.currentItemChanged.connect(lambda now, _: self._on_chosen(now))
        add = push(tr("Add an account…"), self.add_account, kind="primary", icon="plus")
        again = push(tr("Fetch all now"), lambda: self._do(c.FetchNow()), icon="refresh-cw")
        left = QWidget()
        left.setLayout(column(Flow(add, again), self._list, margin=12))
        self._pane = AccountPane(self._desk, self)
        self._pane.chosen.connect(self._act)
        self._pane.add_asked.connect(self._add_watch)
        self._pane.remove_asked.connect(self._ask_remove)
        self._pane.cap_asked.connect(self._do)
        self._pane.hours.asked.connect(self._ask_coverage)
        scroll = ScrollArea()
        scroll.setWidget(self._pane)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._make_empty())
        self._pages.addWidget(scroll)
        split = TurningSplit(left, self._pages, (340, 640), WIDE)
        self.setLayout(column(self._notice, split, space=0))

    def _make_empty(self) -> QWidget:
        page = QWidget()
        words = label(
            tr("No account yet. A feed or a public hashtag needs no key: add one to see the first "
               "mentions within a minute.")
        )  # fmt: skip
        page.setLayout(column(words, None, margin=16))
        return page

    # --- reading ---

    def refresh(self) -> None:
        """Read the accounts again."""
        self._accounts.wait(self._desk.ask(ListAccounts()), self._show, self._fail)
        Waiter(self, self._desk.ask(ReadSettings()), self._begin, self._fail)

    def _begin(self, settings: dict[str, str]) -> None:
        self._pane.begin_with(value_of(settings, "brand_words"))

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.ACCOUNTS, Area.ALL}:
            self.refresh()

    def _show(self, rows: list[AccountRow]) -> None:
        self._rows = {r.id: r for r in rows}
        now = now_ms()
        order = sorted(rows, key=lambda r: (_need(r, now), r.name.casefold()))
        self._list.blockSignals(True)
        self._list.clear()
        for r in order:
            self._list.addItem(_entry(r, now))
        if self._id not in self._rows:
            self._id = order[0].id if order else 0
        at = next((n for n, r in enumerate(order) if r.id == self._id), -1)
        self._list.setCurrentRow(at)
        self._list.blockSignals(False)
        self._show_pane()
        self._read_more()

    def _on_chosen(self, entry: QListWidgetItem | None) -> None:
        if entry is not None and int(entry.data(_ID)) != self._id:
            self._id = int(entry.data(_ID))
            self._notice.clear()
            self._show_pane()
            self._read_more()

    def _show_pane(self) -> None:
        a = self._rows.get(self._id)
        self._pages.setCurrentIndex(1 if a else 0)
        if a is not None:
            self._pane.show_account(a)

    def _read_more(self) -> None:
        if self._id:
            self._ask_coverage()
            self._ask_about(self._rejects, ListRejects(self._id), AccountPane.show_rejects)
            if self._rows[self._id].is_priced:
                spent = ReadSpend(self._id)
                self._ask_about(self._spend, spent, lambda pane, found: pane.show_spend(found))

    def _ask_coverage(self) -> None:
        asked = ReadCoverage(self._pane.hours.since, self._pane.hours.until)
        self._ask_about(self._coverage, asked, AccountPane.show_coverage)

    def _ask_about(
        self, latest: Latest, query: Query[Any], show: Callable[[AccountPane, Any], None]
    ) -> None:
        """Of the chosen account; by the time of the answer the pane may be another one, in another
        language, or show another account."""
        asked_of = self._id

        def take(answer: Any) -> None:
            if asked_of == self._id:
                show(self._pane, answer)

        latest.wait(self._desk.ask(query), take, self._fail)

    # --- acting ---

    def add_account(self) -> None:
        """Open the dialog; it stays until an account is there or somebody closes it."""
        self._open_dialog(None)

    def _open_dialog(self, again: AccountRow | None) -> None:
        from socialdesk.ui.accounts.add import AddAccountDialog  # not needed to see the accounts

        dialog = AddAccountDialog(self._desk, self, again=again)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.added.connect(self._on_added)
        dialog.file_asked.connect(self.import_mentions)
        dialog.open()

    def import_mentions(self) -> None:
        """Choose a file of mentions, look at it, bring it in."""
        from socialdesk.ui.file_import.mentions import MentionImportDialog, choose_file

        path = choose_file(self)
        if path:
            dialog = MentionImportDialog(self._desk, path, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.imported.connect(self._on_imported)
            dialog.open()

    def _on_imported(self, answer: Mapping[str, int]) -> None:
        from socialdesk.engine.mention_files.words import counted

        self._on_added(int(answer["account_id"]))
        counts = (int(answer[key]) for key in ("n_new", "n_known", "n_broken"))
        self._notice.tell(tr("Imported: {counts}", counts=counted(*counts)), tone="accent")

    def _on_added(self, account_id: int) -> None:
        self._id = account_id
        self.refresh()

    def _act(self, act: Act) -> None:
        a = self._rows.get(self._id)
        if a is None:
            return
        match act:
            case Act.SIGN_IN:
                self._open_dialog(a)
            case Act.TEST:
                self._notice.tell(tr("Asking the network…"), tone="accent")
                Waiter(self, self._desk.do(c.TestAccount(a.id)), self._on_tested, self._fail)
            case Act.PAUSE:
                self._do(c.SetAccountOn(a.id, False))
            case Act.GO_ON:
                self._do(c.SetAccountOn(a.id, True))
            case Act.DISCONNECT:
                self._ask(
                    c.Disconnect(a.id),
                    tr("Disconnect {name}? The sign-in is revoked at the network and forgotten "
                       "here. Mentions and replies stay readable.", name=isolated(a.name)),
                    tr("Disconnect now"),
                )  # fmt: skip

    def _add_watch(self, command: c.AddWatch) -> None:
        Waiter(self, self._desk.do(command), lambda _: self._on_watch_added(), self._fail)

    def _on_watch_added(self) -> None:
        self._pane.watch_added()
        self.refresh()

    def _ask_remove(self, w: WatchHealth) -> None:
        text = tr("Stop watching: {watch}? What it brought stays.", watch=watch_name(w.watch))
        self._ask(c.RemoveWatch(w.id), text, tr("Stop watching"))

    def _ask(self, command: c.Command, text: str, yes: str) -> None:
        """For what undo cannot bring back."""
        self._asked = command
        self._notice.tell(text, [(yes, "yes"), (tr("Keep"), "no")])

    def _on_notice(self, action: str) -> None:
        asked, self._asked = self._asked, None
        if action == "yes" and asked is not None:
            self._do(asked)

    def _do(self, command: c.Command) -> None:
        self._notice.clear()
        Waiter(self, self._desk.do(command), self._on_done, self._fail)

    def _on_tested(self, done: Done) -> None:
        """What the network said just now."""
        n, name = int(done.answer.get("n_new", 0)), isolated(str(done.answer.get("name", "")))
        if done.answer.get("n_failed"):
            self._notice.tell(tr("The sign-in works, but fetching failed: see below what helps."))
        elif name:
            self._notice.tell(
                trn("It works: signed in as {name}, {n} new mention.",
                    "It works: signed in as {name}, {n} new mentions.", n, name=name),
                tone="accent",
            )  # fmt: skip
        else:
            self._notice.tell(trn("It works: {n} new mention.", "It works: {n} new mentions.", n),
                              tone="accent")  # fmt: skip
        self.refresh()

    def _on_done(self, done: Done) -> None:
        if done.answer.get("revoked") is False:
            self._notice.tell(
                tr("Forgotten here. The network could not be told: end the session there too.")
            )
        elif n := int(done.answer.get("n_new", 0)):
            self._notice.tell(trn("{n} new mention", "{n} new mentions", n), tone="accent")
        self.refresh()

    def _fail(self, error: SocialDeskError) -> None:
        self._notice.tell_sentence(sentence(error))


def _need(r: AccountRow, now: int) -> int:
    """Those that need somebody come first."""
    return {"danger": 0, "warn": 1}.get(health(r, now).tone, 2)


def _entry(r: AccountRow, now: int) -> QListWidgetItem:
    text = f"{r.name or r.server}\n{network_label(r.network)} · {health(r, now).word}"
    entry = QListWidgetItem(text)
    entry.setData(_ID, r.id)
    entry.setData(Qt.ItemDataRole.AccessibleTextRole, text.replace("\n", ", "))
    return entry
