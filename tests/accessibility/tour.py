"""A walk through every screen and dialog of the program, on a real engine.

A stop names a place and opens it; what was opened is there when every question to the desk has been
answered: `Tour.settle` waits for that and for nothing else.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QEventLoop, QSize
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QTabBar, QWidget

from socialdesk.domain.queue.rows import View
from socialdesk.engine.desk import Desk
from socialdesk.ui.crisis.audience_sheets import ask_audience
from socialdesk.ui.rooms import ROOMS
from socialdesk.ui.window import MainWindow
from tests.crisis.conftest import Shop

LAPTOP = QSize(1366, 768)
PATIENCE_MS = 15_000
QUIET_MS = 60  # with nothing asked: longer than screens wait to ask for several things at once


class Watched:
    """A desk that knows whether somebody waits for an answer of it."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._open = desk, set[Future[Any]]()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._desk, name)

    def ask(self, query: Any) -> "Future[Any]":
        return self._watch(self._desk.ask(query))

    def do(self, command: Any, command_id: str = "") -> "Future[Any]":
        return self._watch(self._desk.do(command, command_id))

    def is_quiet(self) -> bool:
        self._open = {future for future in self._open if not future.done()}
        return not self._open

    def _watch(self, future: "Future[Any]") -> "Future[Any]":
        self._open.add(future)
        return future


@dataclass(frozen=True, slots=True)
class Stop:
    """`open(tour)`: goes there. `is_dialog`: it is a window of its own, over the main one."""

    name: str
    open: "Callable[[Tour], object]"
    is_dialog: bool = False


class Tour:
    """One window on `shop`; the visitor stands where the last `visit` brought them."""

    def __init__(self, shop: Shop, app: QApplication) -> None:
        self._app, self.shop = app, shop
        self.desk: Any = Watched(shop.desk)
        self.window = MainWindow(self.desk, title="Tulip & Rye", now=shop.clock.now_ms)
        self.window.resize(LAPTOP)
        self.window.show()
        self.window.activateWindow()
        self.settle()
        while not self.window.signs().banner.isVisible():  # comes a little after the first list
            self.settle()

    def visit(self, stop: Stop) -> QWidget:
        """What to look at there."""
        self.leave()
        stop.open(self)
        self.settle()
        if not stop.is_dialog:
            return self.window
        dialog = self.dialog()
        assert dialog is not None, f"{stop.name} opened nothing"
        return dialog

    def pages(self, root: QWidget) -> Iterator[str]:
        """The pages of what stands there, one after the other; it ends on the first."""
        bars = [b for b in root.findChildren(QTabBar) if b.isVisible() and b.count() > 1]
        for bar in bars[:1]:
            for n in range(1, bar.count()):
                if bar.isTabEnabled(n):
                    bar.setCurrentIndex(n)
                    self.settle()
                    yield bar.tabText(n)
            bar.setCurrentIndex(0)
            self.settle()

    def dialog(self) -> QWidget | None:
        """The newest window over the main one."""
        tops = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.isWindow()]
        others = [w for w in tops if w is not self.window and not isinstance(w, QMenu)]
        return others[-1] if others else None

    def leave(self) -> None:
        """Close what stands over the window, and go to the list of mentions."""
        for top in QApplication.topLevelWidgets():
            if isinstance(top, QDialog | QMenu) and top.isVisible():
                top.close()
            elif top.isVisible() and top is not self.window and top.isWindow():
                top.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.window.activateWindow()
        if self.window.place != View.NEEDS_REPLY.value:
            self.window.show_place(View.NEEDS_REPLY.value)
        self.settle()

    def run(self, action: str) -> None:
        assert self.window.actions_by_id.run(action), f"{action} cannot be done now"
        self.settle()

    def go(self, place: str) -> None:
        self.window.show_place(place)
        self.settle()

    def settle(self) -> None:
        """Until all that was asked for has come and been shown."""
        passed, quiet = QElapsedTimer(), QElapsedTimer()
        passed.start()
        quiet.start()
        while quiet.elapsed() < QUIET_MS:
            assert passed.elapsed() < PATIENCE_MS, "the desk does not answer"
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            if not self.desk.is_quiet():
                quiet.restart()

    def close(self) -> None:
        self.leave()
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _place(key: str) -> Stop:
    return Stop(key, lambda tour: tour.go(key))


def _act(action: str, name: str = "") -> Stop:
    return Stop(name or action, lambda tour: tour.run(action), is_dialog=True)


def _composer(tour: Tour) -> None:
    tour.run("context")
    tour.run("reply")


def _note(tour: Tour) -> None:
    tour.run("note")


def _settings(tour: Tour) -> None:
    tour.window.show_place("settings")


def _add_account(tour: Tour) -> None:
    tour.go("accounts")
    screen: Any = tour.window.screens.currentWidget()
    screen.add_account()


def _add_audience(tour: Tour) -> None:
    ask_audience(None, lambda *_: None, tour.window)


VIEWS = (View.OUTBOX, View.APPROVAL, View.WAITING, View.DONE, View.PROBLEMS)
STOPS: tuple[Stop, ...] = (
    _place(View.NEEDS_REPLY.value),
    Stop("composer", _composer),
    Stop("note", _note),
    *(_place(view.value) for view in VIEWS),
    *(_place(room.key) for room in ROOMS),
    Stop("settings", _settings, is_dialog=True),
    Stop("add_account", _add_account, is_dialog=True),
    Stop("add_audience", _add_audience, is_dialog=True),
    *(
        _act(name)
        for name in ("palette", "keys", "label", "snooze", "assign", "crisis_declare",
                     "start_drill", "check_planned", "pins", "macros_edit", "make_case",
                     "cases_waiting", "be_person", "muted_people", "board_window")
    ),
)  # fmt: skip
