"""Lengths as the networks count them.

The Mastodon cases and their lengths are those of Mastodon.py 2.3.3, tests/test_status_length.py
(MIT, licence in tests/fixtures/third_party/mastodon_py/), read off a real server.
"""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.length.length import LengthRule, Unit, count, remaining

MASTODON = LengthRule(500, Unit.GRAPHEME, url_length=23, local_mentions=True, with_warning=True)

CASES = [
    ("", 0),
    ("hello", 5),
    (" leading and trailing spaces   ", 31),
    (" tabs\tand\nnewlines\r\n", 19),
    ("check http://example.com and https://example.org/page?x=1#frag", 57),
    ("ftp://files.example.net/resource", 32),
    ("http://user:pass@example.com:8080/path", 38),
    ("http://127.0.0.1:3000/health", 28),
    ("https://[2001:db8::1]/status", 28),
    ("https://[2001:db8:85a3::8a2e:370:7334]:443/path?ok=1", 52),
    ("mailto:someone@example.com", 26),
    ("git+ssh://git@example.co.uk:22/repo.git", 39),
    ("https://very.long.tld.example.museum/collection/item", 23),
    ("@alice", 6),
    ("@bob@example.com", 4),
    ("hi @charlie and @dora@example.social!", 22),
    ("hey @me@example.com look at https://example.com/a-b_c~d?e=f#g and @you  ", 50),
    ("a: 🇪🇪", 4),
    ("b: 👨‍👩‍👧‍👦", 4),
    ("c: 👩🏽‍💻", 4),
    ("d: ✊🏿", 4),
    ("é", 1),
    ("f\u0301", 1),
    ("https://sub.sub2.Путин.рф/увидимся/в?Гааге=военный#преступник", 48),
    ("clusters: 😀😃😄😁😆😅😂🤣😊🙂😉🙃😇🥰😍🤩😘😗😙😚", 30),
    (
        "See: http://example.com https://[2001:db8::2]:8443/a "
        "ftp://user:pw@files.example.org:21/x http://192.168.0.1/",
        114,
    ),
    ("@one https://example.social/@two 👩🏽‍💻 🇪🇪 @three@example.com ✊🏿", 41),
    ("(see https://example.com.)", 30),
    ("[link: http://user:pass@host.example:8080/path?x=y#z]", 53),
    ("<@root> and {@admin@example.net}", 20),
    ("https://example.com/a-b_c~d?param_a=1&param-b=2", 23),
]


@pytest.mark.parametrize(("text", "length"), CASES)
def test_mastodon_counts_as_a_real_server_does(text, length):
    assert count(text, MASTODON) == length
    assert count(text, MASTODON, "what") == length + 4


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("https://shop.example/a_(b)", 23),
        ("https://shop.example/a_(b).", 24),
        ("(https://shop.example/a)", 25),
        ("https://shop.example/?", 24),
        ("https://shop.example?q=1!", 24),
        ("xhttps://shop.example", 21),
        ("https://-shop.example", 21),
        ("https://xn--80ak6aa92e.xn--p1ai/x", 23),
        ("https://shop.example/a https://shop.example/b", 47),
    ],
)
def test_links_end_where_twitter_text_ends_them(text, length):
    assert count(text, MASTODON) == length


@pytest.mark.parametrize(
    ("unit", "length"),
    [(Unit.GRAPHEME, 2), (Unit.CODE_POINT, 5), (Unit.UTF16, 8), (Unit.UTF8, 17)],
)
def test_each_unit_counts_its_own(unit, length):
    assert count("é👩🏽‍💻", LengthRule(500, unit)) == length


def test_two_limits_hold_together():
    rule = LengthRule(300, Unit.GRAPHEME, max_bytes=30)
    assert remaining("abc", rule) == 27
    assert remaining("👩🏽‍💻" * 2, rule) == 0
    assert remaining("👩🏽‍💻" * 3, rule) == -15
    assert remaining("x" * 301, LengthRule(300, Unit.GRAPHEME)) == -1


def test_a_warning_counts_only_where_the_rule_says_so():
    assert count("abc", LengthRule(500), "warning") == 3
    assert remaining("abc", MASTODON, "12345") == 492


@given(st.text(), st.sampled_from(Unit))
def test_any_text_has_a_length(text, unit):
    rule = LengthRule(500, unit, url_length=23, local_mentions=True)
    assert count(text, rule) >= 0


@pytest.mark.parametrize(
    "piece",
    ["https://", "https://a.", "https://a-", "@a", "@a@b", "a" * 9, "https://a.bc/((", "😀"],
)
def test_a_megabyte_is_counted_in_linear_time(piece):
    text = piece * (1_000_000 // len(piece))
    start = time.perf_counter()
    count(text, MASTODON)
    assert time.perf_counter() - start < 5  # about 0.3 s; quadratic would take minutes
