"""Which rules fit: a table per condition, order, stops, and what a rule cannot break."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.mentions.insight import Intent, Sentiment
from socialdesk.domain.mentions.mention import Kind
from socialdesk.domain.mentions.status import Disposition
from socialdesk.domain.rules.rule import ALL_DAYS, Do, Field, Group, Match, Rule
from socialdesk.domain.rules.rule_run import TooSlowError, decide, holds, matches
from tests.rule_makers import a_fact, a_rule, a_stored, do, is_, label, no_finds, words

MON, SAT, SUN = 0, 5, 6
NIGHT = is_(Field.TIME, 1 << MON, 22 * 60, 6 * 60)  # Monday evening into Tuesday


@pytest.mark.parametrize(
    ("condition", "facts", "fits"),
    [
        (words("refund"), {"text": "REFUND me"}, True),
        (words("refund"), {"text": "refunds"}, False),
        (words("refund*"), {"text": "refunds"}, True),
        (words("refund\n+order\n-thanks"), {"text": "order, refund"}, True),
        (words("refund\n+order\n-thanks"), {"text": "order, refund, thanks"}, False),
        (words('"ACME"'), {"text": "acme"}, False),
        (words("cafe"), {"text": "the Café"}, True),
        (is_(Field.NAME, "ann*"), {"name": "Anna B"}, True),
        (is_(Field.HANDLE, "ann"), {"handle": "@Ann@pond.example"}, True),
        (is_(Field.HANDLE, "@ann@pond.example"), {"handle": "@ann@pond.example"}, True),
        (is_(Field.HANDLE, "@ann@lake.example"), {"handle": "@ann@pond.example"}, False),
        (is_(Field.HANDLE, "an"), {"handle": "@ann@pond.example"}, False),
        (is_(Field.ACCOUNT, 3, 4), {"account_id": 4}, True),
        (is_(Field.WATCH, 3), {"watch_ids": frozenset({1, 3})}, True),
        (is_(Field.WATCH, 3), {"watch_ids": frozenset({1})}, False),
        (is_(Field.NETWORK, "mastodon"), {"network": "mastodon"}, True),
        (is_(Field.SOURCE, "review"), {"source": Kind.REVIEW}, True),
        (is_(Field.LANG, "kk", "ru"), {"lang": "ru"}, True),
        (is_(Field.LANG, "kk"), {"lang": ""}, False),
        (is_(Field.SENTIMENT, "negative"), {"sentiment": Sentiment.NEGATIVE}, True),
        (is_(Field.SENTIMENT, "negative"), {"sentiment": Sentiment.NOT_RATED}, False),
        (is_(Field.INTENT, "praise"), {"intent": Intent.PRAISE}, True),
        (is_(Field.REACH, 1000, -1), {"reach": 1000}, True),
        (is_(Field.REACH, 1000, -1), {"reach": 999}, False),
        (is_(Field.REACH, -1, 10), {"reach": 10}, True),
        (is_(Field.REACH, -1, 10), {"reach": -1}, False),
        (is_(Field.REACH, 1000, -1, is_not=True), {"reach": -1}, True),
        (is_(Field.STARS, -1, 2), {"n_stars": 1}, True),
        (is_(Field.STARS, -1, 2), {"n_stars": 0}, False),
        (is_(Field.COPIES, 1, -1), {"n_copies": 1}, True),
        (is_(Field.COPIES, 1, -1), {"n_copies": 0}, False),
        (is_(Field.LABEL, "Press"), {"labels": frozenset({"press"})}, True),
        (is_(Field.LABEL, "press", is_not=True), {"labels": frozenset()}, True),
        (is_(Field.VIP), {"is_vip": True}, True),
        (is_(Field.VIP, is_not=True), {"is_vip": True}, False),
        (is_(Field.BOT), {"is_bot": True}, True),
        (is_(Field.MUTED), {"is_muted": False}, False),
        (is_(Field.FIRST_CONTACT), {"is_first": True}, True),
        (is_(Field.LINK), {"text": "see https://pond.example/1"}, True),
        (is_(Field.LINK), {"text": "see pond.example"}, False),
        (is_(Field.ATTACHMENT), {"has_attachment": True}, True),
        (is_(Field.QUESTION), {"text": "open on Sunday?"}, True),
        (is_(Field.QUESTION), {"text": "tell me", "intent": Intent.QUESTION}, True),
        (is_(Field.QUESTION), {"text": "closed."}, False),
        (is_(Field.TIME, ALL_DAYS, 540, 1080), {"weekday": SUN, "minute": 540}, True),
        (is_(Field.TIME, ALL_DAYS, 540, 1080), {"weekday": SUN, "minute": 1080}, False),
        (is_(Field.TIME, 1 << SAT | 1 << SUN, 0, 1440), {"weekday": SAT, "minute": 1439}, True),
        (is_(Field.TIME, 1 << SAT, 0, 1440), {"weekday": SUN, "minute": 0}, False),
        (NIGHT, {"weekday": MON, "minute": 1439}, True),
        (NIGHT, {"weekday": MON + 1, "minute": 359}, True),
        (NIGHT, {"weekday": MON + 1, "minute": 360}, False),
        (NIGHT, {"weekday": MON, "minute": 0}, False),
        (replace(NIGHT, values=(1 << SUN, 1320, 360)), {"weekday": MON, "minute": 60}, True),
    ],
)  # fmt: skip
def test_a_condition_holds(condition, facts, fits):
    assert holds(condition, a_fact(**facts), no_finds) is fits


@pytest.mark.parametrize(
    ("whole", "part", "fits"),
    [
        (Match.ALL, Match.ALL, False),
        (Match.ALL, Match.ANY, True),
        (Match.ANY, Match.ALL, False),
        (Match.ANY, Match.ANY, True),
    ],
)
def test_groups_and_rules_ask_for_all_or_any(whole, part, fits):
    group = Group((words("refund"), words("nowhere")), part)
    rule = a_rule(groups=(group, group), match=whole)
    assert matches(rule, a_fact(), no_finds) is fits


def test_an_expression_is_asked_only_where_all_else_fits():
    rule = a_rule(is_(Field.PATTERN, "x"), is_(Field.LANG, "en"))
    assert not matches(rule, a_fact(lang="ru"), no_finds)


def test_each_rule_sees_the_labels_of_those_before():
    first = a_rule(words("refund"), then=(label("Money"),), id=1)
    second = a_rule(is_(Field.LABEL, "money"), then=(label("late"),), id=2)
    told = [h.rule_id for h in decide([first, second], [a_stored()], no_finds).hits]
    assert told == [1, 2]
    assert [h.rule_id for h in decide([second, first], [a_stored()], no_finds).hits] == [1]


def test_a_rule_that_says_stop_is_the_last_for_its_mention():
    stops = a_rule(words("refund"), then=(label("a"), do(Do.STOP)), id=1)
    other = a_rule(words("refund\nhello"), id=2)
    hits = decide([stops, other], [a_stored(id=1), a_stored("hello", id=2)], no_finds).hits
    assert [(h.mention_id, h.rule_id) for h in hits] == [(1, 1), (2, 2)]


def test_what_is_filed_when_it_comes_is_for_rules_that_ask_for_it():
    old = [a_stored(id=1, disposition=Disposition.BACKFILL),
           a_stored(id=2, disposition=Disposition.MUTED)]  # fmt: skip
    assert decide([a_rule()], old, no_finds).hits == []
    assert len(decide([a_rule(with_filed=True)], old, no_finds).hits) == 2


def test_an_author_a_rule_muted_is_muted_for_the_rest_of_the_page():
    mutes = a_rule(words("casino"), then=(do(Do.MUTE),), id=1)
    page = [a_stored("casino", id=1, author_id=7), a_stored("casino", id=2, author_id=7)]
    assert [h.mention_id for h in decide([mutes], page, no_finds).hits] == [1]


def test_a_vip_made_by_a_rule_is_one_for_the_next_mention_of_the_page():
    makes = a_rule(words("buyer"), then=(do(Do.VIP),), id=1)
    asks = a_rule(is_(Field.VIP), id=2)
    page = [a_stored("buyer", id=1, author_id=7), a_stored("hello", id=2, author_id=7)]
    hits = decide([asks, makes], page, no_finds).hits
    assert [(h.mention_id, h.rule_id) for h in hits] == [(1, 1), (2, 2)]


def test_a_rule_that_raises_is_dropped_and_the_others_go_on():
    def finds(pattern: str, text: str) -> bool:
        raise ZeroDivisionError

    bad, good = a_rule(is_(Field.PATTERN, "x"), id=1), a_rule(id=2)
    decided = decide([bad, good], [a_stored(id=1), a_stored(id=2)], finds)
    assert [h.rule_id for h in decided.hits] == [2, 2]
    assert isinstance(decided.failed[1], ZeroDivisionError)


def test_a_rule_is_dropped_after_its_third_slow_text():
    asked = []

    def finds(pattern: str, text: str) -> bool:
        asked.append(text)
        raise TooSlowError

    rule = a_rule(is_(Field.PATTERN, "x"), id=1, n_slow=1)
    decided = decide([rule], [a_stored(id=n) for n in range(9)], finds)
    assert len(asked) == 2
    assert decided.is_dead(rule)
    assert decided.hits == []


TEXTS = st.lists(st.sampled_from(["refund", "order", "late", "thanks", "?"]), max_size=4)
FACTS = st.builds(
    lambda text, reach, author: a_stored(" ".join(text), 0, reach=reach, author_id=author),
    TEXTS, st.sampled_from([-1, 5, 5000]), st.integers(1, 3),
)  # fmt: skip
CONDITIONS = st.sampled_from([
    words("refund"), words("order\nlate"), is_(Field.REACH, 1000, -1), is_(Field.QUESTION),
    is_(Field.QUESTION, is_not=True),
])  # fmt: skip
LABELLERS = st.builds(
    lambda found, name: a_rule(*found, then=(label(name),)),
    st.lists(CONDITIONS, min_size=1, max_size=3), st.sampled_from("abc"),
)  # fmt: skip


def numbered(rules: list[Rule], order: list[int]) -> list[Rule]:
    return [replace(rules[n], id=n + 1) for n in order]


@given(st.lists(LABELLERS, min_size=1, max_size=5), st.lists(FACTS, max_size=6), st.randoms())
def test_rules_that_only_label_do_the_same_in_any_order(rules, mentions, dice):
    page = [replace(m, facts=replace(m.facts, mention_id=n)) for n, m in enumerate(mentions)]
    order = list(range(len(rules)))
    shuffled = dice.sample(order, len(order))
    one = decide(numbered(rules, order), page, no_finds).hits
    other = decide(numbered(rules, shuffled), page, no_finds).hits
    assert set(one) == set(other)


@given(st.lists(LABELLERS, min_size=1, max_size=4), st.lists(FACTS, max_size=8), st.integers(0, 8))
def test_any_cut_into_pages_gives_the_same_hits(rules, mentions, cut):
    page = [replace(m, facts=replace(m.facts, mention_id=n)) for n, m in enumerate(mentions)]
    running = numbered(rules, list(range(len(rules))))
    whole = decide(running, page, no_finds).hits
    parts = [decide(running, part, no_finds).hits for part in (page[:cut], page[cut:])]
    assert whole == parts[0] + parts[1]
