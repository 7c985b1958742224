"""Keys reach the window past whatever widget has the focus."""

from PySide6.QtWidgets import QTableView

from socialdesk.domain.queue.rows import View
from tests.ui.driving import type_in


def test_an_empty_list_of_another_screen_swallows_no_letter(window, qtbot):
    window.show_place(View.OUTBOX.value)
    table = window.screens.currentWidget().findChild(QTableView)
    table.setFocus()
    type_in(window, "gq")
    assert window.is_inbox()
