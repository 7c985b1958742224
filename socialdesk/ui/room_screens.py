"""The screens of the rooms: how each is made and what of it the window carries out.

Imported when a room is first entered, as is every screen where it is made.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from socialdesk.domain.queue.rows import View
from socialdesk.ui.shell import Shell

if TYPE_CHECKING:
    from socialdesk.ui.crisis.signs import CrisisSigns


class RoomScreens:
    """Makes them as children of the window's `screens`. `signs()`: the window's, of incidents."""

    def __init__(self, window: Shell, signs: "Callable[[], CrisisSigns]") -> None:
        self._window, self._signs = window, signs
        self._screens = window.screens
        self._desk, self._now = window.screens.desk, window.screens.now

    def make(self, key: str) -> QWidget:
        """`key`: of a room (ui/rooms.py), or a view that is no list of mentions. Raises
        ValueError."""
        makers: dict[str, Callable[[], QWidget]] = {
            "incident": self._incident, "columns": self._columns, "alerts": self._alerts,
            "board": self._board, "war_room": self._war_room, "reports": self._reports,
            "templates": self._templates, "faq": self._faq, "playbooks": self._playbooks,
            "readiness": self._readiness, "rules": self._rules, "notices": self._notices,
            "contacts": self._contacts, "panels": self._panels,
            "first_steps": self._first_steps, "accounts": self._accounts,
            View.PROBLEMS.value: self._accounts, View.OUTBOX.value: self._outbox,
            View.APPROVAL.value: self._approval,
        }  # fmt: skip
        if key not in makers:
            raise ValueError(key)
        return makers[key]()

    # --- what is answered ---

    def _outbox(self) -> QWidget:
        from socialdesk.ui.outbox.tabs import OutboxTabs

        made = OutboxTabs(self._desk, self._now, self._screens)
        made.mention_asked.connect(self._window.show_mention)
        return made

    def _approval(self) -> QWidget:
        from socialdesk.ui.outbox.approval import ApprovalScreen
        from socialdesk.ui.screens import open_settings

        made = ApprovalScreen(self._desk, self._screens)
        made.mention_asked.connect(self._window.show_mention)
        made.incident_asked.connect(self._signs().show_incident)
        made.policy_asked.connect(
            lambda: open_settings(self._desk, self._window, self._window.actions_by_id, "replies")
        )
        return made

    def _columns(self) -> QWidget:
        from socialdesk.ui.inbox.columns import ColumnsScreen

        made = ColumnsScreen(self._desk, self._now, self._screens)
        made.said.connect(self._screens.said)
        made.failed.connect(self._screens.failed)
        made.settled.connect(self._screens.settled)
        return made

    def _templates(self) -> QWidget:
        from socialdesk.ui.templates.screen import TemplatesScreen

        return TemplatesScreen(self._desk, self._screens)

    def _faq(self) -> QWidget:
        from socialdesk.ui.faq.screen import FaqScreen

        made = FaqScreen(self._desk, self._screens)
        made.mention_asked.connect(self._window.show_mention)
        return made

    def _rules(self) -> QWidget:
        from socialdesk.ui.rules.screen import RulesScreen

        made = RulesScreen(self._desk, self._screens)
        made.mention_asked.connect(self._window.show_mention)
        return made

    def _contacts(self) -> QWidget:
        from socialdesk.ui.contacts.screen import ContactsScreen

        made = ContactsScreen(self._desk, self._now, self._screens)
        made.mention_asked.connect(self._window.show_mention)
        return made

    # --- what is looked at ---

    def _reports(self) -> QWidget:
        from socialdesk.ui.reports.screen import ReportsScreen

        made = ReportsScreen(self._desk, self._now, self._screens)
        made.mention_asked.connect(self._window.show_mention)
        return made

    def _board(self) -> QWidget:
        from socialdesk.ui.board.screen import BoardScreen, open_board

        made = BoardScreen(self._desk, self._now, self._screens)
        made.mention_asked.connect(self._window.show_mention)
        made.window_asked.connect(lambda: open_board(self._window))
        return made

    def _notices(self) -> QWidget:
        from socialdesk.ui.desktop.notices_screen import NoticesScreen

        made = NoticesScreen(self._desk, self._now, self._screens)
        made.mention_asked.connect(self._window.show_mention)
        made.place_asked.connect(self._window.show_place)
        return made

    def _panels(self) -> QWidget:
        from socialdesk.ui.panels.screen import PanelsScreen

        made = PanelsScreen(self._desk, self._screens)
        made.place_asked.connect(self._window.show_place)
        return made

    # --- incidents ---

    def _alerts(self) -> QWidget:
        from socialdesk.ui.alerts.screen import AlertsScreen

        made = AlertsScreen(self._desk, self._now, self._screens)
        made.mention_asked.connect(self._window.show_mention)
        made.search_asked.connect(self._window.show_search)
        made.declare_asked.connect(self._signs().declare)
        made.dismiss_asked.connect(self._signs().dismiss)
        return made

    def _incident(self) -> QWidget:
        from socialdesk.ui.crisis.screen import IncidentScreen

        made = IncidentScreen(self._desk, self._now, self._screens)
        made.mention_asked.connect(self._window.show_mention)
        made.act_asked.connect(self._signs().act)
        made.action_asked.connect(self._window.actions_by_id.run)
        return made

    def _war_room(self) -> QWidget:
        from socialdesk.ui.war_room.screen import WarRoomScreen

        made = WarRoomScreen(self._desk, self._now, self._screens)
        made.mention_asked.connect(self._window.show_mention)
        made.said.connect(self._screens.said)
        return made

    def _playbooks(self) -> QWidget:
        from socialdesk.ui.playbooks.screen import PlaybooksScreen

        return PlaybooksScreen(self._desk, self._screens)

    def _readiness(self) -> QWidget:
        from socialdesk.ui.readiness.places import Places
        from socialdesk.ui.readiness.screen import ReadinessScreen

        places = Places(self._window)
        made = ReadinessScreen(self._desk, self._now, self._screens, can_go=places.can_go)
        made.place_asked.connect(places.go)
        return made

    # --- what is set up ---

    def _first_steps(self) -> QWidget:
        from socialdesk.ui.first_run.beginning import Beginning
        from socialdesk.ui.first_run.screen import FirstRunScreen

        beginning = self._window.findChild(Beginning)
        made = FirstRunScreen(self._desk, beginning, self._screens)
        made.place_asked.connect(self._window.show_place)
        made.front_asked.connect(self._window.raise_to_front)
        made.failed.connect(self._screens.failed)
        return made

    def _accounts(self) -> QWidget:
        from socialdesk.ui.accounts.screen import AccountsScreen

        return AccountsScreen(self._desk, self._screens)
