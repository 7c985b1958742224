"""What rules do to stored mentions, and how that is taken back."""

import json

import pytest

from socialdesk.domain.errors import CommandError
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.rules.rule import Do, Rule, RuleHit, UndoCount
from socialdesk.store import journal
from socialdesk.store.mentions import counters
from socialdesk.store.rules import rule_facts, rule_hits, rules
from socialdesk.store.triage import acts, tags, triage
from tests.makers import a_mention
from tests.rule_makers import a_rule, do, label
from tests.store.queue_file import QueueFile

TABLES = ("mention_label", "author", "counter")
DECIDED = (
    "SELECT mention_id, status, disposition, priority, snoozed_until, assignee_id FROM triage"
    " ORDER BY 1"
)


def keep(file: QueueFile, *then, **facts) -> Rule:
    rule = a_rule(id=0, then=then, **facts)
    id = file.write(lambda tx: rules.save(tx, rule, file.ann))[0]
    found = file.read(rules.find, id).rule
    assert found is not None
    return found


def apply(file: QueueFile, rule: Rule, ids) -> None:
    file.write(lambda tx: rule_hits.apply(tx, rule, ids))


def undo(file: QueueFile, rule: Rule, ids) -> UndoCount:
    return file.write(lambda tx: rule_hits.undo(tx, rule.id, ids))


def state(file: QueueFile):
    shown = file.dump(*TABLES)
    shown["counter"] = [row for row in shown["counter"] if row[1]]
    return shown | {"triage": file.sql(DECIDED)}


EVERY_EFFECT = [
    (label("Money"),),
    (do(Do.PRIORITY, 1),),
    (do(Do.STATUS, "done"),),
    (do(Do.STATUS, "spam"),),
    (do(Do.STATUS, "open"),),
    (do(Do.SNOOZE, 60),),
    (do(Do.ASSIGN, 2),),
    (do(Do.VIP),),
    (do(Do.MUTE),),
    (label("a"), label("b"), do(Do.VIP), do(Do.PRIORITY, 2), do(Do.ASSIGN, 1),
     do(Do.STATUS, "open"), do(Do.NOTIFY, "look")),
    (do(Do.STATUS, "spam"), do(Do.MUTE), label("casino")),
]  # fmt: skip


@pytest.mark.parametrize("then", EVERY_EFFECT)
def test_what_a_rule_did_is_taken_back_wholly(file, then):
    ids = [*file.fill(2, author="ann"), *file.fill(2, author="ben")]
    rule = keep(file, *then)
    before = state(file)
    apply(file, rule, ids[:3])
    assert state(file) != before
    assert undo(file, rule, ids) == UndoCount(3)
    assert state(file) == before
    assert not file.write(counters.recount)


def test_the_effects_are_those_of_a_person(file):
    (id,) = file.fill(1)
    rule = keep(file, label("Money"), do(Do.PRIORITY, 1), do(Do.ASSIGN, file.ben), do(Do.VIP))
    apply(file, rule, [id])
    row = file.row(id)
    assert (row.labels, row.priority, row.assignee, row.is_vip) == (("Money",), 1, "Ben", True)


@pytest.mark.parametrize(
    ("value", "status", "disposition"),
    [
        ("done", Status.DONE, Disposition.NO_REPLY_NEEDED),
        ("spam", Status.SPAM, Disposition.NONE),
        ("open", Status.OPEN, Disposition.NONE),
    ],
)
def test_a_status_by_a_rule(file, value, status, disposition):
    (id,) = file.fill(1)
    apply(file, keep(file, do(Do.STATUS, value)), [id])
    assert (file.row(id).status, file.row(id).disposition) == (status, disposition)


def test_a_snooze_by_a_rule_counts_from_now(file):
    (id,) = file.fill(1)
    apply(file, keep(file, do(Do.SNOOZE, 90)), [id])
    assert file.row(id).snoozed_until == file.clock.now + 90 * 60_000


def test_the_journal_says_which_rule_did_what(file):
    ids = file.fill(2)
    apply(file, keep(file, label("Money"), name="Refunds"), ids)
    (entry,) = file.read(journal.newest, 1, "rule_applied")
    data = json.loads(entry.data)
    assert (entry.person, data["name"], data["did"]) == ("", "Refunds", [["label", "Money"]])
    assert data["ids"] == ids


