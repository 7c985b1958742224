"""Many marks that lie apart, beside Qt's selection: as if they were in it."""

import time
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest

from socialdesk.ui.inbox.apart import MOST_RUNS, ApartMarks

N = 3 * MOST_RUNS
APART = range(0, N, 2)  # numbers; the id of each is one more
HELD = Qt.KeyboardModifier
NUMBERS = st.sets(st.integers(0, 40))
RANGES = st.lists(st.sampled_from([(0, 3), (5, 5), (7, 20), (22, 23), (40, 41)]), unique=True)


@pytest.fixture
def marked_apart(qtbot, model, cards):
    cards.window().show()
    qtbot.waitExposed(cards)
    model.show(array("q", range(1, N + 1)))
    cards._mark(APART)
    assert not cards.selectionModel().hasSelection()
    cards.go_to(0)
    return cards


def ids(numbers):
    return tuple(number + 1 for number in numbers)


def click(cards, number, held=HELD.NoModifier):
    at = QPoint(60, cards.rowViewportPosition(number) + 20)
    QTest.mouseClick(cards.viewport(), Qt.MouseButton.LeftButton, held, at)


def test_they_are_counted_and_told_in_the_order_of_the_list(marked_apart):
    assert marked_apart.marked() == ids(APART)
    assert marked_apart.n_marked() == len(APART)
    assert [marked_apart.n_marked_above(n) for n in (0, 1, 2, 7, N)] == [0, 1, 1, 4, len(APART)]


def test_a_mark_is_put_and_taken_off_by_key_and_by_click(qtbot, marked_apart):
    with qtbot.waitSignal(marked_apart.marks_changed) as told:
        marked_apart.toggle_mark()  # the first, which has one
    assert told.args == [len(APART) - 1]
    click(marked_apart, 1, HELD.ControlModifier)
    assert marked_apart.current() == 1
    click(marked_apart, 2, HELD.ControlModifier)
    assert marked_apart.marked() == ids((1, *APART[2:]))


def test_a_range_joins_them_and_each_counts_once(marked_apart):
    QTest.keyClick(marked_apart, Qt.Key.Key_Down, HELD.ShiftModifier)
    QTest.keyClick(marked_apart, Qt.Key.Key_Down, HELD.ShiftModifier)
    together = sorted({0, 1, 2} | set(APART))
    assert marked_apart.marked() == ids(together)
    assert marked_apart.n_marked() == len(together)
    assert marked_apart.n_marked_above(5) == 4
    marked_apart.toggle_mark()  # the third, which has one here and there
    assert marked_apart.marked() == ids(n for n in together if n != 2)


@pytest.mark.parametrize(
    "end",
    [lambda c: click(c, 3), lambda c: c.clearSelection(), lambda c: c._queue.show(array("q"))],
)
def test_they_end_as_all_marks_do(qtbot, marked_apart, end):
    with qtbot.waitSignal(marked_apart.marks_changed, check_params_cb=lambda n: n == 0):
        end(marked_apart)
    assert marked_apart.marked() == ()


def test_all_are_marked_after_some(marked_apart):
    marked_apart.selectAll()
    assert marked_apart.marked() == ids(range(N))
    marked_apart.clearSelection()
    assert marked_apart.n_marked() == 0


@pytest.mark.parametrize("gone", [0, 1, 2, N - 1])
def test_a_card_that_leaves_takes_its_own_mark_along(marked_apart, gone):
    marked_apart._queue.remove([gone + 1])
    assert marked_apart.marked() == ids(n for n in APART if n != gone)


def test_they_wear_the_tick_of_other_marks(marked_apart):
    def corner():
        place = marked_apart.visualRect(marked_apart._queue.index(2, 0))
        shot = marked_apart.viewport().grab(QRect(16, place.bottom() - 30, 24, 24))
        return shot.toImage()

    apart = corner()
    marked_apart.clearSelection()
    assert corner() != apart
    marked_apart._mark(range(0, 40, 2))
    assert marked_apart.selectionModel().hasSelection()
    assert corner() == apart


def test_one_more_mark_costs_no_look_at_all_others(model, cards):
    """0.6 ms measured; 70 where Qt compares the ranges."""
    model.show(array("q", range(1, 1_000_001)))
    cards._mark(range(0, 1_000_000, 20))
    spent = []
    for number in (1, 500_001, 999_999):
        cards.go_to(number)
        began = time.thread_time()
        cards.toggle_mark()
        spent.append(time.thread_time() - began)
    assert cards.n_marked() == 50_003
    assert min(spent) < 0.02


@given(NUMBERS, RANGES, st.integers(0, 45))
def test_they_count_with_any_ranges_as_one_set_does(numbers, ranges, above):
    apart = ApartMarks()
    apart.show(sorted(numbers))
    covered = {n for first, last in ranges for n in range(first, last + 1)}
    assert list(apart.with_ranges(ranges)) == sorted(numbers | covered)
    assert apart.n_outside(ranges, above) == sum(n < above for n in numbers - covered)


@given(NUMBERS, st.integers(0, 45), st.integers(0, 9))
def test_those_below_move_up_when_cards_leave(numbers, first, more):
    apart = ApartMarks()
    apart.show(sorted(numbers))
    last = first + more
    apart.close_up(first, last)
    stay = [n for n in numbers if n < first] + [n - more - 1 for n in numbers if n > last]
    assert list(apart.with_ranges([])) == sorted(stay)


@given(NUMBERS, st.lists(st.integers(0, 45)))
def test_flipping_is_that_of_a_set(numbers, flipped):
    apart = ApartMarks()
    apart.show(sorted(numbers))
    for number in flipped:
        apart.flip(number)
        numbers ^= {number}
        assert (number in apart) == (number in numbers)
    assert list(apart.with_ranges([])) == sorted(numbers)
