"""F6: from one part of the window to the next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from socialdesk.ui.focus import focus_inside
from socialdesk.ui.inbox.screen import InboxScreen


def step_on(
    step: int, bars: Sequence[QWidget], views: QWidget, screen: QWidget | None, focus: QWidget
) -> None:
    """Bars, views, list, thread, composer, person; `step` -1 = the other way. A part that takes no
    keys now (a thread while nothing is chosen) is passed over. `bars`: those that are shown above
    all; `screen`: what is shown beside the views; `focus`: where we are."""
    panes = [*bars, views, *_parts(screen)]
    # The composer lies inside the thread's pane: the innermost pane is where we are.
    at = max((n for n, pane in enumerate(panes) if pane.isAncestorOf(focus)), default=-1)
    for n in range(1, len(panes) + 1):
        following = panes[(at + step * n) % len(panes)]
        _enter(following, views, screen)
        found = focus.window().focusWidget()
        if found is not focus and following.isAncestorOf(found):
            return


def _enter(pane: QWidget, views: QWidget, screen: QWidget | None) -> None:
    if isinstance(screen, InboxScreen) and pane is screen.thread_pane.composer:
        screen.thread_pane.composer.focus_text()
    elif pane is views or (
        isinstance(screen, InboxScreen) and pane in (screen.pane, screen.thread_pane)
    ):
        pane.setFocus(Qt.FocusReason.TabFocusReason)
    else:
        focus_inside(pane)


def _parts(screen: QWidget | None) -> list[QWidget]:
    """A screen of several parts names them as `panes`."""
    if not isinstance(screen, InboxScreen):
        return list(getattr(screen, "panes", [screen])) if screen else []
    composer, context = screen.thread_pane.composer, screen.context
    hidable = [part for part in (composer, context) if part.isVisible()]
    return [screen.pane, screen.thread_pane, *hidable]
