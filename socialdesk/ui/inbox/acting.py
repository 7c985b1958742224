"""What the operator decides about the marked mentions, or else the current one, of a list."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.queue.rows import QueueRow, View
from socialdesk.engine.desk import Desk
from socialdesk.i18n import tr
from socialdesk.ui.inbox.list_pane import ListPane

MANY = 500  # authors muted at once, by spam

if TYPE_CHECKING:
    from socialdesk.ui.inbox.aim import Aim
    from socialdesk.ui.inbox.triage import Triage


class Acting(QObject):
    """`acted(text)`: shown already, and can be undone. `failed(error)`. `settled()`: the desk has
    it. `unread_asked()`: before it is done, so that showing it does not open it again."""

    acted = Signal(str)
    failed = Signal(object)
    settled = Signal()
    unread_asked = Signal()

    def __init__(self, desk: Desk, pane: ListPane, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._now, self._window = desk, now, parent
        self.pane = pane
        self.elsewhere = 0  # a mention that is shown without being in the list; 0 = none is

    @cached_property
    def triage(self) -> "Triage":
        """Made for the first act: importing the commands takes 35 ms, the first paint saves it."""
        from socialdesk.ui.inbox.triage import Triage

        made = Triage(self._desk, self.pane.model, self)
        made.acted.connect(self.acted)
        made.refused.connect(self._on_refused)
        made.settled.connect(self.settled)
        return made

    @property
    def row(self) -> QueueRow | None:
        """The mention that is shown: the current card, or one from elsewhere; None when there is
        none or it is gone."""
        if self.elsewhere:
            found = self.pane.model.row_of(self.elsewhere)
            return found if found.author or found.handle else None
        number = self.pane.list.current()
        if not 0 <= number < self.pane.model.rowCount():
            return None
        row = self.pane.model.row(number)
        return row if row.author or row.handle else None

    @property
    def can_act(self) -> bool:
        """Whether there is something that an act would be about."""
        return self.row is not None and not self.pane.marking.is_waiting

    def aim(self) -> "Aim":
        """What an act is about: all that match, the marked mentions, or the current one; nothing
        while all are meant of a list that is still on its way."""
        from socialdesk.ui.inbox.aim import Aim

        marked, row = self.pane.list.marked(), self.row
        if self.pane.marking.is_waiting:
            return Aim(())
        if not self.pane.marking.is_all:
            return Aim(marked or ((row.id,) if row else ()), row.author if row else "")
        view, search = self.pane.place
        return Aim(marked, is_all=True, view=view, search=search, n=self.pane.marks.n_matches)

    # --- decisions ---

    def finish(self, *, stay: bool) -> None:
        """Done; without `stay` on to the next."""
        row = self.row
        if row is None:
            return
        is_answered = row.status is Status.WAITING
        disposition = Disposition.REPLIED if is_answered else Disposition.NO_REPLY_NEEDED
        self._set_status(Status.DONE, disposition, stay=stay)

    def set_spam(self) -> None:
        self._set_status(Status.SPAM)

    def set_spam_and_mute(self) -> None:
        """Spam, and nothing more of its author: one act, one undo."""
        aim, view = self.aim(), self._list_view()
        if len(aim.ids) <= MANY and not aim.is_all:
            self._act(lambda: self.triage.set_status(aim, Status.SPAM, view, mutes=True))

    def step(self, step: int) -> None:
        """To the next card, or (-1) the one before."""
        self.pane.list.go_to(self.pane.list.current() + step)

    def mark_unread(self) -> None:
        self.unread_asked.emit()
        self._set_status(Status.NEW, stay=True)

    def reopen(self) -> None:
        self._set_status(Status.OPEN)

    def snooze(self) -> None:
        from socialdesk.ui.inbox.questions import ask_snooze

        aim, view = self.aim(), self._list_view()
        ask_snooze(
            self._now(),
            lambda until: self._act(lambda: self.triage.snooze(aim, until, self._now(), view)),
            self._window,
        )

    def promise(self) -> None:
        """An answer by a time, without a reply."""
        from socialdesk.ui.inbox.questions import ask_promise

        row = self.row
        if row is not None:
            ask_promise(
                self._now(),
                lambda due_at: self.triage.promise(row.id, due_at, self._now()),
                self._window,
            )

    def label(self) -> None:
        from socialdesk.ui.inbox.questions import ask_label

        row, aim = self.row, self.aim()
        if row is not None:
            ask_label(
                self._desk,
                row,
                lambda name: self.triage.turn_label(row, aim, name),
                self.failed.emit,
                self._window,
            )

    def hand_over(self) -> None:
        from socialdesk.ui.inbox.questions import ask_person

        aim = self.aim()
        ask_person(
            self._desk,
            lambda person, name: self.triage.assign(aim, person, name),
            self.failed.emit,
            self._window,
        )

    def link_contact(self) -> None:
        """Which contact the author is: one mention says so for all of theirs."""
        from socialdesk.ui.contacts.linking import ask_contact

        def linked(_: object) -> None:
            self.acted.emit(tr("Linked to a contact"))
            self.settled.emit()

        if (row := self.row) is not None:
            ask_contact(self._desk, row.id, linked, self.failed.emit, self._window)

    def set_priority(self, level: int) -> None:
        """The same level again takes it off."""
        row = self.row
        if row is not None:
            self.triage.set_priority(self.aim(), 0 if row.priority == level else level)

    def turn_vip(self) -> None:
        if self.row is not None:
            self.triage.set_vip(self.aim(), not self.row.is_vip)

    def turn_mute(self) -> None:
        row = self.row
        if row is not None:
            is_muted = row.disposition is Disposition.MUTED
            aim, view = self.aim(), self._list_view()
            self._act(lambda: self.triage.set_muted(aim, not is_muted, view))

    def hear_again(self) -> None:
        """Choose whom to unmute, of the list of muted people."""
        from socialdesk.ui.inbox.questions import ask_muted

        ask_muted(
            self._desk, self._now(), lambda person: self.triage.unmute(person.id, person.name),
            self.failed.emit, self._window,
        )  # fmt: skip

    def turn_pin(self) -> None:
        """On top of what needs a reply, or no longer."""
        if self.row is not None:
            self.triage.set_pinned(self.aim(), not self.row.is_pinned)

    # --- how ---

    def _list_view(self) -> View:
        """A search looks through everything: an act takes nothing off its list."""
        return View.ALL if self.pane.search else self.pane.view

    def _set_status(
        self, status: Status, disposition: Disposition = Disposition.NONE, *, stay: bool = False
    ) -> None:
        aim, view = self.aim(), self._list_view()
        self._act(
            lambda: self.triage.set_status(aim, status, view, disposition=disposition, stay=stay),
            moves_on=not stay,
        )

    def _act(self, act: Callable[[], None], *, moves_on: bool = True) -> None:
        """Act, and stand on the next card: the one that took the place of a card that went, else
        one step on. (Qt itself goes to the card before when the current row is removed.)"""
        cards, model = self.pane.list, self.pane.model
        if self.elsewhere and not cards.n_marked():  # the list has no part in it
            act()
            return
        number = cards.current()
        before = model.id_at(number)
        n_marked, n_above = cards.n_marked(), cards.n_marked_above(number)
        act()
        cards.clearSelection()
        found = model.number_of(before, number)
        if n_marked:
            cards.go_to(found if found >= 0 else number - n_above)
        elif found < 0:
            cards.go_to(number)
        elif moves_on:
            cards.go_to(found + 1)
        self.pane.say_empty_soon()

    def note_restart(self) -> None:
        """The engine is back; an act may have been on its way to it."""
        if "triage" in vars(self):
            self.triage.note_restart()

    def _on_refused(self, error: SocialDeskError) -> None:
        self.failed.emit(error)
        self.pane.model.reread()
        self.pane.ask(keep=True)
