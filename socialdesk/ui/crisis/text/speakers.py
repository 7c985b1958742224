"""Which accounts will speak, and whether the text fits each: counted as its network counts."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QVBoxLayout, QWidget

from socialdesk.domain.account import AccountState, Can
from socialdesk.domain.crisis.incident import Scope
from socialdesk.domain.length.length import LengthRule, count
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine.words.phrases import account_state
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import clear, column, label, push, row
from socialdesk.ui.compose.say import room
from socialdesk.ui.elided import ElidedBox
from socialdesk.ui.plain import dress, isolated
from socialdesk.ui.words import network_label


def can_post(account: AccountRow) -> bool:
    """Whether a post of our own can leave from here by itself."""
    is_on = account.state in (AccountState.ON, AccountState.PAUSED)
    return is_on and account.card is not None and Can.POST in account.card.can


def why_by_hand(account: AccountRow) -> str:
    """Why not, as R43 says it."""
    if account.state is not AccountState.ON:
        return account_state(account)
    return tr("this network takes no posts from here")


def account_name(account: AccountRow) -> str:
    """ "Mastodon @shop"."""
    return f"{network_label(account.network)} {isolated(account.name)}"


def fits(text: str, account: AccountRow) -> int:
    """How many characters are left; negative = too long. Large where nothing is counted."""
    rule = account.card.length if account.card else LengthRule(0)
    return rule.limit - count(text, rule) if rule.limit else 1_000_000


class Speakers(QFrame):
    """`changed`: other accounts. `short_asked`: take the one-post form."""

    changed = Signal()
    short_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._accounts: list[AccountRow] = []
        self._boxes: dict[int, QCheckBox] = {}
        self._rooms: dict[int, QLabel] = {}
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self._short = push(tr("Take the one-post form"), self.short_asked.emit, kind="link")
        self._short.hide()
        self._none = label(tr("Choose who speaks: no account is chosen."), "warn")
        self.setLayout(column(label(tr("Who speaks"), "dim"), self._lines, self._none, self._short,
                              space=4))  # fmt: skip

    @property
    def chosen(self) -> tuple[int, ...]:
        """Ids, in the order shown."""
        return tuple(id_ for id_, box in self._boxes.items() if box.isChecked())

    @property
    def first(self) -> AccountRow | None:
        """The first that will speak; its limits are shown for pictures."""
        return next((a for a in self._accounts if a.id in self.chosen), None)

    def show_accounts(self, accounts: Sequence[AccountRow], scope: Scope) -> None:
        """Those in the incident's scope. What was chosen stays chosen."""
        speak = (a for a in accounts if not a.is_crm)
        here = [a for a in speak if not scope.accounts or a.id in scope.accounts]
        if here == self._accounts:
            return
        before, self._accounts = self.chosen, here
        clear(self._lines)
        self._boxes, self._rooms = {}, {}
        for account in self._accounts:
            self._lines.addLayout(row(self._box(account), None, self._room(account)))
        self.choose(before)

    def choose(self, ids: Sequence[int]) -> None:
        """Without telling."""
        for id_, box in self._boxes.items():
            box.blockSignals(True)
            box.setChecked(id_ in ids)
            box.blockSignals(False)
        self._none.setVisible(not self.chosen)

    def measure(self, text: str, *, has_short: bool) -> None:
        """How long it is for each. `has_short`: there is a shorter form of it."""
        is_too_long = False
        for account in self._accounts:
            said, tone = self._said(text, account)
            self._rooms[account.id].setText(said)
            dress(self._rooms[account.id], "tone", tone)
            is_too_long |= tone == "danger"
        self._short.setVisible(has_short and is_too_long)

    def _said(self, text: str, account: AccountRow) -> tuple[str, str]:
        if account.id not in self.chosen:
            return "", "dim"
        left = fits(text, account)
        if left < 0:
            return room(left)
        if not can_post(account):
            return tr("by hand"), "warn"
        return room(left) if left < 1_000_000 else ("", "dim")

    def _box(self, account: AccountRow) -> QCheckBox:
        box = ElidedBox(account_name(account))
        box.setAccessibleName(tr("{account} speaks", account=account_name(account)))
        box.toggled.connect(self._on_toggled)
        self._boxes[account.id] = box
        return box

    def _room(self, account: AccountRow) -> QLabel:
        made = self._rooms[account.id] = label(tone="dim", wraps=False)
        return made

    def _on_toggled(self, _: bool) -> None:
        self._none.setVisible(not self.chosen)
        self.changed.emit()
