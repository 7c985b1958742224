"""Single values of Mastodon's JSON, where a short way must give what the long one gives."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.networks.html_text import plain
from socialdesk.networks.mastodon.statuses import Me, read_author

PIECES = (
    "https", "http", "HTTPS", "ftp", "javascript", "://", ":", "/", "//", "?", "#", "@", "\\", "[",
    "]", "::1", ":80", "a.example", "b-1.test", "..", "é", "%41", " ", "\t", "\n", "\0", "\x9b",
    "https://a.example/@ann",
)  # fmt: skip


def kept(value: object) -> str:
    return read_author({"acct": "ann", "url": value}, Me("1", "pond.example")).url


@settings(max_examples=500)
@given(st.lists(st.sampled_from(PIECES), max_size=7).map("".join))
def test_an_address_is_kept_when_it_is_one_of_the_web(value):
    try:
        parts = urlsplit(value)
    except ValueError:  # half an IPv6 host: the post is kept without it
        assert kept(value) == ""
        return
    is_web = parts.scheme in ("http", "https") and parts.hostname
    assert kept(value) == (plain(value) if is_web else "")


@pytest.mark.parametrize("value", [None, 7, "", "https://", "https://a.example/" + "x" * 4096])
def test_what_is_no_address_or_too_long_is_left_out(value):
    assert kept(value) == ""
