"""Small pictures of replies: made by the engine, each once."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.replies.picture import Picture
from socialdesk.engine.commands.answering import MakeThumbnail
from socialdesk.ui.compose.thumbnails import MOST, Thumbnails
from tests.ui.fake_desk import FakeDesk
from tests.ui.pngs import a_png

LOAF = Picture("ab" * 32 + ".png", "image/png", "A loaf <b>on</b> a table")


@pytest.fixture
def room(qtbot):
    room = QWidget()
    qtbot.addWidget(room)
    return room


@pytest.fixture
def desk():
    made = FakeDesk()
    made.outcomes[MakeThumbnail] = {"png": a_png()}
    return made


@pytest.fixture
def thumbnails(desk, room, theme):
    return Thumbnails(desk, room)


def a_place(room):
    made = QLabel(room)
    made.setFixedSize(44, 44)
    return made


def is_shown(where):
    return where.pixmap().deviceIndependentSize().toTuple() == (44, 33)


def test_two_places_ask_once_and_both_show_it(qtbot, desk, room, thumbnails):
    one, other = a_place(room), a_place(room)
    thumbnails.show(LOAF, one)
    thumbnails.show(LOAF, other)
    assert not one.pixmap().isNull()  # a sign of a file, meanwhile
    qtbot.waitUntil(lambda: is_shown(one) and is_shown(other))
    third = a_place(room)
    thumbnails.show(LOAF, third)
    assert is_shown(third)
    assert desk.did(MakeThumbnail) == [MakeThumbnail(LOAF.file, 44)]


def test_the_description_is_heard_and_is_the_tip_as_typed(room, thumbnails):
    where = a_place(room)
    thumbnails.show(LOAF, where)
    assert where.accessibleName() == LOAF.alt
    assert "&lt;b>on" in where.toolTip()


def test_a_place_that_is_gone_meanwhile_is_left_alone(qtbot, room, thumbnails):
    gone, there = a_place(room), a_place(room)
    thumbnails.show(LOAF, gone)
    thumbnails.show(LOAF, there)
    gone.deleteLater()
    del gone
    qtbot.waitUntil(lambda: is_shown(there))


def test_what_cannot_be_shown_keeps_the_sign_and_is_not_asked_again(qtbot, desk, room, thumbnails):
    desk.outcomes[MakeThumbnail] = {"png": ""}
    where = a_place(room)
    thumbnails.show(LOAF, where)
    sign = where.pixmap().cacheKey()
    qtbot.waitUntil(lambda: thumbnails._made != {})
    thumbnails.show(LOAF, a_place(room))
    assert where.pixmap().cacheKey() == sign
    assert len(desk.did(MakeThumbnail)) == 1


def test_after_an_error_it_is_asked_again(qtbot, desk, room, thumbnails):
    desk.outcomes[MakeThumbnail] = CommandError(CommandFault.NOT_FOUND)
    thumbnails.show(LOAF, a_place(room))
    qtbot.waitUntil(lambda: thumbnails._waiting == {})
    desk.outcomes[MakeThumbnail] = {"png": a_png()}
    where = a_place(room)
    thumbnails.show(LOAF, where)
    qtbot.waitUntil(lambda: is_shown(where))


def test_not_every_picture_of_a_day_is_kept(qtbot, room, thumbnails):
    for n in range(MOST + 5):
        thumbnails.show(Picture(f"{n:064x}.png", "image/png"), a_place(room))
    qtbot.waitUntil(lambda: thumbnails._waiting == {})
    assert len(thumbnails._made) == MOST
