"""A composer whose network takes pictures, on a scripted desk, and what is done in it."""

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QLineEdit

from socialdesk.domain.account import Can, Card
from socialdesk.domain.length.length import LengthRule, Unit
from socialdesk.domain.mentions.mention import Author
from socialdesk.domain.replies.picture import PictureRule
from socialdesk.engine.commands.answering import AddMedia, MakeThumbnail
from socialdesk.ui.compose import promising
from socialdesk.ui.compose.composer import Composer
from tests.ui.fake_desk import FakeDesk, a_detail, a_row
from tests.ui.pngs import a_png

RULE = PictureRule(2, 1_000_000, ("image/png", "image/jpeg"), 100)
CARD = Card(
    Author("1", "dalacoffee"), Can.FETCH | Can.REPLY | Can.VISIBILITY | Can.WARNING | Can.MEDIA,
    LengthRule(500, Unit.GRAPHEME), names_author=True, pictures=RULE,
)  # fmt: skip
FILES = ("ab" * 32 + ".png", "cd" * 32 + ".png")


def a_mention(number=1, **changes):
    return a_detail(a_row(number, author="Айгүл", handle="@aigul"), **{"card": CARD, **changes})


@pytest.fixture
def desk():
    made = FakeDesk()
    colours = dict(zip(FILES, ("darkgoldenrod", "darkcyan"), strict=True))
    made.outcomes[MakeThumbnail] = lambda command: {"png": a_png(colours[command.file])}
    names = iter(FILES)
    made.outcomes[AddMedia] = lambda command: {
        "file": next(names), "mime": "image/png", "n_bytes": 100, "n_before": 100,
    }  # fmt: skip
    return made


@pytest.fixture
def composer(qtbot, desk, theme, monkeypatch):
    monkeypatch.setattr(promising, "PAUSE_MS", 0)
    made = Composer(desk, None)
    qtbot.addWidget(made)
    made.resize(700, 560)
    made.show()
    made.show_detail(a_mention())
    return made


def write(qtbot, composer, text):
    composer.focus_text()
    composer._writing.field.insertPlainText(text)


def send(qtbot, composer):
    qtbot.keyClick(composer._writing.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def paste(composer, **what):
    data = QMimeData()
    if "urls" in what:
        data.setUrls([QUrl.fromLocalFile(str(one)) for one in what["urls"]])
    if "image" in what:
        data.setImageData(what["image"])
    composer._writing.field.insertFromMimeData(data)


def alts(composer):
    return composer._extras.pictures.findChildren(QLineEdit)
