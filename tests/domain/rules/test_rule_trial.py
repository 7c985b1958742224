"""A dry run: counts, examples, and the two catches that look wrong."""

import pytest

from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.rules.rule import Do, Field
from socialdesk.domain.rules.rule_run import TooSlowError
from socialdesk.domain.rules.rule_trial import Trial, Trying
from socialdesk.engine.words.rules import suspect_words
from tests.rule_makers import a_rule, a_stored, do, is_, label, no_finds, words


def tried(rule, *mentions, finds=no_finds) -> Trial:
    trying = Trying(rule, finds)
    trying.take(mentions)
    return trying.trial(is_whole=True)


def reasons(rule, *mentions) -> list[tuple[int, str]]:
    return [(c.mention_id, c.reason) for c in tried(rule, *mentions).suspects]


def test_it_counts_what_each_action_would_change():
    rule = a_rule(then=(label("Money"), do(Do.PRIORITY, 1), do(Do.STATUS, "spam")))
    trial = tried(
        rule,
        a_stored(id=1),
        a_stored(id=2, labels=frozenset({"money"}), priority=1),
        a_stored(id=3, status=Status.SPAM),
        a_stored("hello", id=4),
    )
    assert (trial.n_read, trial.n_hits, trial.changes) == (4, 3, (2, 2, 2))


def test_it_shows_the_newest_ten():
    trial = tried(a_rule(), *(a_stored(id=n) for n in range(30, 0, -1)))
    assert [c.mention_id for c in trial.examples] == list(range(30, 20, -1))


def test_what_was_before_the_account_counts_and_a_muted_author_does_not():
    trial = tried(
        a_rule(),
        a_stored(id=1, disposition=Disposition.BACKFILL),
        a_stored(id=2, disposition=Disposition.MUTED),
    )
    assert (trial.n_read, trial.n_hits) == (2, 1)


def test_a_text_that_was_too_slow_is_counted_and_no_catch():
    def finds(pattern: str, text: str) -> bool:
        raise TooSlowError

    trial = tried(a_rule(is_(Field.PATTERN, "x")), a_stored(), finds=finds)
    assert (trial.n_hits, trial.n_slow) == (0, 1)


@pytest.mark.parametrize(
    ("action", "fate", "reason"),
    [
        (do(Do.STATUS, "spam"), {"is_replied": True}, "replied"),
        (do(Do.STATUS, "done"), {"is_replied": True}, "replied"),
        (do(Do.MUTE), {"is_vip": True}, "vip"),
        (do(Do.STATUS, "done"), {"priority": 1}, "raised"),
        (do(Do.STATUS, "spam"), {"disposition": Disposition.NO_REPLY_NEEDED}, "not_spam"),
        (do(Do.PRIORITY, 1), {"status": Status.SPAM}, "spam"),
        (do(Do.ALERT), {"status": Status.SPAM}, "spam"),
        (do(Do.PRIORITY, 4), {"is_replied": True}, "replied"),
        (do(Do.PRIORITY, 2), {"priority": 4}, "lowered"),
    ],
)
def test_what_people_decided_otherwise_looks_wrong(action, fate, reason):
    found = reasons(a_rule(then=(action,)), a_stored(id=1), a_stored(id=2, **fate))
    assert found == [(2, reason)]
    assert suspect_words(reason, "1")


def test_a_label_on_what_was_answered_is_no_contradiction():
    assert reasons(a_rule(then=(label("a"),)), a_stored(id=1, is_replied=True)) == []


def test_the_worst_two_are_named():
    rule = a_rule(then=(do(Do.STATUS, "spam"),))
    page = [
        a_stored(id=1, priority=1),
        a_stored(id=2, is_replied=True),
        a_stored(id=3, is_vip=True),
    ]
    assert reasons(rule, *page) == [(2, "replied"), (3, "vip")]


def test_the_one_in_another_language_looks_wrong():
    page = [a_stored(f"please refund order {n}", id=n, lang="en") for n in range(1, 20)]
    page.append(a_stored("refund қайда", id=99, lang="kk"))
    assert reasons(a_rule(words("refund")), *page)[0] == (99, "language")


def test_the_one_with_words_of_its_own_looks_wrong():
    page = [a_stored(f"where is the refund for my order number {n}", id=n) for n in range(1, 20)]
    page.append(a_stored("tax refund season: seven tricks every bookkeeper hates", id=99))
    assert reasons(a_rule(words("refund")), *page) == [(99, "unlike")]


def test_too_few_catches_are_not_compared():
    page = [a_stored(id=1, lang="en"), a_stored(id=2, lang="kk")]
    assert reasons(a_rule(), *page) == []
