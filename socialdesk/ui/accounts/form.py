"""What is typed to add an account: the network's own fields, what to watch, how far back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from socialdesk.domain.brand_form import read_form
from socialdesk.domain.network_row import NetworkRow
from socialdesk.domain.queue.rows import AccountRow
from socialdesk.engine.commands import AddAccount
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr
from socialdesk.i18n import tr as spoken  # texts that connectors mark with said()
from socialdesk.ui.accounts.sign_in import BY_BROWSER, NO_KEY, TOKEN, Fields, WatchSpec
from socialdesk.ui.accounts.trouble import ADDRESSES
from socialdesk.ui.accounts.watches import days_field
from socialdesk.ui.accounts.words_trial import TrialNote
from socialdesk.ui.compose.parts import clear, column, label, row

KEYWORD = "keyword"
SEARCHES = (KEYWORD, "hashtag")  # first watches that need words


class AccountForm(QWidget):
    """`changed`: `missing()` may be another now. `entered`: Enter in a field."""

    changed = Signal()
    entered = Signal()

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._network: NetworkRow | None = None
        self._account_id, self._words = 0, ""
        self._fields: dict[str, QLineEdit] = {}
        self._grid = QGridLayout()
        self._note = label(tone="dim")
        self._brand = QPlainTextEdit()
        self._brand.setAccessibleName(tr("Brand words"))
        self._brand.setPlaceholderText(tr("Brand words, one per line (empty: keep everything)"))
        self._brand.setTabChangesFocus(True)
        self._brand.setMaximumHeight(72)
        self._brand.textChanged.connect(self._try_words)
        self._trial = TrialNote(desk, self)
        self._hashtag = QLineEdit()
        self._hashtag.setAccessibleName(tr("Hashtag to watch as well"))
        self._hashtag.setPlaceholderText(tr("Watch a hashtag as well (optional)"))
        self._days = days_field()
        self._days_label = label(
            tr("Fetch the last days (older words are filed as done):"), "dim", wraps=False
        )
        self._days_label.setBuddy(self._days)
        self._query = QLineEdit()
        self._query.setAccessibleName(tr("What to look for"))
        self._query.setPlaceholderText(tr("What to look for: your name, a product, a tag"))
        self._query.textChanged.connect(lambda _: self.changed.emit())
        self._query.returnPressed.connect(self.entered)
        self.setLayout(column(self._note, self._grid, self._query, self._hashtag, self._brand,
                              self._trial, row(self._days_label, self._days, None)))  # fmt: skip

    def begin_with(self, brand_words: str) -> None:
        """What the brand is called, one a line: fields nobody has typed in begin with it."""
        self._words = brand_words
        self._fill_in()

    def _fill_in(self) -> None:
        if not self._brand.toPlainText():
            self._brand.setPlainText(self._words)
        if self._network is not None and self._network.first_watch == KEYWORD:
            self._query.setText(self._query.text() or read_form(self._words).name)

    def _try_words(self) -> None:
        is_asked = not self._brand.isHidden()
        self._trial.show_words(self._brand.toPlainText() if is_asked else "")

    def show_network(self, n: NetworkRow, again: AccountRow | None) -> None:
        """Fields for `n`; `again`: the account that signs in once more."""
        self._network, self._account_id = n, again.id if again else 0
        clear(self._grid)
        self._fields = {}
        for at, (key, text, hint, is_secret, is_optional) in enumerate(n.fields):
            field = QLineEdit()
            if is_secret:
                field.setEchoMode(QLineEdit.EchoMode.Password)
            if again is not None and key in ADDRESSES:
                field.setText(again.server)
            name, hint = spoken(text), spoken(hint)
            field.setAccessibleName(name)
            field.setAccessibleDescription(hint)
            field.setPlaceholderText(tr("optional") if is_optional else "")
            field.textChanged.connect(lambda _: self.changed.emit())
            field.returnPressed.connect(self.entered)
            words = label(name, wraps=False)
            words.setBuddy(field)
            self._grid.addWidget(words, at * 2, 0)
            self._grid.addWidget(field, at * 2, 1)
            self._grid.addWidget(label(hint, "dim"), at * 2 + 1, 1)
            self._fields[key] = field
        self._note.setText(_how(n))
        self._fill_in()
        is_fetched = again is None and bool(n.first_watch)
        for part in (self._days, self._days_label):
            part.setVisible(is_fetched)
        self._query.setVisible(is_fetched and n.first_watch in SEARCHES)
        self._hashtag.setVisible(is_fetched and n.can_hashtag and n.first_watch not in SEARCHES)
        self._brand.setVisible(is_fetched and n.sign_in == NO_KEY)
        self._try_words()

    def focus_first(self) -> None:
        """Start typing."""
        empty = [f for f in self._fields.values() if not f.text()]
        for field in empty[:1] or list(self._fields.values())[:1]:
            field.setFocus()

    def focus_wrong(self, *, is_key: bool) -> None:
        """Correct what was typed: the key or else the address, where there is one."""
        typed = {key: f for key, f in self._fields.items() if f.text()}
        keys = [f for f in typed.values() if f.echoMode() is QLineEdit.EchoMode.Password]
        address = [f for key, f in typed.items() if key in ADDRESSES]
        for field in (keys if is_key else address)[:1] or list(self._fields.values())[:1]:
            field.setFocus()

    def missing(self) -> list[str]:
        """The names of fields that must be filled in."""
        n = self._network
        if n is None:
            return []
        typed = dict(self.fields())
        is_asked = not self._account_id and n.first_watch in SEARCHES
        words = [tr("What to look for")] if is_asked and not self._query.text().strip() else []
        return words + [
            spoken(text)
            for key, text, _, _, is_optional in n.fields
            if not is_optional
            and not typed.get(key)
            and not (key == TOKEN and n.sign_in in BY_BROWSER)
        ]

    def fields(self) -> Fields:
        """As typed, without blanks around; empty ones are left out."""
        typed = ((key, field.text().strip()) for key, field in self._fields.items())
        return tuple((key, text) for key, text in typed if text)

    def first_watch(self) -> WatchSpec:
        """What a test fetch looks at, and what is watched first."""
        n = self._network
        brand = self._brand.toPlainText().strip() if n and n.sign_in == NO_KEY else ""
        query = self._query.text().strip() if n and n.first_watch in SEARCHES else ""
        return (n.first_watch if n else "mentions", query, brand)

    def command(self) -> AddAccount:
        """The account as it is typed."""
        n = self._network
        watches: tuple[WatchSpec, ...] = (self.first_watch(),) if n and n.first_watch else ()
        tag = self._hashtag.text().strip().lstrip("#")
        if tag and n is not None and n.can_hashtag:
            watches = (*watches, ("hashtag", tag, ""))
        return AddAccount(
            n.key if n else "", self.fields(), () if self._account_id else watches,
            self._days.value(), account_id=self._account_id,
        )  # fmt: skip

    def forget_secrets(self) -> None:
        """What was typed into hidden fields is not kept after use."""
        for field in self._fields.values():
            if field.echoMode() is QLineEdit.EchoMode.Password:
                field.clear()


def _how(n: NetworkRow) -> str:
    """How signing in works here."""
    match n.sign_in:
        case "oauth" if n.tokens_pasted:
            return tr("You sign in in your browser. SocialDesk never sees your password. If you "
                      "have an access token already, paste it instead.")  # fmt: skip
        case "oauth" | "pasted":
            return tr("You sign in in your browser. SocialDesk never sees your password.")
        case "none":
            return tr("This source needs no key. It can be read here and answered in the browser.")
        case _:
            return tr("What you type here is kept in the system keyring only.")
