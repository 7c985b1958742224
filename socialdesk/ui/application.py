"""The window's process, from start to end: one instance, the window, and after its first paint the
engine."""

import logging
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from socialdesk import __version__
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr
from socialdesk.places import Workspace
from socialdesk.ui.collector import Collector
from socialdesk.ui.last_resort import LastResort
from socialdesk.ui.memory import give_back_large
from socialdesk.ui.signals import SignalWatch
from socialdesk.ui.single import CLOSE, RAISE, Instance
from socialdesk.ui.window import MainWindow, wall_clock

if TYPE_CHECKING:
    from socialdesk.ui.start.recovery import Recovery

APP_ID = "socialdesk"
UNSEEN_MS = 3_000  # after so long the engine starts for a window that nobody sees
log = logging.getLogger("qt")


class Engine(Protocol):
    """What keeps the engine running; the supervisor, once it is imported."""

    def start(self) -> None: ...

    def try_again(self) -> None: ...

    def close(self, *, end_engine: bool) -> None: ...


class Rescue(Protocol):
    """The ways back from a damaged file; imported only when one is needed."""

    def backups(self) -> Sequence[Any]: ...

    def restore(self, backup: str) -> None: ...

    def salvage(self) -> None: ...

    def start_new(self) -> None: ...


def run(
    place: Workspace,
    desk: Desk,
    engine: Callable[[], Engine],
    rescue: Callable[[], Rescue],
    title: Callable[[str], str],
    now: Callable[[], int] = wall_clock,
) -> int:
    """Until the window closes. `engine` is called after the first paint; `title(brand)`: of the
    window; `now`: ms UTC, in a drill the drill's own."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    QGuiApplication.setDesktopFileName(APP_ID)
    QGuiApplication.setApplicationDisplayName("SocialDesk")
    QApplication.setApplicationVersion(__version__)
    qInstallMessageHandler(_to_log)
    instance = Instance(place.window_lock, app)
    if not instance.is_first:
        if not instance.call_first(RAISE):
            _say_silent()
        return 0
    window = MainWindow(
        desk,
        settings_path=place.window_settings,
        title=title,
        recovery=lambda: _recovery(rescue()),
        now=now,
    )
    if place.is_drill:  # its notices stay in its window
        _rehearse(app, desk, window, now)
        life = _Life(window, engine, app, then=instance.listen)
    else:

        def then() -> None:
            instance.listen()
            _be_present(app, desk, window, place)
            _warn_of_drive(window, place)

        life = _Life(window, engine, app, then=then)
    instance.called.connect(lambda words: _on_called(words, window, place))
    watch = SignalWatch(window.close, app)
    LastResort(window, window.tell_of_fault)
    window.show()
    try:
        code = QApplication.exec()
    finally:
        watch.close()
        life.end()
        instance.release()
    return code


def _say_silent() -> None:
    """The first window holds its lock and does not answer: it hangs."""
    from socialdesk.ui.start.refusal import show_sentence

    show_sentence(
        tr("SocialDesk is open already, but its window does not answer. Wait a minute and try "
           "again; if it stays so, end it in the system's list of programs.")
    )  # fmt: skip


def _on_called(words: str, window: MainWindow, place: Workspace) -> None:
    """A later start shows this window. Only the practice brand's is closed from elsewhere: it is
    removed by the window it was opened from."""
    if words == CLOSE and place.is_practice:
        window.close()
    else:
        window.raise_to_front()


def _be_present(app: QCoreApplication, desk: Desk, window: MainWindow, place: Workspace) -> None:
    """On the desktop around the window, and the first steps of a brand of one's own: nothing of it
    is wanted for the first paint."""
    from socialdesk.ui.desktop.presence import Presence

    if not place.is_practice:
        from socialdesk.ui.first_run.beginning import Beginning

        Beginning(desk, window)
    elif (whole := window.centralWidget()) is not None:
        from socialdesk.ui.first_run.practice_line import PracticeLine

        PracticeLine(window, whole)

    if (whole := window.centralWidget()) is not None:
        from socialdesk.ui.outbox.sending_line import SendingLine

        SendingLine(desk, window, whole)
    if sys.platform != "linux" and isinstance(app, QGuiApplication):
        Presence(desk, window, window.signs(), wall_clock, set_badge=app.setBadgeNumber)
    else:
        Presence(desk, window, window.signs(), wall_clock)


def _warn_of_drive(window: MainWindow, place: Workspace) -> None:
    """Once a start, where the workspace lies on a network drive."""
    from socialdesk.engine.health.disk import drive_of

    if (kind := drive_of(place.folder)) and (whole := window.centralWidget()) is not None:
        from socialdesk.ui.start.drive_line import DriveLine

        DriveLine(kind, window, whole)


def _rehearse(
    app: QCoreApplication, desk: Desk, window: MainWindow, now: Callable[[], int]
) -> None:
    """The drill's frame around everything this process shows, and its clock in all of it."""
    from socialdesk.ui.compose.parts import keep_time
    from socialdesk.ui.drill.stage import Stage

    keep_time(now)
    Stage(app, desk, window, now)


def _recovery(rescue: Rescue) -> "Recovery":
    from socialdesk.ui.start.recovery import Backup, Recovery

    return Recovery(
        backups=lambda: [Backup(b.path, b.at, b.n_mentions) for b in rescue.backups()],
        restore=rescue.restore,
        salvage=rescue.salvage,
        start_new=rescue.start_new,
    )


class _Life(QObject):
    """Starts the engine when the window has been painted, and ends it after the window; garbage is
    looked for between the two."""

    def __init__(
        self,
        window: MainWindow,
        engine: Callable[[], Engine],
        parent: QObject,
        then: Callable[[], object] = lambda: None,
    ) -> None:
        super().__init__(parent)
        self._window, self._make, self._then = window, engine, then
        self._engine: Engine | None = None
        self._is_begun = False
        window.engine_wanted.connect(self._on_engine_wanted)
        window.installEventFilter(self)
        QTimer.singleShot(UNSEEN_MS, self._begin)  # started minimized, it is not painted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, self._begin)
        return False

    def end(self) -> None:
        if self._engine is not None:
            self._engine.close(end_engine=not self._window.keeps_watching())

    def _begin(self) -> None:
        if not self._is_begun:
            self._is_begun = True
            self._window.removeEventFilter(self)
            self._engine = self._make()
            self._engine.start()
            self._then()
            give_back_large()
            Collector(self)

    def _on_engine_wanted(self) -> None:
        if self._engine is not None:
            self._engine.try_again()


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def _to_log(kind: QtMsgType, _context: object, text: str) -> None:
    log.log(_LEVELS.get(kind, logging.WARNING), "%s", text)
