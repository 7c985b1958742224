"""Lucide icons (resources/icons, ISC licence) in the colours of the palette.

An icon is rendered at twice its size, so it is sharp on dense screens; `set_icon` renders it anew
when the palette changes.
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QEvent, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QToolButton

from socialdesk.places import resource
from socialdesk.ui.text_size import at_size
from socialdesk.ui.theme import tokens

SIZE = 16  # px, in buttons and lists
GAP = 4  # px more than Qt's own between an icon and the words beside it
DENSITY = 2


@lru_cache(256)
def pixmap(name: str, color: str, size: int = SIZE, before: int = 0, after: int = 0) -> QPixmap:
    """`name`: file name in resources/icons without its ending; `color`: "#rrggbb". `before`,
    `after`: px left free at the left and the right of it."""
    svg = resource("icons", f"{name}.svg").read_bytes().replace(b"currentColor", color.encode())
    image = QPixmap(QSize(before + size + after, size) * DENSITY)
    image.fill(QColor(0, 0, 0, 0))
    painter = QPainter(image)
    place = QRectF(before * DENSITY, 0, size * DENSITY, size * DENSITY)
    QSvgRenderer(QByteArray(svg)).render(painter, place)
    painter.end()
    image.setDevicePixelRatio(DENSITY)
    return image


def icon(name: str, color: str, size: int = SIZE) -> QIcon:
    """The icon in one colour, on a chosen line too; Qt greys it when its button is disabled."""
    drawn = pixmap(name, color, size)
    made = QIcon(drawn)
    made.addPixmap(drawn, QIcon.Mode.Selected)
    return made


def set_icon(button: QAbstractButton, name: str, tone: str = "text") -> None:
    """Give `button` an icon in the colour `tone` of `theme.Tokens`, and keep it so."""
    room = button.iconSize()
    for old in button.findChildren(_Follower, options=Qt.FindChildOption.FindDirectChildrenOnly):
        room = old.room  # the button's own may have grown with the text
        old.setParent(None)
        old.deleteLater()
    _Follower(button, name, tone, room)


_TURNS = frozenset(
    {
        QEvent.Type.PaletteChange, QEvent.Type.FontChange, QEvent.Type.LayoutDirectionChange,
        QEvent.Type.Show,
    }
)  # fmt: skip


class _Follower(QObject):
    """Renders a button's icon again when the palette turns light or dark, the text larger, or the
    words come to stand beside it."""

    def __init__(self, button: QAbstractButton, name: str, tone: str, room: QSize) -> None:
        super().__init__(button)
        self._button, self._name, self._tone = button, name, tone
        self._drawn: tuple[str, int, int, int] | None = None
        self.room = room  # at 100 per cent
        button.installEventFilter(self)
        self._render()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _TURNS:
            self._render()
        return False

    def _render(self) -> None:
        # The button's own palette is touched by the style sheet; the application's is not.
        known = tokens(QGuiApplication.palette())
        size = at_size(SIZE, QGuiApplication.font())  # a link's own font may be smaller
        before, after = self._gaps(at_size(GAP, QGuiApplication.font()))
        wanted = (getattr(known, self._tone), size, before, after)
        if wanted != self._drawn:
            self._drawn = wanted
            made = QIcon(pixmap(self._name, *wanted))
            if self._tone == "on_accent":  # a primary button with the keys is light: theme.py
                lit = pixmap(self._name, known.accent, size, before, after)
                made.addPixmap(lit, QIcon.Mode.Active)
            self._button.setIcon(made)
            self._button.setIconSize(self.room * (size / SIZE) + QSize(before + after, 0))

    def _gaps(self, gap: int) -> tuple[int, int]:
        """px to leave free at the left and the right: the words stand where reading goes on."""
        beside = Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        is_tool = isinstance(self._button, QToolButton) and self._button.toolButtonStyle() != beside
        if is_tool or not self._button.text():
            return 0, 0
        is_left_first = self._button.layoutDirection() == Qt.LayoutDirection.LeftToRight
        return (0, gap) if is_left_first else (gap, 0)
