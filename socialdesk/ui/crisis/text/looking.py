"""Opens a second look from elsewhere: the composer reads what the panel of texts has at hand."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from socialdesk.domain.crisis.crisis_rows import LineRow
from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.desk import Desk
from socialdesk.ui.crisis.text.known import Known, Reader
from socialdesk.ui.crisis.text.line_look import begin_line_look
from socialdesk.ui.crisis.text.look_dialog import LookDialog
from socialdesk.ui.crisis.text.looked_at import statement_look

Given = Callable[[dict[str, Any]], None]
Failed = Callable[[SocialDeskError], None]


def look_at_version(
    desk: Desk, incident_id: int, version_id: int, now: Callable[[], int], parent: QWidget,
    given: Given, failed: Failed,
) -> None:  # fmt: skip
    """`given(answer)` once the look counts."""

    def open_(known: Known) -> None:
        for row in known.rows:
            for version in row.versions:
                if version.version_id == version_id and known.incident is not None:
                    looked = statement_look(known.incident, row, version, known.facts, known.names)
                    dialog = LookDialog(desk, looked, now, parent)
                    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
                    dialog.given.connect(given)
                    dialog.open()
                    return

    _read(desk, incident_id, parent, open_, failed)


def look_at_line(
    desk: Desk, incident_id: int, line: LineRow, now: Callable[[], int], parent: QWidget,
    failed: Failed,
) -> None:  # fmt: skip
    """The line is prepared first. One with a claim leans on the facts it was prepared with."""

    def open_(known: Known) -> None:
        if known.incident is not None:
            begin_line_look(desk, known.incident, line, line.facts, known, now, parent, failed)

    _read(desk, incident_id, parent, open_, failed)


def _read(
    desk: Desk, incident_id: int, parent: QWidget, done: Callable[[Known], None], failed: Failed
) -> None:
    reader = Reader(desk, incident_id, parent)
    reader.read.connect(done)
    reader.read.connect(partial(_end, reader))
    reader.failed.connect(failed)
    reader.refresh()


def _end(reader: Reader, _: Known) -> None:
    reader.deleteLater()
