"""Promises of an incident: to the public, to audiences, to those who asked."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from socialdesk.domain.crisis.crisis_rows import DueRow
from socialdesk.domain.crisis.incident import Incident
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.crisis import ListDues
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import NoticeBar, column, label
from socialdesk.ui.crisis.table import Column, Table
from socialdesk.ui.crisis.talk import Talk
from socialdesk.ui.crisis.words import due_words
from socialdesk.ui.plain import isolated
from socialdesk.ui.words import moment


class DuesPane(QWidget):
    """`mention_asked(id)`: Enter on the promise to one asker."""

    mention_asked = Signal(object)

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._now, notice = now, NoticeBar(self)
        self.talk = Talk(desk, self, notice)
        self.table = Table(tr("Promises"), self._columns(), lambda r: r.id, self)
        self.table.acted.connect(self._open)
        self._head = label(tone="dim")
        hint = label(
            tr(
                "An update that is published keeps the promise and makes the next one. "
                "Enter shows who was promised an answer."
            ),
            "dim",
        )
        layout = column(notice, self._head, self.table, hint, margin=12)
        layout.setStretchFactor(self.table, 1)
        self.setLayout(layout)  # fmt: skip

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(tr("To"), _to),
            Column(tr("Promised for"), lambda r: moment(r.due_at, self._now()), 180),
            Column(tr("State"), lambda r: due_words(r, self._now()), 220, self._tone),
        )

    def _tone(self, due: DueRow) -> str:
        if due.state in ("kept", "broken"):
            return "dim" if due.state == "kept" else "danger"
        return "danger" if due.due_at <= self._now() else ""

    def show_incident(self, incident: Incident) -> None:
        self.talk.ask(ListDues(incident.id), self._show)

    def tick(self) -> None:
        self.table.tick()

    def _show(self, dues: list[DueRow]) -> None:
        settled = [d for d in dues if d.state in ("kept", "late", "broken")]
        n_kept = sum(d.state == "kept" for d in settled)
        n_open = len(dues) - sum(d.state in ("kept", "broken") for d in dues)
        kept = tr("{n} of {all} kept", n=n_kept, all=len(settled)) if settled else ""
        self._head.setText(" · ".join(filter(None, (tr("{n} open", n=n_open), kept))))
        self.table.show_rows(dues)

    def _open(self) -> None:
        due = self.table.current()
        if due is not None and due.mention_id:
            self.mention_asked.emit(due.mention_id)


def _to(due: DueRow) -> str:
    if due.to_kind == "public":
        return tr("Everybody: the next update")
    return isolated(due.to)
