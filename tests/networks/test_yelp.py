"""Yelp's excerpts, its two waits, and finding one's own place."""

import json
from datetime import UTC, datetime

import pytest

from socialdesk.domain.account import Can
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    RateLimitedError,
    Refusal,
    RefusedError,
)
from socialdesk.networks.scripted import session_with
from socialdesk.networks.testing_panels import panel_of
from socialdesk.networks.yelp import NETWORK, alias_of
from tests.networks.fake_yelp import ALIAS, ERRORS, FOLDER, KEY, PLACE, FakeYelp
from tests.networks.samples.yelp import SAMPLE


@pytest.fixture
def server() -> FakeYelp:
    made = FakeYelp()
    made.reviews = json.loads((FOLDER / "reviews.json").read_text("utf-8"))["reviews"]
    return made


def test_excerpts_come_in_yelp_s_order_with_pacific_time_as_utc(server: FakeYelp) -> None:
    first, second = panel_of(SAMPLE.connect(server))
    assert (first.n_stars, second.n_stars) == (3, 5)
    assert first.body.endswith("...")
    assert first.published_at == datetime(2026, 11, 19, 22, 31, 44, tzinfo=UTC)
    assert second.published_at == datetime(2026, 10, 2, 16, 0, 1, tzinfo=UTC)  # summer time


def test_too_many_a_second_is_a_short_wait(server: FakeYelp) -> None:
    server.always(429, ERRORS["429"])
    with pytest.raises(RateLimitedError) as caught:
        panel_of(SAMPLE.connect(server))
    assert caught.value.retry_after_s == 5.0


@pytest.mark.parametrize(
    ("reset", "wait_s"),
    [("2026-11-22T00:00:00+00:00", 15 * 3600), ("", 15 * 3600), ("no time", 15 * 3600),
     ("2026-12-24T00:00:00", 24 * 3600), ("2026-11-20T00:00:00Z", 1)],
)  # fmt: skip
def test_the_day_s_end_is_waited_for_by_the_server_s_clock(
    server: FakeYelp, reset: str, wait_s: float
) -> None:
    server.always(429, ERRORS["429_day"], RateLimit_ResetTime=reset)
    with pytest.raises(RateLimitedError) as caught:
        panel_of(SAMPLE.connect(server))
    assert caught.value.retry_after_s == wait_s


def test_without_a_date_the_day_s_end_is_asked_for_hourly(server: FakeYelp) -> None:
    server.always(429, ERRORS["429_day"], Date="yesterday")
    with pytest.raises(RateLimitedError) as caught:
        panel_of(SAMPLE.connect(server))
    assert caught.value.retry_after_s == 3600.0


def test_a_plan_without_reviews_is_no_dead_key(server: FakeYelp) -> None:
    server.has_reviews = False
    connector = SAMPLE.connect(server)
    assert connector.card().can == Can.PANEL
    with pytest.raises(RefusedError) as caught:
        panel_of(connector)
    assert caught.value.reason is Refusal.NOT_APPROVED


@pytest.mark.parametrize(
    ("name", "reason"),
    [("400", Refusal.OTHER), ("403_gone", Refusal.GONE), ("404", Refusal.GONE)],
)
def test_a_refusal_has_its_reason(server: FakeYelp, name: str, reason: Refusal) -> None:
    server.always(int(name[:3]), ERRORS[name])
    with pytest.raises(RefusedError) as caught:
        panel_of(SAMPLE.connect(server))
    assert caught.value.reason is reason


def test_a_key_that_was_taken_back_asks_for_another(server: FakeYelp) -> None:
    server.always(401, ERRORS["401"])
    with pytest.raises(AuthExpiredError):
        panel_of(SAMPLE.connect(server))


def test_an_error_within_a_success_is_no_empty_panel(server: FakeYelp) -> None:
    server.always(200, ERRORS["404"])
    with pytest.raises(BadAnswerError):
        panel_of(SAMPLE.connect(server))


@pytest.mark.parametrize(
    "typed",
    [ALIAS, f"https://www.yelp.com/biz/{ALIAS}", f"yelp.com/biz/{ALIAS}?osq=bread", f" {PLACE} "],
)
def test_signing_in_keeps_the_lasting_id_and_the_name_that_was_typed(
    server: FakeYelp, typed: str
) -> None:
    signed = NETWORK.sign_in(session_with(server), {"key": KEY, "place": typed})
    assert signed.settings["place"] == PLACE
    assert signed.card.own.handle == alias_of(typed)
    assert "Aldanov" not in repr(signed)  # Yelp's own words are kept nowhere


@pytest.mark.parametrize("fields", [{"key": "a key", "place": ALIAS}, {"key": KEY, "place": ""}])
def test_what_cannot_be_a_key_or_a_place_is_never_sent(
    server: FakeYelp, fields: dict[str, str]
) -> None:
    with pytest.raises(RefusedError):
        NETWORK.sign_in(session_with(server), fields)
    assert server.asked == []


def test_nothing_is_stored_or_exported() -> None:
    assert not NETWORK.info.keep.is_stored
    assert not NETWORK.info.keep.is_exported
    assert NETWORK.info.unverified
