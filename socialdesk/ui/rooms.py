"""The rooms, screens that are no list of mentions: name, icon and key of each.

The views pane, the keys and the palette read this list; ui/room_screens.py makes the screens.
"""

from collections.abc import Callable

from socialdesk.domain.frozen import frozen
from socialdesk.i18n import tr


@frozen
class Room:
    """`key`: its place. `keys`: the chord that goes there. `is_listed`: it has a line in the views
    pane."""

    key: str
    name: Callable[[], str]
    go: Callable[[], str]
    icon: str
    keys: str
    is_listed: bool = True


ROOMS: tuple[Room, ...] = (
    Room("incident", lambda: tr("Incidents"), lambda: tr("Go to the incidents"),
         "flag", "g c, g x"),
    Room("columns", lambda: tr("Columns"), lambda: tr("Go to the columns"),
         "columns-3", "g v"),
    Room("alerts", lambda: tr("Alerts"), lambda: tr("Go to the alerts"),
         "bell-ring", "g z"),
    Room("board", lambda: tr("Board"), lambda: tr("Go to the board"), "monitor", "g b"),
    Room("war_room", lambda: tr("War room"), lambda: tr("Go to the war room"), "monitor",
         "g j", is_listed=False),
    Room("reports", lambda: tr("Reports"), lambda: tr("Go to the reports"),
         "chart-column", "g m"),
    Room("templates", lambda: tr("Templates"), lambda: tr("Go to the templates"),
         "message-square-text", "g t"),
    Room("faq", lambda: tr("FAQ"), lambda: tr("Go to the known questions"),
         "message-circle", "g f"),
    Room("playbooks", lambda: tr("Playbooks"), lambda: tr("Go to the playbooks"),
         "file-text", "g y"),
    Room("readiness", lambda: tr("Readiness"), lambda: tr("Go to the readiness page"),
         "shield-check", "g r"),
    Room("rules", lambda: tr("Rules"), lambda: tr("Go to the rules"),
         "list-filter", "g u"),
    Room("notices", lambda: tr("Notices"), lambda: tr("Go to the notices"),
         "bell", "g i"),
    Room("contacts", lambda: tr("People"), lambda: tr("Go to the people"),
         "users", "g k"),
    Room("panels", lambda: tr("Live reviews"), lambda: tr("Go to the live reviews"),
         "eye", "g g"),
    Room("first_steps", lambda: tr("First steps"), lambda: tr("First steps"), "flag", "",
         is_listed=False),
    Room("accounts", lambda: tr("Accounts"), lambda: tr("Go to the accounts"),
         "at-sign", "g a"),
)  # fmt: skip
