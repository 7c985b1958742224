"""The second look at a reply line: it is prepared with its facts, then looked at."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from socialdesk.domain.crisis.crisis_rows import LineRow
from socialdesk.domain.crisis.incident import Incident
from socialdesk.domain.errors import SocialDeskError
from socialdesk.engine.commands.statements import PrepareLine
from socialdesk.engine.desk import Desk, Done
from socialdesk.ui.crisis.text.known import Known
from socialdesk.ui.crisis.text.look_dialog import LookDialog
from socialdesk.ui.crisis.text.looked_at import line_look
from socialdesk.ui.tasks import Waiter


def begin_line_look(
    desk: Desk, incident: Incident, line: LineRow, facts: tuple[int, ...], known: Known,
    now: Callable[[], int], parent: QWidget, failed: Callable[[SocialDeskError], None],
) -> None:  # fmt: skip
    """Opens the dialog once the line is prepared. `facts`: what its claim leans on."""

    def prepared(done: Done) -> None:
        answer = done.answer
        made = replace(
            line, line_id=int(answer["line_id"]), hash=str(answer["hash"]), facts=facts,
            text=str(answer.get("text", line.text)),
        )  # fmt: skip
        if line.line_id != made.line_id:  # made this moment, by who is at the keys
            made = replace(made, prepared_at=now(), person_id=known.here[0], person=known.here[1])
        looked = line_look(incident, made, known.facts)
        dialog = LookDialog(desk, looked, now, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    command = PrepareLine(incident.id, line.playbook, line.key, line.lang, facts)
    Waiter(parent, desk.do(command), prepared, failed)
