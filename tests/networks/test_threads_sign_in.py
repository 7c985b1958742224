"""Signing in to Threads: a pasted token, or a pasted address."""

import logging
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from socialdesk.domain.errors import AuthExpiredError, ConnectorError, RefusedError
from socialdesk.networks.meta.long_lived import RENEWED_AT
from socialdesk.networks.oauth import code_of
from socialdesk.networks.scripted import Scripted, everything
from socialdesk.networks.testing import session_with
from socialdesk.networks.threads import NETWORK
from socialdesk.networks.threads.network import REDIRECT, SCOPES
from socialdesk.networks.tokens import Tokens
from tests.networks.fake_threads import (
    APP_ID,
    APP_SECRET,
    CODE,
    OWN,
    SHORT,
    TOKEN,
    USER_ID,
    FakeThreads,
    only,
)

APP = {"app_id": APP_ID, "app_secret": APP_SECRET}


@pytest.fixture
def server() -> FakeThreads:
    return FakeThreads()


def finish(server: FakeThreads, code: str = CODE, **typed: str) -> Any:
    http = session_with(server)
    start = NETWORK.begin_oauth(http, {**APP, **typed}, REDIRECT)
    pasted = f"{REDIRECT}?code={code}&state={start.state}#_"
    return NETWORK.finish_oauth(http, start, code_of(pasted, start.state), REDIRECT)


def test_the_browser_is_sent_where_the_address_bar_can_be_pasted() -> None:
    start = NETWORK.begin_oauth(session_with(FakeThreads()), APP, REDIRECT)
    query = parse_qs(urlsplit(start.url).query)
    assert start.url.startswith("https://threads.com/oauth/authorize?")
    assert query["redirect_uri"] == [REDIRECT] == [NETWORK.info.redirect.pasted]
    assert query["scope"] == [",".join(SCOPES)]
    assert REDIRECT.startswith("https://localhost/")


@pytest.mark.parametrize("code", [CODE, f"{CODE}#_"])
def test_a_pasted_address_becomes_a_token_of_60_days(server: FakeThreads, code: str) -> None:
    http = session_with(server)
    start = NETWORK.begin_oauth(http, APP, REDIRECT)
    signed = NETWORK.finish_oauth(http, start, code, REDIRECT)
    kept = Tokens.unpacked(signed.secret)
    assert kept == Tokens(TOKEN, rest={RENEWED_AT: "2026-11-21T09:00:00.000Z"})
    assert signed.settings == {"user_id": USER_ID, "username": OWN}
    assert signed.card.own.handle == OWN


def test_a_pasted_token_signs_in(server: FakeThreads) -> None:
    signed = NETWORK.sign_in(session_with(server), {"token": f"Bearer {TOKEN} "})
    assert Tokens.unpacked(signed.secret).access == TOKEN


def test_a_token_of_nobody_is_told(server: FakeThreads) -> None:
    with pytest.raises(AuthExpiredError):
        NETWORK.sign_in(session_with(server), {"token": "THAAdead"})


def test_a_wrong_app_or_code_is_refused(server: FakeThreads) -> None:
    for typed in ({"app_secret": "canary-wrong"}, {"code": "canary-used"}):
        with pytest.raises(RefusedError) as caught:
            finish(server, **typed)
        assert "canary" not in everything(caught.value)


def test_no_secret_of_a_sign_in_is_shown_whatever_comes(
    server: FakeThreads, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    canaries = (APP_SECRET, CODE, SHORT, TOKEN)
    echo = {"error": {"message": " ".join(canaries), "code": 77777}}
    shown = [repr(finish(server))]
    for n_before in range(4):
        for status in (200, 400, 500):
            server.recover()
            let_pass = only(Scripted(), lambda method, path: False)
            server.faults = [let_pass] * n_before + [only(Scripted(status, echo))] * 6
            try:
                shown.append(repr(finish(server)))
            except ConnectorError as e:
                shown.append(everything(e))
    assert not [one for one in canaries if one in "\n".join([*shown, caplog.text])]


def test_the_guide_says_what_a_review_opens_and_that_testers_must_accept() -> None:
    traps = " ".join(step.text for step in NETWORK.info.guide if step.is_trap)
    assert "threads_keyword_search" in traps and "Invites" in traps and "60 days" in traps
    assert REDIRECT in {step.copy for step in NETWORK.info.guide}
