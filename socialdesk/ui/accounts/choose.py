"""The first page of adding an account: where people speak about you, found by typing."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from socialdesk.domain.network_row import NetworkRow
from socialdesk.i18n import tr
from socialdesk.i18n import tr as spoken  # texts that connectors mark with said()
from socialdesk.ui.accounts.network_lines import ICON, NetworkDelegate
from socialdesk.ui.clearing import make_clearable
from socialdesk.ui.compose.parts import column, label, push, row
from socialdesk.ui.network_names import named
from socialdesk.ui.words import network_icon

ROW = Qt.ItemDataRole.UserRole
SHORT, LONG = 5, 7  # letters: words from which one, or two, may be an ending
_STEPS = (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)


class ChoosePage(QWidget):
    """`chosen(NetworkRow)`, `cancelled()`."""

    chosen = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._found: Sequence[NetworkRow] = ()
        self.search = QLineEdit()
        self.search.setAccessibleName(tr("Search the networks"))
        self.search.setPlaceholderText(tr("Type a name, or reviews, forum, mail…"))
        make_clearable(self.search)
        self.search.textChanged.connect(lambda _: self._fill())
        self.search.returnPressed.connect(self._choose)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setProperty("framed", "yes")
        self.list.setAccessibleName(tr("Networks"))
        self.list.setItemDelegate(NetworkDelegate(self.list))
        self.list.setWordWrap(True)  # lays out again when the width changes, as by a scroll bar
        self.list.setSpacing(2)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda _: self._choose())
        self.nothing = label(
            tr("Nothing here has this name. Does it send mails, or has it a feed? Then add a "
               "Mailbox or a Feed."), "dim",
        )  # fmt: skip
        self.nothing.hide()
        self._next = push(tr("Next"), self._choose, kind="primary")
        self.setLayout(column(
            label(tr("Where do people speak about you?"), "heading"), self.search, self.nothing,
            self.list,
            row(None, push(tr("Cancel"), self.cancelled.emit), self._next),
        ))  # fmt: skip

    def show_networks(self, found: Sequence[NetworkRow]) -> None:
        """All there are, in the order a small business needs them."""
        self._found = found
        self._fill()

    def _fill(self) -> None:
        self.list.clear()
        for n in _fitting(self.search.text().casefold(), self._found):
            entry = QListWidgetItem(_told(n))
            entry.setData(ICON, network_icon(n.key))
            entry.setData(ROW, n)
            self.list.addItem(entry)
        self.list.setCurrentRow(0)
        has_any = self.list.count() > 0
        self._next.setEnabled(has_any)
        self.nothing.setVisible(bool(self._found) and not has_any)

    def _choose(self) -> None:
        entry = self.list.currentItem()
        if entry is not None and isinstance(n := entry.data(ROW), NetworkRow):
            self.chosen.emit(n)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The arrow keys move in the list while the words are typed."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            if event.key() in _STEPS:
                self.list.keyPressEvent(event)
                return True
        return super().eventFilter(watched, event)


def _fitting(typed: str, found: Sequence[NetworkRow]) -> list[NetworkRow]:
    """Those with all the words; a name that begins as typed comes first ("x" is X)."""
    wanted = [_stem(word) for word in typed.split()]
    fits = [
        n for n in found
        if all(w in f"{named(n)} {spoken(n.about)} {n.key}".casefold() for w in wanted)
    ]  # fmt: skip
    return sorted(fits, key=lambda n: not named(n).casefold().startswith(typed.strip()))


def _stem(word: str) -> str:
    """Without an ending: "reviews" finds Review too, and Russian words bend."""
    return word if len(word) < SHORT else word[:-1] if len(word) < LONG else word[:-2]


def _told(n: NetworkRow) -> str:
    """Name, what comes from there, how it is answered."""
    facts = [spoken(n.about)] if n.about else []
    if "CRM" not in n.can and n.can:
        facts.append(tr("answers from here") if "REPLY" in n.can else tr("answers in the browser"))
    if n.unverified:
        facts.append(tr("not yet tried against the live service"))
    return f"{named(n)}\n{' · '.join(facts)}" if facts else named(n)
