"""What declaring did: how much is held, and what was already on the wire, by name and outcome."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QWidget

from socialdesk.domain.crisis.crisis_rows import FlightRow
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.crisis import ListInFlight
from socialdesk.i18n import tr, trn
from socialdesk.ui.compose.parts import NoticeBar, column, label, now_ms, push, row
from socialdesk.ui.crisis.table import Column, Table
from socialdesk.ui.crisis.talk import Talk
from socialdesk.ui.plain import isolated
from socialdesk.ui.text_size import resize_for_text
from socialdesk.ui.words import outbox_chip

READ_MS: Final = 1_000  # what was on the wire settles meanwhile
_SETTLED: Final = frozenset(
    {OutboxState.SENT, OutboxState.FAILED, OutboxState.UNCERTAIN, OutboxState.DISCARDED}
)


class DeclaredSheet(QDialog):
    """After a declaration. It reads again until everything on the wire has an outcome."""

    def __init__(self, desk: Desk, answer: Mapping[str, Any], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._id = int(answer.get("incident_id") or 0)
        code = isolated(str(answer.get("code", "")))
        self.setWindowTitle(tr("{code} is declared", code=code))
        notice = NoticeBar(self)
        self._talk = Talk(desk, self, notice)
        n_held = int(answer.get("n_held") or 0)
        held = trn(
            "{n} reply is held. Nothing of it goes out by itself.",
            "{n} replies are held. Nothing of it goes out by itself.",
            n_held,
        )
        self._head = label(tr("These were already on the wire:"), "strong")
        self._table = Table(tr("On the wire when it was declared"), flight_columns(), _id_of, self)
        ok = push(tr("To the incident"), self.accept, kind="primary")
        ok.setDefault(True)
        self.setLayout(
            column(notice, label(held), self._head, self._table, row(None, ok), space=10, margin=16)
        )
        resize_for_text(self, 620, 360)
        self._again = QTimer(self)
        self._again.setInterval(READ_MS)
        self._again.timeout.connect(self._read)
        self._again.start()
        self._read()
        ok.setFocus()  # fmt: skip

    def _read(self) -> None:
        self._talk.ask(ListInFlight(self._id), self._show)

    def _show(self, rows: list[FlightRow]) -> None:
        self._table.show_rows(rows)
        self._head.setText(flight_words(rows))
        self._table.setVisible(bool(rows))
        if all(_state(r) in _SETTLED for r in rows):
            self._again.stop()


def flight_words(rows: Sequence[FlightRow]) -> str:
    """How many were on the wire."""
    if not rows:
        return tr("Nothing was on the wire.")
    return trn(
        "{n} reply was already on the wire. This is what became of it:",
        "{n} replies were already on the wire. This is what became of them:", len(rows),
    )  # fmt: skip


def flight_columns() -> tuple[Column, ...]:
    """To whom, from where, what became of it."""
    return (
        Column(tr("To"), lambda r: isolated(r.to)),
        Column(tr("Account"), lambda r: isolated(r.account), 150),
        Column(tr("Outcome"), outcome_word, 190, lambda r: _tone(r)),
    )


def outcome_word(row: FlightRow) -> str:
    """What became of a row that was on the wire."""
    state = _state(row)
    return outbox_chip(state, 0, now_ms()).text if state else row.state


def _tone(row: FlightRow) -> str:
    return "danger" if _state(row) in (OutboxState.FAILED, OutboxState.UNCERTAIN) else ""


def _state(row: FlightRow) -> OutboxState | None:
    try:
        return OutboxState(row.state)
    except ValueError:
        return None


def _id_of(row: FlightRow) -> int:
    return row.outbox_id


def show_declared(desk: Desk, answer: Mapping[str, Any], parent: QWidget) -> DeclaredSheet:
    """Open it."""
    made = DeclaredSheet(desk, answer, parent)
    made.setWindowModality(Qt.WindowModality.WindowModal)
    made.open()
    return made
