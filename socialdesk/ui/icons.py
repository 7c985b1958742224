"""Lucide icons (resources/icons, ISC licence) in the colours of the palette.

An icon is rendered at twice its size, so it is sharp on dense screens; `set_icon` renders it anew
when the palette changes.
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton

from socialdesk.places import resource
from socialdesk.ui.text_size import at_size
from socialdesk.ui.theme import tokens

SIZE = 16  # px, in buttons and lists
DENSITY = 2


@lru_cache(256)
def pixmap(name: str, color: str, size: int = SIZE) -> QPixmap:
    """`name`: file name in resources/icons without its ending; `color`: "#rrggbb"."""
    svg = resource("icons", f"{name}.svg").read_bytes().replace(b"currentColor", color.encode())
    image = QPixmap(QSize(size, size) * DENSITY)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(image.rect()))
    painter.end()
    image.setDevicePixelRatio(DENSITY)
    return image


def icon(name: str, color: str, size: int = SIZE) -> QIcon:
    """The icon in one colour; Qt greys it when its button is disabled."""
    return QIcon(pixmap(name, color, size))


def set_icon(button: QAbstractButton, name: str, tone: str = "text") -> None:
    """Give `button` an icon in the colour `tone` of `theme.Tokens`, and keep it so."""
    room = button.iconSize()
    for old in button.findChildren(_Follower, options=Qt.FindChildOption.FindDirectChildrenOnly):
        room = old.room  # the button's own may have grown with the text
        old.setParent(None)
        old.deleteLater()
    _Follower(button, name, tone, room)


class _Follower(QObject):
    """Renders a button's icon again when the palette turns light or dark, or the text larger."""

    def __init__(self, button: QAbstractButton, name: str, tone: str, room: QSize) -> None:
        super().__init__(button)
        self._button, self._name, self._tone, self._drawn = button, name, tone, ("", 0)
        self.room = room  # at 100 per cent
        button.installEventFilter(self)
        self._render()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._render()
        return False

    def _render(self) -> None:
        # The button's own palette is touched by the style sheet; the application's is not.
        known = tokens(QGuiApplication.palette())
        color = getattr(known, self._tone)
        size = at_size(SIZE, QGuiApplication.font())  # a link's own font may be smaller
        if (color, size) != self._drawn:
            self._drawn = (color, size)
            made = icon(self._name, color, size)
            if self._tone == "on_accent":  # a primary button with the keys is light: theme.py
                made.addPixmap(pixmap(self._name, known.accent, size), QIcon.Mode.Active)
            self._button.setIcon(made)
            self._button.setIconSize(self.room * (size / SIZE))
