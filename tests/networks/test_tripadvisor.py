"""Tripadvisor's newest reviews by language, its errors, and finding one's own place."""

import json

import pytest

from socialdesk.domain.errors import (
    AuthExpiredError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.networks.scripted import everything, session_with
from socialdesk.networks.testing_panels import panel_of
from socialdesk.networks.tripadvisor import NETWORK, location_of
from tests.networks.fake_tripadvisor import FOLDER, KEY, LOCATION, FakeTripadvisor
from tests.networks.samples.tripadvisor import SAMPLE

PAGE = f"https://www.tripadvisor.com/Restaurant_Review-g298251-d{LOCATION}-Reviews-Aldanov.html"


@pytest.fixture
def server() -> FakeTripadvisor:
    made = FakeTripadvisor()
    made.reviews["en"] = json.loads((FOLDER / "reviews.json").read_text("utf-8"))["data"]
    return made


def test_reviews_have_bubbles_title_and_what_the_owner_answered(server: FakeTripadvisor) -> None:
    soup, answer, cake = panel_of(SAMPLE.connect(server))
    assert (soup.n_stars, cake.n_stars) == (2, 5)  # as text, as a number
    assert soup.title == "An hour for soup"
    assert soup.attachments[0].url.endswith("s2.0-66827-5.svg")
    assert answer.is_own
    assert answer.parent_uri == cake.uri


@pytest.mark.parametrize(
    "address",
    ["http://www.tripadvisor.com/x.svg", "https://tripadvisor.com.evil.example/x.svg",
     "https://eviltacdn.com/x.svg", "https://[x", "javascript:x", None, 4],
)  # fmt: skip
def test_only_a_picture_of_their_own_is_fetched(server: FakeTripadvisor, address: object) -> None:
    server.reviews["en"][0]["rating_image_url"] = address
    soup = panel_of(SAMPLE.connect(server))[0]
    assert (soup.n_stars, soup.attachments) == (2, ())


def test_each_language_is_asked_for_by_itself_newest_first(server: FakeTripadvisor) -> None:
    other = {**server.reviews["en"][0], "id": 900000003, "lang": "ru",
             "url": "https://www.tripadvisor.com/r3",
             "published_date": "2026-11-21T00:00:00Z"}  # fmt: skip
    server.reviews["ru"] = [other]
    connector = NETWORK.connect(
        session_with(server), {**SAMPLE.settings, "languages": "en,ru"}, SAMPLE.secret,
        lambda _: None,
    )  # fmt: skip
    shown = panel_of(connector)
    assert [m.lang for m in shown] == ["ru", "en", "en", "en"]
    assert len(server.asked) == 2


@pytest.mark.parametrize(("header", "wait_s"), [({}, 3600.0), ({"Retry_After": "90"}, 90.0)])
def test_a_budget_that_is_used_up_waits_an_hour(
    server: FakeTripadvisor, header: dict[str, str], wait_s: float
) -> None:
    server.always(429, {"message": "Limit Exceeded"}, **header)
    with pytest.raises(RateLimitedError) as caught:
        panel_of(SAMPLE.connect(server))
    assert caught.value.retry_after_s == wait_s


def test_a_key_that_may_not_be_used_from_here_is_refused(server: FakeTripadvisor) -> None:
    server.always(403, {"Message": "forbidden"})
    with pytest.raises(RefusedError) as caught:
        panel_of(SAMPLE.connect(server))
    assert caught.value.reason is Refusal.PERMISSION


@pytest.mark.parametrize(
    "body", [{"message": "Service"}, {"error": {"message": "x", "type": "y", "code": 1}}]
)
def test_an_error_within_a_success_is_no_empty_panel(
    server: FakeTripadvisor, body: dict[str, object]
) -> None:
    server.always(200, body)
    with pytest.raises(RefusedError):
        panel_of(SAMPLE.connect(server))


def test_a_broken_line_never_tells_the_key(server: FakeTripadvisor) -> None:
    server.cut()
    with pytest.raises(UnreachableError) as caught:
        panel_of(SAMPLE.connect(server))
    assert KEY not in everything(caught.value)


@pytest.mark.parametrize("typed", [PAGE, LOCATION, f" {LOCATION} "])
def test_signing_in_keeps_the_location_and_what_its_owner_calls_it(
    server: FakeTripadvisor, typed: str
) -> None:
    fields = {"key": KEY, "place": typed, "name": "Our shop", "languages": "en, ru; kk de"}
    signed = NETWORK.sign_in(session_with(server), fields)
    assert signed.settings == {"location": LOCATION, "name": "Our shop", "languages": "en,ru,kk"}
    assert "Aldanov" not in repr(signed)  # Tripadvisor's own words are kept nowhere


def test_a_wrong_key_shows_at_once(server: FakeTripadvisor) -> None:
    with pytest.raises(AuthExpiredError):
        NETWORK.sign_in(session_with(server), {"key": "ANOTHER1", "place": LOCATION})


@pytest.mark.parametrize("typed", ["", "our shop", "https://www.tripadvisor.com/"])
def test_an_address_without_a_location_is_told(typed: str) -> None:
    with pytest.raises(RefusedError):
        location_of(typed)


def test_nothing_is_stored_or_exported() -> None:
    assert not NETWORK.info.keep.is_stored
    assert not NETWORK.info.keep.is_exported
    assert NETWORK.info.unverified
