"""Kills an engine while a rule is applied and taken back: each mention is done wholly or not."""

import os
import random
import select
import signal
from pathlib import Path

import pytest

from socialdesk.domain.rules.rule import Do
from socialdesk.engine.commands import Undo
from socialdesk.engine.commands.rules import ApplyRule, UndoRule
from socialdesk.engine.errands import rules as rule_runs
from socialdesk.engine.queries.rules import CountRuleHits, ListRules
from socialdesk.store import journal
from socialdesk.store.mentions import counters
from tests.engine.errands.test_rule_runs import Filled
from tests.rule_makers import a_rule, do, label, words

LIFE_S = 0.12  # the longest a child works before it is killed
N_LIVES = 10


def live(filled: Filled, rule_id: int, news: int, *, and_back: bool) -> None:
    """A few mentions a transaction, to and fro or only there, until killed."""
    filled.open()
    os.write(news, b"!")
    while True:
        filled.do(ApplyRule(rule_id))
        if and_back:
            filled.do(UndoRule(rule_id))


def kill_one(filled: Filled, rule_id: int, dice: random.Random, *, and_back: bool = True) -> None:
    """One child from its fork to its death. The parent has no thread then."""
    news, child_news = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            live(filled, rule_id, child_news, and_back=and_back)
        finally:
            os._exit(1)
    os.close(child_news)
    assert select.select([news], [], [], 30)[0]
    select.select([], [], [], dice.uniform(0.0, LIFE_S))
    os.close(news)
    os.kill(child, signal.SIGKILL)
    assert os.WIFSIGNALED(os.waitpid(child, 0)[1])


def check(filled: Filled) -> int:
    """How many mentions wear what the rule gives; all three marks or none."""
    hits = {row[0] for row in filled.sql(
        "SELECT h.mention_id FROM rule_hit h JOIN act a ON a.seq = h.seq"
        " WHERE h.undone_at = 0 AND a.undone_seq = 0"
    )}  # fmt: skip
    for row in filled.rows():
        marks = ("hit" in row.labels, row.priority == 1, row.status.name == "DONE")
        assert set(marks) == {row.id in hits}
    return len(hits)


@pytest.mark.timeout(120)
def test_killed_in_between_each_mention_is_done_wholly_or_not(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(rule_runs, "CHANGED", 3)
    monkeypatch.setattr(rule_runs, "UNDONE", 2)
    filled = Filled(tmp_path)
    fresh = filled.rows()
    then = (label("hit"), do(Do.PRIORITY, 1), do(Do.STATUS, "done"))
    id = filled.keep(a_rule(words("refund\nhello"), then=then))
    filled.desk.close()
    dice = random.Random(7)
    seen = set()
    for _ in range(N_LIVES):
        kill_one(filled, id, dice)
        filled.open()
        seen.add(check(filled))
        filled.desk.close()
    assert len(seen) > 1, "no kill came in between"
    filled.open()
    assert filled.desk.ask(ListRules()).result()[0].name == "Rule 1"
    filled.do(UndoRule(id))
    assert filled.desk.ask(CountRuleHits(id)).result() == 0
    assert [(r.labels, r.priority, r.status) for r in filled.rows()] == [
        (r.labels, r.priority, r.status) for r in fresh
    ]
    assert filled.read(journal.verify) is None
    counted = filled.sql("SELECT status, count(*) FROM triage GROUP BY status")
    known = filled.read(counters.read)
    assert {f"status:{status}": n for status, n in counted} == {
        key: n for key, n in known.items() if n and key.startswith("status:")
    }
    filled.desk.close()


def test_an_act_that_was_cut_off_is_taken_back_by_its_person(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(rule_runs, "CHANGED", 3)
    filled = Filled(tmp_path)
    id = filled.keep(a_rule(then=(label("hit"),)))
    filled.desk.close()
    dice = random.Random(3)
    for _ in range(N_LIVES):
        kill_one(filled, id, dice, and_back=False)
        filled.open()
        n = filled.n_labelled()
        if n:
            break
        filled.desk.close()
    assert n
    filled.do(Undo())
    assert filled.n_labelled() == 0
    filled.desk.close()
