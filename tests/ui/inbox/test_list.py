"""The windowed list: a million rows, marks by ranges, acts that show at once, hostile words."""

import time
from array import array

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest

from socialdesk.domain.errors import StoreError, StoreFault
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import QueueRow
from socialdesk.ui.inbox.listing import QueueList
from socialdesk.ui.inbox.model import KEPT, PAGE, QueueModel
from tests.ui.fake_desk import NOW, a_row

MILLION = 1_000_000


class Reader:
    """Makes rows of any ids and counts how it was asked."""

    def __init__(self):
        self.asked, self.rows = [], {}

    def __call__(self, ids):
        self.asked.append(tuple(ids))
        return [self.rows.get(i) or a_row(i) for i in ids]


@pytest.fixture
def read():
    return Reader()


@pytest.fixture
def queue(qtbot, cards):
    cards.window().show()
    qtbot.waitExposed(cards)
    return cards


def up_to(n):
    return array("q", range(1, n + 1))


def test_the_model_keeps_qts_rules(model, qtmodeltester):
    model.show(up_to(250))
    qtmodeltester.check(model)


def test_a_million_rows_open_by_reading_one_page(model, queue, read):
    began = time.thread_time()
    model.show(up_to(MILLION))
    queue.go_to(0)
    queue.grab()
    assert time.thread_time() - began < 1.0  # 0.05 s measured; ten times that is a fault
    assert len(read.asked) == 1
    assert max(map(len, read.asked)) == PAGE


def test_jumping_about_keeps_few_pages(model, queue, read):
    model.show(up_to(MILLION))
    for n in range(120):
        queue.go_to(n * 8_000)
        queue.grab()
    assert KEPT - PAGE < len(model._rows) <= KEPT
    assert max(map(len, read.asked)) <= PAGE


def test_a_million_rows_are_marked_and_counted_by_ranges(model, queue):
    model.show(up_to(MILLION))
    began = time.thread_time()
    queue.selectAll()
    assert queue.n_marked() == MILLION
    assert time.thread_time() - began < 2.0  # 0.03 s measured, 48 s with the header's selection


