"""The facts of an incident, as a tab of its room: what is known, who checked it, what leans on it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from socialdesk.engine.desk import Desk


class FactsPanel(QWidget):
    """`correction_asked(statement id)`: a published text leans on a fact that turned out false."""

    correction_asked = Signal(object)

    def __init__(self, desk: Desk, incident_id: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._incident_id = desk, incident_id
