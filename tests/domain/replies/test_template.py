"""Filling slots: one pass, by name, nothing else."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.domain.replies.template import (
    MAX_VALUE_CHARS,
    Slot,
    SlotKind,
    bad_braces,
    clashing_slots,
    clean_value,
    empty_slots,
    fill,
    fits,
    slots,
    together,
    typed_slots,
    wrong_slots,
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


def test_a_slot_says_its_kind_and_a_list_its_choices():
    text = "{name} {order:code} {size:S|M| L } {name} {day:date}"
    assert typed_slots(text) == [
        Slot("name"),
        Slot("order", SlotKind.CODE),
        Slot("size", SlotKind.CHOICE, ("S", "M", "L")),
        Slot("day", SlotKind.DATE),
    ]
    assert bad_braces(text) == []
    filled = fill(text, {"name": "Ann", "order": "A-7", "size": "M", "day": "5 May"})
    assert filled == "Ann A-7 M Ann 5 May"


@pytest.mark.parametrize("text", ["{size:S}", "{size:}", "{n:float}", "{n:>9}", "{a:{b}|c}"])
def test_what_is_no_kind_is_no_slot(text):
    assert bad_braces(text)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        ("number", ["3", "1 024,50", "10–12", "+7 701 000", "15%"], ["three", "", "3 loaves"]),
        ("code", ["A-1024", "#77", "№ 5".removeprefix("№ "), "INV/2026_3"], ["!", "a<b>"]),
        ("date", ["5 May", "2026-05-05", "5 мамыр"], ["soon"]),
        ("time", ["15:00", "9", "сағат 15"], ["later"]),
        ("link", ["https://shop.example/a"], ["shop.example", "javascript:x", "https://x"]),
        ("email", ["ann@shop.example"], ["ann", "ann@shop", "a b@c.d"]),
        ("S|M", ["S", " M "], ["L", "s"]),
    ],
)
def test_a_value_must_be_of_its_kind(kind, good, bad):
    (slot,) = typed_slots(f"{{x:{kind}}}")
    assert all(fits(slot, value) for value in good)
    assert not any(fits(slot, value) for value in bad)
    assert wrong_slots(f"{{x:{kind}}}", {"x": bad[0]}) == ["x"]
    assert wrong_slots(f"{{x:{kind}}}", {}) == []  # empty is another fault


def test_one_name_is_one_kind():
    assert clashing_slots("{a} {a:date} {b:S|M} {b:S|M}") == []
    assert clashing_slots("{a:time} {a:date}") == ["a"]


def test_templates_together_share_their_slots():
    body = together(["Hi {name}!", " Your order {order:code}. "])
    assert body == "Hi {name}!\n\nYour order {order:code}."
    assert slots(body) == ["name", "order"]