def test_a_persons_undo_does_not_meet_what_a_rule_did(file):
    ids = file.fill(2)
    file.write(lambda tx: tags.add_label(tx, acts.begin(tx, "labelled", 1, {}), ids, "mine"))
    apply(file, keep(file, label("Money")), ids)
    file.write(lambda tx: acts.undo(tx, file.ann))  # the rule itself, kept last
    file.write(lambda tx: acts.undo(tx, file.ann))
    assert file.row(ids[0]).labels == ("Money",)


def test_a_mention_somebody_changed_since_is_left_alone(file):
    ids = file.fill(3)
    rule = keep(file, label("Money"), do(Do.STATUS, "done"))
    apply(file, rule, ids)
    act = file.write(lambda tx: acts.begin(tx, "status_set", file.ben, {}))
    file.write(lambda tx: triage.set_status(tx, act, ids[:1], Status.OPEN))
    assert undo(file, rule, ids) == UndoCount(2, n_changed=1)
    assert file.row(ids[0]).labels == ("Money",)
    assert file.statuses(ids) == [Status.OPEN, Status.NEW, Status.NEW]
    assert undo(file, rule, ids) == UndoCount(0, n_changed=1)


def test_a_label_that_was_there_before_stays(file):
    ids = file.fill(2)
    file.write(lambda tx: tags.add_label(tx, None, ids[:1], "money"))
    rule = keep(file, label("Money"))
    apply(file, rule, ids)
    undo(file, rule, ids)
    assert [file.row(id).labels for id in ids] == [("money",), ()]


def test_one_mention_can_be_taken_back_by_itself(file):
    ids = file.fill(3)
    rule = keep(file, label("Money"))
    apply(file, rule, ids)
    assert undo(file, rule, ids[1:2]) == UndoCount(1)
    assert [bool(file.row(id).labels) for id in ids] == [True, False, True]


def test_since_a_time_is_what_came_after_it(file):
    rule = keep(file, label("Money"))
    early = file.fill(1)
    apply(file, rule, early)
    file.clock.advance(3600)
    late = file.fill(1)
    apply(file, rule, late)
    since = file.clock.now - 60_000
    assert file.read(rule_hits.standing_ids, rule.id, since, 1 << 62, 10) == late
    assert file.read(rule_hits.count_standing, rule.id) == 2


def test_an_undone_hit_can_be_hit_again(file):
    ids = file.fill(1)
    rule = keep(file, label("Money"))
    apply(file, rule, ids)
    assert file.read(rule_hits.not_yet_hit, rule.id, ids) == []
    undo(file, rule, ids)
    assert file.read(rule_hits.not_yet_hit, rule.id, ids) == ids
    apply(file, rule, ids)
    assert undo(file, rule, ids) == UndoCount(1)


def test_a_run_by_a_person_is_undone_by_them(file):
    ids = file.fill(3)
    rule = keep(file, label("Money"), do(Do.VIP), do(Do.PRIORITY, 1))
    before = state(file)
    act = file.write(lambda tx: rule_hits.begin_run(tx, rule, 3, file.ann))
    file.write(lambda tx: rule_hits.do(tx, act, rule, ids[:2]))
    file.write(lambda tx: rule_hits.do(tx, act, rule, ids[2:]))
    file.write(lambda tx: acts.undo(tx, file.ann))
    assert state(file) == before
    assert file.read(rule_hits.count_standing, rule.id) == 0
    assert file.read(rule_hits.hits_of, ids[0])[0].is_undone


def test_what_was_done_too_long_ago_is_counted(file):
    ids = file.fill(1)
    rule = keep(file, label("Money"))
    apply(file, rule, ids)
    assert file.write(lambda tx: rule_hits.forget_before(tx, file.clock.now)) == 0
    assert file.write(lambda tx: rule_hits.forget_before(tx, file.clock.now + 1)) == 1
    assert undo(file, rule, ids) == UndoCount(0, n_gone=1)


def test_a_hit_keeps_the_actions_as_they_were(file):
    ids = file.fill(1)
    rule = keep(file, label("Money"), name="Refunds")
    apply(file, rule, ids)
    changed = a_rule(id=rule.id, then=(label("Other"),), name="Renamed")
    file.write(lambda tx: rules.save(tx, changed, file.ann))
    hits = file.read(rule_hits.hits_of, ids[0])
    assert hits == [RuleHit(rule.id, "Renamed", file.clock.now, (label("Money"),))]


