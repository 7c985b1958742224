"""X's length: the official cases, a table of our own, and what holds for any text."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.length.length import LengthRule, Unit, count, remaining
from socialdesk.domain.length.weighted import LINK, has_link, links, weighted_length

CASES: Final[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "fixtures/x/twitter_text.json").read_text("utf-8")
)
RULE: Final = LengthRule(280, Unit.WEIGHTED)


@pytest.mark.parametrize("case", CASES["weighted"], ids=lambda case: str(case["description"]))
def test_the_official_lengths(case: dict[str, Any]) -> None:
    assert weighted_length(case["text"]) == case["weighted_length"]
    if not set(case["text"]) & {"\ufffe", "\uffff"}:  # invalid for another reason
        assert (remaining(case["text"], RULE) >= 0) is case["valid"]


@pytest.mark.parametrize("case", CASES["urls"], ids=lambda case: str(case["description"]))
def test_the_official_links(case: dict[str, Any]) -> None:
    assert [case["text"][a:b] for a, b in links(case["text"])] == case["urls"]


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("", 0),
        ("Сәлем, қалайсыз? Қызмет нашар", 29),
        ("故人西辞", 8),
        ("e\u0301", 1),  # NFC first
        ("one\r\ntwo", 7),
        ("wait…", 6),
        ("👩🏽\u200d🍳", 2),
        ("🇰🇿🇰🇿", 4),
        ("1\ufe0f\u20e3", 2),
        ("© 2026", 7),
        ("brand.kz", LINK),
        ("see brand.kz, please", LINK + 12),
        ("https://brand.kz/menu?day=1", LINK),
        ("brand.kz/a_(b)", LINK),
        ("anna@brand.kz", 13),
        ("@anna.kz", 8),
        ("https://shop.example/", 21),  # no top-level domain that X knows
        ("Hello.We are open", 17),
        ("Open 9.30-18.00", 15),
        ("пример.рф", 9),  # without https:// only Latin names are links
        ("https://пример.рф", LINK),
    ],
)
def test_a_table_of_lengths(text: str, n: int) -> None:
    assert weighted_length(text) == n == count(text, RULE)


def test_what_is_a_link_to_the_price_list() -> None:
    assert has_link("More at brand.kz")
    assert has_link("https://brand.kz/now")
    assert not has_link("More at 9.30. Thanks.Anna")


@given(st.text(max_size=60))
def test_no_text_is_longer_than_two_a_character_beside_links(text: str) -> None:
    n_links = sum(1 for _ in links(text))
    assert 0 <= weighted_length(text) <= 2 * 3 * len(text) + LINK * n_links  # NFC: at most 3


@given(st.text(st.characters(max_codepoint=0x10FF, exclude_characters=".©®")))
def test_light_letters_count_one_each_after_nfc(text: str) -> None:
    import unicodedata

    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    if all(ord(char) <= 0x10FF for char in composed) and "\u20e3" not in composed:
        assert weighted_length(text) == len(composed)


@given(st.text(max_size=30), st.text(max_size=30))
def test_two_paragraphs_count_as_the_sum(a: str, b: str) -> None:
    """Nothing joins across an empty line."""
    joined = weighted_length(f"{a} \n\n {b}")
    assert joined == weighted_length(f"{a} \n\n") + weighted_length(f" {b}")


def test_english_typing_loads_nothing_more() -> None:
    """The composer counts at every key; the emoji tables take 30 ms to be imported."""
    code = (
        "import sys; from socialdesk.domain.length.weighted import weighted_length as n;"
        "n('We are sorry, Anna. It is fixed. Қызмет нашар.');"
        "print('regex' in sys.modules, 'socialdesk.domain.length.top_domains' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["False", "False"]
