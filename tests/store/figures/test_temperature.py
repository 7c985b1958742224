"""The mentions around a planned post, counted and listed."""

import pytest

from socialdesk.analysis.temperature import topic_terms
from socialdesk.domain.mentions.insight import Insight, Intent, Sentiment
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.search import Word
from socialdesk.domain.temperature import DAY_MS, Mood, Which
from socialdesk.store.figures import temperature
from socialdesk.store.triage import triage
from tests.makers import a_mention
from tests.store.queue_file import SHOP, QueueFile

BANK = topic_terms("bank")
NEGATIVE = Insight(lang="en", sentiment=Sentiment.NEGATIVE, p_negative=90)


def say(file: QueueFile, body: str, insight: Insight | None = None, **facts) -> int:
    """One more mention, as it was understood."""
    (made,) = file.save(a_mention(body, **{"at": file.clock.now - 60_000, **facts}))
    if insight is not None:
        file.execute(
            "INSERT OR REPLACE INTO insight(mention_id, version, lang, sentiment, p_negative,"
            " intent, copy_of, own_sentiment, own_intent) VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?)",
            made, insight.lang, insight.sentiment.value, insight.p_negative, insight.intent.value,
            insight.copy_of, insight.own_sentiment.value, insight.own_intent.value,
        )  # fmt: skip
    return made


def counted(file: QueueFile, terms=BANK) -> tuple[Mood, Mood, int]:
    return file.read(temperature.count, terms, file.clock.now)


def listed(file: QueueFile, which: Which, terms=BANK) -> list[int]:
    return file.read(temperature.list_ids, terms, which, file.clock.now)


def test_both_windows_are_counted_and_every_number_lists_its_mentions(file):
    rated = Insight(lang="en", sentiment=Sentiment.NEUTRAL, p_negative=10)
    old = say(file, "bank 1", NEGATIVE, at=file.clock.now - 29 * DAY_MS)
    say(file, "bank 2", NEGATIVE, at=file.clock.now - 31 * DAY_MS)
    unrated = say(file, "банк and bank", at=file.clock.now - 4 * DAY_MS)
    fresh = say(file, "my bank", NEGATIVE)
    calm = say(file, "the Bank's door", rated)
    say(file, "a river", NEGATIVE)
    assert counted(file) == (Mood(4, 3, 2), Mood(2, 2, 1), 0)
    assert listed(file, Which.MONTH) == [calm, fresh, unrated, old]
    assert listed(file, Which.LATELY) == [calm, fresh]
    assert listed(file, Which.NEGATIVE) == [fresh, old]
    assert listed(file, Which.NEGATIVE_LATELY) == [fresh]
    assert listed(file, Which.NOT_RATED) == [unrated]


def test_other_forms_of_a_word_and_other_words_are_told_apart(file):
    say(file, "в банке очередь")
    say(file, "банктің кезегі")
    say(file, "banking is hard")
    say(file, "the embankment")
    month, _, _ = counted(file, topic_terms("Наш банк сегодня"))
    assert month.n == 2
    assert counted(file)[0].n == 1


def test_one_that_holds_several_terms_counts_once(file):
    say(file, "bank bank director")
    assert counted(file, topic_terms("bank director"))[0].n == 1


def test_an_authors_name_is_no_topic(file):
    say(file, "hello", author="bank")
    assert counted(file)[0].n == 0


def test_our_own_posts_and_spam_do_not_count(file):
    say(file, "bank", NEGATIVE)
    spam = say(file, "bank spam", NEGATIVE)
    file.write(lambda tx: triage.set_status(tx, None, [spam], Status.SPAM))
    file.save(a_mention("our bank", author=SHOP, is_own=True, at=file.clock.now - 1_000))
    assert counted(file)[0] == Mood(1, 1, 1)


def test_what_a_person_corrected_holds(file):
    say(file, "bank", Insight(lang="en", sentiment=Sentiment.NEGATIVE, p_negative=99,
                              own_sentiment=Sentiment.POSITIVE))  # fmt: skip
    mine = say(file, "bank", Insight(own_sentiment=Sentiment.NEGATIVE))
    assert counted(file)[0] == Mood(2, 2, 1)
    assert listed(file, Which.NEGATIVE) == [mine]


@pytest.mark.parametrize(
    ("status", "n"),
    [(Status.NEW, 1), (Status.OPEN, 1), (Status.WAITING, 1), (Status.DONE, 0), (Status.SPAM, 0)],
)
def test_a_complaint_is_unresolved_until_it_is_done(file, status, n):
    made = say(file, "bank", Insight(intent=Intent.COMPLAINT))
    say(file, "bank?", Insight(intent=Intent.QUESTION))
    file.write(lambda tx: triage.set_status(tx, None, [made], status))
    assert counted(file)[2] == n
    assert listed(file, Which.UNRESOLVED) == [made] * n


def test_the_five_worst_are_the_surest_and_copies_come_last(file):
    for p in (60, 70, 80, 90, 95):
        say(file, f"bank {p}", Insight(sentiment=Sentiment.NEGATIVE, p_negative=p))
    first = say(file, "copied bank", Insight(sentiment=Sentiment.NEGATIVE, p_negative=98))
    for _ in range(3):
        copy = Insight(sentiment=Sentiment.NEGATIVE, p_negative=99, copy_of=first)
        say(file, "copied bank", copy)
    found = file.read(temperature.worst, BANK, file.clock.now)
    assert [one.words for one in found] == [
        "copied bank", "bank 95", "bank 90", "bank 80", "bank 70",
    ]  # fmt: skip
    assert found[0].author == "Ann" and found[0].at == file.clock.now - 60_000


def test_nothing_to_look_for_finds_nothing(file):
    say(file, "bank", NEGATIVE)
    assert counted(file, ()) == (Mood(), Mood(), 0)
    assert listed(file, Which.MONTH, ()) == []
    assert file.read(temperature.worst, (), file.clock.now) == ()


def test_words_that_look_like_a_search_of_their_own_are_only_words(file):
    odd = (Word('bank" OR "river', is_beginning=True), Word("body : x"), Word("NEAR(a b)"))
    say(file, "bank or river")
    assert counted(file, odd)[0].n == 1


def test_a_stand_down_is_found_within_its_scope(file):
    insert = "INSERT INTO incident(code, state, stand_down_at, scope, is_drill) VALUES (?,?,?,?,?)"
    file.execute(insert, "INC-2026-0001", "closed", 1_000, '{"accounts": [7]}', 0)
    file.execute(insert, "INC-2026-0002", "review", 2_000, "{}", 0)
    file.execute(insert, "INC-2026-0003", "closed", 3_000, "{}", 1)
    assert file.read(temperature.stood_down_at, file.account, 5_000) == 2_000
    assert file.read(temperature.stood_down_at, 7, 1_500) == 1_000
    assert file.read(temperature.stood_down_at, file.account, 1_500) == 0
    assert file.read(temperature.stood_down_at, 0, 1_500) == 1_000
