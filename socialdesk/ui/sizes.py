"""The sizes of the window, kept between two starts in an ini file; nothing else lies there."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRect, QSettings, QSize, Qt
from PySide6.QtWidgets import QMainWindow, QSplitter

from socialdesk.ui.inbox.screen import InboxScreen

FIRST = QSize(1252, 720)  # px, of the first show
BESIDE = QSize(1100, 540)  # px beside the views and below the bars, on the smallest laptop
FRAME = 40  # px of a title bar, which the system adds to the window's height


class Sizes:
    """`path`: the ini file, None = sizes are not kept."""

    def __init__(self, path: Path | None) -> None:
        self._path = path

    def restore(self, window: QMainWindow, views: QSplitter, inbox: InboxScreen) -> None:
        """As they were; a file that is missing or damaged changes nothing."""
        if self._path is None:
            return
        kept = QSettings(str(self._path), QSettings.Format.IniFormat)
        geometry = kept.value("geometry")
        if isinstance(geometry, QByteArray):  # anything else was not written by us
            window.restoreGeometry(geometry)
        for name, part in _parts(views, inbox).items():
            state = kept.value(name)
            if isinstance(state, QByteArray):
                part.restoreState(state)
        if kept.value("context") == "yes":
            inbox.turn_context()

    def keep(self, window: QMainWindow, views: QSplitter, inbox: InboxScreen) -> None:
        """When the window closes."""
        if self._path is None:
            return
        kept = QSettings(str(self._path), QSettings.Format.IniFormat)
        kept.setValue("geometry", window.saveGeometry())
        for name, part in _parts(views, inbox).items():
            kept.setValue(name, part.saveState())
        kept.setValue("context", "no" if inbox.context.isHidden() else "yes")
        kept.sync()


def fit(window: QMainWindow, inbox: InboxScreen, available: QRect) -> None:
    """No larger than the screen's free part `available`, and inside of it. The context pane goes
    first when there is no room for everything."""
    if window.isMaximized() or window.isFullScreen():
        return
    if not inbox.context.isHidden() and window.minimumSizeHint().width() > available.width():
        inbox.turn_context()
    room = QSize(available.width(), available.height() - FRAME)
    window.resize(window.size().boundedTo(room))
    if window.testAttribute(Qt.WidgetAttribute.WA_Moved):  # else the system finds a place
        # No move(): before the first show there is no frame yet, and the window would take its
        # own place for the frame's, and stand lower by a title bar after each start.
        whole = window.frameGeometry()
        x = min(whole.x(), available.x() + available.width() - whole.width())
        y = min(whole.y(), available.y() + available.height() - whole.height())
        aside, down = max(available.x(), x) - whole.x(), max(available.y(), y) - whole.y()
        window.setGeometry(window.geometry().translated(aside, down))


def _parts(views: QSplitter, inbox: InboxScreen) -> dict[str, QSplitter]:
    return {"views": views, "inbox": inbox, "thread": inbox.thread_pane.split}
