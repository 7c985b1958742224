"""The drill's frame: a coloured border and the word DRILL around every window of the process."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMainWindow, QWidget

from socialdesk.engine.words.drills import MARK, drill_marked
from socialdesk.ui.theme import tokens

BORDER: Final = 5  # px
_STRIPE: Final = 12  # px
_FRAMED: Final = frozenset(
    {Qt.WindowType.Window, Qt.WindowType.Dialog, Qt.WindowType.Sheet, Qt.WindowType.Tool}
)
_SHOWN: Final = frozenset({QEvent.Type.Show, QEvent.Type.WindowTitleChange})


class Frames(QObject):
    """Watches the application: every window and dialog that comes up is framed and its title
    marked. Ends with its parent."""

    def __init__(self, app: QObject, parent: QObject) -> None:
        super().__init__(parent)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _SHOWN and isinstance(watched, QWidget):
            self.dress(watched)
        return False

    def dress(self, window: QWidget) -> None:
        """Frame and title, once. Menus, lists of choices and tips are no windows of their own."""
        if not window.isWindow() or window.windowType() not in _FRAMED:
            return
        title = marked_title(window.windowTitle())
        if title != window.windowTitle():
            window.setWindowTitle(title)
        if window.findChild(Border, options=Qt.FindChildOption.FindDirectChildrenOnly) is None:
            Border(window).show()


def marked_title(title: str) -> str:
    """The word once, and in front: an incident's code may have come before it."""
    rest = title.replace(f"{MARK} · ", "")
    return drill_marked(rest) if rest and rest != MARK else MARK


class Border(QWidget):
    """Lies over a window, lets every click through, and keeps to its edges: stripes all around and
    the word in the middle of the upper one."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(MARK)
        self._window = window
        window.installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.ChildAdded, QEvent.Type.Show):
            self._fit()
        return False

    def _fit(self) -> None:
        self.setGeometry(self._window.rect())
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        t = tokens(self.palette())
        whole = self.rect()
        inner = whole.adjusted(BORDER, BORDER, -BORDER, -BORDER)
        painter.setClipRegion(self.visibleRegion().subtracted(inner))
        painter.fillRect(whole, QColor(t.warn))
        painter.setPen(QPen(QColor(t.warn_back), _STRIPE / 2))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for x in range(-whole.height(), whole.width(), _STRIPE * 2):
            painter.drawLine(x, whole.height(), x + whole.height(), 0)
        painter.setClipping(False)
        if not isinstance(self._window, QMainWindow):  # that one has the running line
            self._paint_word(painter, QColor(t.warn), QColor(t.warn_back))

    def _paint_word(self, painter: QPainter, ink: QColor, ground: QColor) -> None:
        font = QFont(self.font())
        font.setBold(True)
        font.setPointSizeF(7.5)
        painter.setFont(font)
        room = painter.fontMetrics().boundingRect(MARK).size()
        tab = QRect(0, 0, room.width() + 18, room.height() + 1)
        tab.moveLeft((self.width() - tab.width()) // 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawRoundedRect(tab.adjusted(0, -6, 0, 0), 5, 5)
        painter.setPen(ground)
        painter.drawText(tab, Qt.AlignmentFlag.AlignCenter, MARK)
