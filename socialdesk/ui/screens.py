"""The screens beside the views: the inbox, and the others made when they are first shown."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from socialdesk.engine.desk import Desk
from socialdesk.ui.actions import Actions
from socialdesk.ui.inbox.screen import InboxScreen

if TYPE_CHECKING:
    from socialdesk.ui.inbox.acting import Acting


class Screens(QStackedWidget):
    """`said`, `failed`, `settled`: of acts that are done on another screen, as the inbox tells of
    its own. `make(key)`: a screen that is shown for the first time, a child of this; ValueError for
    a key that none has."""

    said = Signal(str, bool)
    failed = Signal(object)
    settled = Signal()

    def __init__(
        self,
        desk: Desk,
        actions: Actions,
        now: Callable[[], int],
        make: Callable[[str], QWidget],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.desk, self.now, self._make = desk, now, make
        self.inbox = InboxScreen(desk, actions, now, self)
        self._made: dict[str, QWidget] = {}
        self.addWidget(self.inbox)
        self.currentChanged.connect(lambda _: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        """Of the screen that is shown: the others need no room."""
        shown = self.currentWidget()
        least = shown.minimumSizeHint() if shown else QSize(0, 0)
        return least.expandedTo(shown.minimumSize()) if shown else least

    def is_inbox(self) -> bool:
        return self.currentWidget() is self.inbox

    def acting_now(self) -> "Acting | None":
        """The acts of the list that has the keys; None where no mentions are decided."""
        if self.is_inbox():
            return self.inbox.acting
        return getattr(self.currentWidget(), "acting", None)

    def take_key(self, press: str) -> bool:
        """Whether it is a key of the whole screen in front, wherever in the window the keys are; it
        is done then."""
        take = getattr(self.currentWidget(), "take_key", None)
        return take is not None and bool(take(press))

    def show_inbox(self) -> None:
        self.setCurrentWidget(self.inbox)

    def show_other(self, key: str) -> None:
        """`key`: a view that is no list of mentions, or a screen's name. Raises ValueError."""
        screen = self._made.get(key)
        if screen is None:
            screen = self._made[key] = self._make(key)
            self.addWidget(screen)
        self.setCurrentWidget(screen)

    def show_once(self, screen: QWidget) -> None:
        """A screen that is not kept; `leave` ends it."""
        self.addWidget(screen)
        self.setCurrentWidget(screen)

    def leave(self, screen: QWidget) -> None:
        self.show_inbox()
        self.removeWidget(screen)
        screen.deleteLater()


def open_settings(desk: Desk, window: QWidget, actions: Actions, section: str = "") -> None:
    """The settings, over the window. `section`: a key of `settings/sections.py`, "" = the first."""
    from socialdesk.ui.settings.dialog import SettingsDialog

    dialog = SettingsDialog(desk, window, actions)
    if section:
        dialog.show_section(section)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
