"""The table itself: numbered without gaps, and what is counted is what is printed."""

from tests.promises.plugin import Tally
from tests.promises.table import PROMISES


def test_the_numbers_are_those_of_the_promises() -> None:
    assert [promise.number for promise in PROMISES] == list(range(1, 49))


def test_a_table_shows_what_was_tried_and_nothing_else() -> None:
    tally = Tally()
    tally.tried[5] = 1200
    tally.failed[5] = 3
    assert list(tally.lines())[2:] == ["| 5 | A full disk is survived | 1,200 | 3 |"]
