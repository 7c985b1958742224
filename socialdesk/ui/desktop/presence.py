"""What the window does on the desktop beside being a window: its number, the tray, and notices
that nobody else could show. Made after the first paint.

On Linux the engine shows notices over D-Bus, also while there is no window; only what it could not
show comes here.
"""

import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QSystemTrayIcon

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.queue.rows import Badge
from socialdesk.engine.commands import SetSetting
from socialdesk.engine.commands.notices import PauseNotices, SeeNotices, TakeClick
from socialdesk.engine.desk import Desk, Done, Notice
from socialdesk.engine.queries import CountViews, ReadSettings
from socialdesk.engine.queries.notices import CountUnseen
from socialdesk.engine.settings import number_of, value_of
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.desktop.tray import Tray, TrayActs, TrayState
from socialdesk.ui.plain import one_line
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.timers import once

if TYPE_CHECKING:
    from socialdesk.engine.commands import Command
    from socialdesk.ui.crisis.signs import CrisisSigns
    from socialdesk.ui.shell import Shell

READ_MS = 1_000  # after a burst of changes
TICK_MS = 30_000  # what time moves
PAUSE_MIN = 60


class Presence(QObject):
    """A child of `window`. `has_tray()`, `hides`: this system's, unless a test says otherwise;
    a window that hides instead of closing is for systems whose notices the window shows.
    `set_badge(n)`: on the program's icon; on Linux the engine tells the launcher."""

    def __init__(
        self,
        desk: Desk,
        window: "Shell",
        signs: "CrisisSigns",
        now: Callable[[], int],
        *,
        has_tray: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
        hides: bool = sys.platform != "linux",
        set_badge: Callable[[int], object] = lambda n: None,
    ) -> None:
        super().__init__(window)
        self._desk, self._window, self._signs, self._now = desk, window, signs, now
        self._has_tray, self._hides, self._set_badge = has_tray, hides, set_badge
        self._settings: dict[str, str] = {}
        self._unseen: dict[str, int] = {}
        self._badges: list[Badge] = []
        self._is_quitting = False
        self.tray: Tray | None = None
        self._asked = {name: Latest(self) for name in ("settings", "counts", "unseen")}
        self._reading = once(self, READ_MS, self._read)
        self._ticking = QTimer(self)
        self._ticking.setInterval(TICK_MS)
        self._ticking.timeout.connect(self._read)
        self._ticking.start()
        bridge = Bridge(desk, self)
        bridge.changed.connect(self._on_changed)
        bridge.noticed.connect(self._on_noticed)
        window.views.chosen.connect(self._on_view)
        signs.changed.connect(self._show_state)
        window.installEventFilter(self)
        self._read()
        self._take_click()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another language; or a window that is to go on watching from the tray."""
        if event.type() == QEvent.Type.LanguageChange:
            self._reading.start()
        is_kept = self._hides and self.tray is not None and self._window.keeps_watching()
        if event.type() == QEvent.Type.Close and is_kept and not self._is_quitting:
            event.ignore()
            self._window.hide()
            return True
        return False

    # --- what there is ---

    def _on_changed(self, changes: Changes) -> None:
        moved = Area.QUEUE, Area.SETTINGS, Area.NOTICES, Area.ALL
        if changes.added or changes.areas.intersection(moved):
            if not self._reading.isActive():
                self._reading.start()

    def _read(self) -> None:
        for name, query, done in (
            ("settings", ReadSettings(), self._show_settings),
            ("counts", CountViews(), self._show_counts),
            ("unseen", CountUnseen(), self._show_unseen),
        ):
            self._asked[name].wait(self._desk.ask(query), done, self._on_silent)

    def _on_silent(self, error: SocialDeskError) -> None:
        """What could not be read is asked again with the next tick; the window says why."""

    def _show_settings(self, settings: dict[str, str]) -> None:
        self._settings = settings
        wanted = value_of(settings, "tray") == "yes" and self._has_tray()
        if wanted and self.tray is None:
            acts = TrayActs(
                self._window.raise_to_front, self._toggle_fetching, self._toggle_notices, self._quit
            )
            self.tray = Tray(acts, self)
        elif not wanted and self.tray is not None:
            self.tray.hide()
            self.tray.deleteLater()
            self.tray = None
        self._show_state()

    def _show_counts(self, badges: list[Badge]) -> None:
        self._badges = badges
        self._show_state()

    def _show_unseen(self, unseen: dict[str, int]) -> None:
        self._unseen = unseen

    def _show_state(self) -> None:
        self._set_badge(self._n)
        self._window.show_count(self._n, "" if self._is_fetching() else tr("fetching is paused"))
        if self.tray is not None:
            note = self._signs.note
            self.tray.show_state(TrayState(self._n, self._is_fetching(), self._is_paused(), note))

    @property
    def _n(self) -> int:
        """Of the view that the settings name, whichever of the two was read first."""
        chosen = value_of(self._settings, "badge")
        return next((b.n for b in self._badges if b.key == chosen), 0)

    def _is_fetching(self) -> bool:
        return value_of(self._settings, "fetching") == "on"

    def _is_paused(self) -> bool:
        return number_of(self._settings, "notices_paused_until") > self._now()

    # --- acts ---

    def _toggle_fetching(self) -> None:
        self._do(SetSetting("fetching", "off" if self._is_fetching() else "on"))

    def _toggle_notices(self) -> None:
        self._do(PauseNotices(0 if self._is_paused() else PAUSE_MIN))

    def _quit(self) -> None:
        self._is_quitting = True
        self._window.close()

    def _on_view(self, key: str) -> None:
        """Who looks at a list has seen what was told of it."""
        kind = f"new_in_view:{key.removeprefix('saved:')}" if key.startswith("saved:") else key
        if self._unseen.get(kind):
            self._do(SeeNotices(kind=kind))

    def _do(self, command: "Command") -> None:
        Waiter(self, self._desk.do(command), lambda _: self._read(), self._on_silent)

    # --- notices ---

    def _on_noticed(self, notice: Notice) -> None:
        if notice.code == "show":
            self._take_click()
        elif notice.code == "told":
            mention, place = int(notice.facts.get("mention") or 0), notice.facts.get("place", "")
            go = partial(self._go, mention, place)
            self._window.toast.say(one_line(notice.facts.get("text", "")), tr("Open it"), go)
            if self.tray is not None and not self._window.isActiveWindow():
                self.tray.tell(notice.facts.get("title", ""), notice.facts.get("body", ""), go)

    def _take_click(self) -> None:
        """Of a notice on the desktop: this window may have been started by it."""
        Waiter(self, self._desk.do(TakeClick()), self._follow_click, self._on_silent)

    def _follow_click(self, done: Done) -> None:
        if not done.answer:
            return
        self._go(int(done.answer["mention"]), str(done.answer["place"]))
        if ids := tuple(done.answer["ids"]):
            self._do(SeeNotices(ids))

    def _go(self, mention: int, place: str) -> None:
        """To the mention, or where several are."""
        self._window.raise_to_front()
        if mention:
            self._window.show_mention(mention)
        elif place:
            self._window.show_place(place)
