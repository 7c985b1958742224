"""Every place of the window, gone to one after the other, and the dialogs that its acts open."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from socialdesk.domain.queue.rows import View
from socialdesk.ui.rooms import ROOMS
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.window import MainWindow
from tests.languages.world import World

PLACES = (*(view.value for view in View), *(room.key for room in ROOMS))
SHORT_MS = 1_000  # single shots up to this long are part of showing a screen
LAID_OUT_MS = 5_000  # at most; a few rounds of events
# What cannot be opened as a dialog here: they open a file dialog of the system, or a browser.
NOT_DIALOGS = {"open_on_network"}
OUTPUT = Path(__file__).parents[1] / "output"

Until = Callable[[Callable[[], bool]], None]


class Tour:
    """The window on a filled world. `until(condition)`: waits as qtbot does."""

    def __init__(self, world: World, until: Until, size: QSize) -> None:
        self.world = world
        self._others = set(self._shown())  # of a window that other tests share
        self.window = MainWindow(world.desk, now=world.clock.now_ms, title="Tulip & Rye")
        self.window.resize(size)
        self._until = until
        self.window.show()
        self.window.activateWindow()
        self.settle()
        until(lambda: self.window.inbox.pane.model.rowCount() > 0)
        self.window.inbox.turn_context()
        self.settle()

    def close(self) -> None:
        for dialog in self.dialogs():
            dialog.close()
        self.window.close()
        self.window.deleteLater()

    def places(self) -> Iterator[str]:
        """Goes to each place and waits until it shows what it has."""
        for place in (*PLACES, "inbox"):
            self.window.show_place(View.NEEDS_REPLY.value if place == "inbox" else place)
            self.settle()
            yield place

    def dialogs_opened(self) -> Iterator[tuple[str, QDialog]]:
        """Does every act whose name promises a question ("…"), and yields what opens."""
        for action in list(self.window.actions_by_id):
            is_question = "…" in action.name()
            if not is_question or action.id in NOT_DIALOGS or not action.is_on():
                continue
            action.run()
            self.settle()
            for dialog in self.dialogs():
                yield action.id, dialog
                dialog.reject()
            self.settle()

    def dialogs(self) -> list[QDialog]:
        return [dialog for dialog in self._shown() if dialog not in self._others]

    @staticmethod
    def _shown() -> Iterator[QDialog]:
        for top in QApplication.topLevelWidgets():
            if isinstance(top, QDialog) and top.isVisible():
                yield top

    def settle(self) -> None:
        """Until nobody waits for an answer of the desk, no short timer runs, and what the last
        answer brought has its room."""
        self._until(self._is_settled)
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, LAID_OUT_MS)

    def _is_settled(self) -> bool:
        QCoreApplication.sendPostedEvents()
        tops: list[QWidget] = [self.window, *self.dialogs()]
        return not any(
            top.findChildren(Waiter) or any(map(_is_short, top.findChildren(QTimer)))
            for top in tops
        )


def _is_short(timer: QTimer) -> bool:
    return timer.isActive() and timer.isSingleShot() and timer.interval() <= SHORT_MS


def keep_picture(top: QWidget, name: str) -> None:
    """In tests/output, when SOCIALDESK_PICTURES is set: hundreds of pictures take a minute."""
    if os.environ.get("SOCIALDESK_PICTURES"):
        OUTPUT.mkdir(exist_ok=True)
        assert top.grab().save(str(OUTPUT / f"{name}.png"))
