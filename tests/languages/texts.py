"""Every text that a person can see, hover or hear in a window, with where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSpinBox,
    QTabBar,
    QTextEdit,
    QTreeView,
    QWidget,
)

ROWS_LOOKED_AT = 30
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole,
         Qt.ItemDataRole.AccessibleTextRole)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """`where`: the widget's class and what of it says this."""

    where: str
    text: str


def texts_of(root: QWidget) -> Iterator[Text]:
    """Of everything in `root` that is on the screen."""
    for widget in (root, *root.findChildren(QWidget)):
        if widget.isVisible():
            for kind, text in _said(widget):
                if text and text.strip():
                    yield Text(f"{_path(widget)} {kind}", text)


def _path(widget: QWidget) -> str:
    parent = widget.parentWidget()
    above = f"{type(parent).__name__}/" if parent is not None else ""
    return f"{above}{type(widget).__name__}"


def _said(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield "tip", widget.toolTip()
    yield "name", widget.accessibleName()
    yield "description", widget.accessibleDescription()
    yield "status", widget.statusTip()
    if widget.isWindow():
        yield "title", widget.windowTitle()
    match widget:
        case QLabel() | QAbstractButton():
            yield "text", widget.text()
        case QGroupBox():
            yield "title", widget.title()
        case QLineEdit():
            yield "hint", widget.placeholderText()
        case QPlainTextEdit() | QTextEdit():
            yield "hint", widget.placeholderText()
        case QTabBar():
            for n in range(widget.count()):
                yield "tab", widget.tabText(n)
                yield "tab tip", widget.tabToolTip(n)
        case QComboBox():
            for n in range(widget.count()):
                yield "choice", widget.itemText(n)
        case QSpinBox():
            yield from (("unit", widget.suffix()), ("unit", widget.prefix()))
            yield "value", widget.specialValueText()
        case QAbstractSpinBox():
            yield "value", widget.text()
        case QMenu():
            yield from (("menu", action.text()) for action in widget.actions())
        case QHeaderView():
            yield from _header(widget)
        case QAbstractItemView():
            yield from _rows(widget)
        case _:
            for name in ("text", "title"):
                own = getattr(widget, name, None)
                if isinstance(own, str):
                    yield name, own
    if not isinstance(widget, QMenu):
        yield from (("act", action.text()) for action in widget.actions())


def _header(header: QHeaderView) -> Iterator[tuple[str, str]]:
    model = header.model()
    for n in range(header.count()) if model is not None else ():
        yield "header", str(model.headerData(n, header.orientation()) or "")


def _rows(view: QAbstractItemView, parent: QModelIndex | None = None) -> Iterator[tuple[str, str]]:
    model, at = view.model(), parent or QModelIndex()
    if model is None:
        return
    # A list's own columnCount is private to it.
    n_columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(at)
    for row in range(min(model.rowCount(at), ROWS_LOOKED_AT)):
        for column in range(n_columns):
            index = model.index(row, column, at)
            for role in ROLES:
                value = model.data(index, role)
                if isinstance(value, str):
                    yield "row", value
        if isinstance(view, QTreeView):
            yield from _rows(view, model.index(row, 0, at))
