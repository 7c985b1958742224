"""The acts of crisis mode in every window. Light: no window needs more for its first paint."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from socialdesk.i18n import tr
from socialdesk.ui.actions import Action

if TYPE_CHECKING:
    from socialdesk.ui.crisis.signs import CrisisSigns


def crisis_actions(signs: "Callable[[], CrisisSigns]") -> list[Action]:
    """No single key starts a crisis: declaring takes three held together, the rest the palette."""

    return [
        Action("crisis_declare", lambda: tr("Declare an incident…"), "Ctrl+Shift+F12",
               lambda: signs().declare()),
        Action("crisis_suspect", lambda: tr("Something is wrong"), "",
               lambda: signs().suspect()),
        Action("crisis_dismiss", lambda: tr("Dismiss the suspected incident…"), "",
               lambda: signs().dismiss(), lambda: signs().is_suspected()),
        Action("crisis_link", lambda: tr("Link this mention to the incident"), "",
               lambda: signs().link(), lambda: signs().can_link()),
        Action("be_person", lambda: tr("I am… (who is at the keys)"), "",
               lambda: signs().be_person()),
    ]  # fmt: skip
