"""Long runs of rules: dry, over the queue, and back; looked at, stopped, told once."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import requests

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.rules.rule import Do, Field, Rule
from socialdesk.domain.rules.rule_json import actions_json, conditions_json
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.commands import AddLabel, SaveTemplate, SetPriority, SetStatus, Undo
from socialdesk.engine.commands.rules import (
    ApplyRule,
    DeleteRule,
    DryRunRule,
    MoveRule,
    PeekRun,
    SaveRule,
    SetRuleOn,
    StopRun,
    UndoRule,
)
from socialdesk.engine.errands import rules as rule_runs
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.engine.queries import ReadRows
from socialdesk.engine.queries.rules import CountRuleHits, ListRules, RuleHits, SuggestedTemplates
from socialdesk.engine.queries.templates import SuggestTemplates
from socialdesk.engine.rules.trial_json import trial_of
from socialdesk.store.file.reader import Readers
from tests.fakes import HandClock
from tests.makers import a_mention
from tests.rule_makers import a_rule, do, is_, label, words
from tests.store.queue_file import QueueFile

N = 40
MINUTE = 60_000


class Filled:
    """An engine over a file with N mentions, every fourth asking for a refund."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        file = QueueFile(folder)
        start = file.clock.now - N * MINUTE
        self.ids = file.save(*(
            a_mention("refund please" if n % 4 == 0 else "hello", author=f"p{n}", n=n,
                      at=start + n * MINUTE)
            for n in range(N)
        ))  # fmt: skip
        file.close()
        self.open()

    def open(self) -> None:
        outside = Outside({}, requests.Session, lambda _: NoKeyring(Secret("none")))
        place = self.folder / "workspace.db"
        self.desk = InlineDesk(place, self.folder / "backups", HandClock(), outside)

    def do(self, command):
        return self.desk.do(command).result().answer

    def keep(self, rule: Rule) -> int:
        return int(self.do(SaveRule(rule.name, *texts(rule)))["rule_id"])

    def rows(self):
        return self.desk.ask(ReadRows(self.ids)).result()

    def sql(self, sql: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self.read(lambda conn: conn.execute(sql).fetchall())
        return found

    def read(self, read: Callable[[Any], Any]) -> Any:
        readers = Readers(self.folder / "workspace.db")
        try:
            return readers.here(read)
        finally:
            readers.close()

    def n_labelled(self, name: str = "hit") -> int:
        return sum(name in row.labels for row in self.rows())


def texts(rule: Rule) -> tuple[str, str]:
    return conditions_json(rule), actions_json(rule.actions)


def trial(filled: Filled, rule: Rule, **how):
    return trial_of(filled.do(DryRunRule(*texts(rule), **how)))


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    made = Filled(tmp_path)
    yield made
    made.desk.close()


def test_a_dry_run_counts_and_changes_nothing(filled):
    before = filled.rows()
    found = trial(filled, a_rule())
    assert (found.n_read, found.n_hits, found.changes) == (N, N // 4, (N // 4,))
    assert (len(found.examples), found.is_whole) == (10, True)
    assert filled.rows() == before


def test_a_dry_run_of_the_newest_few(filled):
    found = trial(filled, a_rule(), n=8)
    assert (found.n_read, found.n_hits, found.is_whole) == (8, 2, True)
    assert found.examples[0].mention_id == filled.ids[36]


def test_a_rule_goes_on_only_when_it_was_tried_or_somebody_is_sure(filled):
    rule = a_rule()
    id = filled.keep(rule)
    with pytest.raises(CommandError) as refused:
        filled.do(SetRuleOn(id, True))
    assert refused.value.fault is CommandFault.NOT_TRIED
    trial(filled, rule)
    filled.do(SetRuleOn(id, True))
    other = filled.keep(a_rule(words("late"), name="Other"))
    filled.do(SetRuleOn(other, True, is_sure=True))
    assert [r.is_on for r in filled.desk.ask(ListRules()).result()] == [True, True]


def test_a_dry_run_that_was_stopped_does_not_count_as_tried(filled, monkeypatch):
    monkeypatch.setattr(rule_runs, "READ", 5)
    rule = a_rule()
    monkeypatch.setattr(rule_runs, "finds", stopping(filled, "t"))
    pattern = a_rule(is_(Field.PATTERN, "refund"))
    found = trial(filled, pattern, ticket="t")
    assert not found.is_whole
    assert found.n_read == 5
    with pytest.raises(CommandError):
        filled.do(SetRuleOn(filled.keep(pattern), True))
    assert trial(filled, rule).is_whole


def stopping(filled: Filled, ticket: str) -> Callable[[str, str], bool]:
    """An expression that looks how far the run is, and stops it."""

    def finds(pattern: str, text: str) -> bool:
        looked = filled.desk.do(PeekRun(ticket)).result().answer
        assert looked["n_total"] == N
        filled.desk.do(StopRun(ticket)).result()
        return False

    return finds


def test_a_run_that_is_none_is_nowhere(filled):
    assert filled.do(PeekRun("none")) == {"n_done": 0, "n_total": 0}
    assert filled.do(StopRun("none")) == {}


def test_a_rule_is_applied_to_the_queue_in_one_act(filled, monkeypatch):
    monkeypatch.setattr(rule_runs, "CHANGED", 3)
    id = filled.keep(a_rule(then=(label("hit"), do(Do.STATUS, "done"))))
    before = filled.rows()
    assert filled.do(ApplyRule(id)) == {"n": N // 4, "is_whole": True}
    assert filled.n_labelled() == N // 4
    filled.do(Undo())
    assert filled.rows() == before


def test_a_second_run_finds_nothing_more(filled):
    id = filled.keep(a_rule())
    filled.do(ApplyRule(id))
    assert filled.do(ApplyRule(id))["n"] == 0


def test_what_was_decided_already_is_left_alone(filled):
    id = filled.keep(a_rule())
    filled.do(SetStatus(filled.ids[:20], Status.DONE.value))
    assert filled.do(ApplyRule(id))["n"] == 5


def test_all_a_rule_did_is_taken_back_and_told(filled, monkeypatch):
    monkeypatch.setattr(rule_runs, "UNDONE", 3)
    id = filled.keep(a_rule(then=(label("hit"), do(Do.PRIORITY, 1))))
    before = filled.rows()
    filled.do(ApplyRule(id))
    assert filled.desk.ask(CountRuleHits(id)).result() == N // 4
    answer = filled.do(UndoRule(id))
    assert answer == {"n": N // 4, "n_changed": 0, "n_gone": 0}
    assert filled.rows() == before
    assert filled.desk.ask(CountRuleHits(id)).result() == 0


def test_each_piece_of_an_undo_is_in_the_journal_with_its_effect(filled, monkeypatch):
    """A killed engine has then told all that it took back."""
    monkeypatch.setattr(rule_runs, "UNDONE", 3)
    id = filled.keep(a_rule())
    filled.do(ApplyRule(id))
    filled.do(UndoRule(id))
    told = filled.sql("SELECT data ->> 'n' FROM journal WHERE kind = 'rule_undone' ORDER BY seq")
    assert told == [(3,), (3,), (3,), (1,)]


def test_what_people_changed_since_is_told_and_left(filled):
    id = filled.keep(a_rule(then=(do(Do.PRIORITY, 1),)))
    filled.do(ApplyRule(id))
    filled.do(SetPriority((filled.ids[0], filled.ids[4]), 3))
    assert filled.do(UndoRule(id)) == {"n": N // 4 - 2, "n_changed": 2, "n_gone": 0}
    assert [filled.rows()[n].priority for n in (0, 4, 8)] == [3, 3, 0]


def test_a_label_by_a_person_is_no_reason_to_leave_a_mention(filled):
    id = filled.keep(a_rule())
    filled.do(ApplyRule(id))
    filled.do(AddLabel((filled.ids[0],), "mine"))
    assert filled.do(UndoRule(id))["n_changed"] == 0
    assert filled.rows()[0].labels == ("mine",)


def test_one_mention_is_taken_back(filled):
    id = filled.keep(a_rule())
    filled.do(ApplyRule(id))
    assert filled.do(UndoRule(id, mention_id=filled.ids[4]))["n"] == 1
    assert filled.n_labelled() == N // 4 - 1
    (hit,) = filled.desk.ask(RuleHits(filled.ids[4])).result()
    assert hit.is_undone
    assert filled.desk.ask(SuggestedTemplates(filled.ids[4])).result() == []


def test_a_command_sent_again_is_answered_and_not_repeated(filled):
    id = filled.keep(a_rule())
    for command in (ApplyRule(id), UndoRule(id)):
        first = filled.desk.do(command, f"same {type(command).__name__}").result()
        again = filled.desk.do(command, f"same {type(command).__name__}").result()
        assert again.seq == first.seq
    assert filled.n_labelled() == 0


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (a_rule(name=" "), "no_name"),
        (a_rule(is_(Field.PATTERN, "(")), "pattern_syntax"),
        (a_rule(is_(Field.PATTERN, "a{99999}")), "pattern_repeats"),
        (a_rule(then=(do(Do.PRIORITY, 9),)), "bad_number"),
        (a_rule(then=(do(Do.ASSIGN, 99),)), "gone_assign"),
        (a_rule(then=(do(Do.TEMPLATE, 99),)), "gone_template"),
    ],
)
def test_a_rule_that_makes_no_sense_is_not_kept(filled, rule, code):
    with pytest.raises(CommandError) as refused:
        filled.keep(rule)
    assert (refused.value.fault, refused.value.facts["code"]) == (CommandFault.RULE, code)
    assert filled.desk.ask(ListRules()).result() == []


def test_rules_are_moved_deleted_and_come_back(filled):
    ids = [filled.keep(a_rule(name=name)) for name in "ab"]
    filled.do(MoveRule(ids[1], -1))
    assert [r.id for r in filled.desk.ask(ListRules()).result()] == ids[::-1]
    filled.do(DeleteRule(ids[0]))
    assert [r.id for r in filled.desk.ask(ListRules()).result()] == ids[1:]
    filled.do(Undo())
    assert {r.id for r in filled.desk.ask(ListRules()).result()} == set(ids)


def test_a_closing_engine_ends_its_runs(filled, monkeypatch):
    monkeypatch.setattr(rule_runs, "READ", 1)
    reached, go_on = threading.Event(), threading.Event()

    def finds(pattern: str, text: str) -> bool:
        reached.set()
        return go_on.wait(30)

    monkeypatch.setattr(rule_runs, "finds", finds)
    command = DryRunRule(*texts(a_rule(is_(Field.PATTERN, "x"))), ticket="t")
    future = filled.desk.do(command)
    assert reached.wait(30)
    closing = threading.Thread(target=partial(filled.desk.close))
    closing.start()
    closing.join(30)
    go_on.set()
    assert trial_of(future.result(30).answer).n_read == 1


def test_what_a_rule_suggests_comes_first_in_the_composer(filled):
    saved = filled.do(SaveTemplate("Refund", "We are on it.", "en"))
    id = filled.keep(a_rule(then=(do(Do.TEMPLATE, saved["template_id"]),), name="Refunds"))
    filled.do(ApplyRule(id))
    (offered,) = filled.desk.ask(SuggestTemplates(filled.ids[0])).result()
    assert (offered.template_id, offered.because) == (saved["template_id"], ("rule Refunds",))
    assert filled.desk.ask(SuggestTemplates(filled.ids[1])).result() == []
