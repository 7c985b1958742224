"""Rules over new pages: in the page's transaction, before anybody sees the mentions."""

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.domain.changes import Area
from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.rules.rule import ALL_DAYS, Do, Field, Rule
from socialdesk.domain.rules.rule_trial import Trying
from socialdesk.domain.times.hours_text import HoursText
from socialdesk.engine.commands.rules import SaveRule, SetRuleOn
from socialdesk.engine.queries.rules import ListRules
from socialdesk.engine.rules.on_pages import RuleStep, zone_of
from socialdesk.engine.rules.patterns import finds
from socialdesk.store import journal
from socialdesk.store.mentions.pages import PageToSave, SavedPage, save_page
from socialdesk.store.rules import rule_facts, rule_hits, rules
from tests.makers import a_mention, an_author
from tests.rule_makers import a_rule, do, is_, label, words
from tests.store.queue_file import QueueFile

EVIL, EVIL_TEXT = r"(a+)+$", "a" * 5_000 + "!"


@pytest.fixture
def file(tmp_path):
    made = QueueFile(tmp_path)
    yield made
    made.close()


def switch_on(file: QueueFile, rule: Rule) -> int:
    id = file.write(lambda tx: rules.save(tx, rule, file.ann))[0]
    file.write(lambda tx: rules.set_on(tx, id, True, file.ann))
    return id


def fetch(
    file: QueueFile,
    *mentions: Mention,
    status: Status = Status.NEW,
    disposition: Disposition = Disposition.NONE,
) -> SavedPage:
    step = RuleStep(file.readers, lambda: ZoneInfo("Asia/Almaty"))
    page = PageToSave(
        account_id=file.account, watch_id=file.watch, network="mastodon", mentions=mentions,
        filing=lambda m: (status, disposition), due_at=lambda m: 0,
        finish=step.prepare("mastodon", mentions),
    )  # fmt: skip
    return file.write(lambda tx: save_page(tx, page))


def labels(file: QueueFile, ids: Sequence[int]) -> list[tuple[str, ...]]:
    return [file.row(id).labels for id in ids]


def test_a_new_mention_is_never_seen_without_what_a_rule_did(file):
    switch_on(file, a_rule(then=(label("Money"), do(Do.PRIORITY, 1)), id=0))
    file.told.clear()
    ids = fetch(file, a_mention("refund!"), a_mention("hello")).new_ids
    assert labels(file, ids) == [("Money",), ()]
    (told,) = file.told
    assert set(told.added) == set(ids)
    assert Area.RULES in told.areas


def test_rules_run_in_order_and_each_sees_the_one_before(file):
    switch_on(file, a_rule(words("refund"), then=(label("Money"),), id=0))
    switch_on(file, a_rule(is_(Field.LABEL, "money"), then=(do(Do.PRIORITY, 2),), id=0))
    (id,) = fetch(file, a_mention("refund")).new_ids
    assert file.row(id).priority == 2
    assert [h.rule_id for h in file.read(rule_hits.hits_of, id)] == [1, 2]


def test_a_rule_that_is_off_does_nothing(file):
    id = switch_on(file, a_rule(id=0))
    file.write(lambda tx: rules.set_on(tx, id, False, file.ann))
    assert labels(file, fetch(file, a_mention("refund")).new_ids) == [()]


def test_what_was_filed_as_done_is_left_alone_unless_the_rule_says_so(file):
    switch_on(file, a_rule(then=(label("new only"),), id=0))
    switch_on(file, a_rule(then=(label("old too"),), with_filed=True, id=0))
    page = fetch(file, a_mention("refund"), status=Status.DONE, disposition=Disposition.BACKFILL)
    (id,) = page.new_ids
    assert labels(file, [id]) == [("old too",)]
    assert file.row(id).status is Status.DONE


def test_an_edit_of_the_words_runs_no_rule(file):
    switch_on(file, a_rule(id=0))
    (id,) = fetch(file, a_mention("hello", n=1)).new_ids
    edited = fetch(file, a_mention("refund", n=1, edited_at=file.clock.utc))
    assert (edited.new_ids, edited.edited_ids) == ((), (id,))
    assert labels(file, [id]) == [()]


def test_the_same_page_again_does_nothing_again(file):
    switch_on(file, a_rule(id=0))
    page = [a_mention("refund", n=1)]
    fetch(file, *page)
    before = file.sql("SELECT count(*) FROM journal")
    fetch(file, *page)
    assert file.sql("SELECT count(*) FROM journal") == before


def test_time_is_that_of_the_workspace(file):
    evening = is_(Field.TIME, ALL_DAYS, 16 * 60, 18 * 60)  # in Almaty; it is 12:00 in UTC
    switch_on(file, a_rule(evening, id=0))
    assert labels(file, fetch(file, a_mention()).new_ids) == [("hit",)]


