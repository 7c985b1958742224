"""The log of an incident: what happened when, by whom, in words; and a line of one's own."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from socialdesk.domain.crisis.crisis_rows import LogRow
from socialdesk.domain.crisis.incident import Incident
from socialdesk.engine.after_action.log_words import event_words
from socialdesk.engine.commands.crisis import AddLogNote
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries.crisis import ReadLog
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.crisis.ask_sheets import Sheet, ask_words
from socialdesk.ui.crisis.table import Column, Table
from socialdesk.ui.crisis.talk import Talk
from socialdesk.ui.plain import clean, isolated
from socialdesk.ui.words import moment

NOTE = "n"


class LogPane(QWidget):
    """Newest first. n adds a line of the scribe."""

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._now, self._id = now, 0
        notice = NoticeBar(self)
        self.talk = Talk(desk, self, notice)
        columns = (
            Column(tr("Time"), lambda r: moment(r.at, now()), 130),
            Column(tr("Who"), lambda r: isolated(r.person) if r.person else "SocialDesk", 150),
            Column(tr("What"), _said, 0, _tone),
        )
        self.table = Table(tr("Log"), columns, lambda r: r.seq, self)
        self.table.take_keys(NOTE)
        self.table.pressed_key.connect(lambda _: self._ask_note())
        self.table.moved.connect(self._show_event)
        self._text = label()
        add = push(tr("Add a note… (N)"), self._ask_note)
        layout = column(notice, self.table, self._text, row(add, None), margin=12)
        layout.setStretchFactor(self.table, 1)
        self.setLayout(layout)

    def show_incident(self, incident: Incident) -> None:
        self._id = incident.id
        self.talk.ask(ReadLog(incident.id), self.table.show_rows)

    def _show_event(self) -> None:
        event = self.table.current()
        self._text.setText(_said(event) if event else "")

    def _ask_note(self) -> None:
        def add(text: str, sheet: Sheet) -> None:
            self.talk.do(AddLogNote(self._id, text), lambda _: sheet.accept())

        hint = tr("Our own words; never a stranger's name or text")
        ask_words(tr("Note for the log"), hint, tr("Add"), add, self)


def _said(event: LogRow) -> str:
    return clean(event_words(event.kind, event.data))


def _tone(event: LogRow) -> str:
    return "danger" if event.kind in ("refused", "check_skipped", "incident_promise_late") else ""
