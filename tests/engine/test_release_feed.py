"""What a release feed may say, and which version is later."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.engine.release_feed import (
    MAX_BYTES,
    FeedError,
    Release,
    Seen,
    Shipped,
    is_feed_address,
    is_later,
    read_feed,
    read_seen,
    shipped,
)

HOSTS = frozenset({"desk.example"})
GOOD = {
    "socialdesk_release": 1, "version": "0.2.0", "date": "2026-12-01",
    "page": "https://desk.example/new", "summary": "Mends\n the clock.",
}  # fmt: skip


def raw(**other: Any) -> bytes:
    return json.dumps({**GOOD, **other}).encode()


def test_a_whole_feed_is_read_on_one_line() -> None:
    assert read_feed(raw(), HOSTS) == Release(
        "0.2.0", "https://desk.example/new", "2026-12-01", "Mends the clock."
    )


def test_date_and_summary_may_be_left_out() -> None:
    short = {k: GOOD[k] for k in ("socialdesk_release", "version", "page")}
    assert read_feed(json.dumps(short).encode(), HOSTS) == Release("0.2.0", str(GOOD["page"]))


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"socialdesk_release": 2}, "socialdesk_release"),
        ({"socialdesk_release": True}, "socialdesk_release"),
        ({"version": "newest"}, "version"),
        ({"version": "1.0.0.0.0"}, "version"),
        ({"version": 2}, "version"),
        ({"page": "https://elsewhere.example/new"}, "page"),
        ({"page": "http://desk.example/new"}, "page"),
        ({"page": "https://desk.example@elsewhere.example/"}, "page"),
        ({"page": "file:///etc/passwd"}, "page"),
        ({"page": "javascript:alert(1)"}, "page"),
        ({"page": ""}, "page"),
        ({"date": "1 December"}, "date"),
        ({"date": "20261201"}, "date"),
        ({"summary": "a" * 501}, "summary"),
        ({"summary": None}, "summary"),
        ({"run": "install.sh"}, "run"),
    ],
)
def test_what_does_not_belong_there_is_named(other: dict[str, Any], field: str) -> None:
    with pytest.raises(FeedError) as refused:
        read_feed(raw(**other), HOSTS)
    assert str(refused.value) == field


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"<html>", b"\xff\xfe", b"[" * 60_000, b" " * (MAX_BYTES + 1)]
)
def test_what_is_no_feed_is_refused(body: bytes) -> None:
    with pytest.raises(FeedError):
        read_feed(body, HOSTS)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: (
    st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(GOOD)), inner)
)))  # fmt: skip
def test_no_json_does_more_than_be_refused(data: Any) -> None:
    merged = {**GOOD, **data} if isinstance(data, dict) else data
    try:
        found = read_feed(json.dumps(merged).encode(), HOSTS)
    except FeedError:
        return
    assert found.page.startswith("https://desk.example")


ORDERED = ("0.1", "0.1.1a1", "0.1.1a2", "0.1.1b1", "0.1.1rc1", "0.1.1", "0.2.0", "0.10", "1.0.0.1")


def test_versions_stand_in_their_order() -> None:
    for n, one in enumerate(ORDERED):
        assert [is_later(other, one) for other in ORDERED] == [m > n for m in range(len(ORDERED))]


@pytest.mark.parametrize(("one", "other"), [("1.0", "1.0.0"), ("", "0.1"), ("2.0", "mine")])
def test_the_same_and_what_is_no_version_is_not_later(one: str, other: str) -> None:
    assert not is_later(one, other)


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://desk.example/feed.json", True),
        ("https://desk.example:8443/feed.json", True),
        ("http://desk.example/feed.json", False),
        ("https://", False),
        ("https://me:secret@desk.example/feed.json", False),
        ("https://desk.example:port/", False),
        ("https://desk.example/a b", False),
        ("https://desk.example/" + "a" * 2000, False),
        ("desk.example", False),
    ],
)
def test_a_feed_lies_on_an_https_host_without_a_sign_in(address: str, may: bool) -> None:
    assert is_feed_address(address) is may


def test_a_build_out_of_the_source_knows_no_address() -> None:
    assert shipped() == Shipped("", "")


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"sate": 1}'])
def test_what_cannot_be_read_of_the_last_look_is_no_look(kept: str) -> None:
    assert read_seen({"release_seen": kept}) == Seen()
