"""The boxes of a statement's words are as high as their words and come to rest, however wide."""

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from socialdesk.ui.crisis.text.blocks_form import MAX_LINES, Wording

WORDS = (
    "The way in that we know of is closed, and we are informing: {authority}. What helps now: "
    "{advice}."
)
WIDTHS = range(120, 600, 7)  # px
RESTLESS = 20  # fits; no box needs more than three


class Counting(Wording):
    """Counts how often it fits itself, and stops when it would never end."""

    n_fits = 0
    room: QWidget

    def fit(self) -> None:
        self.n_fits += 1
        if self.n_fits < RESTLESS:
            super().fit()


def shown(qtbot, width: int, text: str) -> Counting:
    room = QWidget()
    qtbot.addWidget(room)
    layout = QVBoxLayout(room)
    box = Counting("What we do", text, room)
    box.room = room  # nobody else holds it
    layout.addWidget(box)
    layout.addStretch(1)
    room.resize(width, 400)
    room.show()
    QCoreApplication.processEvents()
    return box


def n_lines(box: Wording) -> int:
    """As Qt laid them out."""
    document = box.document()
    blocks = (document.findBlockByNumber(n) for n in range(document.blockCount()))
    return sum(block.layout().lineCount() for block in blocks)


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_box_comes_to_rest_at_any_width_and_cuts_no_line(qtbot, theme, times):
    text = " ".join([WORDS] * times)
    for width in WIDTHS:
        box = shown(qtbot, width, text)
        assert box.n_fits < RESTLESS, f"never at rest at {width} px"
        if n_lines(box) <= MAX_LINES:
            assert box.verticalScrollBar().maximum() == 0, f"a line is cut at {width} px"
        else:
            assert box.verticalScrollBar().isVisible()


def test_a_box_grows_and_shrinks_with_what_is_typed(qtbot, theme):
    box = shown(qtbot, 300, "")
    empty = box.height()
    box.setPlainText("\n".join("words" for _ in range(4)))
    assert box.height() > empty
    box.setPlainText("")
    assert box.height() == empty
