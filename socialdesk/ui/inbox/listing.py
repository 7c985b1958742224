"""The list of cards: a one-column table without headers, a current card, and marked cards."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from operator import sub

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from socialdesk.i18n import tr
from socialdesk.ui.inbox.apart import MOST_RUNS, ApartMarks
from socialdesk.ui.inbox.card import HEIGHT, CardDelegate
from socialdesk.ui.inbox.model import Index, QueueModel
from socialdesk.ui.text_size import follow_text, keep_rows

_ENDS = frozenset({Qt.Key.Key_Home, Qt.Key.Key_End})
_MOVES = _ENDS | {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
# A window or a menu came and went: the keys were here before.
_ALSO_BEFORE = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
Flag = QItemSelectionModel.SelectionFlag


class QueueList(QTableView):
    """`current_changed(id)`: another card is the current one, 0 = none. `marks_changed(n)`: how
    many cards are marked. The current card is where the keys act; marked cards are the selection,
    or beside it where many lie apart, and stay while one moves on. `entered_by_keys()`: the keys
    act here from now on."""

    current_changed = Signal(object)
    marks_changed = Signal(int)
    entered_by_keys = Signal()

    def __init__(self, model: QueueModel, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._queue = model
        self.is_read_anew = False  # a current card that moves now is nobody's wish
        self._apart = ApartMarks()
        self._stretch = (-1, -1)  # numbers of the cards where marking by Shift began and is now
        self._cards = CardDelegate(model, now, self, self._apart.__contains__)
        self.setViewport(_ground(self))
        self.setModel(model)
        self.setItemDelegate(self._cards)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            # An own, empty selection: select-all of a million rows drops from 48 s to 0.03 s.
            header.setSelectionModel(QItemSelectionModel(model, header))
            header.hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setProperty("cards", "yes")  # the delegate paints the selection
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        keep_rows(self, HEIGHT)
        follow_text(self, lambda px: self.verticalScrollBar().setSingleStep(px(HEIGHT // 3)))
        self.selectionModel().selectionChanged.connect(self._on_marks_changed)
        model.modelReset.connect(self._on_reset)  # Qt lets go of the selection in silence
        model.rowsRemoved.connect(self._on_removed)
        self.translate()

    def translate(self) -> None:
        """The texts in the language in use."""
        self.setAccessibleName(tr("Mentions"))
        self._cards.forget()
        self.viewport().update()

    # --- the current card ---

    def current(self) -> int:
        """The number of the current card, -1 when none."""
        return self.currentIndex().row()

    def go_to(self, number: int) -> None:
        """Make a card the current one and bring it in sight, with those beside it: one sees what
        comes, and a toast at the foot lies over another card. Marks stay."""
        if self._last < 0:
            return
        index = self._queue.index(max(0, min(number, self._last)), 0)
        self.selectionModel().setCurrentIndex(index, Flag.NoUpdate)
        for beside in (index.row() + 1, index.row() - 1, index.row()):
            self.scrollTo(self._queue.index(beside, 0))  # beyond the ends it does nothing

    def show_again(
        self,
        show: Callable[[], None],
        *,
        keep: bool,
        wanted: int = 0,
        marked: Sequence[int] = (),
    ) -> None:
        """Run `show`, which gives the model other ids. `keep`: the current card stays current
        and in its place when it is still there. `wanted`: the mention that was asked for meanwhile
        is the current one if it is there; no other is a wish. `marked`: numbers of the cards that
        are marked then, in order."""
        before, number = self._queue.id_at(self.current()), self.current()
        offset = self.rowViewportPosition(number) if number >= 0 else 0
        self.is_read_anew = keep or wanted > 0
        show()
        self._mark(marked)
        kept = wanted or (before if keep else 0)
        found = self._queue.number_of(kept, max(0, number)) if kept else -1
        self.go_to(found if found >= 0 else (max(0, number) if keep else 0))
        if found >= 0 and not wanted:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.rowViewportPosition(found) - offset)
        if self._queue.rowCount() == 0:
            self.current_changed.emit(0)
        self.is_read_anew = False

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.current_changed.emit(self._queue.id_at(current.row()) if current.isValid() else 0)

    # --- room for the toast ---

    @property
    def _last(self) -> int:
        return self._queue.rowCount() - 1

    def updateGeometries(self) -> None:
        """The list goes on for one empty card, so that the last one can be read above a toast."""
        bar = self.verticalScrollBar()
        value = bar.value()
        super().updateGeometries()
        header = self.verticalHeader()
        foot = header.defaultSectionSize() if header.length() else 0
        beyond = header.length() + foot - self.viewport().height()
        bar.setMaximum(max(0, beyond))
        bar.setValue(value)
        # Qt, left to show the bar as needed, would not count that card.
        policy = Qt.ScrollBarPolicy
        wanted = policy.ScrollBarAlwaysOn if beyond > 0 else policy.ScrollBarAlwaysOff
        if self.verticalScrollBarPolicy() is not wanted:
            self.setVerticalScrollBarPolicy(wanted)

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        super().scrollTo(index, hint)
        if index.isValid() and index.row() == self._last:
            self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    # --- marks ---

    def left_out_at(self, place: QPoint) -> tuple[str, ...]:
        """The words of the chips whose number is at `place`, px of the viewport; () elsewhere."""
        index = self.indexAt(place)
        if not index.isValid():
            return ()
        return self._cards.left_out(index.row(), place - self.visualRect(index).topLeft())

    @property
    def n_cards(self) -> int:
        return self._queue.rowCount()

    def marked(self) -> tuple[int, ...]:
        """The marked mentions, by ranges: never row by row."""
        if not self._apart:
            return self._queue.ids(sorted(self._ranges()))
        ids = self._queue.all_ids()
        return tuple(map(ids.__getitem__, self._apart.with_ranges(self._ranges())))

    def n_marked(self) -> int:
        return self.n_marked_above(self.n_cards)

    def _ranges(self) -> list[tuple[int, int]]:
        selection = self.selectionModel().selection()
        found = (selection.at(n) for n in range(selection.count()))
        return [(r.top(), r.bottom()) for r in found]

    def _mark(self, numbers: Sequence[int]) -> None:
        """Cards by their numbers, in order, where none is marked: a range for each run of them."""
        if not numbers:
            return
        steps = list(map(sub, numbers[1:], numbers))
        if len(steps) - steps.count(1) >= MOST_RUNS:
            self._apart.show(numbers)
            self._on_marks_changed()
            return
        gaps = [pair for pair in pairwise(numbers) if pair[1] - pair[0] > 1]
        firsts = [numbers[0], *(after for _, after in gaps)]
        lasts = [*(before for before, _ in gaps), numbers[-1]]
        chosen, make = QItemSelection(), self._queue.createIndex  # `index` takes four times as long
        for first, last in zip(firsts, lasts, strict=True):
            chosen.select(make(first, 0), make(last, 0))
        self.selectionModel().select(chosen, Flag.Select)

    def n_marked_above(self, number: int) -> int:
        """How many marked cards stand before `number`."""
        ranges = self._ranges()
        n_there = sum(max(0, min(last, number - 1) - first + 1) for first, last in ranges)
        return n_there + self._apart.n_outside(ranges, number)

    def toggle_mark(self) -> None:
        """Mark the current card, or take its mark off."""
        index = self.currentIndex()
        if not index.isValid():
            return
        if not self._apart:
            self.selectionModel().select(index, Flag.Toggle)
            return
        is_there = self.selectionModel().isSelected(index)
        if index.row() in self._apart or not is_there:
            self._apart.flip(index.row())
        if is_there:
            self.selectionModel().select(index, Flag.Deselect)
        self._on_marks_changed()

    def selectAll(self) -> None:
        self._apart.show(())
        super().selectAll()

    def clearSelection(self) -> None:
        super().clearSelection()
        self._let_go_apart()

    def _let_go_apart(self) -> None:
        if self._apart:
            self._apart.show(())
            self._on_marks_changed()

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """A plain click or arrow moves the current card and leaves or clears the marks; Ctrl
        marks one, Shift a range."""
        if isinstance(event, QKeyEvent):
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            return Flag.SelectCurrent if shift else Flag.NoUpdate
        if isinstance(event, QMouseEvent):
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return Flag.SelectCurrent
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                return (
                    Flag.Toggle if event.type() == QEvent.Type.MouseButtonPress else Flag.NoUpdate
                )
            return Flag.Clear if event.type() == QEvent.Type.MouseButtonPress else Flag.NoUpdate
        return Flag.NoUpdate

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Where Qt's selection would change alone, the marks apart do with it."""
        held, index = event.modifiers(), self.indexAt(event.position().toPoint())
        is_one = bool(held & Qt.KeyboardModifier.ControlModifier)
        if not self._apart or held & Qt.KeyboardModifier.ShiftModifier:
            super().mousePressEvent(event)
        elif not is_one:
            self._let_go_apart()
            super().mousePressEvent(event)
        elif index.isValid():
            self.selectionModel().setCurrentIndex(index, Flag.NoUpdate)
            self.toggle_mark()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in _MOVES and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._mark_on_to(self._reached_by(Qt.Key(event.key())))
        elif event.key() in _ENDS and not event.modifiers():  # a table goes along its row with them
            self.go_to(0 if event.key() == Qt.Key.Key_Home else self._queue.rowCount() - 1)
        elif event.key() in _MOVES and not held:
            super().keyPressEvent(event)
        else:  # everything else is an action of the window, and never a search through `data()`
            event.ignore()

    def _reached_by(self, key: Qt.Key) -> int:
        """The number of the card that a key of _MOVES leads to."""
        page = max(1, self.viewport().height() // max(1, self.rowHeight(0)))
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page,
                 Qt.Key.Key_PageDown: page, Qt.Key.Key_Home: -self.n_cards,
                 Qt.Key.Key_End: self.n_cards}  # fmt: skip
        return max(0, min(self._last, self.current() + steps[key]))

    def _mark_on_to(self, number: int) -> None:
        """Mark from where the first such key was pressed. By itself Qt begins where the mouse was
        pressed last, for the plain moves are none of its selection."""
        if self.current() < 0:
            return
        begin, end, flag = self._stretch[0], self._stretch[1], Flag.SelectCurrent
        if end != self.current():  # one moved on without a mark: another stretch beside the first
            begin, flag = self.current(), Flag.Select
        self.go_to(number)
        self._stretch = begin, self.current()
        first, last = sorted(self._stretch)
        chosen = QItemSelection(self._queue.index(first, 0), self._queue.index(last, 0))
        self.selectionModel().select(chosen, flag)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() not in _ALSO_BEFORE:
            self.entered_by_keys.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.FontChange}:
            self._cards.forget()

    def _on_reset(self) -> None:
        self._stretch = (-1, -1)
        self._apart.show(())
        self._on_marks_changed()

    def _on_removed(self, _: Index, first: int, last: int) -> None:
        n = len(self._apart)
        self._apart.close_up(first, last)
        if len(self._apart) != n:
            self._on_marks_changed()

    def _on_marks_changed(self) -> None:
        self.viewport().update()
        self.marks_changed.emit(self.n_marked())


def _ground(cards: QueueList) -> QWidget:
    """What the cards are painted on, as Qt makes it. Of one that Qt made PySide6 would look for the
    class among all classes of widgets: 8 ms of the start."""
    made = QWidget(cards)
    made.setObjectName("qt_scrollarea_viewport")
    made.setBackgroundRole(QPalette.ColorRole.Base)
    made.setAutoFillBackground(True)
    return made
