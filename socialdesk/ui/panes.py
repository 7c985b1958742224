"""F6: from one part of the window to the next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from socialdesk.ui.focus import focus_inside
from socialdesk.ui.inbox.screen import InboxScreen


def step_on(
    step: int, bars: Sequence[QWidget], views: QWidget, screen: QWidget | None, focus: QWidget
) -> None:
    """Bars, views, list, thread, composer, person; `step` -1 = the other way. `bars`: those that
    are shown above all; `screen`: what is shown beside the views; `focus`: where we are."""
    panes = [*bars, views, *_parts(screen)]
    # The composer lies inside the thread's pane: the innermost pane is where we are.
    at = max((n for n, p in enumerate(panes) if p is focus or p.isAncestorOf(focus)), default=-1)
    following = panes[(at + step) % len(panes)]
    if isinstance(screen, InboxScreen) and following is screen.thread_pane.composer:
        screen.thread_pane.composer.focus_text()
    elif following is views or isinstance(screen, InboxScreen):
        following.setFocus(Qt.FocusReason.TabFocusReason)
    else:
        focus_inside(following)


def _parts(screen: QWidget | None) -> list[QWidget]:
    """A screen of several parts names them as `panes`."""
    if not isinstance(screen, InboxScreen):
        return list(getattr(screen, "panes", [screen])) if screen else []
    composer, context = screen.thread_pane.composer, screen.context
    hidable = [part for part in (composer, context) if part.isVisible()]
    return [screen.pane.list, screen.thread_pane, *hidable]
