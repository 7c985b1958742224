"""The views at the left: each with its live count, then saved searches, then the other screens."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QItemSelectionModel, QMargins, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from socialdesk.domain.frozen import frozen
from socialdesk.domain.queue.rows import Badge, SavedView, View
from socialdesk.i18n import tr
from socialdesk.ui.elided import ElidedButton
from socialdesk.ui.icons import set_icon
from socialdesk.ui.inbox.chart import HourChart
from socialdesk.ui.inbox.view_lines import COUNT, ICON, KEY, SAVED, Lines, is_saved
from socialdesk.ui.plain import Elided, isolated, label, one_line, tip
from socialdesk.ui.rooms import ROOMS
from socialdesk.ui.text_size import at_size, follow_text
from socialdesk.ui.words import count, view_word

LEAST, ROW, MOST = 20, 24, 30  # px of a line: 28 of them fit a window on a laptop
CHART_ROOM = 110  # px
GAP = 8  # px between the parts
EDGES = QMargins(12, 14, 12, 12)  # px around them
_ICONS = {
    View.NEEDS_REPLY: "inbox", View.NEW: "circle-dot",
    View.DUE_SOON: "hourglass", View.OVERDUE: "clock-alert", View.WAITING: "clock",
    View.SNOOZED: "alarm-clock", View.APPROVAL: "shield-check", View.OUTBOX: "send",
    View.DONE: "circle-check", View.MUTED: "volume-x", View.PROBLEMS: "triangle-alert",
    View.SPAM: "ban", View.ALL: "layers",
}  # fmt: skip


@frozen
class Place:
    """One line: `key` is a view's value, "saved:ID" or a screen's name."""

    key: str
    name: str
    icon: str


class ViewsPane(QFrame):
    """`chosen(key)`: a line was chosen by mouse or key. `ordered(ids)`: saved views shall stand in
    this order. `crisis_asked()`: the button below them."""

    chosen = Signal(str)
    crisis_asked = Signal()
    ordered = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("pane", "views")
        self._saved: Sequence[SavedView] = ()
        self._counts: dict[str, int] = {}
        self._chosen = View.NEEDS_REPLY.value
        self._list = Lines(self)
        self._chart_name = label(parent=self, tone="dim")
        self._chart = HourChart(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(EDGES)
        layout.setSpacing(GAP)
        self._title = Elided(self, "title")
        layout.addWidget(self._title)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._chart_name)
        layout.addWidget(self._chart)
        self._crisis = ElidedButton(tr("Crisis mode…"), self)
        self._crisis.setProperty("kind", "danger")
        set_icon(self._crisis, "triangle-alert", "danger")
        self._crisis.clicked.connect(lambda: self.crisis_asked.emit())
        layout.addWidget(self._crisis)
        self._list.chosen.connect(self.chosen)
        self._list.moved.connect(self._on_moved)
        self.setMinimumWidth(176)
        self.translate()
        follow_text(self, lambda _: self._give_room())

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """No focus proxy: Tab leaves out what else lies in a widget with one (Qt 6.11)."""
        self._list.setFocus(reason)

    def show_title(self, title: str) -> None:
        """Whose views they are."""
        self._title.setText(title)
        self._title.setToolTip(tip(title))

    def translate(self) -> None:
        """The texts in the language in use."""
        self._list.setAccessibleName(tr("Views"))
        self._chart_name.setText(tr("Mentions per hour"))
        self._chart.translate()
        self._crisis.setText(tr("Crisis mode…"))
        self._crisis.setToolTip(tip(self._crisis.text()))
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        """Every line is seen without scrolling where that can be: a way that has to be scrolled to
        is not found. The chart stands where there is room left, and then the lines spread."""
        font, n = self._list.font(), max(1, self._list.count())
        room = self.height() - self._around()
        has_chart = room >= n * at_size(ROW, font) + CHART_ROOM
        self._chart.setVisible(has_chart)
        self._chart_name.setVisible(has_chart)
        wanted = (room - CHART_ROOM if has_chart else room) // n
        height = max(at_size(LEAST, font), min(wanted, at_size(MOST, font)))
        for line in map(self._list.item, range(self._list.count())):
            if line.sizeHint().height() != height:
                line.setSizeHint(QSize(line.sizeHint().width(), height))

    def _around(self) -> int:
        """px of the title and the button, with the gaps to the lines, and of the edges."""
        parts = (self._title, self._crisis)
        return sum(p.sizeHint().height() + GAP for p in parts) + EDGES.top() + EDGES.bottom()

    def show_hours(self, counts: Sequence[int]) -> None:
        self._chart.show_counts(counts)

    def choose(self, key: str) -> None:
        """Mark a line as the chosen one, without telling; a place that has no line marks none."""
        self._chosen = key
        was = self._list.blockSignals(True)
        self._list.clearSelection()
        if self._list.currentRow() < 0:  # else Qt goes to one, and tells, when Tab comes by
            self._list.setCurrentRow(0, QItemSelectionModel.SelectionFlag.NoUpdate)
        for n in range(self._list.count()):
            if self._list.item(n).data(KEY) == key:
                self._list.setCurrentRow(n)
        self._list.blockSignals(was)

    def move_saved(self, key: str, step: int) -> None:
        """A saved view `step` lines down (-1 = up), as far as there are saved views."""
        ids = [v.id for v in self._saved]
        at = next((n for n, v in enumerate(self._saved) if f"{SAVED}{v.id}" == key), -1)
        if at >= 0 and 0 <= at + step < len(ids):
            ids.insert(at + step, ids.pop(at))
            self.ordered.emit(tuple(ids))

    def _on_moved(self, key: str, to: str) -> None:
        keys = [f"{SAVED}{v.id}" for v in self._saved]
        if key in keys and to in keys:
            self.move_saved(key, keys.index(to) - keys.index(key))

    def keys(self) -> list[str]:
        """The lines from top to bottom."""
        return [p.key for p in self._places()]

    def name_of(self, key: str) -> str:
        return next((p.name for p in self._places() if p.key == key), "")

    def _places(self) -> list[Place]:
        built_in = [Place(v.value, view_word(v), icon) for v, icon in _ICONS.items()]
        saved = [Place(f"{SAVED}{v.id}", isolated(v.name), "bookmark") for v in self._saved]
        screens = [Place(r.key, r.name(), r.icon) for r in ROOMS if r.is_listed]
        settings = Place("settings", tr("Settings"), "settings")
        return [*built_in, *saved, *screens, settings]

    def _fill(self) -> None:
        was = self._list.blockSignals(True)
        self._list.clear()
        for place in self._places():
            line = QListWidgetItem(place.name)
            line.setData(KEY, place.key)
            line.setData(ICON, place.icon)
            line.setSizeHint(QSize(100, at_size(ROW, self._list.font())))
            if not is_saved(line):
                line.setFlags(line.flags() & ~Qt.ItemFlag.ItemIsDragEnabled)
            self._list.addItem(line)
            self._dress(line)
        self._list.blockSignals(was)
        self.choose(self._chosen)
        self._give_room()

    def _dress(self, line: QListWidgetItem) -> None:
        n = self._counts.get(line.data(KEY), 0)
        line.setData(COUNT, count(n) if n else "")
        name = one_line(line.text())
        line.setData(
            Qt.ItemDataRole.AccessibleTextRole,
            tr("{name}, {n}", name=name, n=count(n)) if n else name,
        )
