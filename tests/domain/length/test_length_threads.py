"""Lengths as Threads counts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.length.length import LengthRule, Unit, count, remaining

THREADS = LengthRule(500, Unit.THREADS)
PLAIN = st.text(st.characters(categories=("L", "N", "Zs"), exclude_characters="ℹ"))


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("hello #1 *2*", 12),
        ("Кешірім сұраймыз", 16),
        ("語言", 2),
        ("é", 1),
        ("e\u0301", 2),
        ("👍", 4),
        ("👍🏽", 8),
        ("👩🏽\u200d🍳", 15),
        ("❤\ufe0f", 6),
        ("1\ufe0f\u20e3", 7),
        ("🇰🇿", 8),
        ("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", 28),
        ("thanks 🙏 ann", 15),
        ("Tea™", 6),
        ("a\r\nb", 4),
    ],
)
def test_an_emoji_counts_as_its_bytes(text, length):
    assert count(text, THREADS) == length


def test_125_emoji_fill_a_post():
    assert remaining("🙏" * 125, THREADS) == 0
    assert remaining("🙏" * 125 + "!", THREADS) == -1


@given(PLAIN)
def test_letters_and_numbers_count_one_each(text):
    assert count(text, THREADS) == len(text)


@given(st.text())
def test_no_text_is_shorter_than_its_characters_or_longer_than_its_bytes(text):
    n_bytes = len(text.encode("utf-8", "surrogatepass"))
    assert len(text) <= count(text, THREADS) <= n_bytes


@given(PLAIN, PLAIN)
def test_an_emoji_between_words_adds_its_bytes(before, after):
    assert count(f"{before} 🙂 {after}", THREADS) == len(before) + len(after) + 6
