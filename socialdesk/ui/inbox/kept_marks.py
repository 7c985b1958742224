"""Where the marked mentions are in a list that was read anew."""

from array import array
from collections.abc import Callable, Iterator
from itertools import compress, count

from socialdesk.ui.inbox.listing import QueueList
from socialdesk.ui.timers import once

BITE = 20_000  # ids a turn of the window: 1.5 ms; a million of them at once, 60
FEW = 5_000  # marks that are shown in the turn in which the last of them is found
MOST = 50_000  # marks that are kept: each of them is looked up by its id

Found = Callable[[list[int]], object]


class KeptMarks:
    """Looks them up in bites, and the list before stands meanwhile with its marks: to the operator
    the reading took that much longer. A short list is one bite, taken at once."""

    def __init__(self, cards: QueueList) -> None:
        self._cards = cards
        self._are_others = True  # marks than those that are looked up
        cards.marks_changed.connect(self._on_marks_changed)
        self._next = once(cards, 0, self._bite)
        self.forget()

    def find(self, ids: "array[int]", found: Found) -> None:
        """`found(numbers)`, once: which of `ids` are marked by then, in order; none where more than
        MOST are. What was looked up before is forgotten."""
        self._steps, self._found = self._look_up(ids), found
        self._bite()

    def forget(self) -> None:
        """Another list was asked for."""
        self._next.stop()
        self._steps, self._found = iter(()), _nothing

    def _bite(self) -> None:
        numbers = next(self._steps)
        if numbers is None:
            self._next.start()
            return
        found = self._found
        self.forget()
        found(numbers)

    def _look_up(self, ids: "array[int]") -> Iterator[list[int] | None]:
        """None after each bite, the numbers at last."""
        sought: frozenset[int] = frozenset()
        numbers: list[int] = []
        marked, self._are_others = sought, True
        while self._are_others and not (marked := self._marked()) <= sought:
            sought, numbers = marked, []
            if len(sought) > FEW:
                yield None  # to take them was a turn of its own, and to show them is another
            for first in range(0, len(ids), BITE):
                if first:
                    yield None
                bite = ids[first : first + BITE]
                numbers += compress(count(first), map(sought.__contains__, bite))
                if len(numbers) == len(sought):
                    break
            if len(sought) > FEW:
                yield None
        is_same = marked is sought
        yield numbers if is_same else [number for number in numbers if ids[number] in marked]

    def _on_marks_changed(self) -> None:
        self._are_others = True

    def _marked(self) -> frozenset[int]:
        self._are_others = False
        return frozenset(self._cards.marked() if self._cards.n_marked() <= MOST else ())


def _nothing(numbers: list[int]) -> None:
    """Nobody waits."""
