"""Signing in to TikTok: what the browser is sent with, and what its code becomes."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from socialdesk.domain.errors import AuthExpiredError
from socialdesk.networks.scripted import everything, session_with
from socialdesk.networks.tiktok import NETWORK
from socialdesk.networks.tokens import Tokens
from tests.networks.fake_tiktok import (
    ACCESS,
    CLIENT,
    CODE,
    HANDLE,
    OWN,
    REFRESH,
    SECRET,
    FakeTikTok,
)


@pytest.fixture
def server() -> FakeTikTok:
    return FakeTikTok()


FIELDS = {"client_id": CLIENT, "client_secret": SECRET}


def signed_in(server: FakeTikTok, **more: str) -> Any:
    session, redirect = session_with(server), NETWORK.info.redirect.pasted
    start = NETWORK.begin_oauth(session, {**FIELDS, **more}, redirect)
    return NETWORK.finish_oauth(session, start, CODE, redirect)


def test_the_browser_is_sent_with_scope_state_and_our_address(server: FakeTikTok) -> None:
    start = NETWORK.begin_oauth(session_with(server), FIELDS, NETWORK.info.redirect.pasted)
    asked = parse_qs(urlsplit(start.url).query)
    assert asked["redirect_uri"] == ["https://localhost/socialdesk"]
    assert asked["state"] == [start.state]
    assert "comment.list.manage" in asked["scope"][0]
    assert SECRET not in start.url
    assert server.asked == []


def test_the_code_becomes_tokens_and_the_account(server: FakeTikTok) -> None:
    signed = signed_in(server)
    assert signed.settings == {"business_id": OWN, "username": HANDLE}
    assert signed.card.own.n_followers == 812
    assert Tokens.unpacked(signed.secret).refresh == f"{REFRESH}-1"
    assert SECRET not in repr(signed) and ACCESS not in repr(signed)


def test_a_wrong_secret_quotes_nothing(server: FakeTikTok) -> None:
    with pytest.raises(AuthExpiredError) as caught:
        signed_in(server, client_secret="tt-wrong-secret")
    assert "tt-wrong-secret" not in everything(caught.value)
