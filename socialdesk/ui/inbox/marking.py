"""What is marked in a list: some of its cards, or all that match what is looked through."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from socialdesk.domain.queue.rows import View
from socialdesk.engine.desk import Desk
from socialdesk.ui.inbox.listing import QueueList
from socialdesk.ui.inbox.marks_bar import MarksBar
from socialdesk.ui.tasks import Latest


class Marking(QObject):
    """`place()`: what is looked through, a view or all with a search. `failed(error)`: those
    that match could not be counted."""

    failed = Signal(object)

    def __init__(
        self,
        desk: Desk,
        cards: QueueList,
        bar: MarksBar,
        place: Callable[[], tuple[View, str]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk, self._cards, self._bar, self._place = desk, cards, bar, place
        self._matches = Latest(self)
        cards.marks_changed.connect(self._on_marks_changed)

    @property
    def is_all(self) -> bool:
        """The next act is about all that match."""
        return self._bar.is_all

    @property
    def is_waiting(self) -> bool:
        """All that match are meant, in a list that is still on its way: no act yet."""
        return self._bar.is_all and not self._cards.n_marked()

    def mark_all(self) -> None:
        """All that match, also those beyond the list; none where it is empty."""
        self._cards.selectAll()
        if self._cards.n_marked():
            self._bar.take_all()
            self._ask_matches()
        else:
            self.let_go()

    def wait_for_all(self) -> None:
        """All of a list that has not come yet; `mark_all` once it is there."""
        self._cards.clearSelection()
        self._bar.take_all()

    def let_go(self) -> None:
        """The next act is about the current mention again."""
        self._cards.clearSelection()
        self._on_marks_changed(0)

    def _on_marks_changed(self, n: int) -> None:
        self._matches.forget()
        self._bar.show_marks(n, self._cards.n_cards)
        if self._bar.offers_all:
            self._ask_matches()

    def _ask_matches(self) -> None:
        from socialdesk.engine.queries.bulk import CountMatches

        asked = self._desk.ask(CountMatches(*self._place()))
        self._matches.wait(asked, self._bar.show_matches, self.failed.emit)
