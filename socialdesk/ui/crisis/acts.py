"""The acts of crisis mode in every window. Light: no window needs more for its first paint."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from socialdesk.i18n import tr
from socialdesk.ui.actions import Action

if TYPE_CHECKING:
    from socialdesk.ui.crisis.signs import CrisisSigns


def crisis_actions(signs: "Callable[[], CrisisSigns]") -> list[Action]:
    """No single key starts a crisis: declaring takes three held together, the rest the palette."""

    def is_suspected() -> bool:
        return signs().is_suspected()

    def can_link() -> bool:
        return signs().can_link()

    def do(name: str) -> Callable[[], None]:
        def run() -> None:
            getattr(signs(), name)()

        return run

    return [
        Action("crisis_declare", lambda: tr("Declare an incident…"), "Ctrl+Shift+F12",
               do("declare")),
        Action("crisis_suspect", lambda: tr("Something is wrong"), "", do("suspect")),
        Action("crisis_dismiss", lambda: tr("Dismiss the suspected incident…"), "",
               do("dismiss"), is_suspected),
        Action("crisis_link", lambda: tr("Link this mention to the incident"), "", do("link"),
               can_link),
        Action("be_person", lambda: tr("I am… (who is at the keys)"), "", do("be_person")),
    ]  # fmt: skip
