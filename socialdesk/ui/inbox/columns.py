"""Two to five views side by side: each a live list with its own current card."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.queue.rows import ORDERS, Order, SavedView, View
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListSavedViews, ReadSettings
from socialdesk.engine.settings import value_of
from socialdesk.i18n import tr
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.inbox.acting import Acting
from socialdesk.ui.inbox.list_pane import ListPane
from socialdesk.ui.palette import Choice, ask, fuzzy
from socialdesk.ui.plain import dress, isolated
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.text_size import follow_text
from socialdesk.ui.words import count, view_word

FEWEST, MOST = 2, 5
SETTING = "columns"
JOB_MS = 1_000  # the lists are read anew so often while a long act goes on
NARROWEST, HEAD = 210, 32  # px


class ColumnsScreen(QWidget):
    """`said(text, can_undo)`, `failed(error)`, `settled()`: as the inbox."""

    said = Signal(str, bool)
    failed = Signal(object)
    settled = Signal()

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._now = desk, now
        self._settings, self._listing = Latest(self), Latest(self)
        self._saved: dict[str, SavedView] = {}
        self._columns: list[Column] = []
        self._at = 0
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setHandleWidth(1)
        self._split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._split)
        self._listing_again = QTimer(self)
        self._listing_again.setSingleShot(True)
        self._listing_again.setInterval(JOB_MS)
        self._listing_again.timeout.connect(self._list_again)
        Bridge(desk, self).changed.connect(self._on_changed)
        self._read()

    # --- what the actions need ---

    @property
    def acting(self) -> Acting | None:
        """The acts of the column that has the keys."""
        return self._columns[self._at].acting if self._columns else None

    @property
    def place(self) -> str:
        """The view of that column."""
        return self._columns[self._at].place if self._columns else ""

    def step(self, step: int) -> None:
        """To the column beside this one, as one sees them."""
        step = -step if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else step
        self._go_to(max(0, min(self._at + step, len(self._columns) - 1)))

    def add(self) -> None:
        """One more, up to MOST."""
        if len(self._columns) >= MOST:
            self.said.emit(tr("Five columns are the most that can be read."), False)
            return
        self._ask(lambda place: self._keep([*self._places(), place], len(self._columns)))

    def change(self) -> None:
        """Another view in this column."""
        at = self._at
        self._ask(
            lambda place: self._keep([*self._places()[:at], place, *self._places()[at + 1 :]], at)
        )

    def remove(self) -> None:
        """This column; two are the fewest."""
        if len(self._columns) <= FEWEST:
            self.said.emit(tr("Two columns are the fewest. The list itself shows one view."), False)
            return
        places = self._places()
        del places[self._at]
        self._keep(places, max(0, self._at - 1))

    # --- which columns ---

    def _read(self) -> None:
        self._listing.wait(self._desk.ask(ListSavedViews()), self._on_views, self.failed.emit)

    def _on_views(self, views: list[SavedView]) -> None:
        self._saved = {f"saved:{v.id}": v for v in views}
        self._settings.wait(self._desk.ask(ReadSettings()), self._on_settings, self.failed.emit)

    def _on_settings(self, settings: dict[str, str]) -> None:
        kept = [p for p in value_of(settings, SETTING).split(",") if self._is_place(p)]
        usual = [*self._saved, View.NEEDS_REPLY.value, View.WAITING.value]
        self._show((kept if len(kept) >= FEWEST else usual)[: MOST if kept else 3])

    def _is_place(self, place: str) -> bool:
        return place in self._saved or place in {v.value for v in ORDERS}

    def _places(self) -> list[str]:
        return [column.place for column in self._columns]

    def _keep(self, places: list[str], at: int) -> None:
        from socialdesk.engine.commands import SetSetting

        self._at = at
        self._show(places)
        command = SetSetting(SETTING, ",".join(places))
        Waiter(self, self._desk.do(command), lambda _: None, self.failed.emit)

    def _show(self, places: list[str]) -> None:
        if places == self._places():
            self._name_all()
            return
        had_keys = self.isAncestorOf(self.window().focusWidget() or self.window())
        for column in self._columns:
            column.setParent(None)  # else it still takes a share of the width
            column.deleteLater()
        self._columns = [self._column(place) for place in places]
        self._at = max(0, min(self._at, len(self._columns) - 1))
        self._split.setSizes([1000] * len(self._columns))
        self._mark()
        if had_keys or self.isVisible():
            self._go_to(self._at)

    def _column(self, place: str) -> "Column":
        made = Column(self._desk, self._now, place, self._split)
        made.name(self._name_of(place))
        saved = self._saved.get(place)
        if saved is not None:
            made.pane.show_view(View.ALL, saved.search, Order(saved.order) if saved.order else None)
        else:
            made.pane.show_view(View(place))
        made.acting.acted.connect(lambda text: self.said.emit(text, True))
        made.acting.failed.connect(self.failed)
        made.acting.settled.connect(self.settled)
        made.pane.list.entered_by_keys.connect(lambda: self._on_entered(made))
        made.change_asked.connect(lambda: self._on_change_asked(made))
        self._split.addWidget(made)
        return made

    def _name_all(self) -> None:
        for column in self._columns:
            column.name(self._name_of(column.place))

    def _name_of(self, place: str) -> str:
        saved = self._saved.get(place)
        return isolated(saved.name) if saved else view_word(View(place))

    def _ask(self, chosen: Callable[[str], None]) -> None:
        places = [*self._saved, *(v.value for v in ORDERS)]
        choices = [Choice(self._name_of(place), place) for place in places]
        ask(tr("Which view?"), tr("Type a few letters"), lambda typed: fuzzy(typed, choices),
            chosen, self)  # fmt: skip

    # --- where the keys are ---

    def _go_to(self, at: int) -> None:
        self._at = at
        if self._columns:
            self._columns[at].pane.list.setFocus()
        self._mark()

    def _on_entered(self, column: "Column") -> None:
        if column in self._columns:
            self._at = self._columns.index(column)
            self._mark()

    def _on_change_asked(self, column: "Column") -> None:
        self._on_entered(column)
        self.change()

    def _mark(self) -> None:
        for n, column in enumerate(self._columns):
            column.mark(n == self._at)

    def _on_changed(self, changes: Changes) -> None:
        for column in self._columns:
            column.pane.take(changes)
        if changes.areas & {Area.VIEWS, Area.SETTINGS, Area.ALL}:
            self._read()
        if Area.JOBS in changes.areas and not self._listing_again.isActive():
            self._listing_again.start()  # a long act names no mentions

    def _list_again(self) -> None:
        for column in self._columns:
            column.pane.ask(keep=True)

    def focusInEvent(self, event: object) -> None:
        self._go_to(self._at)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_all()


class Column(QFrame):
    """One view as a list. `change_asked()`: its head was clicked."""

    change_asked = Signal()

    def __init__(self, desk: Desk, now: Callable[[], int], place: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("pane", "base")
        self.place, self._name = place, ""
        self._head = QPushButton(self)
        self._head.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        follow_text(self._head, lambda px: self._head.setFixedHeight(px(HEAD)))
        self._head.clicked.connect(self.change_asked)
        self.pane = ListPane(desk, now, self)
        self.pane.be_column(NARROWEST)
        self.acting = Acting(desk, self.pane, now, self)
        self.pane.listed.connect(self._say)
        for signal in (self.pane.model.rowsRemoved, self.pane.model.modelReset):
            signal.connect(self._say)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(0)
        above = QHBoxLayout()
        above.setContentsMargins(14, 0, 14, 0)
        above.addWidget(self._head)
        layout.addLayout(above)
        layout.addWidget(self.pane, 1)

    def name(self, name: str) -> None:
        self._name = name
        self._say()

    def mark(self, is_here: bool) -> None:
        """Whether the keys act here."""
        dress(self._head, "kind", "" if is_here else "link")

    def _say(self, *_: object) -> None:
        n = count(self.pane.model.rowCount())
        self._head.setText(tr("{name} · {n}", name=self._name, n=n))
        self.pane.list.setAccessibleName(tr("{name}, {n}", name=self._name, n=n))
