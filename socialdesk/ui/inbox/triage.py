"""The acts of triage: shown in the same frame, sent to the desk, told when they were refused."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.rows import QueueRow, View
from socialdesk.domain.status import Disposition, Status
from socialdesk.engine import commands as c
from socialdesk.engine.desk import Desk, Done
from socialdesk.i18n import tr
from socialdesk.ui.inbox.belonging import stays
from socialdesk.ui.inbox.model import QueueModel
from socialdesk.ui.plain import isolated
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.words import mentions, moment, status_word


class Triage(QObject):
    """`acted(text)`: done so far as the operator sees; `refused(error)`: the list must be read
    anew; `settled()`: the desk has it. Every act takes mention ids; none waits."""

    acted = Signal(str)
    refused = Signal(object)
    settled = Signal()

    def __init__(self, desk: Desk, model: QueueModel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._model = desk, model

    def set_status(
        self,
        ids: Sequence[int],
        status: Status,
        view: View,
        *,
        disposition: Disposition = Disposition.NONE,
        stay: bool = False,
    ) -> None:
        """`stay`: leave the cards where they are even when the view no longer holds them."""
        command = c.SetStatus(tuple(ids), status.value, disposition.value)
        self._do(command, ids, status=status, disposition=disposition, is_woken=False)
        self.acted.emit(
            tr("{what}: {mentions}", what=status_word(status), mentions=mentions(len(ids)))
        )
        if not stay and not stays(view, status):
            self._model.remove(ids)

    def snooze(self, ids: Sequence[int], until: int, now: int, view: View) -> None:
        """`until`, `now`: ms UTC."""
        command = c.Snooze(tuple(ids), until)
        self._do(command, ids, status=Status.SNOOZED, snoozed_until=until, is_woken=False)
        self.acted.emit(tr("Snoozed until {moment}", moment=moment(until, now)))
        if not stays(view, Status.SNOOZED):
            self._model.remove(ids)

    def turn_label(self, row: QueueRow, ids: Sequence[int], name: str) -> None:
        """Put a label on, or take it off where `row` wears it already."""
        if name in row.labels:
            rest = tuple(label for label in row.labels if label != name)
            self._do(c.RemoveLabel(tuple(ids), name), ids, labels=rest)
            self.acted.emit(tr("Label {name} taken off", name=isolated(name)))
        else:
            labels = tuple(sorted((*row.labels, name)))
            # Of several mentions each wears other labels: the store will tell.
            expected = {"labels": labels} if len(ids) == 1 else {}
            self._do(c.AddLabel(tuple(ids), name), ids, **expected)
            self.acted.emit(tr("Label {name} put on", name=isolated(name)))

    def assign(self, ids: Sequence[int], person_id: int, name: str) -> None:
        """0 and "" = to nobody."""
        self._do(c.Assign(tuple(ids), person_id), ids, assignee=name)
        said = tr("Handed to {name}", name=isolated(name)) if name else tr("Handed to nobody")
        self.acted.emit(said)

    def set_priority(self, ids: Sequence[int], level: int) -> None:
        """0 = none, 1 highest … 4."""
        self._do(c.SetPriority(tuple(ids), level), ids, priority=level)
        self.acted.emit(tr("Priority {n}", n=level) if level else tr("Priority taken off"))

    def set_vip(self, ids: Sequence[int], is_vip: bool) -> None:
        self._do(c.SetVip(tuple(ids), is_vip), ids, is_vip=is_vip)
        self.acted.emit(tr("Marked as VIP") if is_vip else tr("No longer a VIP"))

    def set_muted(self, ids: Sequence[int], is_muted: bool, view: View) -> None:
        """Their authors; what waits from them is filed as done."""
        command = c.SetMuted(tuple(ids), is_muted)
        if is_muted:
            self._do(command, ids, status=Status.DONE, disposition=Disposition.MUTED)
            if not stays(view, Status.DONE):
                self._model.remove(ids)
        else:
            self._do(command, ids)
        self.acted.emit(tr("Author muted") if is_muted else tr("Author no longer muted"))

    def add_note(self, mention_id: int, text: str) -> None:
        self._do(c.AddNote(mention_id, text), ())
        self.acted.emit(tr("Note added"))

    def open(self, mention_id: int) -> None:
        """Shown long enough to be read: new becomes open, without a word about it."""
        self._do(c.OpenMention(mention_id), (mention_id,), status=Status.OPEN)

    def _do(self, command: c.Command, ids: Sequence[int], **expected: Any) -> None:
        if expected:
            self._model.expect(ids, **expected)
        Waiter(self, self._desk.do(command), self._on_done, self._on_refused)

    def _on_done(self, _done: Done) -> None:
        self.settled.emit()

    def _on_refused(self, error: SocialDeskError) -> None:
        self.refused.emit(error)
