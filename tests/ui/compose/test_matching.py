"""A text is the approved template exactly when only slot values differ."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.crisis.approval import canonical_text
from socialdesk.domain.replies.template import Slot, clean_value, fill
from socialdesk.ui.compose.matching import Span, filled, match

BODY = "Hello {first_name}, order {order_number} leaves today."


def test_filled_slots_are_found_with_their_places():
    found = match(BODY, "Hello Ann, order 48213 leaves today.")
    assert found is not None
    assert found.values == {"first_name": "Ann", "order_number": "48213"}
    assert found.spans[0] == Span("first_name", 6, 9, False, Slot("first_name"))
    assert found.empty == []


def test_a_slot_left_as_written_and_a_slot_deleted_are_both_empty():
    found = match(BODY, "Hello {first_name}, order  leaves today.")
    assert found is not None
    assert found.empty == ["first_name", "order_number"]


@pytest.mark.parametrize(
    "text",
    ["Hi Ann, order 1 leaves today.", "Hello Ann, order 1 leaves today. Sorry!", "", "Hello"],
)
def test_other_words_are_no_template(text):
    assert match(BODY, text) is None


def test_a_value_is_one_line():
    assert match(BODY, "Hello Ann\nLee, order 1 leaves today.") is None


def test_a_value_longer_than_the_limit_is_no_value():
    assert match("{note}", "x" * 200) is not None
    assert match("{note}", "x" * 201) is None


def test_the_same_slot_twice_holds_the_same_value():
    body = "{name}? Dear {name}!"
    assert match(body, "Ann? Dear Ann!") is not None
    assert match(body, "Ann? Dear Bob!") is None
    half = match(body, "Ann? Dear {name}!")
    assert half is not None
    assert (half.values, half.empty) == ({"name": "Ann"}, ["name"])


def test_values_are_sent_cleaned():
    found = match(BODY, "Hello  Ann \u202e Lee, order 7 leaves today.")
    assert found is not None
    assert filled(BODY, found) == "Hello Ann Lee, order 7 leaves today."


def test_words_that_repeat_without_end_are_judged_quickly():
    started = time.thread_time()
    assert match("{a} " * 40 + "end", " " * 8_000 + "x") is None
    assert match("{a}{b}{c}{d}{e}z{f}", "a" * 20_000) is None
    assert time.thread_time() - started < 1.0


def test_a_megabyte_is_no_template():
    assert match("{a}", "x" * 1_000_000) is None


WORDS = st.text(st.sampled_from("ab ñҚ😀.,\n"), min_size=1, max_size=12)
NAMES = st.sampled_from(["one", "two", "three"])
PARTS = st.lists(st.tuples(WORDS, NAMES), max_size=3, unique_by=lambda part: part[1])
VALUES = st.text(st.sampled_from("xyz9 ғ😀"), min_size=1, max_size=8).filter(clean_value)


@given(PARTS, WORDS, st.dictionaries(NAMES, VALUES))
def test_whatever_fill_makes_is_recognised_and_comes_out_the_same(parts, end, values):
    body = "".join(f"{words}{{{name}}}" for words, name in parts) + end
    text = fill(body, {name: clean_value(value) for name, value in values.items()})
    found = match(body, text)
    assert found is not None
    assert canonical_text(filled(body, found)) == canonical_text(text)
    assert found.empty == [name for _, name in parts if name not in values]
