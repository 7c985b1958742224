"""What Meta's headers say of the budget, and how long that lets us wait."""

import json

import pytest
from requests.structures import CaseInsensitiveDict

from socialdesk.networks.meta.usage import Usage, pause_s, usage_of, wait_s


def business(**row: int) -> dict[str, str]:
    told = {"1050001": [{"type": "pages", "call_count": 1, **row}]}
    return {"X-Business-Use-Case-Usage": json.dumps(told)}


def app(percent: float) -> dict[str, str]:
    return {"X-App-Usage": json.dumps({"call_count": percent, "total_time": 1})}


def test_the_highest_of_all_figures_counts() -> None:
    headers = {**business(total_cputime=71, estimated_time_to_regain_access=9), **app(20)}
    assert usage_of(CaseInsensitiveDict(headers)) == Usage(71.0, 540.0)


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({}, 0),
        (app(69), 0),
        (app(70), 600),
        (app(94), 600),
        (app(95), 900),
        (business(total_time=100, estimated_time_to_regain_access=7), 420),
        (business(call_count=100, estimated_time_to_regain_access=10**6), 86_400),
    ],
)
def test_we_slow_down_before_we_are_told_to_stop(headers: dict[str, str], pause: int) -> None:
    assert pause_s(CaseInsensitiveDict(headers)) == pause


def test_a_throttled_call_waits_as_long_as_meta_says() -> None:
    assert wait_s(business(estimated_time_to_regain_access=12)) == 720
    assert wait_s({"Retry-After": "77"}) == 77
    assert wait_s({}) == 900


@pytest.mark.parametrize(
    "text",
    ["", "no json", "[]", "7", "{}", '{"a":[7]}', '{"call_count":"99"}', '{"call_count":true}',
     '{"call_count":null}', "[" * 20_000, '{"call_count":-5}', '{"call_count":1e999}'],
)  # fmt: skip
def test_a_header_that_cannot_be_read_slows_nothing(text: str) -> None:
    for name in ("X-App-Usage", "X-Business-Use-Case-Usage", "X-Page-Usage"):
        assert pause_s({name: text}) == 0
