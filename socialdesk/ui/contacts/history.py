"""What a person wrote across networks and what we answered: a page at a time, by keyboard."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.people.contact import Said
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.contacts import ListSaid
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import clear, column, label, push
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.tasks import Latest
from socialdesk.ui.words import age, network_label

SHOWN_CHARS = 140


class History(QWidget):
    """`mention_asked(id)`: show that mention. `page`: mentions a read."""

    mention_asked = Signal(object)

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget, page: int) -> None:
        super().__init__(parent)
        self._desk, self._now, self._page = desk, now, page
        self._read = Latest(self)
        self._who = (0, 0)
        self._last = 0
        self._heads: list[tuple[Said, QPushButton]] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(4)
        self._older = push(tr("Show older"), self._ask_older, kind="link")
        self.setLayout(column(self._list, self._older, space=4))

    def show_person(self, contact: int, author: int) -> None:
        """From the newest."""
        self._who, self._last = (contact, author), 0
        self._older.hide()
        self._ask_older()

    def _ask_older(self) -> None:
        query = ListSaid(*self._who, before=self._last, limit=self._page)
        self._read.wait(self._desk.ask(query), partial(self._take, self._last), self._fail)

    def _take(self, before: int, said: list[Said]) -> None:
        if not before:
            clear(self._list)
            self._heads.clear()
        for one in said:
            self._list.addWidget(self._entry(one))
        if said:
            self._last = said[-1].mention_id
        self._older.setVisible(len(said) == self._page)

    def _fail(self, _: SocialDeskError) -> None:
        self._older.show()  # it can be asked for again

    def tick(self) -> None:
        """A minute may have passed: only the ages change, what has the keys stays."""
        for said, button in self._heads:
            button.setText(self._head(said))

    def _head(self, said: Said) -> str:
        network, since = network_label(said.network), age(said.at, self._now())
        return tr("{network} · {age}", network=network, age=since)

    def _entry(self, said: Said) -> QWidget:
        words = _cut(said.words)
        button = push(
            self._head(said), lambda: self.mention_asked.emit(said.mention_id), kind="link"
        )
        self._heads.append((said, button))
        button.setAccessibleName(tr("Show: {words}", words=words))
        made = QWidget()
        replies = [
            label(tr("We: {words}", words=isolated(_cut(text))), "dim")
            for _, text in said.replies
            if text
        ]
        made.setLayout(column(button, label(isolated(words)), *replies, space=0))
        return made


def _cut(text: str) -> str:
    words = one_line(text)
    return words[:SHOWN_CHARS] + "…" if len(words) > SHOWN_CHARS else words
