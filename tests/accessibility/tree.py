"""What a screen reader is told of a widget and of everything in it: role, name, state."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

Role = QAccessible.Role
MANY = 12  # rows of one list that are looked at
# What a person acts on; each must say what it is.
CONTROLS = frozenset({
    Role.Button, Role.ButtonMenu, Role.ButtonDropDown, Role.CheckBox, Role.RadioButton,
    Role.ComboBox, Role.EditableText, Role.SpinBox, Role.Slider, Role.List, Role.Table, Role.Tree,
    Role.PageTab, Role.Link, Role.HotkeyField, Role.MenuItem, Role.Dialog,
})  # fmt: skip
ROWS = frozenset({Role.ListItem, Role.Cell, Role.TreeItem, Role.Row})


@dataclass(frozen=True, slots=True)
class Node:
    """`kind`: the widget's class, "" where it is a part of one. `path`: the classes around it."""

    role: Role
    name: str
    description: str
    value: str
    kind: str
    path: str
    is_focusable: bool

    @property
    def is_control(self) -> bool:
        """A row of tabs has the name of the tab in front; its tabs have their own."""
        if self.role is Role.PageTabList:
            return False
        return self.role in CONTROLS or (self.is_focusable and bool(self.kind))

    @property
    def is_row(self) -> bool:
        return self.role in ROWS

    def __str__(self) -> str:
        return f"{self.role.name} {self.kind} in {self.path}"


def walk(widget: QWidget) -> list[Node]:
    """Every part that is shown, in the order a reader meets them."""
    top = QAccessible.queryAccessibleInterface(widget)
    return list(_nodes(top, ""))


def _nodes(face: QAccessibleInterface, path: str) -> Iterator[Node]:
    state = face.state()
    if state.invisible:
        return
    held = face.object()
    kind = type(held).__name__ if isinstance(held, QWidget) else ""
    name = face.text(QAccessible.Text.Name)
    yield Node(
        face.role(), name, face.text(QAccessible.Text.Description),
        face.text(QAccessible.Text.Value), kind, path,
        bool(state.focusable) and not (isinstance(held, QWidget) and held.focusProxy()),
    )  # fmt: skip
    inner = f"{path}/{kind}" if kind else path
    is_list = face.role() in (Role.List, Role.Table, Role.Tree)
    for n in range(min(face.childCount(), MANY) if is_list else face.childCount()):
        child = face.child(n)
        if child is not None and child.isValid():
            yield from _nodes(child, inner)
