"""The live counts beside the views, and the hours under them: asked anew when something moved."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import CountPerHour, CountViews
from socialdesk.ui.inbox.views import ViewsPane
from socialdesk.ui.tasks import Latest
from socialdesk.ui.timers import once

COUNT_MS = 300  # counts wait for a burst of changes to end
HOURS = 14  # of the chart


class Counting(QObject):
    """Fills `views`. `now()`: ms UTC."""

    def __init__(
        self, desk: Desk, views: ViewsPane, now: Callable[[], int], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._views, self._now = desk, views, now
        self._counts, self._hours = Latest(self), Latest(self)
        self._timer = once(self, COUNT_MS, self.count)

    def count_soon(self) -> None:
        """Something moved; more may follow at once."""
        if not self._timer.isActive():
            self._timer.start()

    def count(self) -> None:
        """Ask now."""
        badges, hours = (
            self._desk.ask(CountViews()),
            self._desk.ask(CountPerHour(self._now(), HOURS)),
        )
        self._counts.wait(badges, self._views.show_counts, self._on_silent)
        self._hours.wait(hours, self._views.show_hours, self._on_silent)

    def _on_silent(self, error: SocialDeskError) -> None:
        """A count that could not be read: the list says why; it is asked again by itself."""
