"""The screens beside the views: the inbox, and the others made when they are first shown."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from socialdesk.domain.queue.rows import View
from socialdesk.engine.desk import Desk
from socialdesk.ui.actions import Actions
from socialdesk.ui.inbox.screen import InboxScreen
from socialdesk.ui.rooms import ROOMS

if TYPE_CHECKING:
    from socialdesk.ui.inbox.acting import Acting


class Screens(QStackedWidget):
    """`mention_asked(id)`: another screen wants the inbox to show a mention. `said`, `failed`,
    `settled`: of acts that are done on another screen, as the inbox tells of its own."""

    mention_asked = Signal(object)
    said = Signal(str, bool)
    failed = Signal(object)
    settled = Signal()

    def __init__(
        self, desk: Desk, actions: Actions, now: Callable[[], int], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.desk, self._actions = desk, actions
        self.inbox = InboxScreen(desk, actions, now, self)
        self.now = now
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

    def _make(self, key: str) -> QWidget:
        if key in {View.OUTBOX.value, View.APPROVAL.value}:
            return self._make_outbox(is_approval=key == View.APPROVAL.value)
        key = "accounts" if key == View.PROBLEMS.value else key
        for room in ROOMS:
            if room.key == key:
                return room.make(self)
        raise ValueError(key)

    def _make_outbox(self, *, is_approval: bool) -> QWidget:
        from socialdesk.ui.outbox.approval import ApprovalScreen
        from socialdesk.ui.outbox.tabs import OutboxTabs

        made: ApprovalScreen | OutboxTabs
        if is_approval:
            made = ApprovalScreen(self.desk, self)
            made.policy_asked.connect(self._ask_policy)
        else:
            made = OutboxTabs(self.desk, self.now, self)
        made.mention_asked.connect(self.mention_asked)
        return made

    def _ask_policy(self) -> None:
        open_settings(self.desk, self.window(), self._actions, "replies")


def open_settings(desk: Desk, window: QWidget, actions: Actions, section: str = "") -> None:
    """The settings, over the window. `section`: a key of `settings/sections.py`, "" = the first."""
    from socialdesk.ui.settings.dialog import SettingsDialog

    dialog = SettingsDialog(desk, window, actions)
    if section:
        dialog.show_section(section)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
