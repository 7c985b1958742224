"""Tab goes through a step and on to the ways out of it, without a turn through the window."""

import pytest
from PySide6.QtCore import Qt

from socialdesk.ui.first_run.drill_step import DrillStep
from socialdesk.ui.first_run.look_step import LookStep
from socialdesk.ui.first_run.notices_step import NoticesStep
from socialdesk.ui.first_run.pack_step import PackStep
from socialdesk.ui.first_run.try_step import TryStep
from socialdesk.ui.first_run.words_step import WordsStep
from tests.ui.first_run.test_steps import go_to, press

MANY = 40  # stops; no step has so many


@pytest.mark.parametrize("step", [WordsStep, LookStep, TryStep, PackStep, NoticesStep, DrillStep])
def test_tab_leads_from_a_step_to_its_foot(qtbot, window, steps, step):
    go_to(steps, step, qtbot)
    steps.step.focus_first()
    for _ in range(MANY):
        at = window.focusWidget()
        assert steps.isAncestorOf(at)
        if at is steps.back or at is steps.later:
            break
        press(window, Qt.Key.Key_Tab)
    else:
        pytest.fail("Tab never came to the foot of the step")
