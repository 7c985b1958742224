"""The choices of a slot, as a menu at its place in the text: arrows, first letters, Enter, Esc."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from socialdesk.i18n import tr
from socialdesk.ui.compose.editor import ReplyEdit
from socialdesk.ui.compose.matching import Span
from socialdesk.ui.plain import one_line


def offer(field: ReplyEdit, span: Span, chosen: Callable[[Span, str], None]) -> QMenu:
    """Opens below the marked slot. `chosen(span, choice)`; Esc leaves the slot as it is."""
    menu = QMenu(field)
    menu.setAccessibleName(tr("What goes in here: {slot}", slot=span.name))
    for choice in span.slot.choices if span.slot else ():
        action = QAction(one_line(choice).replace("&", "&&"), menu)
        action.triggered.connect(lambda _=False, choice=choice: chosen(span, choice))
        menu.addAction(action)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.setActiveAction(menu.actions()[0])
    menu.popup(field.viewport().mapToGlobal(field.cursorRect().bottomLeft()))
    return menu
