"""What an account watches: each watch with its health and words, removing one, adding one."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.queue.rows import AccountRow, WatchHealth
from socialdesk.engine.commands import AddWatch
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr
from socialdesk.ui.accounts.health import kinds_to_add, watch_health, watch_name
from socialdesk.ui.accounts.words_trial import TrialNote
from socialdesk.ui.compose.parts import clear, column, label, now_ms, number, push, row
from socialdesk.ui.typed import Field, carry

MAX_BACKFILL_DAYS = 365


class WatchList(QWidget):
    """`remove_asked(WatchHealth)`, `add_asked(AddWatch)`."""

    remove_asked = Signal(object)
    add_asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._account_id, self._shown = 0, ()
        self._list = column(space=6)
        self._buttons: dict[str, QPushButton] = {}  # of the watches, by their names
        self._form = WatchForm(desk, self)
        self.begin_with = self._form.begin_with
        self._form.add_asked.connect(self.add_asked)
        self._add = push(tr("Add a watch…"), self._open_form, icon="plus")
        self.setLayout(column(self._list, row(self._add, None), self._form))

    _shown: tuple[WatchHealth, ...]

    def show_account(self, a: AccountRow) -> None:
        """The watches as they are now; a form that is being filled in stays."""
        if a.id != self._account_id:
            self._form.hide()
        self._account_id = a.id
        kinds = kinds_to_add(a)
        self._add.setVisible(bool(kinds))
        self._form.show_kinds(a.id, kinds)
        if a.watches != self._shown:
            self._shown = a.watches
            had_keys = self._with_keys()
            clear(self._list)
            self._buttons.clear()
            for w in a.watches:
                self._list.addWidget(self._card(w))
            if (button := self._buttons.get(had_keys)) is not None:
                button.show()  # its layout would do so a moment later
                button.setFocus()

    def _with_keys(self) -> str:
        """The name of the button that has the keys; each fetch makes them all anew."""
        focus = self.window().focusWidget()
        return next((name for name, button in self._buttons.items() if button is focus), "")

    def added(self) -> None:
        """The watch was taken: close the form."""
        self._form.hide()
        if not self._add.isHidden():
            self._add.setFocus()

    def carry_on(self, old: "WatchList", had_keys: QWidget | None) -> None:
        """What is written in `old`, the same list in another language."""
        self._form.carry_on(old._form, had_keys)

    def _open_form(self) -> None:
        self._form.start()

    def _card(self, w: WatchHealth) -> QFrame:
        card = QFrame()
        card.setProperty("bubble", "theirs")
        name = watch_name(w.watch)
        text, tone = watch_health(w, now_ms())
        words = column(label(name, "strong"), label(text, tone), space=2)
        if w.watch.brand_words:
            kept = ", ".join(w.watch.brand_words.split("\n"))
            words.addWidget(label(tr("Only with: {words}", words=kept), "dim"))
        change = push(tr("Words…"), partial(self._form.start, w.watch), kind="quiet")
        change.setAccessibleName(tr("Brand words of {watch}", watch=name))
        remove = push(tr("Remove"), partial(self.remove_asked.emit, w), kind="quiet")
        remove.setAccessibleName(tr("Remove {watch}", watch=name))
        self._buttons |= {button.accessibleName(): button for button in (change, remove)}
        line = row(words, change, remove, margin=8)
        line.setStretch(0, 1)
        card.setLayout(line)
        return card


class WatchForm(QFrame):
    """A new watch, or other words for one that is there. `add_asked(AddWatch)`."""

    add_asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._account_id, self._words = 0, ""
        self._watch: Watch | None = None  # whose words are changed; None = a new one
        self._of = label(tone="strong")
        self._kind = QComboBox()
        self._kind.setAccessibleName(tr("What to watch"))
        self._query = QLineEdit()
        self._query.setAccessibleName(tr("Hashtag or word"))
        self._query.setPlaceholderText(tr("Hashtag without #, or the words to look for"))
        self._brand = QPlainTextEdit()
        self._brand.setAccessibleName(tr("Brand words"))
        self._brand.setPlaceholderText(
            tr("Keep only what holds one of these words, one per line (+ must, - must not)")
        )
        self._brand.setTabChangesFocus(True)
        self._brand.setMaximumHeight(64)
        self._trial = TrialNote(desk, self)
        self._brand.textChanged.connect(lambda: self._trial.show_words(self._brand.toPlainText()))
        self._days = days_field()
        self._yes = push("", self._add, kind="primary")
        no = push(tr("Cancel"), self.hide)
        back = label(tr("Fetch the last days, filed as done:"), "dim", wraps=False)
        back.setBuddy(self._days)
        self._from_now = label(tr("Counts for what comes from now on."), "dim")
        self._of_new, self._of_old = (self._kind, back, self._days), (self._of, self._from_now)
        first = row(self._kind, self._query)
        first.setStretch(1, 1)
        self.setProperty("bubble", "theirs")
        self.setLayout(column(self._of, first, self._brand, self._trial,
                              row(back, self._days, None), self._from_now,
                              row(self._yes, no, None), margin=8))  # fmt: skip
        self._kind.currentIndexChanged.connect(lambda _: self._on_kind())
        self._query.textChanged.connect(lambda _: self._check())
        self._query.returnPressed.connect(self._add)
        self._show_mode()
        self.hide()

    def show_kinds(self, account_id: int, kinds: list[WatchKind]) -> None:
        """What can be added to this account."""
        self._account_id = account_id
        now = [self._kind.itemData(n) for n in range(self._kind.count())]
        if now != kinds:
            self._kind.clear()
            for kind in kinds:
                self._kind.addItem(_kind_name(kind), kind)
        self._check()

    def typed(self) -> list[Field]:
        """What a person fills in."""
        return [self._kind, self._query, self._brand, self._days]

    def begin_with(self, brand_words: str) -> None:
        """What the brand is called, one a line: a search of others' words begins with it."""
        self._words = brand_words

    def start(self, watch: Watch | None = None) -> None:
        """Open, with nothing typed; or with the words of `watch`."""
        self._watch = watch
        self._query.clear()
        self._brand.setPlainText(self._usual_words() if watch is None else watch.brand_words)
        self._show_mode()
        self.show()
        (self._kind if watch is None else self._brand).setFocus()

    def carry_on(self, old: "WatchForm", had_keys: QWidget | None) -> None:
        """What is written in `old`, the same form in another language."""
        self._watch = old._watch
        self._show_mode()
        self.setHidden(old.isHidden())
        carry(old.typed(), self.typed(), had_keys)

    def _show_mode(self) -> None:
        is_new = self._watch is None
        for part in self._of_new:
            part.setVisible(is_new)
        for part in self._of_old:
            part.setVisible(not is_new)
        self._of.setText(watch_name(self._watch) if self._watch else "")
        self._yes.setText(tr("Add watch") if is_new else tr("Save"))
        self._check()

    def _usual_words(self) -> str:
        """Mentions are about the brand by themselves."""
        return self._words if self._needs_query() else ""

    def _on_kind(self) -> None:
        """What somebody typed stays."""
        if self._watch is None and self._brand.toPlainText() in ("", self._words):
            self._brand.setPlainText(self._usual_words())
        self._check()

    def _check(self) -> None:
        needs_query = self._watch is None and self._needs_query()
        self._query.setVisible(needs_query)
        self._yes.setEnabled(not needs_query or bool(self._query.text().strip(" #")))

    def _needs_query(self) -> bool:
        return self._kind.currentData() is not WatchKind.MENTIONS

    def _add(self) -> None:
        words = self._brand.toPlainText().strip()
        if (known := self._watch) is not None:
            self.add_asked.emit(AddWatch(self._account_id, known.kind.value, known.query, words))
            return
        kind = self._kind.currentData()
        if not isinstance(kind, WatchKind) or not self._yes.isEnabled():
            return
        query = self._query.text().strip().lstrip("#") if kind is not WatchKind.MENTIONS else ""
        self.add_asked.emit(
            AddWatch(self._account_id, kind.value, query, words, self._days.value())
        )


def days_field() -> QSpinBox:
    """How far back a first fetch goes."""
    made = number(tr("Days to fetch from before"), 0, MAX_BACKFILL_DAYS, tr("days"))
    made.setValue(7)
    return made


def _kind_name(kind: WatchKind) -> str:
    return {
        WatchKind.MENTIONS: tr("Mentions and replies"), WatchKind.HASHTAG: tr("A hashtag"),
        WatchKind.KEYWORD: tr("A keyword"), WatchKind.FEED: tr("A feed"),
    }[kind]  # fmt: skip
