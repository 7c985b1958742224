"""The CRM's acts as actions of the window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from socialdesk.i18n import tr
from socialdesk.ui.actions import Action

if TYPE_CHECKING:
    from socialdesk.ui.shell import Shell


def crm_actions(window: "Shell", has_row: Callable[[], bool]) -> list[Action]:
    """`has_row()`: a mention is in front. t as in ticket."""

    def make_case() -> None:
        from socialdesk.ui.crm.dialog import open_case  # nobody needs it for the first paint

        open_case(window)

    def show_waiting() -> None:
        from socialdesk.ui.crm.waiting import open_waiting

        open_waiting(window)

    return [
        Action("make_case", lambda: tr("Make a case in the CRM…"), "t", make_case, has_row),
        Action("cases_waiting", lambda: tr("Cases that wait…"), "Shift+T", show_waiting),
    ]
