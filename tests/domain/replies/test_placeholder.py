"""Places in a crisis text: one pass, by name, nothing else."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.domain.replies.placeholder import (
    clean_value,
    fill,
    odd_braces,
    placeholders,
    unfilled,
)

NAMES = st.sampled_from(["name", "next_update_at", "_", "time"])
PIECES = st.one_of(
    st.text(max_size=6),
    NAMES.map("{{{}}}".format),
    st.sampled_from(["{", "}", "{}", "{a1}", "{name:link}", "{name.real}", "{Name}", "{{name}}"]),
)
TEXTS = st.lists(PIECES, max_size=8).map("".join)
VALUES = st.dictionaries(
    NAMES, st.one_of(st.text(max_size=60), NAMES.map("{{{}}}".format)), max_size=3
)
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz_")


def reference(text: str, values: dict[str, str]) -> str:
    """The same by hand: from the left, each {name} once, its value never looked at again."""
    out, at = "", 0
    while at < len(text):
        end = text.find("}", at)
        name = text[at + 1 : end] if text[at] == "{" and end > at else ""
        is_place = bool(name) and set(name) <= LETTERS
        value = clean_value(name, values.get(name, "")) if is_place else ""
        out, at = (out + value, end + 1) if value else (out + text[at], at + 1)
    return out


def check(text, values):
    assert fill(text, values) == reference(text, values)


@pytest.mark.promise(30)
@pytest.mark.parametrize("n", [2000, pytest.param(20_000, marks=pytest.mark.soak)])
def test_fill_equals_the_reference(n, trials):
    settings(max_examples=n, database=None)(given(TEXTS, VALUES)(check))()
    trials.add(n)


@given(TEXTS, VALUES)
def test_what_is_unfilled_is_what_stays(text, values):
    plain = {name: value.replace("{", "").replace("}", "") for name, value in values.items()}
    left = [n for n in placeholders(text) if f"{{{n}}}" in fill(text, plain)]
    assert [n for n in unfilled(text, plain) if n in left] == unfilled(text, plain)


@pytest.mark.promise(30)
def test_a_value_with_braces_is_not_looked_at_again():
    assert fill("{what} {time}", {"what": "{time}", "time": "{what}"}) == "{time} {what}"
    assert unfilled("{what}", {"what": "{time}"}) == []


@pytest.mark.promise(30)
@pytest.mark.parametrize(
    "text", ["{m.token}", "{m!r}", "{m:>9}", "{0}", "{m[0]}", "{m1}", "{m:link}", "{a|b}"]
)
def test_no_format_no_attribute_no_index_no_kind(text):
    assert fill(text, {"m": "secret", "m1": "secret"}) == text
    assert odd_braces(text)


def test_places_come_in_order_once():
    assert placeholders("{b} {a} {b} {A}") == ["b", "a"]
    assert unfilled("{b} {a} {b}", {"a": "x", "b": " \u202e\n"}) == ["b"]


@pytest.mark.promise(30)
@given(st.sampled_from(["name", "what"]), st.text())
def test_a_cleaned_value_is_one_harmless_line_and_stays_so(name, value):
    clean = clean_value(name, value)
    assert len(clean) <= (40 if name == "name" else 200)
    assert not any(unicodedata.category(c) in {"Cc", "Cs"} for c in clean)
    assert not set(clean) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f")
    assert clean == " ".join(clean.split()) == clean_value(name, clean)


def test_a_name_is_shorter_than_other_values():
    assert len(clean_value("name", "a" * 300)) == 40
    assert len(clean_value("what", "a" * 300)) == 200
