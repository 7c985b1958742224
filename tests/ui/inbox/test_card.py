"""Cards are laid out once, and never shown as they looked before."""

from array import array
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from socialdesk.domain.mentions.status import Status
from socialdesk.i18n import set_language
from socialdesk.ui import plain
from socialdesk.ui.inbox import card
from socialdesk.ui.inbox.laid_card import KEPT, CardLayout
from socialdesk.ui.inbox.listing import QueueList
from socialdesk.ui.inbox.model import PAGE, QueueModel
from socialdesk.ui.theme import DARK
from socialdesk.ui.words import chips
from tests.ui.fake_desk import NOW, a_row

MINUTE = 60_000


class Clock:
    """Moved by hand."""

    def __init__(self):
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def rows():
    return {}


@pytest.fixture
def asked():
    return []


@pytest.fixture
def model(qapp, clock, rows, asked):
    def read(ids):
        asked.append(tuple(ids))
        return [rows.get(i) or a_row(i) for i in ids]

    made = QueueModel(read, clock, qapp)
    made.show(array("q", range(1, 1_001)))
    yield made
    made.deleteLater()


@pytest.fixture
def queue(qtbot, theme, model, clock):
    holder = QWidget()
    qtbot.addWidget(holder)
    made = QueueList(model, clock, holder)
    holder.resize(390, 600)
    made.resize(390, 600)
    holder.show()
    qtbot.waitExposed(made)
    yield made
    holder.close()
    set_language("en")


@pytest.fixture
def n_laid(monkeypatch):
    """How many cards were laid out so far."""
    laid, real = [], CardLayout._lay

    def lay(self, row, now):
        laid.append(row.id)
        return real(self, row, now)

    monkeypatch.setattr(CardLayout, "_lay", lay)
    return lambda: len(laid)


def picture(queue):
    image = QImage(queue.viewport().size(), QImage.Format.Format_RGB32)
    painter = QPainter(image)
    queue.viewport().render(painter, QPoint(0, 0))
    painter.end()
    return image


def test_a_card_that_is_painted_again_is_not_laid_out_again(queue, n_laid):
    first = picture(queue)
    before = n_laid()
    assert picture(queue) == first
    assert n_laid() == before > 0


def test_few_laid_cards_are_kept(queue, model):
    for number in range(0, 1_000, 7):
        queue.go_to(number)
        picture(queue)
    assert len(queue._cards._layout._cards) <= KEPT


def _theme(monkeypatch, **_):  # the program's own dresses every widget that is alive: seconds
    monkeypatch.setattr(card, "tokens", lambda palette: DARK)


def _size(queue, **_):
    font = queue.font()
    font.setPointSizeF(2 * font.pointSizeF())
    queue.setFont(font)


def _direction(queue, **_):
    queue.setLayoutDirection(Qt.LayoutDirection.RightToLeft)


def _width(queue, **_):
    queue.resize(300, 600)


def _language(queue, **_):
    set_language("ru")
    queue.translate()


def _minute(clock, **_):
    clock.now += 2 * MINUTE


def _row(model, rows, **_):
    rows[1] = a_row(1, status=Status.OPEN, priority=1)
    model.refresh([1])


def _act(model, **_):
    model.expect([1], priority=1)


@pytest.mark.parametrize(
    "change", [_theme, _size, _direction, _width, _language, _minute, _row, _act]
)
def test_a_change_shows_as_if_nothing_had_been_kept(change, queue, model, clock, rows, monkeypatch):
    before = picture(queue)
    change(queue=queue, model=model, clock=clock, rows=rows, monkeypatch=monkeypatch)
    after = picture(queue)
    assert after != before
    queue._cards.forget()
    assert picture(queue) == after


