"""The icon in the tray and its menu; made only where the desktop has a tray."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, Qt
from PySide6.QtGui import QAction, QColor, QFont, QIcon, QPainter
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from socialdesk.domain.frozen import frozen
from socialdesk.i18n import tr, trn
from socialdesk.ui.icons import pixmap

SIZE = 64  # px
INK, BADGE, ON_BADGE = "#2457d6", "#b42318", "#ffffff"
MOST = 99
SHOWN_MS = 10_000


@frozen
class TrayActs:
    """What the menu does."""

    open: Callable[[], object]
    toggle_fetching: Callable[[], object]
    toggle_notices: Callable[[], object]
    quit: Callable[[], object]


@frozen
class TrayState:
    """What the icon shows. `n`: the number on it. `crisis`: of an incident that is open, else
    ""."""

    n: int = 0
    is_fetching: bool = True
    is_paused: bool = False
    crisis: str = ""


class Tray(QObject):
    """`clicked_message`: of the notice shown last. The menu is read by screen readers too."""

    def __init__(self, acts: TrayActs, parent: QObject) -> None:
        super().__init__(parent)
        self._acts = acts
        self._on_message: Callable[[], object] = lambda: None
        self._state = TrayState()
        self.menu = QMenu()
        self._open = self._entry(acts.open)
        self._fetching = self._entry(acts.toggle_fetching)
        self._notices = self._entry(acts.toggle_notices)
        self.menu.addSeparator()
        self._quit = self._entry(acts.quit)
        self.icon = QSystemTrayIcon(self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._on_activated)
        self.icon.messageClicked.connect(lambda: self._on_message())
        self.show_state(self._state)
        self.icon.show()

    def show_state(self, state: TrayState) -> None:
        """Words and number, in the language in use."""
        self._state = state
        self._open.setText(tr("Open SocialDesk"))
        fetching = tr("Pause fetching") if state.is_fetching else tr("Resume fetching")
        self._fetching.setText(fetching)
        paused = tr("Show notices again") if state.is_paused else tr("No notices for 1 h")
        self._notices.setText(paused)
        self._quit.setText(tr("Quit"))
        self.icon.setIcon(badge(state.n, is_crisis=bool(state.crisis)))
        self.icon.setToolTip(self._tip())

    def tell(self, title: str, body: str, on_click: Callable[[], object]) -> None:
        """A notice of the desktop's own, where it has no other way (Windows, macOS)."""
        self._on_message = on_click
        self.icon.showMessage(title, body, badge(0), SHOWN_MS)

    def hide(self) -> None:
        self.icon.hide()

    def _entry(self, act: Callable[[], object]) -> QAction:
        action = self.menu.addAction("")
        action.triggered.connect(lambda: act())
        return action

    def _tip(self) -> str:
        parts = [trn("{n} needs a reply", "{n} need a reply", self._state.n)]
        if not self._state.is_fetching:
            parts.append(tr("fetching is paused"))
        if self._state.is_paused:
            parts.append(tr("notices are paused"))
        said = tr("SocialDesk: {state}", state=", ".join(parts))
        return f"{self._state.crisis}\n{said}" if self._state.crisis else said

    def _on_activated(self, why: QSystemTrayIcon.ActivationReason) -> None:
        if why in (
            QSystemTrayIcon.ActivationReason.Trigger,
            QSystemTrayIcon.ActivationReason.DoubleClick,
        ):
            self._acts.open()


def badge(n: int, *, is_crisis: bool = False) -> QIcon:
    """Our icon with a number; 0 = none. In a crisis it is another icon, not only a red one."""
    made = pixmap("triangle-alert", BADGE, SIZE) if is_crisis else pixmap("inbox", INK, SIZE)
    if n:
        made = made.copy()
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        spot = QRectF(SIZE * 0.34, SIZE * 0.34, SIZE * 0.66, SIZE * 0.66)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(BADGE))
        painter.drawEllipse(spot)
        font = QFont()
        font.setBold(True)
        font.setPixelSize(round(SIZE * (0.42 if n < 10 else 0.34)))
        painter.setFont(font)
        painter.setPen(QColor(ON_BADGE))
        painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, str(n) if n <= MOST else f"{MOST}+")
        painter.end()
    return QIcon(made)
