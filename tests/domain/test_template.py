"""Filling slots: one pass, by name, nothing else."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.domain.template import (
    MAX_VALUE_CHARS,
    bad_braces,
    clean_value,
    empty_slots,
    fill,
    slots,
)

NAMES = st.sampled_from(["name", "order_number", "a1", "_x"])
PIECES = st.one_of(
    st.text(max_size=6),
    NAMES.map("{{{}}}".format),
    st.sampled_from(["{", "}", "{}", "{0}", "{name.__class__}", "{name!r}", "{Name}", "{{name}}"]),
)
TEXTS = st.lists(PIECES, max_size=8).map("".join)
VALUES = st.dictionaries(
    NAMES, st.one_of(st.text(max_size=8), NAMES.map("{{{}}}".format)), max_size=3
)


def reference(text: str, values: dict[str, str]) -> str:
    """The same by hand: from the left, each {name} once, its value never looked at again."""
    out, at = "", 0
    while at < len(text):
        end = text.find("}", at)
        name = text[at + 1 : end] if text[at] == "{" and end > at else ""
        plain = name.isascii() and name.isidentifier() and name == name.lower()
        value = clean_value(values.get(name, "")) if plain else ""
        out, at = (out + value, end + 1) if value else (out + text[at], at + 1)
    return out


@settings(max_examples=2000)
@given(TEXTS, VALUES)
def test_fill_equals_the_reference(text, values):
    assert fill(text, values) == reference(text, values)


def test_a_value_with_braces_is_not_looked_at_again():
    assert fill("Hi {a} {b}", {"a": "{b}", "b": "{a}"}) == "Hi {b} {a}"


@pytest.mark.parametrize("text", ["{m.token}", "{m!r}", "{m:>9}", "{0}", "{m[0]}", "{{m}"])
def test_no_format_no_attribute_no_index(text):
    assert fill(text, {"m": "secret"}) == text.replace("{m}", "secret")


def test_slots_come_in_order_of_first_use_once():
    assert slots("{b} {a} {b} {A} {}") == ["b", "a"]


def test_an_empty_slot_is_named_and_stays_as_written():
    assert empty_slots("{a} {b} {c}", {"a": "x", "b": " \n"}) == ["b", "c"]
    assert fill("{a} {b}", {"a": "x", "b": "  "}) == "x {b}"


@given(st.text())
def test_a_cleaned_value_is_one_harmless_line(value):
    clean = clean_value(value)
    assert len(clean) <= MAX_VALUE_CHARS
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in clean)
    assert not set(clean) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f")


def test_a_brace_that_belongs_to_no_slot_is_shown_with_its_surroundings():
    assert bad_braces("All {good} here") == []
    assert bad_braces("} {ok}") == ["} {ok}"]
    assert bad_braces("0123456789A}BCDEFGHIJKLM") == ["123456789A}BCDEFGHIJ"]
    assert bad_braces("{Four}") == ["{Four}", "{Four}"]
