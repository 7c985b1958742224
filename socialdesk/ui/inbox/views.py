"""The views at the left: each with its live count, then saved searches, then the other screens."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from socialdesk.domain.rows import Badge, SavedView, View
from socialdesk.i18n import tr
from socialdesk.ui.icons import pixmap
from socialdesk.ui.inbox.chart import HourChart
from socialdesk.ui.plain import isolated, label, one_line
from socialdesk.ui.rooms import ROOMS
from socialdesk.ui.theme import tokens
from socialdesk.ui.words import count, view_word

ROW, GAP = 30, 9  # px
_ICONS = {
    View.NEEDS_REPLY: "inbox", View.NEW: "circle-dot",
    View.DUE_SOON: "hourglass", View.OVERDUE: "clock-alert", View.WAITING: "clock",
    View.SNOOZED: "alarm-clock", View.APPROVAL: "shield-check", View.OUTBOX: "send",
    View.DONE: "circle-check", View.MUTED: "volume-x", View.PROBLEMS: "triangle-alert",
    View.SPAM: "ban", View.ALL: "layers",
}  # fmt: skip
_KEY = Qt.ItemDataRole.UserRole
_ICON = Qt.ItemDataRole.UserRole + 1
_COUNT = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class Place:
    """One line: `key` is a view's value, "saved:ID" or a screen's name."""

    key: str
    name: str
    icon: str


class ViewsPane(QFrame):
    """`chosen(key)`: a line was chosen by mouse or key."""

    chosen = Signal(str)

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("pane", "views")
        self._saved: Sequence[SavedView] = ()
        self._counts: dict[str, int] = {}
        self._list = _Lines(self)
        self._chart_name = label(parent=self, tone="dim")
        self._chart = HourChart(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 14, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(label(one_line(title) or "SocialDesk", self, tone="title"))
        layout.addWidget(self._list, 1)
        layout.addWidget(self._chart_name)
        layout.addWidget(self._chart)
        self._list.currentItemChanged.connect(self._on_item_changed)
        self._list.itemClicked.connect(lambda item: self.chosen.emit(item.data(_KEY)))
        self.setMinimumWidth(176)
        self.translate()
        self.setFocusProxy(self._list)

    def translate(self) -> None:
        """The texts in the language in use."""
        self._list.setAccessibleName(tr("Views"))
        self._chart_name.setText(tr("Mentions per hour"))
        self._chart.translate()
        self._fill()

    def show_saved(self, saved: Sequence[SavedView]) -> None:
        if list(saved) != list(self._saved):
            self._saved = saved
            self._fill()

    def show_counts(self, badges: Iterable[Badge]) -> None:
        """Live counts; a line without one shows none."""
        self._counts = {b.key: b.n for b in badges}
        for n in range(self._list.count()):
            self._dress(self._list.item(n))

    def show_hours(self, counts: Sequence[int]) -> None:
        self._chart.show_counts(counts)

    def choose(self, key: str) -> None:
        """Mark a line as the chosen one, without telling."""
        was = self._list.blockSignals(True)
        for n in range(self._list.count()):
            if self._list.item(n).data(_KEY) == key:
                self._list.setCurrentRow(n)
        self._list.blockSignals(was)

    def keys(self) -> list[str]:
        """The lines from top to bottom."""
        return [p.key for p in self._places()]

    def name_of(self, key: str) -> str:
        return next((p.name for p in self._places() if p.key == key), "")

    def _places(self) -> list[Place]:
        built_in = [Place(v.value, view_word(v), icon) for v, icon in _ICONS.items()]
        saved = [Place(f"saved:{v.id}", isolated(v.name), "bookmark") for v in self._saved]
        screens = [Place(r.key, r.name(), r.icon) for r in ROOMS if r.is_listed]
        settings = Place("settings", tr("Settings"), "settings")
        return [*built_in, *saved, *screens, settings]

    def _fill(self) -> None:
        item = self._list.currentItem()
        chosen = item.data(_KEY) if item else View.NEEDS_REPLY.value
        was = self._list.blockSignals(True)
        self._list.clear()
        for place in self._places():
            line = QListWidgetItem(place.name)
            line.setData(_KEY, place.key)
            line.setData(_ICON, place.icon)
            line.setSizeHint(QSize(120, ROW))
            self._list.addItem(line)
            self._dress(line)
        self._list.blockSignals(was)
        self.choose(chosen)

    def _dress(self, line: QListWidgetItem) -> None:
        n = self._counts.get(line.data(_KEY), 0)
        line.setData(_COUNT, count(n) if n else "")
        name = one_line(line.text())
        line.setData(
            Qt.ItemDataRole.AccessibleTextRole,
            tr("{name}, {n}", name=name, n=count(n)) if n else name,
        )

    def _on_item_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_KEY))


class _Lines(QListWidget):
    """Some twenty lines; keys other than moves go on to the window."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setItemDelegate(_LineDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("ground", "none")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}:
            super().keyPressEvent(event)
        else:
            event.ignore()


class _LineDelegate(QStyledItemDelegate):
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
            painter.setPen(QColor(t.accent if has_keys else t.accent_back))
            painter.drawRoundedRect(line.adjusted(0, 0, -1, -1), 7, 7)
        ink = t.accent if is_chosen else t.text
        icon = QRect(line.left() + 11, line.center().y() - 8, 17, 17)
        painter.drawPixmap(
            QStyle.visualRect(option.direction, line, icon), pixmap(index.data(_ICON), ink, 17)
        )
        painter.setPen(QColor(ink))
        metrics, number = QFontMetrics(option.font), index.data(_COUNT)
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
