"""The board as a screen of the window, and as a window of its own for a second screen."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from socialdesk.domain.figures import Spot
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr
from socialdesk.ui.board.plan import BOARD
from socialdesk.ui.board.unusual import Unusual
from socialdesk.ui.board.wall import Wall
from socialdesk.ui.compose.parts import push, row
from socialdesk.ui.crisis.crown import crown
from socialdesk.ui.keys import press_of
from socialdesk.ui.plain import label
from socialdesk.ui.reports.mentions_pane import MentionsPane
from socialdesk.ui.scrolled import Scrolled

if TYPE_CHECKING:
    from socialdesk.ui.shell import Shell

LEAST = QSize(700, 420)  # px that the pictures may ask for on a small screen


class BoardScreen(QWidget):
    """`mention_asked(id)`: show that mention in the inbox. `window_asked()`: the board on the other
    screen."""

    mention_asked = Signal(object)
    window_asked = Signal()

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget | None) -> None:
        super().__init__(parent)
        self.view = Wall(desk, BOARD, self)
        self.mentions = MentionsPane(desk, now, self)
        self.view.chosen.connect(self.mentions.show_spot)
        self.mentions.mention_asked.connect(self.mention_asked)
        self.mentions.closed.connect(self._to_board)
        self._title = label(parent=self, tone="title")
        self.unusual = Unusual(desk, self)
        self._text = push("", self._turn_text, kind="quiet")
        self._other = push("", self.window_asked.emit, kind="quiet", icon="external-link")
        head = QWidget(self)
        head.setLayout(row(self._title, self.unusual, None, self._text, self._other, margin=10))
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.view, 1)
        body.addWidget(self.mentions)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addLayout(body, 1)
        self.translate()

    def translate(self) -> None:
        """The texts in the language in use."""
        self._title.setText(tr("Board"))
        words = tr("As pictures (T)") if self.view.is_text else tr("As text (T)")
        self._text.setText(words)
        self._text.setAccessibleName(words)
        self._other.setText(tr("Own window (F11)"))
        self._other.setAccessibleName(self._other.text())

    def _turn_text(self) -> None:
        self.view.set_text(not self.view.is_text)
        self.translate()

    def _to_board(self) -> None:
        self.view.set_text(self.view.is_text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if press_of(event) == "t":
            self._turn_text()
        else:
            event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.translate()


class BoardWindow(QWidget):
    """The board alone. F11 turns the full screen on and off, T the text, Esc closes. What is chosen
    there opens in the main window: a wall has no keyboard."""

    chosen = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Board"))
        room = Scrolled(self, at_most=LEAST)
        self.view = Wall(desk, BOARD, room.inside)
        self.view.chosen.connect(self.chosen)
        room.hold(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Unusual(desk, self))
        layout.addWidget(room)
        self.resize(1100, 680)

    def place(self, beside: QWidget) -> None:
        """On another screen than `beside` and full, else a window of its own."""
        mine = beside.screen()
        others = [screen for screen in QGuiApplication.screens() if screen is not mine]
        if others:
            self.setGeometry(others[0].geometry())
            self.showFullScreen()
        else:
            self.show()
        self.raise_()
        self.activateWindow()
        self.view.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match press_of(event):
            case "F11":
                self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
            case "t":
                self.view.set_text(not self.view.is_text)
            case "Esc":
                self.close()
            case _:
                event.ignore()


def open_board(window: "Shell") -> BoardWindow:
    """The board in a window of its own; the one that is there comes to the front."""
    for there in window.findChildren(BoardWindow):
        there.raise_()
        there.activateWindow()
        return there
    made = BoardWindow(window.screens.desk, window)
    crown(made, window.screens.desk, window.screens.now)

    def show_chosen(spot: Spot) -> None:
        window.raise_to_front()
        window.show_place("board")
        screen = window.screens.currentWidget()
        if isinstance(screen, BoardScreen):
            screen.mentions.show_spot(spot)

    made.chosen.connect(show_chosen)
    made.place(window)
    return made
