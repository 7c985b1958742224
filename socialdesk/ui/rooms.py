"""The screens that are no list of mentions: name, icon, key and how each is made.

A new screen is one entry here: the views pane, the keys, the palette and the window read this list.
Screens are imported where they are made: none of them costs start-up time.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from socialdesk.domain.frozen import frozen
from socialdesk.i18n import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from socialdesk.ui.screens import Screens


@frozen
class Room:
    """`keys`: the chord that goes there. `make(screens)`: the screen, a child of `screens`.
    `is_listed`: it has a line in the views pane."""

    key: str
    name: Callable[[], str]
    go: Callable[[], str]
    icon: str
    keys: str
    make: "Callable[[Screens], QWidget]"
    is_listed: bool = True


def _templates(screens: "Screens") -> "QWidget":
    from socialdesk.ui.templates.screen import TemplatesScreen

    return TemplatesScreen(screens.desk, screens)


def _accounts(screens: "Screens") -> "QWidget":
    from socialdesk.ui.accounts.screen import AccountsScreen

    return AccountsScreen(screens.desk, screens)


def _faq(screens: "Screens") -> "QWidget":
    from socialdesk.ui.faq.screen import FaqScreen

    made = FaqScreen(screens.desk, screens)
    made.mention_asked.connect(screens.mention_asked)
    return made


def _reports(screens: "Screens") -> "QWidget":
    from socialdesk.ui.reports.screen import ReportsScreen

    made = ReportsScreen(screens.desk, screens.now, screens)
    made.mention_asked.connect(screens.mention_asked)
    return made


def _board(screens: "Screens") -> "QWidget":
    from socialdesk.ui.board.screen import BoardScreen, open_board

    made = BoardScreen(screens.desk, screens.now, screens)
    made.mention_asked.connect(screens.mention_asked)
    made.window_asked.connect(lambda: open_board(screens.window()))  # type: ignore[arg-type]
    return made


def _war_room(screens: "Screens") -> "QWidget":
    from socialdesk.ui.war_room.screen import WarRoomScreen

    made = WarRoomScreen(screens.desk, screens.now, screens)
    made.mention_asked.connect(screens.mention_asked)
    made.said.connect(screens.said)
    return made


def _columns(screens: "Screens") -> "QWidget":
    from socialdesk.ui.inbox.columns import ColumnsScreen

    made = ColumnsScreen(screens.desk, screens.now, screens)
    made.said.connect(screens.said)
    made.failed.connect(screens.failed)
    made.settled.connect(screens.settled)
    return made


def _rules(screens: "Screens") -> "QWidget":
    from socialdesk.ui.rules.screen import RulesScreen

    made = RulesScreen(screens.desk, screens)
    made.mention_asked.connect(screens.mention_asked)
    return made


def _contacts(screens: "Screens") -> "QWidget":
    from socialdesk.ui.contacts.screen import ContactsScreen

    made = ContactsScreen(screens.desk, screens.now, screens)
    made.mention_asked.connect(screens.mention_asked)
    return made


def _notices(screens: "Screens") -> "QWidget":
    from socialdesk.ui.desktop.notices_screen import NoticesScreen

    made = NoticesScreen(screens.desk, screens.now, screens)
    made.mention_asked.connect(screens.mention_asked)
    made.place_asked.connect(lambda key: screens.window().show_place(key))  # type: ignore[attr-defined]
    return made


def _playbooks(screens: "Screens") -> "QWidget":
    from socialdesk.ui.playbooks.screen import PlaybooksScreen

    return PlaybooksScreen(screens.desk, screens)


def _readiness(screens: "Screens") -> "QWidget":
    from socialdesk.ui.readiness.places import Places
    from socialdesk.ui.readiness.screen import ReadinessScreen

    places = Places(screens.window())  # type: ignore[arg-type]
    made = ReadinessScreen(screens.desk, screens.now, screens, can_go=places.can_go)
    made.place_asked.connect(places.go)
    return made


def _alerts(screens: "Screens") -> "QWidget":
    from socialdesk.ui.alerts.screen import AlertsScreen

    made = AlertsScreen(screens.desk, screens.now, screens)
    made.mention_asked.connect(screens.mention_asked)
    window: Any = screens.window()
    made.search_asked.connect(lambda text: window.show_search(text))
    made.declare_asked.connect(lambda incident_id: window.signs().declare(incident_id))
    made.dismiss_asked.connect(lambda incident_id: window.signs().dismiss(incident_id))
    return made


def _incident(screens: "Screens") -> "QWidget":
    from socialdesk.ui.crisis.screen import IncidentScreen

    made = IncidentScreen(screens.desk, screens.now, screens)
    made.mention_asked.connect(screens.mention_asked)
    window: Any = screens.window()
    made.act_asked.connect(lambda act, id_: window.signs().act(act, id_))
    made.action_asked.connect(lambda action: window.actions_by_id.run(action))
    return made


def _first_steps(screens: "Screens") -> "QWidget":
    from socialdesk.ui.first_run.beginning import Beginning
    from socialdesk.ui.first_run.screen import FirstRunScreen

    window: Any = screens.window()
    made = FirstRunScreen(screens.desk, window.findChild(Beginning), screens)
    made.place_asked.connect(lambda key: window.show_place(key))
    made.front_asked.connect(lambda: window.raise_to_front())
    made.failed.connect(screens.failed)
    return made


def _panels(screens: "Screens") -> "QWidget":
    from socialdesk.ui.panels.screen import PanelsScreen

    made = PanelsScreen(screens.desk, screens)
    made.place_asked.connect(lambda key: screens.window().show_place(key))  # type: ignore[attr-defined]
    return made


ROOMS: tuple[Room, ...] = (
    Room("incident", lambda: tr("Incidents"), lambda: tr("Go to the incidents"),
         "flag", "g x", _incident),
    Room("columns", lambda: tr("Columns"), lambda: tr("Go to the columns"),
         "columns-3", "g v", _columns),
    Room("alerts", lambda: tr("Alerts"), lambda: tr("Go to the alerts"),
         "bell-ring", "g z", _alerts),
    Room("board", lambda: tr("Board"), lambda: tr("Go to the board"), "monitor", "g b", _board),
    Room("war_room", lambda: tr("War room"), lambda: tr("Go to the war room"), "monitor",
         "g j", _war_room, is_listed=False),
    Room("reports", lambda: tr("Reports"), lambda: tr("Go to the reports"),
         "chart-column", "g m", _reports),
    Room("templates", lambda: tr("Templates"), lambda: tr("Go to the templates"),
         "message-square-text", "g t", _templates),
    Room("faq", lambda: tr("FAQ"), lambda: tr("Go to the known questions"),
         "message-circle", "g f", _faq),
    Room("playbooks", lambda: tr("Playbooks"), lambda: tr("Go to the playbooks"),
         "file-text", "g y", _playbooks),
    Room("readiness", lambda: tr("Readiness"), lambda: tr("Go to the readiness page"),
         "shield-check", "g r", _readiness),
    Room("rules", lambda: tr("Rules"), lambda: tr("Go to the rules"),
         "list-filter", "g u", _rules),
    Room("notices", lambda: tr("Notices"), lambda: tr("Go to the notices"),
         "bell", "g i", _notices),
    Room("contacts", lambda: tr("People"), lambda: tr("Go to the people"),
         "users", "g k", _contacts),
    Room("panels", lambda: tr("Live reviews"), lambda: tr("Go to the live reviews"),
         "eye", "g g", _panels),
    Room("first_steps", lambda: tr("First steps"), lambda: tr("First steps"), "flag", "",
         _first_steps, is_listed=False),
    Room("accounts", lambda: tr("Accounts"), lambda: tr("Go to the accounts"),
         "at-sign", "g a", _accounts),
)  # fmt: skip
