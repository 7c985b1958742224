"""Words that end in … where there is no room: what is cut is whole in the tip."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget

from socialdesk.ui.plain import Elided, tip

WORDS = "The courier <b>has it</b>, and comes today"


@pytest.fixture
def words(qtbot) -> Iterator[Elided]:
    whole = QWidget()
    qtbot.addWidget(whole)
    whole.resize(900, 60)
    made = Elided(whole)
    made.setGeometry(0, 0, 800, 30)
    made.setText(WORDS)
    whole.show()
    qtbot.waitExposed(whole)
    yield made  # and what it lies on


def test_the_tip_comes_with_the_cut_and_goes_with_it(words: Elided) -> None:
    assert not words.is_cut and words.toolTip() == ""
    words.resize(60, 30)
    assert words.is_cut and words.toolTip() == tip(WORDS)
    assert "<b>" not in words.toolTip()
    words.setText("Late")
    assert not words.is_cut and words.toolTip() == ""


def test_larger_text_cuts_too(words: Elided) -> None:
    words.resize(words.fontMetrics().horizontalAdvance(WORDS) + 4, 30)
    assert words.toolTip() == ""
    font = words.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    words.setFont(font)
    assert words.toolTip() == tip(WORDS)


def test_a_tip_of_its_own_stays(words: Elided) -> None:
    words.setToolTip("Since Monday")
    words.resize(60, 30)
    assert words.toolTip() == "Since Monday"
