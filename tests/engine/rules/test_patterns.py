"""Expressions of people: what is refused at entering, what is ended while running."""

import time

import pytest

from socialdesk.domain.rules.rule_run import TooSlowError
from socialdesk.engine.rules.patterns import BadPatternError, Found, compiled, finds

# Each is exponential, or near it, on one of the texts.
EVIL = (
    r"(a+)+$", r"(a|aa)+$", r"^(\w+\s?)*$", r"(x+x+)+y", r"((a{1,20}){1,20}){1,20}b",
    r"(a?){60}a{60}", r"(?:(?:a+)+)+\d", r"(\p{L}+)*\d", r"(?b)(abcdefghijkl){e<=8}", r"(?R)",
    r"(a(?R)?b)+", r"(.*)*x", r"(?=(a+))\1+b", r"([^,]*,?)*!",
)  # fmt: skip
TEXTS = ("a" * 5_000 + "!", "ab" * 3_000, "word " * 1_500 + "!", "x" * 65_000, "", "é" * 9_000)
LONGEST_S = 1.0  # of this thread; 0.03 measured


@pytest.mark.promise(32)
@pytest.mark.parametrize("pattern", EVIL)
@pytest.mark.parametrize("text", TEXTS)
def test_an_evil_expression_is_ended(pattern, text):
    compiled(pattern)
    start = time.thread_time()
    try:
        finds(pattern, text)
    except TooSlowError:
        pass
    assert time.thread_time() - start < LONGEST_S


@pytest.mark.promise(32)
def test_some_of_them_would_not_have_ended():
    with pytest.raises(TooSlowError):
        finds(r"(a+)+$", TEXTS[0])


@pytest.mark.promise(32)
@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ("(", "syntax"), ("a**", "syntax"), ("[z-a]", "syntax"), (r"\L<x>", "syntax"),
        ("(" * 299, "syntax"), ("a" * 301, "long"), ("a{999999999}", "repeats"),
        ("((((a{9}){9}){9}){9}){9}", "repeats"), ("a{101}b{101}", "repeats"),
        ("(a{1,}){99999}", "repeats"),
    ],
)  # fmt: skip
def test_what_cannot_be_run_is_refused_at_entering(pattern, code):
    with pytest.raises(BadPatternError) as refused:
        compiled(pattern)
    assert refused.value.code == code
    assert refused.value.detail


@pytest.mark.parametrize("pattern", ["(a{100}){100}", "[a-z]{10000}", "(ab|cd){5000}"])
def test_what_may_be_entered_compiles_at_once(pattern):
    start = time.thread_time()
    compiled(pattern)
    assert time.thread_time() - start < LONGEST_S


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        (r"refund\s+(me|my)\b", "REFUND  my money", True),
        (r"order #?\d{4,6}", "order 12345", True),
        (r"^urgent", "not urgent", False),
        (r"жалоб\w+", "ЖАЛОБА", True),
        ("x", "y" * 10_000 + "x", False),
    ],
)
def test_usual_ones_find_what_they_say(pattern, text, found):
    assert finds(pattern, text) is found


def test_an_answer_is_remembered_and_so_is_too_slow():
    found = Found()
    with pytest.raises(TooSlowError):
        found(r"(a+)+$", TEXTS[0])
    start = time.thread_time()
    for _ in range(100):
        with pytest.raises(TooSlowError):
            found(r"(a+)+$", TEXTS[0])
    assert time.thread_time() - start < LONGEST_S
