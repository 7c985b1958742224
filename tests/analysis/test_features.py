"""What counts of a text: place holders, pieces, buckets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.analysis import features
from socialdesk.analysis.features import (
    BUCKETS,
    MAX_CHARS,
    ByWord,
    bucket,
    buckets_of,
    grams,
    hashed,
    tidied,
    tokens,
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Order 4412 is LATE!!!", ["order", "0", "is", "late", "!!"]),
        ("@ann@pond.example see https://a.example/x?y=1 &amp; go",
         ["_user_", "see", "_link_", "&", "go"]),
        ("sooooo good 😍😍", ["soo", "good", "😍", "😍"]),
        ("I don't 12.50", ["i", "don't", "0"]),
        ("", []),
    ],
)  # fmt: skip
def test_a_text_becomes_tokens(text, wanted):
    assert tokens(tidied(text)) == wanted


def test_a_word_counts_whole_in_pairs_and_in_pieces():
    assert list(grams(["so", "late"])) == [
        "so", "<so", "so>", "<so>",
        "late", "<la", "lat", "ate", "te>", "<lat", "late", "ate>",
        "so late",
    ]  # fmt: skip


@given(st.text(max_size=200))
def test_buckets_are_those_of_the_grams_once_and_in_order(text):
    found = hashed(text)
    assert found == sorted({bucket(gram) for gram in grams(tokens(tidied(text)))})
    assert all(0 <= one < BUCKETS for one in found)


def test_buckets_are_the_same_on_every_machine():
    assert sorted(buckets_of(["late"])) == [1173, 3519, 8085, 17794, 20768, 39895, 45187]


def test_reading_stops_after_the_first_letters():
    assert hashed("late " * MAX_CHARS) == hashed("late " * (MAX_CHARS // 5))


def test_a_word_is_worked_out_once_while_it_is_met(monkeypatch):
    monkeypatch.setattr(features, "CACHED_WORDS", 2)
    made = []

    def make(word: str) -> int:
        made.append(word)
        return len(word)

    by_word = ByWord(make)
    assert [by_word[word] for word in ("so", "late", "so", "again", "so")] == [2, 4, 2, 5, 2]
    assert made == ["so", "late", "again"]  # kept, though it was full in between
    assert [by_word[word] for word in ("so", "never", "more", "late")] == [2, 5, 4, 4]
    assert made[3:] == ["never", "more", "late"]  # not met for long
