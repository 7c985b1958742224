"""Nothing is told by colour alone: looked at in grey, parts of one whole differ still; nothing
moves or blinks by itself."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter

from socialdesk.domain.mentions.status import Status
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.places import resource
from socialdesk.ui.board.brush import Brush
from socialdesk.ui.board.shapes import _share
from socialdesk.ui.theme import DARK, LIGHT, Tokens
from socialdesk.ui.words import chips, outbox_chip
from tests.ui.fake_desk import NOW, a_row

UI = Path(resource("..", "socialdesk", "ui")).resolve()
MOODS = ("danger", "plain", "ok", "warn", "none")


@pytest.mark.parametrize("t", [LIGHT, DARK], ids=["light", "dark"])
def test_the_parts_of_a_whole_differ_in_grey(qapp, t: Tokens) -> None:
    seen = {_grey(t, tone, n) for n, tone in enumerate(MOODS)}
    assert len(seen) == len(MOODS)


def test_even_parts_of_one_colour_differ(qapp) -> None:
    assert len({_grey(LIGHT, "accent", n) for n in range(4)}) == 4


def _grey(t: Tokens, tone: str, number: int) -> bytes:
    """Black and white by what lies below the colour: which pixels are ground, which are ink."""
    image = QImage(48, 24, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    _share(Brush(painter, t, QFont(), 12.0), QRectF(4, 4, 40, 16), tone, number)
    painter.end()
    first = image.pixel(8, 8)
    return bytes(image.pixel(x, y) == first for x in range(6, 40) for y in range(6, 18))


def test_every_state_of_a_card_is_a_word() -> None:
    due = {chip.text for at in (NOW - 60_000, NOW + 60_000, NOW + 3_600_000)
           for chip in chips(a_row(due_at=at), NOW)}  # fmt: skip
    assert any("Overdue" in text for text in due) and any("Due" in text for text in due)
    states = [outbox_chip(state, 0, NOW).text for state in OutboxState]
    assert len(set(states)) == len(states)
    kinds = {
        chips(a_row(status=status), NOW)[1].text for status in Status if status is not Status.NEW
    }
    assert len(kinds) == len(Status) - 1


def test_nothing_moves_or_blinks() -> None:
    """Who is made ill by movement has nothing to switch off."""
    moving = re.compile(
        r"QPropertyAnimation|QVariantAnimation|QMovie|QTimeLine|QSequentialAnimation"
    )
    found = [path.name for path in UI.rglob("*.py") if moving.search(path.read_text("utf-8"))]
    assert found == []