def test_marks_stay_while_the_current_card_moves(model, queue, qtbot):
    model.show(up_to(20))
    queue.go_to(2)
    queue.toggle_mark()
    queue.go_to(4)
    queue.toggle_mark()
    qtbot.keyClick(queue, Qt.Key.Key_Down)
    assert queue.marked() == (3, 5)
    assert queue.current() == 5
    qtbot.keyClick(queue, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert 7 in queue.marked()


def test_a_click_clears_the_marks(model, queue, qtbot):
    model.show(up_to(20))
    queue.selectAll()
    where = queue.visualRect(model.index(1, 0)).center()
    qtbot.mouseClick(queue.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert (queue.marked(), queue.current()) == ((), 1)


def test_an_act_shows_at_once_and_the_store_has_the_last_word(model, read):
    model.show(up_to(5))
    assert model.row(0).status is Status.NEW
    model.expect([1], status=Status.DONE)
    assert model.row(0).status is Status.DONE
    read.rows[1] = a_row(1, status=Status.SPAM)
    model.refresh([1])
    assert model.row(0).status is Status.SPAM


def test_an_expected_act_survives_a_page_read_anew(model):
    model.show(up_to(5))
    model.expect([2], status=Status.DONE)
    model.refresh([1])  # the same page, another mention
    assert model.row(1).status is Status.DONE


def test_removing_one_keeps_the_others_in_place(model, queue):
    model.show(up_to(10))
    queue.go_to(4)
    model.remove([3])
    assert list(model.all_ids()) == [1, 2, 4, 5, 6, 7, 8, 9, 10]
    assert model.id_at(queue.current()) == 5
    model.remove([1, 5])
    assert list(model.all_ids()) == [2, 4, 6, 7, 8, 9, 10]


def test_a_refreshed_list_keeps_the_current_mention_under_the_hand(model, queue):
    model.show(up_to(100))
    queue.go_to(50)
    before = queue.visualRect(queue.currentIndex()).y()
    newer = array("q", [*range(900, 912), *range(1, 101)])
    queue.show_again(lambda: model.show(newer), keep=True)
    assert model.id_at(queue.current()) == 51
    assert queue.visualRect(queue.currentIndex()).y() == before


def test_a_screen_reader_hears_author_network_time_state_and_words(model):
    model.show(up_to(1))
    spoken = model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    for part in ("Ann 1", "Mastodon", "1 min", "New", "Due in 18 min", "Where is my order 1?"):
        assert part in spoken


def test_a_row_that_is_gone_is_painted_empty(model, queue, read):
    read.rows[1] = QueueRow(id=1, network="")
    model.show(up_to(1))
    assert not queue.grab().isNull()
    assert "no longer here" in model.data(model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)


def test_a_file_that_cannot_be_read_just_now_paints_blank_and_asks_again(qapp, qtbot):
    answers = [StoreError(StoreFault.LOCKED)]

    def read(ids):
        if answers:
            raise answers.pop()
        return [a_row(i) for i in ids]

    model = QueueModel(read, lambda: NOW, qapp)
    model.show(up_to(3))
    assert model.row(0).author == ""
    assert model.row(0).author == "Ann 1"
    model.deleteLater()


HOSTILE = {
    "override": "\u202eevil\u202d" * 40, "isolates": "\u2066\u2067\u2068" * 90,
    "zalgo": "Z" + "\u0335\u0489" * 140, "zwj": "\U0001f468\u200d" * 140, "nul": "a\0b" * 90,
    "surrogate": "\ud800\udc00\ud83d" * 90, "unbroken": "x" * 280, "html": "<img src=x>" * 25,
    "arabic": "هل لديكم فرع في أستانا؟ " * 11, "marks": "\u0301" * 280, "tabs": "\t\n\r\u2028" * 70,
}  # fmt: skip


@pytest.mark.promise(25)
@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE.keys())
@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]
)
def test_hostile_words_stay_inside_their_card(model, queue, read, words, direction):
    plain = {i: a_row(i) for i in range(1, 6)}
    queue.setLayoutDirection(direction)
    read.rows = dict(plain)
    model.show(up_to(5))
    before = _picture(queue)
    read.rows[2] = a_row(2, author=words[:90], body=words, labels=(words[:60], "b"))
    model.refresh([2])
    began = time.thread_time()
    after = _picture(queue)
    assert time.thread_time() - began < 1.0  # a row: 16 ms is the goal, measured by the benchmark
    inside = queue.visualRect(model.index(1, 0))
    for rect in (queue.visualRect(model.index(n, 0)) for n in (0, 2, 3)):
        assert before.copy(rect) == after.copy(rect)
        assert not rect.intersects(inside)


def _picture(queue: QueueList) -> QImage:
    image = QImage(queue.viewport().size(), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    queue.viewport().render(painter, QPoint(0, 0))
    painter.end()
    return image


def test_home_and_end_go_to_the_first_and_the_last_card(queue, model):
    model.show(up_to(200))
    queue.go_to(7)
    QTest.keyClick(queue, Qt.Key.Key_End)
    assert queue.current() == 199
    QTest.keyClick(queue, Qt.Key.Key_Home)
    assert queue.current() == 0
    assert queue.n_marked() == 0


def test_the_cards_beside_the_current_one_are_in_sight(queue, model):
    model.show(array("q", range(1, 101)))
    room = queue.viewport().rect()
    for number in (*range(30), *range(30, 10, -1), 99, 0, 50):
        queue.go_to(number)
        for beside in (number - 1, number, number + 1):
            if 0 <= beside < 100:
                assert room.contains(queue.visualRect(model.index(beside, 0))), (number, beside)


def press(queue, *keys):
    for key in keys:
        QTest.keyClick(queue, key, Qt.KeyboardModifier.ShiftModifier)


def test_shift_and_a_move_mark_from_where_they_began(queue, model):
    model.show(up_to(30))
    queue.go_to(2)
    press(queue, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up)
    assert (queue.marked(), queue.current()) == ((3, 4, 5), 4)
    press(queue, Qt.Key.Key_Home)
    assert (queue.marked(), queue.current()) == ((1, 2, 3), 0)


def test_another_stretch_and_a_single_mark_stay_beside_it(queue, model):
    model.show(up_to(30))
    queue.go_to(20)
    queue.toggle_mark()
    queue.go_to(0)
    press(queue, Qt.Key.Key_Down)
    queue.go_to(9)
    press(queue, Qt.Key.Key_Down)
    assert queue.marked() == (1, 2, 10, 11, 21)
    press(queue, Qt.Key.Key_End)
    assert queue.marked() == (1, 2, *range(10, 31))
