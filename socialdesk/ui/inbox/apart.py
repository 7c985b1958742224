"""Marked cards that lie apart, by their numbers, beside Qt's selection."""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

MOST_RUNS = 250  # that Qt's selection takes: 2.5 ms; with 50,000 of them each mark took 70
Range = tuple[int, int]  # first and last number


class ApartMarks:
    """Qt keeps a range for each run of marked cards and compares all of them at each change, so
    many that lie apart are kept here. A card may be marked here and there: it is one."""

    def __init__(self) -> None:
        self._numbers = array("q")  # in order

    def __len__(self) -> int:
        return len(self._numbers)

    def __contains__(self, number: int) -> bool:
        at = bisect_left(self._numbers, number)
        return at < len(self._numbers) and self._numbers[at] == number

    def show(self, numbers: Iterable[int]) -> None:
        """These and no others, in order."""
        self._numbers = array("q", numbers)

    def flip(self, number: int) -> None:
        """Put a mark there, or take it off."""
        at = bisect_left(self._numbers, number)
        if number in self:
            del self._numbers[at]
        else:
            self._numbers.insert(at, number)

    def close_up(self, first: int, last: int) -> None:
        """The cards from `first` to `last` are no longer in the list; those below move up."""
        begin, end = bisect_left(self._numbers, first), bisect_right(self._numbers, last)
        n = last - first + 1
        self._numbers[begin:] = array("q", [number - n for number in self._numbers[end:]])

    def n_outside(self, ranges: Iterable[Range], above: int) -> int:
        """How many stand before `above` and in none of `ranges`, which are apart."""
        n = bisect_left(self._numbers, above)
        for first, last in ranges:
            end = bisect_left(self._numbers, min(last + 1, above))
            n -= max(0, end - bisect_left(self._numbers, first))
        return n

    def with_ranges(self, ranges: Sequence[Range]) -> Sequence[int]:
        """All numbers in order, with those of `ranges`."""
        if not ranges:
            return self._numbers
        return sorted(set(self._numbers).union(*(range(a, z + 1) for a, z in ranges)))