def test_very_narrow_words_reach_the_end_of_the_line(queue, model, rows):
    rows[1], rows[2] = a_row(1, body="i" * 280), a_row(2, body="m" * 280)
    model.refresh([1, 2])
    picture(queue)
    layout = queue._cards._layout
    ends = []
    for number in (0, 1):
        laid = layout.card(model.row(number), NOW)
        (_, (_, words)) = laid.words[1]
        ends.append(words[2].size().width())
    assert abs(ends[0] - ends[1]) < 12  # px: less than one of the wide letters


MANY = ("Late", "Refund", "Bakery on the square", "Wholesale", "Gluten", "Returned parcel")


def test_chips_without_room_are_counted_and_named_by_the_tip(queue, model, rows):
    rows[1], rows[2] = a_row(1, labels=MANY), a_row(2)
    model.refresh([1, 2])
    picture(queue)
    layout = queue._cards._layout
    full, few = (layout.card(model.row(number), NOW) for number in (0, 1))
    shown = [words[2].text() for words in full.words[2][1]]
    n_out = len(full.rest)
    assert shown[-1] == f"+{n_out}" and n_out > 1
    assert [plain.clean(x).strip("\u2068\u2069") for x in full.rest] == list(MANY[-n_out:])
    assert full.count.right() <= layout._right
    assert queue.left_out_at(full.count.center()) == full.rest
    assert queue.left_out_at(QPoint(30, 20)) == ()
    assert (few.rest, few.count.isNull()) == ((), True)
    assert all(name in model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) for name in MANY)


def test_the_number_says_how_many_at_every_width(queue, model, rows):
    rows[1] = a_row(1, labels=MANY)
    model.refresh([1])
    wanted = len(chips(model.row(0), NOW))
    picture(queue)
    for width in range(200, 900, 23):
        layout = CardLayout(replace(queue_look(queue), width=width))
        card = layout.card(model.row(0), NOW)
        shown = [words[2].text() for words in card.words[2][1]]
        n_said = int(shown[-1][1:]) if not card.count.isNull() else 0
        assert n_said == len(card.rest) or not n_said
        assert len(shown) - bool(n_said) + len(card.rest) == wanted
        assert all(ground.right() <= layout._right for _, ground in card.grounds)
    assert not card.rest


def test_where_all_chips_fit_they_are_laid_once(queue, model, rows, monkeypatch):
    rows[1], rows[2] = a_row(1), a_row(2, labels=MANY)
    model.refresh([1, 2])
    picture(queue)
    fills, real = [], CardLayout._fill

    def fill(self, wanted, room):
        fills.append(wanted)
        return real(self, wanted, room)

    monkeypatch.setattr(CardLayout, "_fill", fill)
    look = queue_look(queue)
    CardLayout(look).card(model.row(0), NOW)
    assert len(fills) == 1
    CardLayout(look).card(model.row(1), NOW)
    assert len(fills) == 3


def queue_look(queue):
    return queue._cards._layout.look


# --- what is read for them


def test_only_what_is_in_sight_and_a_little_more_is_read(queue, model, asked):
    model.reread()
    asked.clear()
    queue.go_to(700)
    picture(queue)
    assert len(asked) == 1
    assert len(asked[0]) <= PAGE


def test_a_step_up_reads_one_row(model, asked):
    model.row(500)
    asked.clear()
    model.row(499)
    assert asked == [(500,)]


def test_the_rest_of_a_list_keeps_what_was_read_of_its_beginning(model, asked):
    model.show(array("q", range(1, 201)))
    model.row(0)
    asked.clear()
    model.show(array("q", range(1, 1_001)), is_rest=True)
    assert model.row(0).id == 1
    assert not asked
    model.show(array("q", range(1, 1_001)))
    model.row(0)
    assert len(asked) == 1


def test_what_is_not_in_the_list_is_known_after_every_change_of_it(model):
    model.show(array("q", [1, 2, 3, 4]))
    assert model.absent([1, 3, 9]) == [9]
    model.remove([3])
    assert model.absent([1, 3, 9]) == [3, 9]
    model.remove([1, 2])
    assert model.absent([1, 4]) == [1]
    model.show(array("q", [9]))
    assert model.absent([4, 9]) == [4]
