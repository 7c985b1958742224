"""A timer that rings once, however often it is started anew meanwhile."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer


def once(owner: QObject, ms: int, ring: Callable[[], object]) -> QTimer:
    """Not started yet; ends with `owner`."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(ms)
    timer.timeout.connect(ring)
    return timer
