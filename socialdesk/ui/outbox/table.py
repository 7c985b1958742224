"""The list of replies, by keyboard."""

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from socialdesk.ui.keys import press_of
from socialdesk.ui.outbox.card import HEIGHT, OutboxCard
from socialdesk.ui.outbox.model import OutboxModel
from socialdesk.ui.text_size import keep_rows


class OutboxTable(QTableView):
    """`acted`: Enter or Space on a row. `dropped`: Delete. `reverted`: z. `pressed_key(str)`: a
    letter that a screen may have a use for."""

    acted = Signal()
    dropped = Signal()
    reverted = Signal()
    pressed_key = Signal(str)

    def __init__(self, model: OutboxModel, name: str) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(OutboxCard(self))
        self.setAccessibleName(name)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        head = self.horizontalHeader()
        head.setSelectionModel(QItemSelectionModel(model, head))
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.hide()
        self.verticalHeader().hide()
        keep_rows(self, HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match press := press_of(event):
            case "Enter" | "Space":
                self.acted.emit()
            case "Del":
                self.dropped.emit()
            case "j":
                self._step(1)
            case "k":
                self._step(-1)
            case "z":
                self.reverted.emit()
            case "y" | "b" | "x":
                self.pressed_key.emit(press)
            case _:
                super().keyPressEvent(event)

    def _step(self, way: int) -> None:
        at = self.currentIndex().row() + way
        if 0 <= at < self.model().rowCount():
            self.go_to(at)

    def go_to(self, at: int) -> None:
        """Choose a row. (selectRow finds no column in a mirrored table that is filled: Qt 6.11.)"""
        self.setCurrentIndex(self.model().index(at, 0))
