"""Which widgets are narrower or lower than their words, and give no other way to read them."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QWidget,
)

from socialdesk.ui.plain import Elided

LEADING = 3  # px between lines that the last one does not need
SLACK = 1  # px; the last letter's own blank


def cut(root: QWidget) -> Iterator[str]:
    """Words and how many px they lack, of what is on the screen in `root`."""
    for widget in root.findChildren(QWidget):
        if isinstance(widget, Elided):  # it says that it goes on
            continue
        if widget.isVisible() and not widget.visibleRegion().isEmpty():
            for words, lacks in _lacking(widget):
                if lacks > SLACK and not widget.toolTip():
                    yield f"{type(widget).__name__} {words!r} lacks {lacks} px"


def _lacking(widget: QWidget) -> Iterator[tuple[str, int]]:
    match widget:
        case QLabel() if widget.text() and widget.pixmap().isNull():
            yield widget.text(), _of_label(widget)
        case QPushButton() | QCheckBox() | QRadioButton() | QToolButton():
            yield widget.text(), _of_button(widget)
        case QComboBox():
            field = widget.style().subControlRect(
                QStyle.ComplexControl.CC_ComboBox, _combo(widget),
                QStyle.SubControl.SC_ComboBoxEditField, widget,
            )  # fmt: skip
            words = widget.currentText()
            if not widget.isEditable():
                yield words, widget.fontMetrics().horizontalAdvance(words) - field.width()
        case QHeaderView() if widget.orientation() == Qt.Orientation.Horizontal:
            yield from _of_header(widget)
        case QTabBar() if not widget.usesScrollButtons():
            for n in range(widget.count()):
                lacks = widget.tabRect(n).right() - widget.width()
                yield widget.tabText(n), max(lacks, -widget.tabRect(n).left())


def _combo(combo: QComboBox) -> QStyleOptionComboBox:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    return option


def _of_label(label: QLabel) -> int:
    """A wrapped label lacks height; its widest word may lack width."""
    room = label.contentsRect()
    if label.wordWrap():
        needs = label.heightForWidth(label.width())
        return max(0, needs - label.height() - LEADING)
    lines = label.text().split("\n")
    return max(map(label.fontMetrics().horizontalAdvance, lines)) - room.width()


def _of_button(button: QPushButton | QToolButton | QCheckBox | QRadioButton) -> int:
    if not button.text():
        return 0
    if isinstance(button, QPushButton | QToolButton):
        return button.minimumSizeHint().width() - button.width()
    option = QStyleOptionButton()
    button.initStyleOption(option)
    part = (QStyle.SubElement.SE_CheckBoxContents if isinstance(button, QCheckBox)
            else QStyle.SubElement.SE_RadioButtonContents)  # fmt: skip
    room = button.style().subElementRect(part, option, button)
    return button.fontMetrics().horizontalAdvance(button.text().replace("&", "")) - room.width()


def _of_header(header: QHeaderView) -> Iterator[tuple[str, int]]:
    model = header.model()
    for n in range(header.count()):
        words = str(model.headerData(n, Qt.Orientation.Horizontal) or "")
        needs = header.fontMetrics().horizontalAdvance(words)
        tip = model.headerData(n, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        if not header.isSectionHidden(n) and not tip:
            yield words, needs - header.sectionSize(n)
