"""The acts of triage: shown in the same frame, sent to the desk, told when they were refused."""

from array import array
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.queue.rows import QueueRow, View
from socialdesk.domain.rules.step import Step, StepKind
from socialdesk.engine import commands as c
from socialdesk.engine.commands.answering import MakePromise
from socialdesk.engine.commands.triage import SetPinned, Unmute
from socialdesk.engine.desk import Desk, Done
from socialdesk.i18n import tr
from socialdesk.ui.inbox.aim import Aim
from socialdesk.ui.inbox.belonging import stays
from socialdesk.ui.inbox.model import QueueModel
from socialdesk.ui.plain import isolated
from socialdesk.ui.tasks import Waiter
from socialdesk.ui.words import moment, status_word

FEW = 1_000  # mentions of an act that are looked at again when it is done


class Triage(QObject):
    """`acted(text)`: done so far as the operator sees; `refused(error)`: the list must be read
    anew; `settled()`: the desk has it. None waits."""

    acted = Signal(str)
    refused = Signal(object)
    settled = Signal()

    def __init__(self, desk: Desk, model: QueueModel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._model = desk, model
        self._n_restarts = 0

    def set_status(
        self,
        aim: Aim,
        status: Status,
        view: View,
        *,
        disposition: Disposition = Disposition.NONE,
        stay: bool = False,
        mutes: bool = False,
    ) -> None:
        """`stay`: leave the cards where they are even when the view no longer holds them."""
        step = Step(StepKind.STATUS, "", status.value, disposition.value)
        goes = not stay and not stays(view, status)
        command = c.SetStatus(aim.ids, status.value, disposition.value, mutes)
        self._do(command, aim, step, goes=goes,
                 status=status, disposition=disposition, is_woken=False)  # fmt: skip
        self.acted.emit(tr("{what}: {whose}", what=status_word(status), whose=aim.whose()))
        if goes:
            self._take_off(aim)

    def snooze(self, aim: Aim, until: int, now: int, view: View) -> None:
        """`until`, `now`: ms UTC."""
        goes = not stays(view, Status.SNOOZED)
        self._do(c.Snooze(aim.ids, until), aim, Step(StepKind.SNOOZE, "", until), goes=goes,
                 status=Status.SNOOZED, snoozed_until=until, is_woken=False)  # fmt: skip
        self.acted.emit(
            tr("Snoozed until {moment}: {whose}", moment=moment(until, now), whose=aim.whose())
        )
        if goes:
            self._take_off(aim)

    def turn_label(self, row: QueueRow, aim: Aim, name: str) -> None:
        """Put a label on, or take it off where `row` wears it already."""
        if name in row.labels:
            rest = tuple(label for label in row.labels if label != name)
            expected: dict[str, Any] = {"labels": rest} if len(aim.ids) == 1 else {}
            step = Step(StepKind.UNLABEL, name)
            self._do(c.RemoveLabel(aim.ids, name), aim, step, **expected)
            text = tr("Label {name} taken off: {whose}", name=isolated(name), whose=aim.whose())
        else:
            labels = tuple(sorted((*row.labels, name)))
            # Of several mentions each wears other labels: the store will tell.
            expected = {"labels": labels} if len(aim.ids) == 1 else {}
            self._do(c.AddLabel(aim.ids, name), aim, Step(StepKind.LABEL, name), **expected)
            text = tr("Label {name} put on: {whose}", name=isolated(name), whose=aim.whose())
        self.acted.emit(text)

    def assign(self, aim: Aim, person_id: int, name: str) -> None:
        """0 and "" = to nobody."""
        step = Step(StepKind.ASSIGN, "", person_id)
        self._do(c.Assign(aim.ids, person_id), aim, step, assignee=name)
        said = tr("Handed to {name}: {whose}", name=isolated(name), whose=aim.whose())
        nobody = tr("Handed to nobody: {whose}", whose=aim.whose())
        self.acted.emit(said if name else nobody)

    def set_priority(self, aim: Aim, level: int) -> None:
        """0 = none, 1 highest … 4."""
        step = Step(StepKind.PRIORITY, "", level)
        self._do(c.SetPriority(aim.ids, level), aim, step, priority=level)
        said = tr("Priority {n}: {whose}", n=level, whose=aim.whose())
        self.acted.emit(said if level else tr("Priority taken off: {whose}", whose=aim.whose()))

    def set_vip(self, aim: Aim, is_vip: bool) -> None:
        step = Step(StepKind.VIP, "", int(is_vip))
        self._do(c.SetVip(aim.ids, is_vip), aim, step, is_vip=is_vip)
        said = tr("Marked as VIP: {whose}", whose=aim.whose())
        self.acted.emit(said if is_vip else tr("No longer a VIP: {whose}", whose=aim.whose()))

    def set_pinned(self, aim: Aim, is_pinned: bool) -> None:
        step = Step(StepKind.PIN, "", int(is_pinned))
        self._do(SetPinned(aim.ids, is_pinned), aim, step, is_pinned=is_pinned)
        said = tr("Pinned on top: {whose}", whose=aim.whose())
        self.acted.emit(said if is_pinned else tr("No longer pinned: {whose}", whose=aim.whose()))

    def set_muted(self, aim: Aim, is_muted: bool, view: View) -> None:
        """Their authors; what waits from them is filed as done."""
        step, goes = Step(StepKind.MUTE, "", int(is_muted)), False
        command = c.SetMuted(aim.ids, is_muted)
        if is_muted:
            goes = not stays(view, Status.DONE)
            self._do(command, aim, step, goes=goes, status=Status.DONE,
                     disposition=Disposition.MUTED)  # fmt: skip
            if goes:
                self._take_off(aim)
        else:
            self._do(command, aim, step)
        said = tr("Muted: {whose}. What they write is filed under Muted.", whose=aim.whose())
        self.acted.emit(said if is_muted else tr("No longer muted: {whose}", whose=aim.whose()))

    def unmute(self, author_id: int, name: str) -> None:
        """An author of the list of muted people; what was filed stays filed."""
        self._send(Unmute((author_id,)), ())
        self.acted.emit(tr("No longer muted: {whose}", whose=isolated(name)))

    def add_note(self, mention_id: int, text: str) -> None:
        self._send(c.AddNote(mention_id, text), (mention_id,))
        self.acted.emit(tr("Note added"))

    def promise(self, mention_id: int, due_at: int, now: int) -> None:
        """By hand, without a reply; `due_at`, `now`: ms UTC."""
        self._model.expect((mention_id,), promise_at=due_at)
        self._send(MakePromise(mention_id, due_at), (mention_id,))
        self.acted.emit(tr("Promised for {when}", when=moment(due_at, now)))

    def open(self, mention_id: int) -> None:
        """Shown long enough to be read: new becomes open, without a word about it."""
        self._model.expect((mention_id,), status=Status.OPEN)
        self._send(c.OpenMention(mention_id), (mention_id,))

    def _do(
        self, small: "c.Command", aim: Aim, step: Step, *, goes: bool = False, **expected: Any
    ) -> None:
        """`goes`: the cards leave the list by it."""
        if expected and not aim.is_all:
            self._model.expect(aim.ids, **expected)
        self._send(aim.command(small, step), aim.ids, goes=goes)

    def _send(self, command: "c.Command", ids: Sequence[int], *, goes: bool = False) -> None:
        n_restarts = self._n_restarts

        def done(_: Done) -> None:
            if n_restarts != self._n_restarts and len(ids) <= FEW:
                self._correct(ids, goes)
            self.settled.emit()

        Waiter(self, self._desk.do(command), done, self.refused.emit)

    def note_restart(self) -> None:
        """The engine is back: the list is read anew, with acts still on their way to it."""
        self._n_restarts += 1

    def _take_off(self, aim: Aim) -> None:
        if aim.is_all or 1 < len(aim.ids) == self._model.rowCount():
            self._model.show(array("q"))
        else:
            self._model.remove(aim.ids)

    def _correct(self, ids: Sequence[int], goes: bool) -> None:
        """The store's truth in place of what was read while the act was on its way."""
        self._model.refresh(ids)
        back = [i for i in ids if goes and self._model.number_of(i) >= 0]
        if back:
            self._model.remove(back)
