"""Text of 100 to 200 per cent: by keys, at once, kept, and all that is measured with it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton

from socialdesk.engine.commands import SetSetting
from socialdesk.engine.queries import ReadSettings
from socialdesk.engine.settings import KNOWN, is_valid
from socialdesk.ui.icons import set_icon
from socialdesk.ui.text_size import STEPS, at_size, follow_text, keep_lines, line_size, stepped
from socialdesk.ui.theme import POINTS, Mode, Theme

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def _as_before(qapp: QApplication):
    """Other tests here share one window, which keeps its look."""
    font, sheet = qapp.font(), qapp.styleSheet()
    yield
    qapp.setFont(font)
    qapp.setStyleSheet(sheet)


def test_the_setting_takes_the_steps_of_the_keys() -> None:
    assert KNOWN["text_size"].allowed == tuple(str(step) for step in STEPS)
    assert KNOWN["text_size"].default == "100"
    assert not is_valid("text_size", "90") and not is_valid("text_size", "300")


def test_steps_end_at_both_ends() -> None:
    assert [stepped(100, 1), stepped(200, 1), stepped(100, -1), stepped(150, -1)] == [
        115, 200, 100, 130,
    ]  # fmt: skip


@pytest.mark.timeout(180)  # dresses the whole window eight times
def test_keys_make_all_text_larger_at_once_and_keep_it(window, desk, qapp) -> None:
    row = window.inbox.pane.list.rowHeight(0)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Plus, CTRL)
    assert window.font().pointSizeF() == pytest.approx(POINTS * 1.15)
    assert window.inbox.pane.list.rowHeight(0) == round(row * 1.15)
    for _ in STEPS:
        QTest.keyClick(window.windowHandle(), Qt.Key.Key_Equal, CTRL)
    assert window.inbox.pane.list.rowHeight(0) == 2 * row
    assert desk.did(SetSetting)[-1] == SetSetting("text_size", "200")
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Minus, CTRL)
    assert desk.did(SetSetting)[-1] == SetSetting("text_size", "175")
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_0, CTRL)
    assert window.inbox.pane.list.rowHeight(0) == row
    assert qapp.font().pointSizeF() == POINTS


def test_a_window_opens_with_the_size_that_was_chosen(qtbot, desk, open_window) -> None:
    desk.answers[ReadSettings] = {"text_size": "150"}
    window = open_window()
    qtbot.waitUntil(lambda: window.font().pointSizeF() == pytest.approx(POINTS * 1.5))


def test_what_is_laid_out_by_hand_follows(qtbot, qapp) -> None:
    theme = Theme(qapp, Mode.LIGHT)
    lines, button, seen = QListWidget(), QPushButton("Done"), list[int]()
    for made in (lines, button):
        qtbot.addWidget(made)
        made.show()
    keep_lines(lines, 24)
    lines.addItem("Needs reply")
    lines.item(0).setSizeHint(line_size(lines, 24))
    set_icon(button, "circle-check")
    room = button.iconSize().width()
    follow_text(lines, lambda px: seen.append(px(100)))
    theme.set_text_size(200)
    assert seen == [100, 200]
    assert lines.item(0).sizeHint().height() == 48
    assert button.iconSize().width() == 2 * room
    theme.set_text_size(200)  # nothing new
    assert seen == [100, 200]


def test_sizes_are_those_of_the_font_in_hand() -> None:
    font = QFont()
    font.setPointSizeF(POINTS * 1.3)
    assert at_size(92, font) == 120
