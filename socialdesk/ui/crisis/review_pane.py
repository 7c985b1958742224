"""The review: cause, what went well and badly, the public message, actions with owner and date."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Final

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QDateEdit, QLineEdit, QPlainTextEdit, QWidget

from socialdesk.domain.crisis.crisis_rows import Review, TaskRow
from socialdesk.domain.crisis.incident import Incident, IncidentState
from socialdesk.domain.queue.rows import PersonRow
from socialdesk.engine.commands.crisis import MoveIncident, SaveReview, SaveTask
from socialdesk.engine.desk import Desk
from socialdesk.engine.queries import ListPeople
from socialdesk.engine.queries.crisis import ReadReview, WhatClosingWaitsFor
from socialdesk.engine.words.waits import BETWEEN, wait_words
from socialdesk.i18n import tr
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.crisis.ask_sheets import Sheet, choice_box
from socialdesk.ui.crisis.table import Column, Table
from socialdesk.ui.crisis.talk import Talk
from socialdesk.ui.keys import press_of
from socialdesk.ui.plain import isolated, one_line
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.timers import once
from socialdesk.ui.words import day

FIELDS: Final = ("cause", "went_well", "went_badly", "public_message")
ADD, EDIT, DONE, DROP = "a", "e", "d", "Del"
_NO_BUTTONS: Final = (
    "QDateEdit::up-button, QDateEdit::down-button { width: 0; height: 0; border: 0 }"
)
WEEK_D: Final = 7  # the date that a new action is offered, in days
IDLE_MS: Final = 5_000  # after the last key: every save is a line of the log, so not at each pause


class ReviewPane(QWidget):
    """Kept after a pause, at leaving it and by Ctrl+S; of a closed incident only read. In the list
    of actions: a add, e change, d done, Delete remove. `closed()`."""

    closed = Signal()

    def __init__(self, desk: Desk, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._now = now
        self._incident: Incident | None = None
        self._saved: dict[str, str] = {}
        self._people: list[PersonRow] | None = None  # not read yet
        self._idle = once(self, IDLE_MS, self.save)
        notice = NoticeBar(self)
        self.talk = Talk(desk, self, notice)
        self.fields = {key: self._field(name) for key, name in zip(FIELDS, _names(), strict=True)}
        self.tasks = Table(tr("Actions"), self._columns(), lambda r: r.id, self)
        self.tasks.take_keys(ADD, EDIT, DONE, DROP)
        self.tasks.pressed_key.connect(self._act)
        self.tasks.acted.connect(lambda: self._act(EDIT))
        self._waits = label(tone="warn")
        self._save = push(tr("Save (Ctrl+S)"), self.save, kind="primary")
        self._close = push(tr("Close the incident"), self._close_it, kind="danger")
        self.setLayout(column(notice, self._whole(), space=0))

    def _whole(self) -> ScrollArea:
        inner = QWidget()
        layout = column(space=6, margin=12)
        layout.addWidget(label(tr("No names: causes, not culprits."), "dim"))
        for (_, field), name in zip(self.fields.items(), _names(), strict=True):
            head = label(name, "strong", wraps=False)
            head.setBuddy(field)
            layout.addWidget(head)
            layout.addWidget(field)
        layout.addWidget(label(tr("Actions"), "strong", wraps=False))
        layout.addWidget(self.tasks)
        acts = row(space=8)
        for name, key in ((tr("Add… (A)"), ADD), (tr("Change… (E)"), EDIT), (tr("Done (D)"), DONE)):
            acts.addWidget(push(name, partial(self._act, key)))
        acts.addStretch(1)
        layout.addLayout(acts)
        layout.addWidget(self._waits)
        layout.addLayout(row(self._save, None, self._close))
        inner.setLayout(layout)
        scroll = ScrollArea()
        scroll.setWidget(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setProperty("ground", "none")
        return scroll

    def _field(self, name: str) -> QPlainTextEdit:
        made = QPlainTextEdit()
        made.setAccessibleName(name)
        made.setTabChangesFocus(True)
        made.setFixedHeight(made.fontMetrics().lineSpacing() * 3 + 18)
        made.textChanged.connect(self._idle.start)
        return made

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(tr("Action"), lambda r: one_line(r.text)),
            Column(tr("Owner"), lambda r: isolated(r.owner) if r.owner else tr("Nobody yet"), 160,
                   lambda r: "" if r.owner else "warn"),
            Column(tr("By"), lambda r: day(r.due_at, self._now()) if r.due_at else tr("No date"),
                   130, lambda r: "" if r.due_at else "warn"),
            Column(tr("State"), lambda r: tr("Done") if r.done_at else tr("Open"), 100),
        )  # fmt: skip

    def focus_first(self) -> None:
        """The first thing to write; where nothing is written any more, the actions."""
        first = self.fields[FIELDS[0]]
        (self.tasks if first.isReadOnly() else first).setFocus(Qt.FocusReason.TabFocusReason)

    def show_incident(self, incident: Incident) -> None:
        if self._incident is not None and self._incident.id != incident.id:
            self.save()
            self._empty()
        self._incident = incident
        self._set_open(incident.is_open)
        self._close.setEnabled(incident.state is IncidentState.REVIEW)
        self.talk.ask(ReadReview(incident.id), self._show)
        self.talk.ask(WhatClosingWaitsFor(incident.id), self._show_waits)
        self.talk.ask(ListPeople(), self._take_people)

    def _empty(self) -> None:
        """What was written of one incident never stands in another's review."""
        self._saved = {}
        for field in self.fields.values():
            field.clear()
        self.tasks.show_rows([])

    def _set_open(self, is_open: bool) -> None:
        """The report of a closed incident is frozen. The keys stay in here."""
        had_keys = not is_open and (self._save.hasFocus() or self._close.hasFocus())
        for field in self.fields.values():
            field.setReadOnly(not is_open)
        if had_keys:
            self.tasks.setFocus(Qt.FocusReason.OtherFocusReason)
        self._save.setEnabled(is_open)

    def _show(self, review: Review) -> None:
        """What somebody is writing is not overwritten."""
        for key, field in self.fields.items():
            stored = review.fields.get(key, "")
            if field.toPlainText() == self._saved.get(key, ""):
                if field.toPlainText() != stored:
                    field.setPlainText(stored)
            self._saved[key] = stored
        self.tasks.show_rows(review.tasks)

    def _show_waits(self, waits: list[tuple[str, int]]) -> None:
        said = BETWEEN.join(wait_words(*wait) for wait in waits)
        self._waits.setText(tr("Closing waits for: {list}", list=said) if said else "")

    def _take_people(self, people: list[PersonRow]) -> None:
        self._people = people

    # --- acting ---

    def save(self, then: Callable[[], None] | None = None) -> None:
        """What was written; `then` once it is kept."""
        self._idle.stop()
        written = {key: field.toPlainText().strip() for key, field in self.fields.items()}
        changed = tuple((k, v) for k, v in written.items() if v != self._saved.get(k, ""))
        incident = self._incident
        if incident is None or not incident.is_open or not changed:
            if then is not None:
                then()
            return

        def done(_: object) -> None:
            if self._incident is not None and self._incident.id == incident.id:
                self._saved.update(changed)
            if then is not None:
                then()

        self.talk.do(SaveReview(incident.id, changed), done)

    def _close_it(self) -> None:
        self.save(self._move_to_closed)

    def _move_to_closed(self) -> None:
        if self._incident is not None:
            command = MoveIncident(self._incident.id, IncidentState.CLOSED.value)
            self.talk.do(command, lambda _: self.closed.emit())

    def _act(self, key: str) -> None:
        task = self.tasks.current()
        if key == ADD:
            self._ask_task(None)
        elif task is not None and key == EDIT:
            self._ask_task(task)
        elif task is not None and self._incident is not None:
            text = "" if key == DROP else task.text
            is_done = key == DONE and not task.done_at
            self.talk.do(SaveTask(self._incident.id, task.id, text, task.owner_id, task.due_at,
                                  is_done))  # fmt: skip

    def _ask_task(self, task: TaskRow | None) -> None:
        if self._incident is None:
            return
        incident_id, known = self._incident.id, task or TaskRow(0, "")
        text = QLineEdit(known.text)
        owner = choice_box([])
        due = QDateEdit()
        due.setDisplayFormat("yyyy-MM-dd")
        due.setStyleSheet(_NO_BUTTONS)
        due.lineEdit().setStyleSheet("border: 0; padding: 0 8px; background: transparent")
        offered = datetime.fromtimestamp((known.due_at or self._now()) / 1000).date()
        due.setDate(QDate(offered.year, offered.month, offered.day))
        if not known.due_at:
            due.setDate(due.date().addDays(WEEK_D))

        def fill(people: list[PersonRow]) -> None:
            names = {0: tr("Nobody yet")} | {p.id: isolated(p.name) for p in people}
            names.setdefault(known.owner_id, isolated(known.owner))  # of who came since
            owner.clear()
            for id, name in names.items():
                owner.addItem(name, id)
            owner.setCurrentIndex(owner.findData(known.owner_id))
            sheet.notice.clear()

        def act() -> None:
            if not owner.count():  # nobody can see yet whose it will be
                sheet.notice.tell(tr("One moment"), tone="accent")
                talk.ask(ListPeople(), fill)
                return
            if not text.text().strip():
                sheet.notice.tell(tr("Write a few words first."))
                return
            at = _noon(due.date())
            command = SaveTask(
                incident_id,
                known.id,
                text.text().strip(),
                owner.currentData(),
                at,
                bool(known.done_at),
            )
            talk.do(command, lambda _: sheet.accept())

        sheet = Sheet(tr("Action"), tr("Save"), act, self)
        talk = Talk(self.talk.desk, sheet, sheet.notice)
        sheet.add(tr("What will be done"), text)
        sheet.add(tr("Owner"), owner)
        sheet.add(tr("By"), due)
        if self._people is None:
            talk.ask(ListPeople(), fill)
        else:
            fill(self._people)
        sheet.open()
        text.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.save()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if press_of(event) == "Ctrl+S":
            self.save()
        else:
            super().keyPressEvent(event)


def _names() -> tuple[str, ...]:
    return (tr("Cause"), tr("What went well"), tr("What went badly"), tr("Public message"))


def _noon(chosen: QDate) -> int:
    """ms UTC of midday there: no change of clocks moves it to another day."""
    local = date(chosen.year(), chosen.month(), chosen.day())
    return int(datetime(local.year, local.month, local.day, 12).timestamp() * 1000)
