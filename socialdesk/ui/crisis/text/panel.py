"""The texts of an incident, as a tab of its room: the list, drafting, looks, publishing."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from socialdesk.engine.desk import Desk


class TextPanel(QWidget):
    """`now()`: ms UTC, of the desk's clock."""

    def __init__(
        self, desk: Desk, incident_id: int, now: Callable[[], int], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._desk, self._incident_id, self._now = desk, incident_id, now

    def begin_correction(self, statement_id: int) -> None:
        """A correction of a published statement, in the draft editor."""
