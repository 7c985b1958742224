"""Signing in to LinkedIn: what the browser is sent with, and what its code becomes."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from socialdesk.domain.account import Can
from socialdesk.domain.errors import AuthExpiredError, Refusal, RefusedError
from socialdesk.networks.linkedin import NETWORK
from socialdesk.networks.scripted import everything, session_with
from socialdesk.networks.tokens import Tokens
from tests.networks.fake_linkedin import ACCESS, CLIENT, CODE, OWN, REFRESH, SECRET, FakeLinkedIn


@pytest.fixture
def server() -> FakeLinkedIn:
    return FakeLinkedIn()


FIELDS = {"client_id": CLIENT, "client_secret": SECRET}


def signed_in(server: FakeLinkedIn, **more: str) -> Any:
    session, redirect = session_with(server), NETWORK.info.redirect.pasted
    start = NETWORK.begin_oauth(session, {**FIELDS, **more}, redirect)
    return NETWORK.finish_oauth(session, start, CODE, redirect)


def test_the_browser_is_sent_with_scope_state_and_our_address(server: FakeLinkedIn) -> None:
    start = NETWORK.begin_oauth(session_with(server), FIELDS, NETWORK.info.redirect.pasted)
    asked = parse_qs(urlsplit(start.url).query)
    assert asked["redirect_uri"] == ["https://localhost/socialdesk"]
    assert asked["state"] == [start.state]
    assert "w_organization_social" in asked["scope"][0]
    assert SECRET not in start.url
    assert server.asked == []


def test_the_code_becomes_tokens_and_the_page(server: FakeLinkedIn) -> None:
    signed = signed_in(server)
    assert signed.settings == {"page": OWN}
    assert signed.card.own.name == "Aldanov Bakery"
    assert Can.REPLY in signed.card.can
    assert Tokens.unpacked(signed.secret).refresh == REFRESH
    assert SECRET not in repr(signed) and ACCESS not in repr(signed)


def test_with_several_pages_one_is_named(server: FakeLinkedIn) -> None:
    server.pages = ["urn:li:organization:1", OWN]
    with pytest.raises(RefusedError) as caught:
        signed_in(server)
    assert "2414183" in caught.value.detail
    assert signed_in(server, page="2414183").settings == {"page": OWN}
    with pytest.raises(RefusedError):
        signed_in(server, page="77")


def test_who_runs_no_page_is_told(server: FakeLinkedIn) -> None:
    server.pages = []
    with pytest.raises(RefusedError) as caught:
        signed_in(server)
    assert caught.value.reason is Refusal.PERMISSION


def test_a_wrong_secret_quotes_nothing(server: FakeLinkedIn) -> None:
    with pytest.raises(AuthExpiredError) as caught:
        signed_in(server, client_secret="li-wrong-secret")
    assert "li-wrong-secret" not in everything(caught.value)