def test_a_person_who_is_gone_stops_all_of_it(file):
    ids = file.fill(1)
    rule = keep(file, label("Money"), do(Do.ASSIGN, 99))
    with pytest.raises(CommandError):
        apply(file, rule, ids)
    assert file.row(ids[0]).labels == ()


def test_templates_are_offered_each_once(file):
    ids = file.fill(1)
    for n, archived in ((1, 0), (2, 1)):
        file.execute(
            "INSERT INTO template(id, name, is_archived, added_at) VALUES (?, ?, ?, 0)",
            n, f"T{n}", archived,
        )  # fmt: skip
    for name in ("A", "B"):
        rule = keep(file, do(Do.TEMPLATE, 1), do(Do.TEMPLATE, 2), name=name)
        apply(file, rule, ids)
    offered = file.read(rule_hits.suggestions, ids[0])
    assert [(s.template_id, s.template, s.rule) for s in offered] == [(1, "T1", "A")]
    undo(file, rule, ids)
    assert [s.rule for s in file.read(rule_hits.suggestions, ids[0])] == ["A"]


def test_notices_are_told_for_each_mention_and_withdrawn(file):
    ids = file.fill(5)
    rule = keep(file, do(Do.ALERT, "press"))
    apply(file, rule, ids[:2])
    apply(file, rule, ids[2:3])
    told = file.sql("SELECT mention_id, code, is_urgent FROM notice ORDER BY mention_id")
    assert told == [(id, "rule_alert", 1) for id in ids[:3]]
    undo(file, rule, ids[:1])
    assert file.sql("SELECT mention_id FROM notice WHERE seen_at > 0") == [(ids[0],)]


def test_a_notice_names_the_rule_and_no_stranger(file):
    ids = file.fill(1)
    rule = keep(file, do(Do.NOTIFY, "look"))
    apply(file, rule, ids)
    ((facts, is_urgent),) = file.sql("SELECT facts, is_urgent FROM notice")
    assert (json.loads(facts), is_urgent) == ({"rule": rule.id, "word": "look"}, 0)


def test_facts_of_a_stored_mention(file):
    file.save(a_mention("Hello", author="ann", at=file.clock.now - 7_200_000))
    page = a_mention("See https://pond.example/x", author="ann", title="News", lang="en-GB",
                     n_stars=4)  # fmt: skip
    (id,) = file.save(page)
    file.write(lambda tx: tags.add_label(tx, None, [id], "Press"))
    (stored,) = file.read(rule_facts.read, [id], None)
    facts = stored.facts
    assert facts.text == "News\nSee https://pond.example/x"
    assert (facts.lang, facts.n_stars, facts.labels) == ("en", 4, {"press"})
    assert (facts.account_id, facts.watch_ids) == (file.account, {file.watch})
    assert (facts.is_first, facts.has_link, facts.has_attachment) == (False, True, False)
    assert (stored.status, stored.is_replied) == (Status.NEW, False)


def test_a_correction_counts_before_what_the_program_read(file):
    (id,) = file.fill(1, lang="ru")
    file.execute("INSERT INTO insight(mention_id, version, lang, sentiment, intent) "
                 "VALUES (?, 1, 'en', 3, 2)", id)  # fmt: skip
    (read,) = file.read(rule_facts.read, [id], None)
    assert (read.facts.lang, read.facts.sentiment.name) == ("en", "NEUTRAL")
    file.execute("UPDATE insight SET own_lang = 'kk', own_sentiment = 2, own_intent = 1")
    (read,) = file.read(rule_facts.read, [id], None)
    assert (read.facts.lang, read.facts.sentiment.name) == ("kk", "NEGATIVE")
    assert read.facts.intent.name == "COMPLAINT"


def test_copies_are_those_that_came_before(file):
    ids = file.fill(4)
    for id in ids[1:]:
        file.execute("INSERT INTO insight(mention_id, version, copy_of) VALUES (?, 1, ?)",
                     id, ids[0])  # fmt: skip
    found = file.read(rule_facts.read, ids, None)
    assert [s.facts.n_copies for s in found] == [0, 1, 2, 3]
