"""The lines of the views' pane: icon, name, count; saved views can be dragged."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDropEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from socialdesk.ui.icons import pixmap
from socialdesk.ui.theme import tokens

KEY = Qt.ItemDataRole.UserRole
ICON = Qt.ItemDataRole.UserRole + 1
COUNT = Qt.ItemDataRole.UserRole + 2
SAVED = "saved:"
_MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End})


def is_saved(line: QListWidgetItem) -> bool:
    """Whether it is a saved view's."""
    return str(line.data(KEY)).startswith(SAVED)


class Lines(QListWidget):
    """Some twenty lines; keys other than moves go on to the window. `chosen(key)`: a line was gone
    to by keys, or clicked, the current one too. `moved(key, to)`: a saved view was dragged onto the
    line of another."""

    chosen = Signal(str)
    moved = Signal(str, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setItemDelegate(LineDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("ground", "none")
        self.setDragDropMode(QListWidget.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self._pressed = ""  # the line that this press chose: its release does not once more
        self.currentItemChanged.connect(self._on_current_changed)
        self.itemClicked.connect(self._on_clicked)

    def _on_current_changed(self, line: QListWidgetItem | None) -> None:
        if line is not None:
            self._pressed = line.data(KEY)
            self.chosen.emit(self._pressed)

    def _on_clicked(self, line: QListWidgetItem) -> None:
        if line.data(KEY) != self._pressed:
            self.chosen.emit(line.data(KEY))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = ""
        super().mousePressEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """The store says where the lines are: nothing moves by itself here."""
        dragged, target = self.currentItem(), self.itemAt(event.position().toPoint())
        if dragged is not None and target is not None and is_saved(target):
            self.moved.emit(dragged.data(KEY), target.data(KEY))
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and event.key() in _MOVES:
            super().keyPressEvent(event)
        else:
            event.ignore()


class LineDelegate(QStyledItemDelegate):
    """Icon, name, count, as in the mock-up."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        t = tokens(QGuiApplication.palette())  # the style sheet changes the option's own
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        line = option.rect.adjusted(0, 1, 0, -1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if is_chosen:
            painter.setBrush(QColor(t.accent_back))
            has_keys = bool(option.state & QStyle.StateFlag.State_HasFocus)
            painter.setPen(QPen(QColor(t.accent if has_keys else t.accent_back), 2))
            painter.drawRoundedRect(line.adjusted(1, 1, -1, -1), 7, 7)
        ink = t.accent if is_chosen else t.text
        icon = QRect(line.left() + 11, line.center().y() - 8, 17, 17)
        painter.drawPixmap(
            QStyle.visualRect(option.direction, line, icon), pixmap(index.data(ICON), ink, 17)
        )
        painter.setPen(QColor(ink))
        metrics, number = QFontMetrics(option.font), index.data(COUNT)
        room = line.width() - 35 - (metrics.horizontalAdvance(number) + 18 if number else 6)
        name = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room)
        place = QRect(line.left() + 35, line.top(), line.width() - 41, line.height())
        start = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
        self._text(painter, option, line, place, int(start), name)
        if number:
            painter.setPen(QColor(ink if is_chosen else t.dim))
            place.setLeft(place.left() + metrics.horizontalAdvance(name) + 10)
            self._text(painter, option, line, place, int(start), number)
        painter.restore()

    @staticmethod
    def _text(
        painter: QPainter,
        option: QStyleOptionViewItem,
        line: QRect,
        place: QRect,
        flags: int,
        text: str,
    ) -> None:
        where = QStyle.visualRect(option.direction, line, place)
        painter.setLayoutDirection(option.direction)
        painter.drawText(where, flags | Qt.TextFlag.TextSingleLine, text)
