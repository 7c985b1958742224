"""A language that is written from the right: what we paint ourselves is mirrored, as Qt's own is.

SOCIALDESK_PICTURES=1 keeps a picture of every screen, in Hebrew letters, in tests/output.
"""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractItemView, QWidget

from socialdesk.domain.queue.rows import OutboxRow
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.engine import queries as q
from socialdesk.ui.inbox.views import ViewsPane
from socialdesk.ui.outbox.screen import OutboxScreen
from socialdesk.ui.window import MainWindow
from tests.languages.pseudo import speak_pseudo
from tests.languages.rooms import Tour, keep_picture
from tests.ui.driving import NO_PARENT
from tests.ui.fake_desk import MINUTE, NOW, FakeDesk, a_row

RTL, LTR = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
GAP = 9  # px without ink between two things on a line
OFF = 4  # px that letters may stand off: the blanks at their two sides differ

Spans = list[tuple[int, int]]


def spans(picture: QImage) -> Spans:
    """From where to where something is painted, seen from above: one span per thing."""
    ground = picture.pixel(picture.width() // 2, 1)
    inked = [
        x for x in range(picture.width())
        if any(picture.pixel(x, y) != ground for y in range(picture.height()))
    ]  # fmt: skip
    cuts = [n for n, (a, b) in enumerate(pairwise(inked), 1) if b - a > GAP]
    edges = [0, *cuts, len(inked)]
    return [(inked[a], inked[b - 1]) for a, b in pairwise(edges) if inked]


def of_row(view: QAbstractItemView, row: int, line: Callable[[QRect], QRect]) -> Spans:
    """Of one line of a painted row."""
    index: QModelIndex = view.model().index(row, 0)
    return spans(view.viewport().grab(line(view.visualRect(index))).toImage())


def turned(found: Spans, width: int) -> Spans:
    return [(width - 1 - b, width - 1 - a) for a, b in reversed(found)]


def are_mirrored(one: Spans, other: Spans, width: int) -> bool:
    """Whether each thing stands where a mirror would show it."""
    pairs = list(zip(turned(one, width), other, strict=False))
    return len(one) == len(other) and all(
        abs(a - c) <= OFF and abs(b - d) <= OFF for (a, b), (c, d) in pairs
    )


def upper(row: QRect) -> QRect:
    """The line of a card with the author and the age, without frame and mark."""
    return row.adjusted(14, 10, -14, -row.height() * 2 // 3)


@pytest.fixture
def window(qtbot):
    """`window(direction)`: the inbox with cards that nothing is cut in."""

    def make(direction):
        rows = [a_row(n, body="Hello", at=NOW - n * MINUTE) for n in range(1, 4)]
        made = MainWindow(FakeDesk(rows), now=lambda: NOW)
        qtbot.addWidget(made)
        made.setLayoutDirection(direction)
        made.resize(1252, 720)
        made.show()
        qtbot.waitUntil(lambda: made.inbox.pane.model.rowCount() == 3)
        return made

    return make


def test_the_cards_of_the_inbox_are_mirrored(window) -> None:
    lists = [window(direction).inbox.pane.list for direction in (LTR, RTL)]
    one, other = (of_row(view, 1, upper) for view in lists)
    assert len(one) >= 3  # avatar, author, age
    card = lists[0].visualRect(lists[0].model().index(1, 0))
    assert are_mirrored(one, other, upper(card).width())
    assert not are_mirrored(one, one, upper(card).width())


def test_the_lines_of_the_views_are_mirrored(window) -> None:
    lists = [
        window(direction).findChild(ViewsPane).findChild(QAbstractItemView)
        for direction in (LTR, RTL)
    ]
    one, other = (of_row(view, 0, lambda rect: rect.adjusted(4, 4, -4, -4)) for view in lists)
    assert len(one) >= 2  # icon, name
    assert one[0][0] < lists[0].viewport().width() // 4
    assert other[-1][1] > lists[0].viewport().width() * 3 // 4


def test_the_cards_of_the_outbox_are_mirrored(qtbot) -> None:
    desk = FakeDesk([a_row(9)])
    reply = OutboxRow(9, 9, OutboxState.HELD, account="@dala", to="Ann", text="Hello",
                      made_at=NOW, person="Aliya", hold=HoldReason.UNDO)  # fmt: skip
    desk.answers[q.ListOutbox] = [reply, reply]
    found = []
    for direction in (LTR, RTL):
        screen = OutboxScreen(desk, NO_PARENT)
        screen.setLayoutDirection(direction)
        qtbot.addWidget(screen)
        screen.resize(1000, 560)
        screen.show()
        qtbot.waitUntil(lambda screen=screen: screen._model.rowCount() == 2)
        view = screen._table
        row = view.visualRect(view.model().index(1, 0))
        line = row.adjusted(10, 6, -10, -row.height() * 2 // 3)
        found.append((spans(view.viewport().grab(line).toImage()), line.width()))
    (one, width), (other, _) = found
    assert len(one) >= 2  # state and person, time
    assert are_mirrored(one, other, width)


@pytest.mark.timeout(300)
@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen: raise(), grabbing
def test_every_screen_is_shown_from_the_right(world, qapp, qtbot, monkeypatch) -> None:
    """The views stand at the right, and each screen fills the rest of the window."""
    speak_pseudo(is_mirrored=True)
    monkeypatch.setattr("socialdesk.ui.language.set_language", lambda _=None: "en")
    size = QSize(1366, 768)
    qapp.setLayoutDirection(RTL)
    try:
        tour = Tour(world, lambda done: qtbot.waitUntil(done, timeout=15_000), size)
        for place in tour.places():
            keep_picture(tour.window, f"rtl-{place}")
            assert tour.window.size() == size, place
            assert left_edge(tour.window.views) > left_edge(tour.window.screens), place
        for act, dialog in tour.dialogs_opened():
            keep_picture(dialog, f"rtl-{act}")
            assert dialog.layoutDirection() is RTL, act
        tour.close()
    finally:
        qapp.setLayoutDirection(LTR)


def left_edge(widget: QWidget) -> int:
    return widget.mapTo(widget.window(), widget.rect().topLeft()).x()
