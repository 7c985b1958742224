"""One account: its health, what can be done, its hours, its watches, what was set aside."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QWidget

from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr, trn
from socialdesk.ui.accounts.coverage import Ledger
from socialdesk.ui.accounts.health import Act, act_name, health, is_fetched, sign_in_warning
from socialdesk.ui.accounts.hours_box import HoursBox
from socialdesk.ui.accounts.spend import SpendBox
from socialdesk.ui.accounts.watches import WatchList
from socialdesk.ui.compose.parts import clear, column, label, now_ms, push, when
from socialdesk.ui.flow import Flow
from socialdesk.ui.focus import tab_as_read
from socialdesk.ui.plain import clean, dress, isolated, one_line
from socialdesk.ui.typed import carry
from socialdesk.ui.words import network_label

Reject = tuple[int, str, str, str]  # at (ms), account, reason, start of the raw text
RAW_CHARS = 300


class AccountPane(QWidget):
    """`chosen(Act)`, `remove_asked(WatchHealth)`, `add_asked(AddWatch)`,
    `cap_asked(SetMonthlyCap)`."""

    chosen = Signal(object)
    remove_asked = Signal(object)
    add_asked = Signal(object)
    cap_asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._row: AccountRow | None = None
        self._acts: tuple[Act, ...] = ()
        self._title = label(tone="title")
        self._about = label(tone="dim")
        self._word = label(tone="strong", wraps=False)
        self._text = label()
        self._warning = label(tone="warn")
        self._buttons = Flow()
        self.hours = HoursBox(self)
        self._spend = SpendBox(self)
        self._spend.asked.connect(self.cap_asked)
        self.show_spend = self._spend.show_spend
        self._watches = WatchList(desk, self)
        self.begin_with = self._watches.begin_with
        self._watches.remove_asked.connect(self.remove_asked)
        self._watches.add_asked.connect(self.add_asked)
        self._watches_title = label(tr("What it watches"), "heading")
        self._rejects_title = label(tone="heading")
        self._rejects = QListWidget()
        self._rejects.setProperty("framed", "yes")
        self._rejects.setAccessibleName(tr("Set aside"))
        self._rejects.setFixedHeight(120)
        self._rejects.currentRowChanged.connect(self._show_raw)
        self._raw = label(tone="dim")
        self._raws: list[str] = []
        self.setLayout(column(
            self._title, self._about, self._word, self._text, self._warning, self._buttons,
            self._spend, self.hours, self._watches_title, self._watches, self._rejects_title,
            self._rejects, self._raw, None, margin=16,
        ))  # fmt: skip

    def show_account(self, a: AccountRow) -> None:
        """As it is now."""
        self._row = a
        self._title.setText(isolated(a.name or a.server))
        self._about.setText(self._facts(a))
        said = health(a, now_ms())
        self._word.setText(said.word)
        dress(self._word, "tone", said.tone)
        self._text.setText(said.text)
        self._warning.setText(sign_in_warning(a))
        self._warning.setVisible(bool(self._warning.text()))
        if said.acts != self._acts:
            self._acts = said.acts
            clear(self._buttons)
            for n, act in enumerate(said.acts):
                kind = "primary" if n == 0 and act in (Act.SIGN_IN, Act.GO_ON) else ""
                self._buttons.addWidget(
                    push(act_name(act), partial(self.chosen.emit, act), kind=kind)
                )
        self._spend.show_account(a)
        self._watches.show_account(a)
        self.hours.show_account(a.id, a.added_at)
        for part in (self.hours, self._watches_title, self._watches, self._rejects_title):
            part.setVisible(is_fetched(a))
        if layout := self.layout():
            tab_as_read(layout)

    def show_coverage(self, ledger: list[Ledger]) -> None:
        """The rows of `ReadCoverage`."""
        if self._row is not None:
            self.hours.show_coverage(ledger)

    def show_rejects(self, found: list[Reject]) -> None:
        """Newest first; kept with their raw bytes, never lost in silence."""
        self._rejects_title.setText(
            trn("{n} item set aside", "{n} items set aside", len(found))
            if found
            else tr("Nothing was set aside")
        )
        self._rejects.setVisible(bool(found))
        self._raw.setVisible(bool(found))
        self._raws = [clean(raw)[:RAW_CHARS] for _, _, _, raw in found]
        self._rejects.clear()
        for at, _, reason, _ in found:
            self._rejects.addItem(f"{when(at)}  {one_line(reason)}")

    def carry_on(self, old: "AccountPane", had_keys: QWidget | None) -> None:
        """What is shown and written in `old`, the same page in another language."""
        if old._row is not None:
            self.hours.carry_on(old.hours)
            self.show_account(old._row)
            self._watches.carry_on(old._watches, had_keys)
            carry(old._spend.typed(), self._spend.typed(), had_keys)

    def watch_added(self) -> None:
        """The form can close."""
        self._watches.added()

    def _show_raw(self, at: int) -> None:
        self._raw.setText(
            tr("It begins: {raw}", raw=self._raws[at]) if 0 <= at < len(self._raws) else ""
        )

    def _facts(self, a: AccountRow) -> str:
        facts = [network_label(a.network), a.server]
        software = one_line(a.card.software) if a.card is not None else ""
        if software.casefold() != facts[0].casefold():
            facts.append(software)
        if a.added_at:
            facts.append(tr("added {when}", when=when(a.added_at)))
        if a.is_session_only:
            facts.append(tr("sign-in kept for this session only"))
        return " · ".join(f for f in facts if f)
