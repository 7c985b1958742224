"""Own words under a lock: the keys are where the words go."""

from PySide6.QtCore import Qt

from tests.ui.compose.test_locked import button, composer, desk, empty  # noqa: F401
from tests.ui.driving import type_in


def test_who_turns_to_own_words_writes_at_once(qtbot, composer):  # noqa: F811
    """On the button the letters would be keys of triage: `a` hands over, `e` is done."""
    turn = button(composer._locked, "Own words…")
    turn.setFocus()
    qtbot.keyClick(turn, Qt.Key.Key_Space)
    type_in(composer, "Half a")
    assert composer._writing.field.text == "Half a"
    back = button(composer._locked, "Approved lines")
    back.setFocus()
    qtbot.keyClick(back, Qt.Key.Key_Space)
    assert composer._locked.pane.isAncestorOf(composer.window().focusWidget())