def test_the_zone_is_that_of_the_business_hours():
    hours = HoursText(zone="Asia/Almaty", week=("09:00-18:00",) * 7)
    assert zone_of({"hours": hours.packed()}) == ZoneInfo("Asia/Almaty")
    assert zone_of({}) is None
    assert zone_of({"hours": "{"}) is None


def test_a_rule_that_fails_goes_off_with_a_notice_and_the_page_is_stored(file, expect_log):
    expect_log("rule 1 is switched off: failed")
    switch_on(file, a_rule(then=(label("gone"), do(Do.ASSIGN, 99)), id=0))
    switch_on(file, a_rule(then=(label("kept"),), id=0))
    ids = fetch(file, a_mention("refund")).new_ids
    assert labels(file, ids) == [("kept",)]
    failed, good = file.read(rules.list_rules)
    assert (failed.is_on, failed.off_reason, good.is_on) == (False, "failed", True)
    assert file.sql("SELECT code FROM notice") == [("rule_stopped",)]
    assert file.read(journal.newest, 1, "rule_stopped")


@pytest.mark.promise(32)
def test_a_slow_rule_goes_off_after_three_texts_and_the_page_is_stored(file, expect_log):
    expect_log("rule 1 is switched off: slow")
    switch_on(file, a_rule(is_(Field.PATTERN, EVIL), id=0))
    assert len(fetch(file, a_mention(EVIL_TEXT), a_mention(EVIL_TEXT + "!")).new_ids) == 2
    assert file.read(rules.find, 1).is_on
    assert len(fetch(file, *(a_mention(EVIL_TEXT + "!" * n) for n in range(5))).new_ids) == 5
    row = file.read(rules.find, 1)
    assert (row.is_on, row.off_reason) == (False, "slow")
    assert file.sql("SELECT code FROM notice") == [("rule_stopped",)]


def test_an_expression_finds_in_title_and_warning_too(file):
    switch_on(file, a_rule(is_(Field.PATTERN, r"^recall"), is_(Field.PATTERN, "crumbs"), id=0))
    only = a_mention("body", title="crumbs", warning="Recall of bread")
    hits = labels(file, fetch(file, only, a_mention("crumbs")).new_ids)
    assert sorted(hits) == [(), ()]
    switch_on(file, a_rule(is_(Field.PATTERN, r"recall"), id=0))
    assert labels(file, fetch(file, a_mention("x", warning="a Recall")).new_ids) == [("hit",)]


RULES = st.lists(
    st.sampled_from([
        words("refund"), words("late\n-thanks"), is_(Field.REACH, 1000, -1), is_(Field.QUESTION),
        is_(Field.FIRST_CONTACT), is_(Field.PATTERN, r"\d{3}"), is_(Field.VIP, is_not=True),
        is_(Field.TIME, ALL_DAYS, 600, 1020), is_(Field.HANDLE, "ann"),
    ]), min_size=1, max_size=3,
)  # fmt: skip
MENTIONS = st.lists(
    st.tuples(
        st.sampled_from(["refund 123", "late?", "late, thanks", "hello"]),
        st.sampled_from(["ann", "ben", "cat"]),
        st.sampled_from([None, 5, 5_000]),
    ),
    max_size=10,
)


@settings(max_examples=25)
@given(RULES, MENTIONS)
def test_a_dry_run_says_what_a_live_run_does(tmp_path_factory, conditions, posts):
    rule = a_rule(*conditions, id=0)
    page = [
        a_mention(text, author=an_author(who, n_followers=reach), n=n, at=1_795_262_000_000 + n)
        for n, (text, who, reach) in enumerate(posts, 1)
    ]
    live = QueueFile(Path(tmp_path_factory.mktemp("live")))
    dry = QueueFile(Path(tmp_path_factory.mktemp("dry")))
    switch_on(live, rule)
    fetch(live, *page)
    fetch(dry, *page)
    trying = Trying(rule, finds)
    ids = [row[0] for row in dry.sql("SELECT mention_id FROM triage")]
    trying.take(dry.read(rule_facts.read, ids, ZoneInfo("Asia/Almaty")))
    hit = {row[0] for row in live.sql("SELECT mention_id FROM rule_hit")}
    assert {stored.facts.mention_id for stored, _ in trying.kept} == hit
    for one in (live, dry):
        one.close()


def test_the_engine_runs_them_over_what_it_fetches(start_bench):
    bench = start_bench()
    rule = a_rule(is_(Field.REACH, 0, -1), then=(label("known reach"),), id=0)
    saved = bench.desk.do(SaveRule("Reach", *rules.texts(rule))).result().answer
    bench.desk.do(SetRuleOn(saved["rule_id"], True, is_sure=True)).result()
    bench.turn(300)
    rows = bench.rows()
    assert rows
    assert {row.reach >= 0 for row in rows if "known reach" in row.labels} == {True}
    assert all("known reach" in row.labels for row in rows if row.reach >= 0)
    assert bench.desk.ask(ListRules()).result()[0].n_hits > 0
