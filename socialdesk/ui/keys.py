"""Keys as people write them ("Ctrl+K", "Shift+E", "g q"), the same on every keyboard layout.

A letter counts by its place: on a Russian or Kazakh layout the key of `j` types "о" and still means
`j`. No Alt and no AltGr: they type letters on Polish, Swiss and other layouts.
"""

from collections.abc import Mapping

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

_CYRILLIC = dict(
    zip("йцукенгшщзфывапролдячсмитьәіңғүұқөһ", "qwertyuiopasdfghjklzxcvbnm2345890-=", strict=True)
)
# A Kazakh layout types signs with three keys of its digit row, known by their scan codes: those of
# X11 and Wayland, then of Windows. Other layouts have these signs in other places.
_KAZAKH_SIGNS = {
    ('"', 10): "1", (",", 15): "6", (".", 16): "7", ('"', 2): "1", (",", 7): "6", (".", 8): "7",
}  # fmt: skip
# The key of "/", beside the right Shift, types these on Russian and Kazakh layouts.
_SLASHES = {(".", 61), ("№", 61), (".", 53), ("№", 53)}
_NAMED = {
    Qt.Key.Key_Space: "Space", Qt.Key.Key_Return: "Enter", Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Escape: "Esc", Qt.Key.Key_Up: "Up", Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Left: "Left", Qt.Key.Key_Right: "Right", Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End", Qt.Key.Key_PageUp: "PgUp", Qt.Key.Key_PageDown: "PgDown",
    Qt.Key.Key_Delete: "Del", Qt.Key.Key_Backspace: "Backspace", Qt.Key.Key_Tab: "Tab",
    Qt.Key.Key_Backtab: "Tab", Qt.Key.Key_Insert: "Ins",
}  # fmt: skip
_SILENT = frozenset(
    {
        Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr,
        Qt.Key.Key_CapsLock, Qt.Key.Key_unknown, Qt.Key.Key_NumLock,
    }
)  # fmt: skip
Mod = Qt.KeyboardModifier


def press_of(event: QKeyEvent) -> str:
    """One key press as written: "j", "Shift+E", "!", "Ctrl+Shift+Z", "F6"; "" for none of ours.

    A character that needs Shift (! ?) is written without it, as its place differs by layout.
    """
    key, held = Qt.Key(event.key()), event.modifiers()
    if key in _SILENT or held & (Mod.AltModifier | Mod.GroupSwitchModifier):
        return ""
    front = "Ctrl+" if held & (Mod.ControlModifier | Mod.MetaModifier) else ""
    shift = "Shift+" if held & Mod.ShiftModifier else ""
    if key in _NAMED:
        return front + shift + _NAMED[key]
    if Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35:
        return front + shift + f"F{key - Qt.Key.Key_F1 + 1}"
    char = _char(event, has_front=bool(front))
    if not char:
        return ""
    if char.isalpha():
        return front + shift + (char.upper() if front or shift else char)
    return front + (shift if front else "") + char


def _char(event: QKeyEvent, *, has_front: bool) -> str:
    """The character a press stands for, in lower case and by its place on the keyboard."""
    typed = "" if has_front else event.text()
    if not typed or not typed.isprintable():
        typed = QKeySequence(QKeyCombination(Qt.Key(event.key()))).toString()
    typed = typed.lower()
    place = typed, event.nativeScanCode()
    if place in _KAZAKH_SIGNS:
        return _KAZAKH_SIGNS[place]
    if place in _SLASHES and not has_front:  # Ctrl+. is a key of its own
        return "/"
    return _CYRILLIC.get(typed, typed) if len(typed) == 1 else ""


def is_single(press: str) -> bool:
    """Whether a press would type or move inside a text field."""
    key = press.removeprefix("Shift+")
    return not press.startswith("Ctrl+") and not (key.startswith("F") and key[1:].isdecimal())


class KeyMap:
    """Which action a press means. `bindings`: action id to keys, several by ", "; a key may be two
    presses after another ("g q")."""

    def __init__(self, bindings: Mapping[str, str]) -> None:
        self._actions: dict[str, str] = {}
        for action, keys in bindings.items():
            for key in split(keys):
                self._actions.setdefault(key, action)
        self._firsts = {key.split(" ")[0] for key in self._actions if " " in key}
        self.begun = ""  # the first press of two, while the second is awaited

    def press(self, press: str) -> str:
        """The action of this press, "" when there is none (see `begun`)."""
        whole = f"{self.begun} {press}" if self.begun else press
        if whole in self._actions:
            self.begun = ""
            return self._actions[whole]
        self.begun = press if not self.begun and press in self._firsts else ""
        return "" if self.begun else self._actions.get(press, "")

    def clashes(self, action: str, keys: str) -> list[str]:
        """Other actions that `keys` would take a press from."""
        found = set()
        for key in split(keys):
            for other, taken_by in self._actions.items():
                starts = other.startswith(key + " ") or key.startswith(other + " ")
                if taken_by != action and (other == key or starts):
                    found.add(taken_by)
        return sorted(found)


def split(keys: str) -> list[str]:
    """ "j, Down" as its keys."""
    return [key for key in (part.strip() for part in keys.split(", ")) if key]
