"""Everything that can be done in the window: one list for keys, palette and key sheet."""

from collections.abc import Callable, Iterator, Mapping

from socialdesk.domain.frozen import frozen
from socialdesk.engine.settings import KEY_PREFIX
from socialdesk.ui.keys import KeyMap, is_single

LEAVE = "Esc"  # the one single key that works in a text field: out of it


def always() -> bool:
    """For actions that never rest."""
    return True


@frozen
class Action:
    """`name()`: in the language in use, as it stands in the palette. `keys`: the default ones,
    several by ", ". `is_on()`: whether it can be done now. `also()`: other words for it, by which
    the palette finds it too."""

    id: str
    name: Callable[[], str]
    keys: str
    run: Callable[[], None]
    is_on: Callable[[], bool] = always
    group: Callable[[], str] = str
    also: Callable[[], str] = str


class Actions:
    """The actions by id, and the keys they have in this workspace."""

    def __init__(self) -> None:
        self._actions: dict[str, Action] = {}
        self._own: dict[str, str] = {}
        self._known_map: KeyMap | None = None  # made for the first press

    def add(self, *actions: Action) -> None:
        for action in actions:
            if action.id in self._actions:
                raise ValueError(f"two actions named {action.id}")
            self._actions[action.id] = action
        self._known_map = None

    def __iter__(self) -> Iterator[Action]:
        return iter(self._actions.values())

    def __getitem__(self, action: str) -> Action:
        return self._actions[action]

    def bindings(self) -> dict[str, str]:
        """The keys of each action: the operator's own, else the default ones."""
        return {a.id: self._own.get(a.id) or a.keys for a in self}

    def keys_of(self, action: str) -> str:
        return self.bindings()[action]

    def remap(self, settings: Mapping[str, str]) -> None:
        """Take the operator's own keys from the settings `keys.<action>`."""
        self._own = {
            key.removeprefix(KEY_PREFIX): value
            for key, value in settings.items()
            if key.startswith(KEY_PREFIX) and value
        }
        self._known_map = None

    @property
    def _map(self) -> KeyMap:
        """Of all actions with the keys they have now."""
        if self._known_map is None:
            self._known_map = KeyMap(self.bindings())
        return self._known_map

    def clashes(self, action: str, keys: str) -> list[str]:
        """The actions that would lose a key."""
        return self._map.clashes(action, keys)

    @property
    def begun(self) -> str:
        """The first press of two, while the second is awaited."""
        return self._map.begun

    def forget_begun(self) -> None:
        self._map.begun = ""

    def press(self, press: str, *, in_text: bool = False) -> bool:
        """Run what `press` means; False when it means nothing here. In a text field single keys
        belong to the text."""
        if not press or (in_text and is_single(press) and press != LEAVE):
            return False
        is_second = bool(self._map.begun)
        action = self._map.press(press)
        if not action:
            return bool(self._map.begun)
        # The second of two keys is no key of its own: g n with nothing new is no note.
        return self.run(action) or is_second

    def run(self, action: str) -> bool:
        """Do it when it can be done now; whether it was."""
        found = self._actions[action]
        if not found.is_on():
            return False
        found.run()
        return True
