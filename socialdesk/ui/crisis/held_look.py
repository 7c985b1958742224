"""The second look at a held reply that is to be kept, in the same dialog as every other look."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from socialdesk.domain.crisis.incident import Incident
from socialdesk.domain.queue.rows import OutboxRow, PersonRow
from socialdesk.engine.commands.crisis import DecideHeld
from socialdesk.engine.queries import ListPeople
from socialdesk.i18n import tr
from socialdesk.ui.crisis.talk import Talk
from socialdesk.ui.crisis.text.look_dialog import LookDialog
from socialdesk.ui.crisis.text.looked_at import LookedAt


def ask_held_look(
    talk: Talk, reply: OutboxRow, incident: Incident, now: Callable[[], int], parent: QWidget
) -> None:
    """Opens the dialog; once the look counts, the reply is kept."""

    def show(people: list[PersonRow]) -> None:
        author = next((p.id for p in people if p.name == reply.person), 0)
        looked = LookedAt(
            "reply", reply.id, reply.hash, tr("Held reply"), "", reply.text, author, reply.person,
            reply.made_at, incident, "oneoff", (reply.account,),
        )  # fmt: skip
        dialog = LookDialog(talk.desk, looked, now, parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.given.connect(lambda _: talk.do(DecideHeld(reply.id, "keep")))
        dialog.open()

    talk.ask(ListPeople(with_put_away=True), show)
