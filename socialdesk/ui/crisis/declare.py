"""The declare sheet: one sheet, keyboard only, with a playbook's defaults, under a minute.

Only Ctrl+Enter, or Enter on its button, declares: a stray Enter must not start a crisis.
"""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QWidget

from socialdesk.domain.crisis.incident import Incident
from socialdesk.domain.queue.rows import Listing, Order, OutboxRow, View
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.engine.commands.crisis import Declare
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries import ListAccounts, ListMentions, ListOutbox, ListPeople
from socialdesk.engine.queries.crisis import (
    ListAudiences,
    ListLinked,
    ReadIncident,
)
from socialdesk.engine.queries.playbooks import ReadPrepared
from socialdesk.engine.queries.rules import ListRules
from socialdesk.i18n import language, tr, trn
from socialdesk.ui.compose.parts import NoticeBar, column, label, push, row
from socialdesk.ui.crisis.declare_form import DeclareForm
from socialdesk.ui.crisis.declare_more import MorePane
from socialdesk.ui.crisis.declare_types import TypesPane
from socialdesk.ui.crisis.talk import Talk
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.text_size import resize_for_text

MOST: Final = 500  # outbox rows that are counted
N_WORDS: Final = 100  # newest mentions that are looked through for watch words
_WAITS: Final = frozenset({OutboxState.QUEUED, OutboxState.APPROVAL})
_WAITS_HELD: Final = frozenset({HoldReason.UNDO, HoldReason.SCHEDULED})


