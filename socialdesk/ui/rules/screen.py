"""The rules of a workspace: write, try, switch on, see what they did, take it back."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QDateTime, Qt, QTime, Signal
from PySide6.QtWidgets import QMenu, QWidget

from socialdesk.domain.changes import Area, Changes
from socialdesk.domain.errors import CommandError, CommandFault, SocialDeskError
from socialdesk.domain.rules.rule import Rule, RuleRow
from socialdesk.domain.rules.rule_json import actions_json, conditions_json
from socialdesk.engine import commands as c
from socialdesk.engine.commands import rules as r
from socialdesk.engine.desk import Desk, Done
from socialdesk.engine.queries.rules import ListRules
from socialdesk.engine.rules.trial_json import trial_of
from socialdesk.engine.words.messages import sentence
from socialdesk.engine.words.rules import undone_words
from socialdesk.i18n import tr, trn
from socialdesk.ui.bridge import Bridge
from socialdesk.ui.compose.parts import NoticeBar, Speaker, column, label, push, row
from socialdesk.ui.flow import Flow
from socialdesk.ui.rules.editor import EMPTY, RuleEditor
from socialdesk.ui.rules.known import Knowing
from socialdesk.ui.rules.list_pane import RuleList
from socialdesk.ui.rules.runs import Run
from socialdesk.ui.rules.state import state_words
from socialdesk.ui.rules.trial_pane import TrialPane
from socialdesk.ui.scroll_area import ScrollArea
from socialdesk.ui.tasks import Latest, Waiter
from socialdesk.ui.turning import TurningSplit

HOUR_MS = 3_600_000
WIDE = 600  # px that the list and a rule need side by side
SAVED_AS = ("name", "groups", "actions", "match", "with_filed")


class RulesScreen(QWidget):
    """List at the left, the chosen rule with its dry run at the right. `mention_asked(id)`."""

    mention_asked = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._desk, self._latest = desk, Latest(self)
        self._rows: dict[int, RuleRow] = {}
        self._drafts: dict[int, Rule] = {}  # written and not saved yet; 0 = the new one
        self._id = 0
        self._tried: Rule = EMPTY
        self._leads_to_trial = self._rows_read = False
        self._knowing = Knowing(desk, self._on_known, self._fail, self)
        self._trying, self._working = Run(desk, self), Run(desk, self)
        self._make()
        self._trying.far.connect(lambda n, total: self.trial.show_running(n, total))
        self._trying.done.connect(self._on_tried)
        self._trying.failed.connect(self._on_try_failed)
        self._working.far.connect(self._on_far)
        Speaker(self, self._make_again)
        Bridge(desk, self).changed.connect(self._on_changed)
        self._knowing.read()
        self.refresh()

    def _make_again(self) -> None:
        self._make()
        self._show(list(self._rows.values()))
        self._show_rule()

    def _make(self) -> None:
        self.notice = NoticeBar(self)
        self.notice.chosen.connect(self._on_choice)
        self.list = RuleList(self)
        self.list.rule_chosen.connect(self.choose)
        self.list.turned.connect(self._turn)
        self.list.moved.connect(lambda id, step: self._do(r.MoveRule(id, step)))
        self._none = label(
            tr("No rules yet. A rule looks at each new mention and labels, raises, files or hands "
               "it over for you. Try it on what is stored before you switch it on."), "dim",
        )  # fmt: skip
        self._new = push(tr("New rule"), self.new_rule, icon="plus")
        left = QWidget()
        beside = column(self._none, self.list, row(self._new, None), None, margin=12)
        beside.setStretch(1, 1_000)  # of the height, where there is a list
        left.setLayout(beside)
        split = TurningSplit(left, self._make_right(), (330, 730), WIDE)
        self.setLayout(column(self.notice, split, space=0))

    def _make_right(self) -> QWidget:
        self.editor, self.trial = RuleEditor(self), TrialPane(self)
        self.editor.changed.connect(self._on_edited)
        self.trial.asked.connect(self.try_it)
        self.trial.stopped.connect(self._trying.stop)
        self.trial.mention_asked.connect(self.mention_asked)
        self._state = label(tone="dim")
        self.save = push(tr("Save"), self.save_rule, kind="primary")
        self.turn = push("", self._turn_this)
        self.more = push(tr("Apply to the queue now"), self.apply_now, icon="play")
        self.undo = push("", self._offer_undo, icon="undo-2")
        self.delete = push(tr("Delete"), self._delete, kind="quiet", icon="trash-2")
        self.stop = push(tr("Stop"), self._working.stop, kind="quiet", icon="x")
        self.stop.hide()
        body = QWidget()
        body.setLayout(column(
            self.editor, Flow(self.save, self.turn, self.delete, far=1), self._state,
            Flow(self.more, self.undo, self.stop), self.trial, None, margin=16, space=12,
        ))  # fmt: skip
        self._scroll = ScrollArea()
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(body)
        self._scroll.verticalScrollBar().rangeChanged.connect(lambda *_: self._on_range())
        return self._scroll

    # --- reading ---

    def refresh(self) -> None:
        """Read the rules again."""
        self._latest.wait(self._desk.ask(ListRules()), self._show, self._fail)

    def _on_changed(self, changes: Changes) -> None:
        self._knowing.take(changes)
        if changes.areas & {Area.RULES, Area.ALL}:
            self.refresh()

    def _on_known(self) -> None:
        self._list_again()
        focus = self.window().focusWidget()
        is_writing = focus is not None and self.editor.isAncestorOf(focus)
        is_shown = self._rows_read or bool(self._drafts)  # else it soon is, with what is known now
        is_other = self.editor.known != self._knowing.known
        if is_shown and is_other and not is_writing:  # it makes the rows anew
            self.editor.show_rule(self.editor.rule, self._knowing.known)

    def _show(self, rows: list[RuleRow]) -> None:
        before = self._rows.get(self._id)
        was = before.rule if before is not None else None
        self._rows = {one.id: one for one in rows}
        self._rows_read = True
        self._drafts = {id: rule for id, rule in self._drafts.items() if not id or id in self._rows}
        if self._id not in self._rows and (self._id or 0 not in self._drafts):
            self._id = rows[0].id if rows else 0
        self._list_again()
        now = self._rows.get(self._id)
        if self._id not in self._drafts and (now is None or now.rule != was or before is None):
            self._show_rule()
        self._show_state()

    def _list_again(self) -> None:
        self._none.setVisible(not self._rows)
        self.list.setVisible(bool(self._rows or self._drafts))
        names = self._knowing.known.names
        self.list.show_rules(list(self._rows.values()), names, self._id, list(self._drafts))

    # --- choosing and writing ---

    def choose(self, rule_id: int) -> None:
        """Show this one; what is written of another stays."""
        if rule_id != self._id:
            self._id = rule_id
            self.notice.clear()
            self._show_rule()
            self._show_state()

    def new_rule(self, rule: Rule = EMPTY) -> None:
        """An empty page, or one begun elsewhere; nothing is stored before it is saved."""
        self._drafts[0] = replace(rule, id=0)
        self._id = 0
        self._list_again()
        self._show_rule()
        self._show_state()
        self.editor.name.setFocus()

    def _show_rule(self) -> None:
        row = self._rows.get(self._id)
        stored = row.rule if row is not None else None
        rule = self._drafts.get(self._id) or stored or EMPTY
        is_unreadable = row is not None and stored is None
        self.editor.setVisible(not is_unreadable)
        self.trial.setVisible(not is_unreadable)
        self.editor.show_rule(rule, self._knowing.known)
        if not self._trying.is_running:
            self.trial.show_nothing()

    def _on_edited(self) -> None:
        rule, row = self.editor.rule, self._rows.get(self._id)
        if row is not None and row.rule is not None and _same(rule, row.rule):
            self._drafts.pop(self._id, None)
        else:
            self._drafts[self._id] = rule
        self._list_again()
        if not _same_work(rule, self._tried) and not self._trying.is_running:
            self.trial.show_nothing()
        self._show_state()

    def _show_state(self) -> None:
        row = self._rows.get(self._id)
        is_stored = row is not None and row.rule is not None
        is_dirty = self._id in self._drafts
        self.save.setEnabled(is_dirty or not is_stored)
        self.turn.setText(tr("Switch off") if row is not None and row.is_on else tr("Switch on"))
        for button in (self.turn, self.more):
            button.setEnabled(is_stored and not is_dirty)
        self.more.setEnabled(self.more.isEnabled() and not self._working.is_running)
        self.delete.setVisible(row is not None)
        n = row.n_hits if row is not None else 0
        self.undo.setText(tr("Undo what this rule did ({n})", n=n))
        self.undo.setVisible(n > 0)
        self.undo.setEnabled(not self._working.is_running)
        self._state.setText(state_words(row, is_dirty=is_dirty))

    # --- acting ---

    def save_rule(self) -> None:
        """Refused with a sentence at the place when it makes no sense."""
        self.editor.show_faults(self.editor.faults(), with_empty=True)
        rule = self.editor.rule
        command = r.SaveRule(rule.name, conditions_json(rule), actions_json(rule.actions), self._id)
        self._do(command, partial(self._on_saved, self._id))

    def _on_saved(self, before: int, done: Done) -> None:
        was_on = before in self._rows and self._rows[before].is_on
        self._drafts.pop(before, None)
        self._id = int(done.answer["rule_id"])
        if was_on and not done.answer["is_on"]:
            self.notice.tell(
                tr("Saved, and switched off: in this form it was not tried yet."), (), "warn"
            )
        self.refresh()

    def _turn_this(self) -> None:
        row = self._rows.get(self._id)
        if row is not None:
            self._turn(row.id, not row.is_on)

    def _turn(self, rule_id: int, is_on: bool, *, is_sure: bool = False) -> None:
        if rule_id in self._drafts:
            self.notice.tell(tr("Save it first: only a saved rule can be switched on."))
            self._list_again()
            return
        self._id = rule_id
        self._do(r.SetRuleOn(rule_id, is_on, is_sure))

    def _on_choice(self, key: str) -> None:
        if key == "dry_run":
            self.try_it(int(self.trial.amount.currentData()))
        elif key == "sure":
            self._turn(self._id, True, is_sure=True)
        elif key == "undo":
            self._do(c.Undo())

    def _delete(self) -> None:
        if self._id in self._rows:
            self._do(r.DeleteRule(self._id), lambda _: self.notice.tell(
                tr("Deleted. What it did stays."), [(tr("Undo"), "undo")], "accent"
            ))  # fmt: skip

    def try_it(self, n: int) -> None:
        """The rule as it stands in the editor, saved or not."""
        rule = self.editor.rule
        named = replace(rule, name=rule.name or tr("New rule"))
        found = [f for f in self.editor.faults() if f.code != "no_name"]
        self.editor.show_faults(found, with_empty=True)
        self._tried = named
        self.notice.clear()
        self.trial.show_nothing()
        conditions, actions = conditions_json(rule), actions_json(rule.actions)
        self._trying.begin(lambda ticket: r.DryRunRule(conditions, actions, n, ticket))

    def _on_tried(self, answer: Any) -> None:
        names = self._knowing.known.names
        self.trial.show_ended()
        if _same_work(self.editor.rule, self._tried):
            self.trial.show_trial(self._tried, trial_of(answer), names)
            self._leads_to_trial = True

    def _on_range(self) -> None:
        """What was found has its place now: its head at the top."""
        if self._leads_to_trial:
            self._leads_to_trial = False
            self._scroll.verticalScrollBar().setValue(self.trial.y())

    def _on_try_failed(self, error: SocialDeskError) -> None:
        self.trial.show_ended()
        self._fail(error)

    def apply_now(self) -> None:
        """On what needs a reply; one undo takes it back."""
        rule_id = self._id
        self._work(lambda ticket: r.ApplyRule(rule_id, ticket), self._on_applied)

    def _on_applied(self, answer: Any) -> None:
        n = int(answer["n"])
        if n:
            done = trn("Applied to {n} mention.", "Applied to {n} mentions.", n)
            self.notice.tell(done, [(tr("Undo"), "undo")], "accent")
        else:
            self.notice.tell(tr("Nothing in the queue fits that it had not done already."), (),
                             "accent")  # fmt: skip

    def _offer_undo(self) -> None:
        menu = QMenu(self)
        midnight = QDateTime(QDateTime.currentDateTime().date(), QTime(0, 0)).toMSecsSinceEpoch()
        now = QDateTime.currentMSecsSinceEpoch()
        for name, since in (
            (tr("Of the last hour"), now - HOUR_MS), (tr("Of today"), midnight),
            (tr("Everything"), 0),
        ):  # fmt: skip
            menu.addAction(name).triggered.connect(partial(self.undo_since, since))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.undo.mapToGlobal(self.undo.rect().bottomLeft()))

    def undo_since(self, since: int) -> None:
        """Take back what the rule did since (ms UTC); what people changed stays."""
        rule_id = self._id
        self._work(lambda t: r.UndoRule(rule_id, since=since, ticket=t), self._on_undone)

    def _on_undone(self, answer: Any) -> None:
        self.notice.tell(undone_words(answer), (), "accent")

    def _work(
        self, make: Callable[[str], r.ApplyRule | r.UndoRule], then: Callable[[Any], None]
    ) -> None:
        run = self._working = Run(self._desk, self)
        run.far.connect(self._on_far)
        run.done.connect(lambda answer: self._end_work(partial(then, answer)))
        run.failed.connect(lambda error: self._end_work(partial(self._fail, error)))
        run.begin(make)
        self.stop.show()
        self._show_state()

    def _end_work(self, then: Callable[[], None]) -> None:
        self.stop.hide()
        then()
        self.refresh()
        self._show_state()

    def _on_far(self, n_done: int, n_total: int) -> None:
        if n_total:
            self._state.setText(tr("{n} of {total} …", n=n_done, total=n_total))

    def _do(self, command: c.Command, then: Callable[[Done], None] | None = None) -> None:
        self.notice.clear()
        Waiter(self, self._desk.do(command), then or (lambda _: self.refresh()), self._fail)

    def _fail(self, error: SocialDeskError) -> None:
        self._list_again()
        actions: list[tuple[str, str]] = []
        if isinstance(error, CommandError) and error.fault is CommandFault.NOT_TRIED:
            actions = [(tr("Try it on what is stored"), "dry_run"),
                       (tr("Switch on anyway"), "sure")]  # fmt: skip
        self.notice.tell_sentence(sentence(error), actions)


def _same(one: Rule, other: Rule) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in SAVED_AS)


def _same_work(one: Rule, other: Rule) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in SAVED_AS[1:])
