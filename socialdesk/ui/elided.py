"""Buttons and boxes whose words end in … where there is no room for them; Qt just cuts them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from socialdesk.ui.plain import tip

LETTERS = 6  # that are left at least
BESIDE = 4  # px that Qt leaves between an icon and words


class ElidedBox(QCheckBox):
    """A box to tick; the whole text is its tip."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setToolTip(tip(text))
        # Qt's own, Minimum, takes the whole text for the least.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        _elide(self, option, QStyle.SubElement.SE_CheckBoxContents)

    def minimumSizeHint(self) -> QSize:
        return _least(self, super().minimumSizeHint())


class ElidedButton(QPushButton):
    """A button; the whole text is its tip unless it gets another one."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        self.setToolTip(tip(text))

    def initStyleOption(self, option: QStyleOptionButton) -> None:
        super().initStyleOption(option)
        _elide(self, option, QStyle.SubElement.SE_PushButtonContents)

    def minimumSizeHint(self) -> QSize:
        return _least(self, super().minimumSizeHint())


def elided_link(text: str) -> ElidedButton:
    """A link that takes a line, however narrow that is."""
    made = ElidedButton(text)
    made.setAccessibleName(text)
    made.setAutoDefault(False)
    made.setProperty("kind", "link")
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return made


def _elide(button: QWidget, option: QStyleOptionButton, part: QStyle.SubElement) -> None:
    room = button.style().subElementRect(part, option, button).width()
    if not option.icon.isNull():
        room -= option.iconSize.width() + BESIDE
    option.text = button.fontMetrics().elidedText(
        option.text, Qt.TextElideMode.ElideRight, room, Qt.TextFlag.TextShowMnemonic
    )


def _least(button: QWidget, whole: QSize) -> QSize:
    letters = button.fontMetrics().averageCharWidth() * 2 * LETTERS
    return QSize(min(whole.width(), letters), whole.height())
