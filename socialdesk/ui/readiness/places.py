"""Where a line of the readiness page is worked on: a room of the window, or one of its acts."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from socialdesk.ui.rooms import ROOMS

if TYPE_CHECKING:
    from socialdesk.ui.shell import Shell

# By preference: the first that the window has.
_WAYS: Final[Mapping[str, tuple[str, ...]]] = {
    "playbooks": ("playbooks",),
    "people": ("pins", "settings"),
    "drill": ("start_drill",),
}


class Places:
    """The ways of one window."""

    def __init__(self, window: "Shell") -> None:
        self._window = window

    def can_go(self, place: str) -> bool:
        return bool(self._way(place))

    def go(self, place: str) -> None:
        way = self._way(place)
        if way in _rooms():
            self._window.show_place(way)
        elif way:
            self._window.actions_by_id.run(way)

    def _way(self, place: str) -> str:
        acts = {action.id for action in self._window.actions_by_id}
        known = _rooms() | acts
        return next((way for way in _WAYS.get(place, ()) if way in known), "")


def _rooms() -> frozenset[str]:
    return frozenset({room.key for room in ROOMS} | {"settings"})
