"""Values that no network sends on purpose: each ends in the error that sets one item aside."""

from datetime import UTC, datetime

import pytest

from socialdesk.networks.values import parts_of, unix_time


def test_a_unix_time_is_read_from_numbers_and_digits():
    noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
    seconds = int(noon.timestamp())
    assert [unix_time(seconds), unix_time(str(seconds)), unix_time(seconds * 1000, per_s=1000)] == [
        noon, noon, noon,
    ]  # fmt: skip


@pytest.mark.parametrize("value", [10**12, 10**17, -(10**17), 10**30, float("inf"), float("nan")])
def test_a_time_out_of_reach_is_one_kind_of_error_on_every_system(value):
    with pytest.raises(ValueError):
        unix_time(value)


@pytest.mark.parametrize("url", ["https://[::1", "https://[half/path", "http://]x["])
def test_what_is_no_address_has_no_parts(url):
    assert parts_of(url) == ("", "", "", "", "")


def test_an_address_has_its_parts():
    assert parts_of("https://pond.example/a?b").hostname == "pond.example"
