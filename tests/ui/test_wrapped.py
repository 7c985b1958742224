"""Words that wrap in a row of a list are seen to their end."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QListWidget

from socialdesk.ui.wrapped import wrap_rows

WORDS = "Stop sale of the batch; note the time each place confirmed. (late by 9 min 53 s)"
SIDE, ABOVE = 40, 6  # px of padding, which Qt leaves out as it asks how high a row is


@pytest.mark.parametrize("spacing", [0, 6])
@pytest.mark.parametrize("width", range(180, 380, 12))
def test_a_row_is_as_high_as_its_words_in_what_the_padding_leaves(qtbot, width, spacing):
    rows = QListWidget()
    qtbot.addWidget(rows)
    rows.setStyleSheet(f"QListView::item {{ padding: {ABOVE}px {SIDE}px; }}")
    wrap_rows(rows)
    rows.setSpacing(spacing)
    rows.resize(width, 400)
    rows.addItem(WORDS)
    rows.show()
    qtbot.waitExposed(rows)
    room = QRect(0, 0, rows.viewport().width() - 2 * (SIDE + spacing), 400)
    words = rows.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, WORDS)
    high = words.height() + 2 * ABOVE
    qtbot.waitUntil(lambda: rows.visualItemRect(rows.item(0)).height() >= high)
