"""The war room as a screen of the window, and as a window of its own for the wall."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from socialdesk.domain.crisis.war_room import WarRoom
from socialdesk.domain.figures import Spot
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr
from socialdesk.ui.crisis.words import title_note
from socialdesk.ui.reports.mentions_pane import MentionsPane
from socialdesk.ui.scrolled import Scrolled
from socialdesk.ui.war_room.view import WarRoomView

if TYPE_CHECKING:
    from collections.abc import Callable

    from socialdesk.ui.shell import Shell

LEAST = QSize(700, 420)  # px that the pictures may ask for on a small screen


class WarRoomScreen(QWidget):
    """`mention_asked(id)`: show that mention in the inbox. `said(text, False)`: for a toast."""

    mention_asked = Signal(object)
    said = Signal(str, bool)

    def __init__(self, desk: Desk, now: "Callable[[], int]", parent: QWidget | None) -> None:
        super().__init__(parent)
        self.view = WarRoomView(desk, self)
        self.mentions = MentionsPane(desk, now, self)
        self.view.wall.chosen.connect(self.mentions.show_spot)
        self.mentions.mention_asked.connect(self.mention_asked)
        self.mentions.closed.connect(self.view.wall.first.setFocus)
        self.view.said.connect(lambda text: self.said.emit(text, False))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.mentions)


class WarRoomWindow(QWidget):
    """The war room alone. F11 turns the full screen on and off, T the text, N the names, C copies,
    Esc closes. What is chosen there opens in the main window: a wall has no keyboard."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = Scrolled(self, at_most=LEAST)
        self.view = WarRoomView(desk, room.inside)
        room.hold(self.view)
        self.view.wall.chosen.connect(self.chosen)
        self.view.wall.answered.connect(self._name)
        self._name(None)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(room)
        self.resize(1280, 760)

    def _name(self, answer: object) -> None:
        """The title bar names the incident, as that of every window."""
        note = title_note([answer.standing], answer.now) if isinstance(answer, WarRoom) else ""
        self.setWindowTitle(" · ".join(filter(None, (note, tr("War room")))))

    def place(self, beside: QWidget) -> None:
        """On another screen than `beside` and full, else full on this one: F11 asked for that."""
        mine = beside.screen()
        others = [screen for screen in QGuiApplication.screens() if screen is not mine]
        if others:
            self.setGeometry(others[0].geometry())
        self.showFullScreen()
        self.raise_()
        self.activateWindow()
        self.view.wall.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_F11:
                self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
            case Qt.Key.Key_Escape:
                self.close()
            case _:
                event.ignore()


def open_war_room(window: "Shell") -> WarRoomWindow:
    """In a window of its own; the one that is there comes to the front."""
    for there in window.findChildren(WarRoomWindow):
        there.raise_()
        there.activateWindow()
        return there
    made = WarRoomWindow(window.screens.desk, window)

    def show_chosen(spot: Spot) -> None:
        window.raise_to_front()
        window.show_place("war_room")
        screen = window.screens.currentWidget()
        if isinstance(screen, WarRoomScreen):
            screen.mentions.show_spot(spot)

    made.chosen.connect(show_chosen)
    made.place(window)
    return made
