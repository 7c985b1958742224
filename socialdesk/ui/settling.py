"""A widget that settles its parts anew when it has another width, and when its words change."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget


class Settling(QWidget):
    """Its layout has done its own part before `_settle`."""

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._settle()
        return done

    def _settle(self) -> None:
        """What stands where in the room there is now."""
        raise NotImplementedError
