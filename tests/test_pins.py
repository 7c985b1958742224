"""Why PySide6 is pinned: 6.12.0 on Python 3.11 drops references to True and None.

After a few hundred signals the process dies in bool_dealloc. Python 3.12 hides it (constants are
immortal there), so these tests decide on 3.11 only; elsewhere they hold trivially.
"""

import sys
from collections.abc import Callable
from importlib.metadata import version

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Signal
from PySide6.QtWidgets import QApplication, QWidget

ROOT = QModelIndex()
N_CALLS = 50
NOISE = 5  # references that other threads may take or give meanwhile


class Bell(QObject):
    rung = Signal()


class EmptyTable(QAbstractTableModel):
    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else 3

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = ROOT) -> int:
        return 0 if parent.isValid() else 3

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> None:
        return None


def lost_references(constant: object, call: Callable[[], object]) -> int:
    """How many references to a constant `N_CALLS` calls have eaten."""
    call()
    before = sys.getrefcount(constant)
    for _ in range(N_CALLS):
        call()
    return before - sys.getrefcount(constant)


def test_pyside_is_the_pinned_line() -> None:
    major, minor, patch = map(int, version("PySide6_Essentials").split("."))
    assert (major, minor) == (6, 11) and patch >= 3


def test_signals_do_not_eat_references_to_true(qapp: QApplication) -> None:
    bell = Bell()
    bell.rung.connect(lambda: None)
    assert lost_references(True, bell.rung.emit) < NOISE


def test_models_read_by_qt_do_not_eat_references_to_none(qapp: QApplication) -> None:
    table = EmptyTable()
    index = table.index(0, 0)
    assert lost_references(None, index.data) < NOISE


def test_overridden_events_do_not_eat_references_to_none(qapp: QApplication, qtbot) -> None:
    class Quiet(QWidget):
        def resizeEvent(self, event: object) -> None:
            pass

    widget = Quiet()
    qtbot.addWidget(widget)
    widget.show()
    sizes = iter(range(100, 100 + 2 * N_CALLS))

    assert lost_references(None, lambda: widget.resize(next(sizes), 100)) < NOISE
