"""The line that says how the engine is: whole, also in large text on a laptop."""

import pytest
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from socialdesk.engine.desk import EngineState
from socialdesk.i18n import LANGUAGES, set_language
from socialdesk.ui.first_run.practice_line import PracticeLine
from socialdesk.ui.state_bar import StateBar
from tests.languages.cuts import cut

LAPTOP = 1366  # px


@pytest.fixture
def whole(qtbot, theme):
    """What stands in a window, in the largest text."""
    theme.set_text_size(200)
    window, made = QMainWindow(), QWidget()
    qtbot.addWidget(window)
    window.setCentralWidget(made)
    QVBoxLayout(made).addStretch(1)
    window.resize(LAPTOP, 728)
    window.show()
    yield made
    theme.set_text_size(100)
    set_language("en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_state_makes_the_window_wider_than_a_laptop_or_is_cut(whole, lang):
    set_language(lang)
    bar = StateBar(whole)
    PracticeLine(whole.window(), whole)
    whole.layout().insertWidget(0, bar)
    for state in EngineState:
        bar.show_state(state)
        QApplication.processEvents()
        assert whole.window().width() == LAPTOP
        assert list(cut(whole)) == []
