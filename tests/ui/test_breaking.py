"""A word wider than its place goes on in the next line, to its last letter."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from socialdesk.ui.breaking import BreakingLabel
from socialdesk.ui.compose.parts import label

HANDLE = "Mastodon · @the_bakery_on_the_square_of_the_old_town@averylongservername.exampl"
NARROW = 180  # px


@pytest.fixture
def shown(qtbot, theme):
    """Shows a label alone in a narrow window, in letters of twice the size."""

    kept = []  # pytest-qt holds them weakly

    def show(made: QLabel) -> QLabel:
        holder = QWidget()
        qtbot.addWidget(holder)
        kept.append(holder)
        layout = QVBoxLayout(holder)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(made)
        layout.addStretch(1)
        font = made.font()
        font.setPointSizeF(2 * font.pointSizeF())
        made.setFont(font)
        holder.resize(NARROW, 500)
        holder.show()
        qtbot.waitExposed(holder)
        return made

    yield show
    kept.clear()


def test_its_last_letter_is_seen_where_a_common_label_cuts_it(shown):
    whole, other = (shown(BreakingLabel(HANDLE + end)).grab().toImage() for end in "eW")
    assert whole != other
    cut, also_cut = (shown(label(HANDLE + end)).grab().toImage() for end in "eW")
    assert cut == also_cut  # or this label is not needed any more


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight,
                                       Qt.LayoutDirection.RightToLeft])  # fmt: skip
def test_it_is_as_high_as_its_lines_and_no_wider_than_its_place(shown, direction):
    made = BreakingLabel(HANDLE)
    made.setLayoutDirection(direction)
    assert shown(made).width() == NARROW
    size = made._laid(NARROW).size()
    assert size.width() <= NARROW
    assert made.height() >= size.height() > 4 * made.fontMetrics().height()


def test_what_fits_is_one_line(shown):
    made = shown(BreakingLabel("@ann"))
    assert made.height() < 2 * made.fontMetrics().height()
    assert made.text() == "@ann"
