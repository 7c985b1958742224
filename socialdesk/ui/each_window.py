"""A filter on each of the system's windows, not on the application: that one would be asked about
each event of each widget."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QWindow


class EachWindow(QObject):
    """Lets `watcher` filter what comes to the windows of `app`, each from when it first has the
    keyboard. Ends with it."""

    def __init__(self, app: QGuiApplication, watcher: QObject) -> None:
        super().__init__(watcher)
        self._watcher = watcher
        app.focusWindowChanged.connect(self._watch)
        self._watch(app.focusWindow())

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self._watcher)  # a second time only moves it to the front