class DeclareSheet(QDialog):
    """`declared(answer)`: incident_id, code, n_held, in_flight, as Declare answers. `incident_id`
    0 = from monitoring."""

    declared = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget, incident_id: int = 0) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Declare an incident"))
        self._incident_id = incident_id
        self._topic, self._n_held, self._n_rules = "", 0, 0
        self._notice = NoticeBar(self)
        self.talk = Talk(desk, self, self._notice)
        self.types, self.form, self.more = TypesPane(self), DeclareForm(self), MorePane(self)
        self._effect = label()
        self._effect.setAccessibleName(tr("What will happen"))
        self._yes = push(tr("Declare (Ctrl+Enter)"), self.declare, kind="danger")
        self._no = push(tr("Not now"), self.reject)
        self._lay_out()
        self.types.chosen.connect(self._on_type)
        self.form.changed.connect(self._show_effect)
        self.more.changed.connect(self._show_effect)
        self._read()

    def _lay_out(self) -> None:
        upper = row(space=20)
        upper.addWidget(self.types, 2)
        upper.addWidget(self.form, 3)
        rule = QFrame()
        rule.setProperty("rule", "yes")
        inner = QWidget()
        inner.setLayout(column(upper, rule, self.more, space=12, margin=2))
        scroll = ScrollArea()
        scroll.setWidget(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setProperty("ground", "none")
        foot = row(space=12)
        foot.addWidget(self._effect, 1)
        foot.addWidget(self._no)
        foot.addWidget(self._yes)
        layout = column(self._notice, scroll, foot, space=10, margin=16)
        self.setLayout(layout)
        resize_for_text(self, 980, 690)

    def _read(self) -> None:
        ask = self.talk.ask
        ask(ListPeople(), self._take_people)
        ask(ListAccounts(), self.more.fill_accounts)
        ask(ListAudiences(), self.more.fill_audiences)
        ask(ListOutbox(limit=MOST), self._take_outbox)
        ask(ListRules(), self._take_rules)
        if self._incident_id:
            ask(ReadIncident(self._incident_id), self._take_incident)
        else:
            ask(ReadPrepared(), self._take_prepared)

    # --- what comes ---

    def _take_incident(self, incident: Incident | None) -> None:
        if incident is not None:
            self.form.keep_title(incident.title)
            self._topic = incident.alert_topic
        self.talk.ask(ReadPrepared(), self._take_prepared)

    def _take_prepared(self, prepared: Any) -> None:
        self.types.fill(prepared.playbooks, self._topic)
        if self._incident_id:
            self.talk.ask(
                ListLinked(self._incident_id, N_WORDS),
                lambda rows: self.types.count_hits([r.words for r in rows]),
            )
        else:
            query = ListMentions(View.ALL, "", Order.NEWEST, N_WORDS)
            self.talk.ask(query, self._take_newest)

    def _take_newest(self, listing: Listing) -> None:
        rows = self.talk.desk.rows(tuple(listing.ids)[:N_WORDS])
        self.types.count_hits([r.body for r in rows])

    def _take_people(self, people: Any) -> None:
        self.form.fill_people(people)
        self.more.fill_people(people)

    def _take_outbox(self, rows: list[OutboxRow]) -> None:
        self._n_held = sum(will_hold(r) for r in rows)
        self._show_effect()

    def _take_rules(self, rules: Any) -> None:
        self._n_rules = sum(r.is_on for r in rules)
        self._show_effect()

    # --- what is shown ---

    def _on_type(self) -> None:
        playbook = self.types.playbook
        if playbook is not None:
            title = playbook.title.get(language(), playbook.id)
            self.form.suggest(title, playbook.sev_default)

    def _show_effect(self) -> None:
        self._effect.setText(effect_words(self._n_held, self._n_rules, bool(self.more.accounts)))

    # --- acting ---

    def declare(self) -> None:
        """With what is on the sheet."""
        if self.more.is_scope_empty:
            self._notice.tell(tr("Nothing is in the scope. Tick an account and a language."))
            return
        self._yes.setEnabled(False)
        playbook = self.types.playbook
        command = Declare(
            title=self.form.title.text().strip(), playbook=playbook.id if playbook else "",
            severity=self.form.severity, commander=self.form.commander_id,
            incident_id=self._incident_id, strategy=str(self.form.strategy.currentData()),
            roles=self.more.roles, accounts=self.more.accounts, languages=self.more.languages,
            audiences=self.more.audiences,
        )  # fmt: skip
        self.talk.do(command, self._on_declared, self._on_refused)

    def _on_refused(self, error: Any) -> None:
        self._yes.setEnabled(True)
        self.talk.fail(error)

    def _on_declared(self, done: Done) -> None:
        self.accept()
        self.declared.emit(dict(done.answer))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self._yes.isEnabled():
                self.declare()
        elif is_enter:  # a button that has the keys takes its own Enter below
            focus = self.focusWidget()
            for button in (self._yes, self._no):
                if focus is button:
                    button.click()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        room = self.screen().availableGeometry()
        self.resize(min(self.width(), room.width() - 40), min(self.height(), room.height() - 60))
        self.types.list.setFocus(Qt.FocusReason.OtherFocusReason)


def will_hold(r: OutboxRow) -> bool:
    """Whether a lock holds this reply: it would leave by itself, or after one yes. What already
    asks a person waits as it is."""
    return r.state in _WAITS or (r.state is OutboxState.HELD and r.hold in _WAITS_HELD)


def effect_words(n_held: int, n_rules: int, is_narrow: bool) -> str:
    """What declaring does, in numbers. `is_narrow`: some accounts only."""
    if n_held >= MOST:
        held = tr("{n} replies or more will be held", n=MOST)
    else:
        held = trn("{n} reply will be held", "{n} replies will be held", n_held)
    rules = trn("{n} rule is paused", "{n} rules are paused", n_rules)
    where = tr("at most, in the accounts of the scope") if is_narrow else tr("in all accounts")
    locked = tr("templates and planned posts are locked until stand-down")
    return f"{held} ({where}), {rules}, {locked}."


def open_declare(
    desk: Desk, parent: QWidget, then: Callable[[dict[str, Any]], None], incident_id: int = 0
) -> DeclareSheet:
    """One sheet at a time: the one that is open comes to the front."""
    for there in parent.findChildren(DeclareSheet):
        if there.isVisible():
            there.raise_()
            there.activateWindow()
            return there
    made = DeclareSheet(desk, parent, incident_id)
    made.declared.connect(then)
    made.open()
    return made
