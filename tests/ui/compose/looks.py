"""What every screen's test asks: can it be heard, and what does it look like?"""

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem, QWidget

from socialdesk.ui.theme import Mode, Theme

DARK = 140  # of 255: words and icons, not their ground
SMOOTH = 0.97  # of what is painted: half a pixel further down its edges are other ones
ROOM = 300  # px more than a row asks for
OUTPUT = Path(__file__).parents[2] / "output"
NAMED_ROLES = {
    QAccessible.Role.Button, QAccessible.Role.EditableText, QAccessible.Role.List,
    QAccessible.Role.ComboBox, QAccessible.Role.CheckBox, QAccessible.Role.SpinBox,
    QAccessible.Role.Table, QAccessible.Role.ButtonMenu,
}  # fmt: skip


def unnamed(root: QWidget) -> list[str]:
    """Focusable controls that a screen reader could only call "button"."""
    found = []
    for widget in root.findChildren(QWidget):
        if not widget.focusPolicy().value or _is_part(widget):
            continue
        face = QAccessible.queryAccessibleInterface(widget)
        if face is not None and face.role() in NAMED_ROLES and not face.text(QAccessible.Text.Name):
            found.append(f"{type(widget).__name__} {face.role().name}")
    return found


def _is_part(widget: QWidget) -> bool:
    """Inside a control of Qt's own, which has the name: a combo box's list, a spin box's field."""
    owner = widget.parent()
    return widget.objectName().startswith("qt_") or (
        owner is not None and owner.metaObject().className() == "QComboBoxPrivateContainer"
    )


def shoot(theme: Theme, widget: QWidget, name: str) -> list[Path]:
    """A picture in light and one in dark, to be looked at; returns the files."""
    OUTPUT.mkdir(exist_ok=True)
    made = []
    for mode in (Mode.LIGHT, Mode.DARK):
        theme.set_mode(mode)
        QApplication.sendPostedEvents()
        path = OUTPUT / f"{name}-{mode.value}.png"
        assert widget.grab().save(str(path))
        made.append(path)
    theme.set_mode(Mode.LIGHT)
    return made


def wrong_format(root: QWidget) -> list[str]:
    """Labels that would guess HTML."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QLabel

    return [
        label.text()
        for label in root.findChildren(QLabel)
        if label.textFormat() is not Qt.TextFormat.PlainText and label.text()
    ]


def cut_rows(rows: QListWidget) -> list[str]:
    """Those of a list whose words wrap that would paint more if they had more room."""
    return [
        entry.text()
        for entry in map(rows.item, range(rows.count()))
        if _ink(rows, entry) < SMOOTH * _ink_with_room(rows, entry)
    ]


def _ink(rows: QListWidget, entry: QListWidgetItem) -> int:
    rows.scrollToItem(entry, rows.ScrollHint.PositionAtTop)
    picture = rows.viewport().grab(rows.visualItemRect(entry)).toImage()
    return sum(byte < DARK for byte in bytes(picture.constBits())[::4])


def _ink_with_room(rows: QListWidget, entry: QListWidgetItem) -> int:
    own, height = entry.sizeHint(), rows.visualItemRect(entry).height()
    entry.setSizeHint(QSize(100, height + ROOM))
    QApplication.processEvents()
    ink = _ink(rows, entry)
    entry.setSizeHint(own)
    QApplication.processEvents()
    return ink
