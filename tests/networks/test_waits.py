"""How long a network asks us to wait, in every dialect of its headers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from requests.structures import CaseInsensitiveDict

from socialdesk.networks.waits import MAX_RETRY_AFTER_S, MIN_WAIT_S, asked_wait_s, pause_s

DATE = "Sat, 21 Nov 2026 12:00:00 GMT"


@pytest.mark.promise(22)
@pytest.mark.parametrize(
    ("name", "value", "wait_s"),
    [
        ("Retry-After", "30", 30),
        ("Retry-After", "0", 5),
        ("Retry-After", "-7", 5),
        ("Retry-After", "1000000000", 3600),
        ("Retry-After", "1.5e300", 3600),
        ("Retry-After", "Sat, 21 Nov 2026 12:02:00 GMT", 120),
        ("Retry-After", "Sat, 21 Nov 2026 11:00:00 GMT", 5),
        ("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT", 3600),
        ("retry-after", "31", 31),
        ("X-RateLimit-Reset", "2026-11-21T12:05:00.123456Z", 300.123456),
        ("X-Ratelimit-Reset", "2026-11-21T12:00:00.000Z", 5),
        ("X-RateLimit-Reset", "2026-11-21T15:00:00Z", 900),
        ("RateLimit-Reset", "1795262460", 60),
        ("RateLimit-Reset", "45", 45),
        ("X-Rate-Limit-Reset", "99999999999999999999", 900),
    ],
)
def test_every_dialect_is_read_and_capped(name, value, wait_s):
    assert asked_wait_s(CaseInsensitiveDict({name: value, "Date": DATE})) == pytest.approx(wait_s)


@pytest.mark.parametrize("value", ["", "soon", "nan", "inf", "-inf", "9" * 65, "2026-13-45"])
def test_what_cannot_be_read_is_not_said(value):
    assert asked_wait_s(CaseInsensitiveDict({"Retry-After": value, "Date": DATE})) is None


def test_a_point_in_time_needs_the_servers_own_date():
    headers = CaseInsensitiveDict({"X-RateLimit-Reset": "2026-11-21T12:05:00Z"})
    assert asked_wait_s(headers) is None


def test_retry_after_goes_before_the_reset():
    headers = {"Retry-After": "20", "X-RateLimit-Reset": "100", "Date": DATE}
    assert asked_wait_s(CaseInsensitiveDict(headers)) == 20


@pytest.mark.promise(22)
@given(st.dictionaries(st.sampled_from(["Retry-After", "X-RateLimit-Reset", "Date"]), st.text()))
def test_no_header_breaks_it_or_asks_for_an_absurd_wait(headers):
    wait_s = asked_wait_s(CaseInsensitiveDict(headers))
    assert wait_s is None or MIN_WAIT_S <= wait_s <= MAX_RETRY_AFTER_S


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({}, 0),
        ({"X-RateLimit-Remaining": "11", "X-RateLimit-Reset": "2026-11-21T12:05:00Z"}, 0),
        ({"X-RateLimit-Remaining": "10", "X-RateLimit-Reset": "2026-11-21T12:05:00Z"}, 300),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2026-11-21T11:00:00Z"}, 5),
        ({"X-RateLimit-Remaining": "0"}, 60),
        ({"RateLimit-Remaining": "3", "RateLimit-Reset": "1795262460"}, 60),
        ({"X-RateLimit-Remaining": "many"}, 0),
        ({"X-RateLimit-Remaining": "\u0661"}, 0),
    ],
)
def test_a_window_that_is_nearly_used_up_asks_for_peace(headers, pause):
    assert pause_s(CaseInsensitiveDict({**headers, "Date": DATE})) == pause
