"""What is new in what people say."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.analysis.stop_words import STOP_WORDS
from socialdesk.analysis.topics import FEWEST, topics

USUAL = [
    f"{start} the {thing} was {how} {when}"
    for start in ("Honestly", "I think", "My sister says")
    for thing in ("coffee", "bread", "cake", "service", "queue")
    for how in ("lovely", "fine", "cold", "good")
    for when in ("on Sunday", "yesterday", "again", "in the morning")
]


def test_the_phrase_that_is_new_comes_first():
    now = [
        *USUAL,
        "Still no refund for my order",
        "Where is my refund? The card terminal took it twice",
        "The card terminal took my money twice!",
        "card terminal broken, no refund",
        "Your card terminal ate my card",
    ]
    found = topics(now, USUAL * 3, STOP_WORDS)
    assert found[0].phrase == "card terminal"
    assert (found[0].n, found[0].n_before) == (4, 0)
    assert "refund" in {topic.phrase for topic in found}


def test_a_word_its_pair_stands_for_is_left_out():
    now = [f"the card terminal is down, shop {i}" for i in range(6)]
    phrases = {topic.phrase for topic in topics(now, USUAL, STOP_WORDS)}
    assert "card terminal" in phrases
    assert not phrases & {"card", "terminal"}


def test_a_pair_that_is_a_small_part_of_its_words_is_left_out():
    now = [f"refund {w}" for w in ("please", "please", "please")] + ["a refund?"] * 9
    found = topics(now, USUAL, STOP_WORDS - {"please"})
    assert found[0].phrase == "refund"


def test_the_typical_mention_holds_the_phrase():
    now = ["nothing here", *(f"no parking at the door {i}" for i in range(5))]
    for topic in topics(now, USUAL, STOP_WORDS):
        assert all(word in now[topic.typical] for word in topic.phrase.split())


def test_brands_stop_words_names_addresses_and_numbers_are_no_topics():
    now = ["Pond Bakery @ann@pond.example https://pond.example/x 12345 the broken oven"] * 5
    found = topics(now, USUAL, STOP_WORDS, ["Pond Bakery"])
    assert {topic.phrase for topic in found} <= {"broken oven"}


def test_a_pair_does_not_reach_over_a_full_stop():
    now = ["The oven. Burned again"] * 5
    assert "oven burned" not in {t.phrase for t in topics(now, USUAL, STOP_WORDS)}


def test_what_is_said_as_often_as_before_is_no_topic():
    assert topics(USUAL, USUAL * 4, STOP_WORDS) == []


@pytest.mark.parametrize("now", [[], ["one refund"], ["", " "]])
def test_too_little_gives_nothing(now):
    assert topics(now, USUAL, STOP_WORDS) == []


def test_russian_and_kazakh_words_are_words():
    now = ["Не работает терминал, верните деньги"] * 4 + ["Терминал істемейді"] * 4
    phrases = {topic.phrase for topic in topics(now, USUAL, STOP_WORDS)}
    assert any("терминал" in phrase for phrase in phrases)


@given(st.lists(st.text(max_size=80), max_size=12), st.lists(st.text(max_size=80), max_size=12))
def test_any_texts_are_safe_and_counted_rightly(now, before):
    for topic in topics(now, before):
        assert topic.n >= FEWEST
        assert 0 <= topic.typical < len(now)
        assert topic.n <= len(now) and topic.n_before <= len(before)


def test_the_order_of_the_texts_changes_no_phrase():
    now = [*USUAL, *["the oven smokes badly"] * 5]
    shuffled = now[:]
    random.Random(3).shuffle(shuffled)
    assert [(t.phrase, t.n) for t in topics(now, USUAL)] == [
        (t.phrase, t.n) for t in topics(shuffled, USUAL)
    ]
