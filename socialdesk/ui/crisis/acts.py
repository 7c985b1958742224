"""The acts of crisis mode in every window. Light: no window needs more for its first paint."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from socialdesk.i18n import tr
from socialdesk.ui.actions import Action

if TYPE_CHECKING:
    from socialdesk.ui.window import MainWindow


def crisis_actions(window: "MainWindow") -> list[Action]:
    """No single key starts a crisis: declaring takes three held together, the rest the palette."""

    def is_suspected() -> bool:
        return window.signs().is_suspected()

    def can_link() -> bool:
        return window.signs().can_link()

    def do(name: str) -> Callable[[], None]:
        def run() -> None:
            getattr(window.signs(), name)()

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
