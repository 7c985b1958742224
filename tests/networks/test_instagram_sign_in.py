"""Signing in to Instagram: on Instagram itself, or through Facebook with a pasted token."""

import logging
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from socialdesk.domain.account import Can
from socialdesk.domain.errors import AuthExpiredError, ConnectorError, RefusedError
from socialdesk.networks.instagram import NETWORK
from socialdesk.networks.instagram.network import FACEBOOK_SCOPES, REDIRECT, SCOPES
from socialdesk.networks.meta.long_lived import RENEWED_AT
from socialdesk.networks.oauth import code_of
from socialdesk.networks.scripted import Scripted, everything
from socialdesk.networks.testing import session_with
from socialdesk.networks.tokens import Tokens
from tests.networks.fake_instagram import (
    APP_ID,
    APP_SECRET,
    CODE,
    FB_TOKEN,
    IG_ID,
    OWN,
    SHORT,
    TOKEN,
    FakeInstagram,
)
from tests.networks.fake_threads import only

APP = {"app_id": APP_ID, "app_secret": APP_SECRET}


@pytest.fixture
def server() -> FakeInstagram:
    return FakeInstagram()


def finish(server: FakeInstagram, code: str = CODE, **typed: str) -> Any:
    http = session_with(server)
    start = NETWORK.begin_oauth(http, {**APP, **typed}, REDIRECT)
    pasted = f"{REDIRECT}?code={code}&state={start.state}#_"
    return NETWORK.finish_oauth(http, start, code_of(pasted, start.state), REDIRECT)


def test_the_browser_is_sent_where_the_address_bar_can_be_pasted() -> None:
    start = NETWORK.begin_oauth(session_with(FakeInstagram()), APP, REDIRECT)
    query = parse_qs(urlsplit(start.url).query)
    assert start.url.startswith("https://www.instagram.com/oauth/authorize?")
    assert query["redirect_uri"] == [REDIRECT] == [NETWORK.info.redirect.pasted]
    assert query["scope"] == [",".join(SCOPES)]


def test_a_pasted_address_becomes_a_token_of_60_days(server: FakeInstagram) -> None:
    signed = finish(server)
    assert Tokens.unpacked(signed.secret) == Tokens(
        TOKEN, rest={RENEWED_AT: "2026-11-21T09:00:00.000Z"}
    )
    assert signed.settings == {"ig_id": IG_ID, "username": OWN, "way": "instagram"}
    assert Can.HASHTAG not in signed.card.can


def test_a_pasted_token_of_instagram_signs_in(server: FakeInstagram) -> None:
    signed = NETWORK.sign_in(session_with(server), {"token": TOKEN})
    assert signed.settings["way"] == "instagram"
    assert Tokens.unpacked(signed.secret).rest[RENEWED_AT]


def test_a_pasted_token_of_facebook_opens_tags_and_hashtags() -> None:
    server = FakeInstagram("facebook")
    signed = NETWORK.sign_in(session_with(server), {"token": FB_TOKEN})
    assert signed.settings == {"ig_id": IG_ID, "username": OWN, "way": "facebook"}
    assert Can.HASHTAG | Can.PROFILE in signed.card.can
    assert Tokens.unpacked(signed.secret) == Tokens(FB_TOKEN)


def test_the_page_without_an_account_is_passed_over_and_none_at_all_is_told() -> None:
    server = FakeInstagram("facebook")
    bare = {"id": "1050009", "name": "Empty", "access_token": "EAAx"}
    server.pages.append(bare)
    assert NETWORK.sign_in(session_with(server), {"token": FB_TOKEN}).settings["ig_id"] == IG_ID
    server.pages[:] = [bare]
    with pytest.raises(RefusedError) as caught:
        NETWORK.sign_in(session_with(server), {"token": FB_TOKEN})
    assert "linked" in caught.value.detail


def test_a_token_of_nobody_is_told(server: FakeInstagram) -> None:
    with pytest.raises(AuthExpiredError):
        NETWORK.sign_in(session_with(server), {"token": "IGAAdead"})


def test_a_redirect_that_is_not_registered_says_so(server: FakeInstagram) -> None:
    http = session_with(server)
    other = "https://localhost/other"
    start = NETWORK.begin_oauth(http, APP, other)
    with pytest.raises(RefusedError) as caught:
        NETWORK.finish_oauth(http, start, CODE, other)
    assert "Invalid redirect_uri" in caught.value.detail


def test_a_wrong_app_or_code_is_refused(server: FakeInstagram) -> None:
    for typed in ({"app_secret": "canary-wrong"}, {"code": "canary-used"}):
        with pytest.raises(RefusedError) as caught:
            finish(server, **typed)
        assert "canary" not in everything(caught.value)


def test_no_secret_of_a_sign_in_is_shown_whatever_comes(
    server: FakeInstagram, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    canaries = (APP_SECRET, CODE, SHORT, TOKEN)
    echo = {"error": {"message": " ".join(canaries), "code": 77777}}
    shown = [repr(finish(server))]
    for n_before in range(4):
        for status in (200, 400, 500):
            let_pass = only(Scripted(), lambda method, path: False)
            server.faults = [let_pass] * n_before + [only(Scripted(status, echo))] * 6
            try:
                shown.append(repr(finish(server)))
            except ConnectorError as e:
                shown.append(everything(e))
    assert not [one for one in canaries if one in "\n".join([*shown, caplog.text])]


def test_the_guide_says_honestly_what_no_program_can_find() -> None:
    words = " ".join(step.text for step in NETWORK.info.guide)
    assert "caption" in words and "30 different hashtags" in words and "Live" in words
    assert {REDIRECT, ",".join(FACEBOOK_SCOPES)} <= {step.copy for step in NETWORK.info.guide}
