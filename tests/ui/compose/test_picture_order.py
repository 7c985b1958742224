"""The pictures of a reply stand as they were added, whichever comes first; none is left behind."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from socialdesk.domain.account import Can, Card
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author
from socialdesk.domain.replies.picture import PictureRule
from socialdesk.engine.commands.answering import AddMedia, MakeThumbnail, SendReply
from socialdesk.ui.compose.composer import Composer
from socialdesk.ui.compose.pictures import PictureRow
from tests.ui.driving import CTRL, NO_PARENT
from tests.ui.fake_desk import FakeDesk, a_detail, a_row
from tests.ui.pngs import a_png


@pytest.fixture
def desk():
    made = FakeDesk()
    made.outcomes[MakeThumbnail] = {"png": a_png("darkcyan")}
    made.outcomes[AddMedia] = lambda command: {
        "file": command.path, "mime": "image/png", "n_bytes": 1, "n_before": 1,
    }  # fmt: skip
    return made


@pytest.fixture
def pictures(qtbot, desk, theme):
    made = PictureRow(desk, NO_PARENT)
    qtbot.addWidget(made)
    return made


def test_one_that_comes_late_takes_the_place_it_was_added_at(qtbot, pictures, desk):
    desk.is_holding = True
    for name in ("a.png", "b.png", "c.png"):
        pictures.add_file(Path(name))
    desk._held.reverse()
    desk.release()
    qtbot.waitUntil(lambda: len(pictures.findChildren(QLineEdit)) == 3)
    assert [one.file for one in pictures.pictures] == ["a.png", "b.png", "c.png"]
    pictures._remove(1)
    assert [one.file for one in pictures.pictures] == ["a.png", "c.png"]
    pictures.add_file(Path("d.png"))
    qtbot.waitUntil(lambda: len(pictures.pictures) == 3)
    assert [one.file for one in pictures.pictures] == ["a.png", "c.png", "d.png"]


def test_one_that_comes_late_stands_right_where_one_before_it_was_removed(qtbot, pictures, desk):
    desk.is_holding = True
    for name in ("a.png", "b.png", "c.png"):
        pictures.add_file(Path(name))
    late = desk._held.pop(1)
    desk.release()
    qtbot.waitUntil(lambda: len(pictures.pictures) == 2)
    pictures._remove(0)
    late()
    qtbot.waitUntil(lambda: len(pictures.pictures) == 2)
    assert [one.file for one in pictures.pictures] == ["b.png", "c.png"]


RULE = PictureRule(2, 1_000_000, ("image/png",), 100)
CARD = Card(Author("1", "dala"), Can.REPLY | Can.MEDIA, LengthRule(500), pictures=RULE)
COME = {"file": "ab" * 32 + ".png", "mime": "image/png", "n_bytes": 1, "n_before": 1}


def a_composer(qtbot, desk):
    made = Composer(desk, NO_PARENT)
    qtbot.addWidget(made)
    made.show()
    made.show_detail(a_detail(a_row(1), card=CARD))
    return made


@pytest.mark.parametrize(
    ("outcome", "n_leaving"),
    [(COME, 1), (CommandError(CommandFault.PICTURE, why="wrong_type", limit=0), 0)],
)
def test_no_reply_leaves_without_a_picture_that_is_still_coming(
    qtbot, theme, desk, outcome, n_leaving
):
    desk.outcomes[AddMedia] = outcome
    composer = a_composer(qtbot, desk)
    composer.focus_text()
    field = composer._writing.field
    field.insertPlainText("We bake until nine.")
    desk.is_holding = True
    composer._extras.pictures.add_file(Path("a.png"))
    qtbot.keyClick(field, Qt.Key.Key_Return, CTRL)
    assert desk.did(SendReply) == []
    assert not composer._send.isEnabled()
    desk.release()
    qtbot.waitUntil(composer._send.isEnabled)
    qtbot.keyClick(field, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(desk.did(SendReply)) == 1)
    assert len(desk.did(SendReply)[0].pictures) == n_leaving


def test_a_picture_that_is_coming_stays_when_its_mention_is_read_again(qtbot, theme, desk):
    desk.outcomes[AddMedia] = COME
    composer = a_composer(qtbot, desk)
    desk.is_holding = True
    composer._extras.pictures.add_file(Path("a.png"))
    composer.show_detail(a_detail(a_row(1), card=CARD))  # somebody set a label, say
    desk.release()
    qtbot.waitUntil(lambda: len(composer._extras.plan.pictures) == 1)
