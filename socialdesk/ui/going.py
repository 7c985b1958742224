"""Ways between the parts of the window: into a mention and out of it, to the search, round the
panes, one mention at a time."""

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QWidget

from socialdesk.domain.queue.rows import View
from socialdesk.ui.focus import focus_inside, is_text
from socialdesk.ui.inbox.focus_view import FocusView
from socialdesk.ui.panes import step_on

if TYPE_CHECKING:
    from socialdesk.ui.crisis.signs import CrisisSigns
    from socialdesk.ui.inbox.columns import ColumnsScreen
    from socialdesk.ui.shell import Shell

COLUMNS = "columns"


class Going:
    """Moves the keys' place in `window`; decides nothing about mentions. `signs()`: the
    window's, of incidents."""

    def __init__(self, window: "Shell", signs: "Callable[[], CrisisSigns]") -> None:
        self._window, self._screens, self._signs = window, window.screens, signs
        self._inbox, self._views = window.inbox, window.views
        self.focus_view = FocusView(window.inbox, window.views, window)

    @property
    def columns(self) -> "ColumnsScreen | None":
        """The columns, while they are the screen in front."""
        if self._window.place != COLUMNS:
            return None
        return cast("ColumnsScreen", self._screens.currentWidget())

    def open(self) -> None:
        """Enter: from the views into the list, from the list into the thread."""
        if self._views.isAncestorOf(self._focus()):
            if self._screens.is_inbox():
                self._inbox.pane.list.setFocus()
            elif screen := self._screens.currentWidget():
                focus_inside(screen)
        elif self.columns is not None:
            self.focus_on_one()
        elif self._screens.is_inbox() and self._inbox.has_current():
            self._inbox.open_now()

    def focus_on_one(self) -> None:
        """One mention at a time, from the list or from a column; Esc goes back there."""
        columns = self.columns
        if columns is None:
            self.focus_view.enter()
        elif columns.acting is not None and (row := columns.acting.row) is not None:
            self._window.show_place(columns.place)
            self._window.go_to_when_listed(row.id)
            self.focus_view.enter(COLUMNS)

    def back(self) -> None:
        """Esc: to the list, and from there out of the search and the marks. In a text field of
        another screen it only leaves the field: what is typed on must not act on mentions."""
        if not self._screens.is_inbox():
            focus, screen = self._focus(), self._screens.currentWidget()
            if is_text(focus) and screen and screen.isAncestorOf(focus):
                self._leave_field(screen)
                return
            self._window.show_place(View.NEEDS_REPLY.value)
        if not self._screens.is_inbox():
            return
        if self.focus_view.is_on:
            self._leave_focus()
            return
        pane = self._inbox.pane
        pane.marking.let_go()
        if pane.field.hasFocus() or pane.list.hasFocus():
            pane.clear_search()
        pane.list.setFocus()

    def search(self) -> None:
        """Into the search field."""
        if not self._screens.is_inbox():
            self._window.show_place(View.ALL.value)
        if not self._screens.is_inbox():
            return
        if self.focus_view.is_on:
            self.focus_view.leave()
        self._inbox.pane.field.setFocus()
        self._inbox.pane.field.selectAll()

    def next_pane(self, step: int) -> None:
        """F6: the bar of an incident, views, list, thread, composer, person; `step` -1 = the other
        way."""
        banner = self._signs().banner
        bars = [banner] if banner.isVisible() else []
        step_on(step, bars, self._views, self._screens.currentWidget(), self._focus())

    def _leave_focus(self) -> None:
        if is_text(self._focus()):  # out of the composer first
            self._inbox.thread_pane.setFocus()
        elif place := self.focus_view.leave():
            self._window.show_place(place)

    def _leave_field(self, screen: QWidget) -> None:
        focus_inside(screen)
        if is_text(self._focus()):  # the keys begin there, or nothing else takes them
            self._views.setFocus()

    def _focus(self) -> QWidget:
        return self._window.focusWidget() or self._window
