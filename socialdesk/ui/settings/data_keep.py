"""How long strangers' words stay: for the workspace and each account, weighed before it is set."""

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.keep import AS_OTHERS, CHOICES, Weighed
from socialdesk.engine.commands import BackUp
from socialdesk.engine.commands.owning import ListKeeps, SetKeep
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries.owning import WeighKeep
from socialdesk.engine.words.keeping import choice_words
from socialdesk.engine.words.messages import sentence
from socialdesk.i18n import tr, trn
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import NoticeBar, clear, column, label, when
from socialdesk.ui.plain import one_line
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.words import network_label

FIELD_WIDTH: Final = 180  # px
Account = Sequence[Any]  # id, network, name, choice, terms_hours


class KeepBox(QWidget):
    """Saved at once where nothing goes; else when a person said yes to what goes. `made`: there
    are other fields."""

    made = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._reading, self._weighing = desk, Latest(self), Latest(self)
        self._wanted = (0, "")
        self.fields: dict[int, QComboBox] = {}
        self._chosen: dict[int, str] = {}
        self.notice = NoticeBar(self)
        self.notice.chosen.connect(self._on_answer)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self.setLayout(column(
            label(tr("How long words stay"), "strong"),
            label(tr("Counted from the day they came here. Then go: words and names of strangers, "
                     "their earlier versions, drafts to them, weekly pages. Stay: that it was "
                     "there, with link and state, your notes, labels, contacts and figures, and "
                     "your own replies. What waits in the outbox, is promised or belongs to an "
                     "open incident stays until that is settled. Where a network's terms are "
                     "stricter, they win."), "dim"),
            self._grid, self.notice,
        ))  # fmt: skip
        Bridge(desk, self).changed.connect(self._on_changed)
        self.read()

    def read(self) -> None:
        """What is set."""
        self._reading.wait(self._desk.do(ListKeeps()), self._show, self._fail)

    def _on_changed(self, changes: Changes) -> None:
        if changes.areas & {Area.ACCOUNTS, Area.ALL}:
            self.read()

    def _show(self, done: Done) -> None:
        accounts: list[Account] = [(0, "", "", done.answer["default"], 0)]
        accounts += done.answer["accounts"]
        self._chosen = {account[0]: account[3] for account in accounts}
        if list(self.fields) != list(self._chosen):
            self._make(accounts)
        for id, field in self.fields.items():
            with QSignalBlocker(field):
                field.setCurrentIndex(max(0, field.findData(self._chosen[id])))

    def _make(self, accounts: Sequence[Account]) -> None:
        clear(self._grid)
        self.fields = {}
        for at, (id, network, name, _, terms_hours) in enumerate(accounts):
            shown = one_line(f"{network_label(network)} · {name}") if id else tr("The workspace")
            title, field = label(shown), self._field(id, shown)
            title.setBuddy(field)
            named = column(title, space=0)
            if terms_hours:
                named.addWidget(label(_terms(terms_hours), "dim"))
            self._grid.addLayout(named, at, 0)
            self._grid.addWidget(field, at, 1)
            self.fields[id] = field
        self.made.emit()

    def _field(self, account_id: int, name: str) -> QComboBox:
        field = QComboBox()
        field.setAccessibleName(tr("Words of {name} stay", name=name))
        field.setMinimumWidth(FIELD_WIDTH)
        for choice in (AS_OTHERS, *CHOICES) if account_id else CHOICES:
            field.addItem(choice_words(choice), choice)
        field.activated.connect(partial(self._weigh, account_id))
        return field

    # --- setting ---

    def _weigh(self, account_id: int, _: int) -> None:
        choice = str(self.fields[account_id].currentData())
        self.notice.clear()
        self._weighing.forget()
        if choice == self._chosen[account_id]:
            return
        wanted = (account_id, choice)  # only what was weighed last is set
        weighed = self._desk.ask(WeighKeep(*wanted))
        self._weighing.wait(weighed, partial(self._ask_person, wanted), self._fail)

    def _ask_person(self, wanted: tuple[int, str], weighed: Weighed) -> None:
        self._wanted = wanted
        if not weighed.n_mentions:
            self._set(wanted)
            return
        said = [
            trn("This takes out the words of {n} mention that came before {day}, now and for ever.",
                "This takes out the words of {n} mentions that came before {day}, now and for "
                "ever.", weighed.n_mentions, day=when(weighed.before)),
            tr("Undo cannot bring them back; a backup keeps them until it goes by itself."),
        ]  # fmt: skip
        if weighed.n_held:
            said.append(trn("{n} more waits until what is open about it is settled.",
                            "{n} more wait until what is open about them is settled.",
                            weighed.n_held))  # fmt: skip
        self.notice.tell(" ".join(said), [
            (tr("Back up, then take out"), "backup"), (tr("Take out"), "set"),
            (tr("Leave all as it is"), "leave"),
        ])  # fmt: skip

    def _on_answer(self, action: str) -> None:
        if action == "set":
            self._set(self._wanted)
        elif action == "backup":
            self.notice.tell(tr("The backup is being written and counted…"), tone="accent")
            wanted = self._wanted
            Waiter(self, self._desk.do(BackUp()), lambda _: self._set(wanted), self._fail)
        else:
            self.read()

    def _set(self, wanted: tuple[int, str]) -> None:
        Waiter(self, self._desk.do(SetKeep(*wanted)), self._done, self._fail)

    def _done(self, _: Done) -> None:
        self.notice.tell(tr("Set. What is past its time goes within the hour."), tone="accent")
        self.read()

    def _fail(self, error: SocialDeskError) -> None:
        """Show what is stored, not what was refused."""
        self.notice.tell_sentence(sentence(error))
        self._reading.wait(self._desk.do(ListKeeps()), self._show, lambda _: None)


def _terms(hours: int) -> str:
    if not hours:
        return ""
    if hours % 24:
        return trn("by its terms at most {n} hour", "by its terms at most {n} hours", hours)
    return trn("by its terms at most {n} day", "by its terms at most {n} days", hours // 24)
