"""Replies that an incident holds: kept, changed or discarded one by one. There is "discard all",
no "keep all": nobody reads ten texts with one key."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from socialdesk.domain.crisis.crisis_rows import HeldRow
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import SocialDeskError
from socialdesk.domain.queue.rows import OutboxRow
from socialdesk.engine.commands.crisis import DecideHeld, DiscardAllHeld
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListOutbox
from socialdesk.engine.queries.crisis import ListHeld
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import NoticeBar, column, label, push
from socialdesk.ui.crisis.table import Column, Table
from socialdesk.ui.crisis.talk import Talk
from socialdesk.ui.flow import Flow
from socialdesk.ui.plain import clean, isolated, one_line
from socialdesk.ui.words import age, moment

KEEP, CHANGE, DISCARD, ALL = "y", "e", "x", "Shift+X"
_DECISIONS = {KEEP: "keep", CHANGE: "change", DISCARD: "discard"}


class HeldPane(QWidget):
    """`mention_asked(id)`: show that mention, where a changed text is a draft again.
    `look_asked(OutboxRow)`: a second look at a text that is to be kept. `show_held(0)`: of any
    incident, ended ones too."""

    mention_asked = Signal(object)
    look_asked = Signal(object)

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._now, self._incident_id = now, 0
        self._notice = NoticeBar(self)
        self._notice.chosen.connect(self._on_notice)
        self.talk = Talk(desk, self, self._notice)
        self.table = Table(tr("Held replies"), self._columns(), lambda r: r.outbox_id, self)
        self.table.take_keys(*_DECISIONS, ALL)
        self.table.pressed_key.connect(self._on_key)
        self.table.acted.connect(self._open)
        self.table.moved.connect(self._show_text)
        self._head, self._text = label(tone="dim"), label()
        self._buttons = {
            KEEP: push(tr("Keep (Y)"), lambda: self._on_key(KEEP), kind="primary"),
            CHANGE: push(tr("Change (E)"), lambda: self._on_key(CHANGE)),
            DISCARD: push(tr("Discard (X)"), lambda: self._on_key(DISCARD)),
            ALL: push(tr("Discard all… (Shift+X)"), lambda: self._on_key(ALL), kind="danger"),
        }
        *one, every = self._buttons.values()
        hint = label(
            tr(
                "Nothing here goes out by itself, also when its time has passed. A text "
                "that is kept needs a new second look."
            ),
            "dim",
        )
        layout = column(
            self._notice,
            self._head,
            self.table,
            self._text,
            hint,
            Flow(*one, every, far=1),
            margin=12,
        )
        layout.setStretchFactor(self.table, 1)
        self.setLayout(layout)  # fmt: skip

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(tr("To"), lambda r: isolated(r.to), 160),
            Column(tr("Words"), lambda r: one_line(r.text)),
            Column(tr("Account"), lambda r: isolated(r.account), 150),
            Column(tr("Was to leave"), self._was_due, 170),
            Column(tr("Held for"), lambda r: age(r.held_at, self._now()), 110),
        )

    def _was_due(self, held: HeldRow) -> str:
        if not held.was_due_at:
            return tr("At once")
        when = moment(held.was_due_at, self._now())
        return tr("{when}, passed", when=when) if held.was_due_at <= self._now() else when

    def show_held(self, incident_id: int = 0) -> None:
        """Read them."""
        self._incident_id = incident_id
        self.talk.ask(ListHeld(incident_id), self._show)

    def _show(self, rows: list[HeldRow]) -> None:
        waits = trn("{n} reply waits for a decision", "{n} replies wait for a decision", len(rows))
        self._head.setText(waits if rows else tr("Nothing is held."))
        self.table.show_rows(rows)
        # An act of "all" needs one incident: each hold is decided in its own.
        self._buttons[ALL].setVisible(bool(self._incident_id))

    def _show_text(self) -> None:
        held = self.table.current()
        self._text.setText(clean(held.text) if held else "")
        for key, button in self._buttons.items():
            button.setEnabled(bool(self.table.rows) if key == ALL else held is not None)

    def _open(self) -> None:
        if (held := self.table.current()) is not None and held.mention_id:
            self.mention_asked.emit(held.mention_id)

    # --- deciding ---

    def _on_key(self, key: str) -> None:
        held = self.table.current()
        if key == ALL and self.table.rows and self._incident_id:
            n = len(self.table.rows)
            said = trn(
                "Discard the held reply? It stays in your history here.",
                "Discard all {n} held replies? They stay in your history here.",
                n,
            )
            self._notice.tell(said, [(tr("Discard all"), "all"), (tr("Not now"), "no")])
            self._notice.take_keys()
        elif key in _DECISIONS and held is not None:
            self._decide(held, _DECISIONS[key])  # fmt: skip

    def _decide(self, held: HeldRow, decision: str) -> None:
        def done(_: object) -> None:
            self.show_held(self._incident_id)
            if decision == "change" and held.mention_id:
                self.mention_asked.emit(held.mention_id)

        def refused(error: SocialDeskError) -> None:
            self.talk.fail(error)
            if isinstance(error, CrisisRefusedError) and error.code == "R15":
                self._notice.tell(self._notice.text, [(tr("Second look…"), "look")], "danger")
                self._notice.take_keys()

        self.talk.do(DecideHeld(held.outbox_id, decision), done, refused)

    def _on_notice(self, action: str) -> None:
        held = self.table.current()
        if action == "all":
            command = DiscardAllHeld(self._incident_id)
            self.talk.do(command, lambda _: self.show_held(self._incident_id))
        elif action == "look" and held is not None:
            self.talk.ask(ListOutbox(mention_id=held.mention_id), self._ask_look)
        self.table.setFocus()

    def _ask_look(self, rows: list[OutboxRow]) -> None:
        held = self.table.current()
        for row_ in rows:
            if held is not None and row_.id == held.outbox_id:
                self.look_asked.emit(row_)
