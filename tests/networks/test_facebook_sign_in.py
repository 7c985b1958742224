"""Signing in to a Page: the dialog whose address is pasted, tokens of three kinds, which Page."""

import logging
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from socialdesk.domain.account import Can
from socialdesk.domain.errors import AuthExpiredError, ConnectorError, Refusal, RefusedError
from socialdesk.networks.facebook import NETWORK
from socialdesk.networks.facebook.network import REDIRECT, SCOPES
from socialdesk.networks.info import SignIn
from socialdesk.networks.oauth import code_of
from socialdesk.networks.scripted import everything
from socialdesk.networks.testing import session_with
from socialdesk.networks.tokens import Tokens
from tests.networks.fake_facebook import (
    APP_ID,
    APP_SECRET,
    CODE,
    PAGE,
    PAGE_TOKEN,
    USER_TOKEN,
    FakeFacebook,
)
from tests.networks.fake_meta import Node

APP = {"app_id": APP_ID, "app_secret": APP_SECRET}
OTHER: Node = {"id": "1050002", "name": "Oven Too", "access_token": "EAAother", "tasks": []}


@pytest.fixture
def server() -> FakeFacebook:
    return FakeFacebook()


def finish(server: FakeFacebook, code: str = CODE, **typed: str) -> Any:
    http = session_with(server)
    start = NETWORK.begin_oauth(http, {**APP, **typed}, REDIRECT)
    pasted = f"{REDIRECT}?code={code}&state={start.state}#_=_"
    return NETWORK.finish_oauth(http, start, code_of(pasted, start.state), REDIRECT)


def test_the_dialog_asks_for_what_the_calls_need_and_comes_back_to_be_pasted() -> None:
    start = NETWORK.begin_oauth(session_with(FakeFacebook()), APP, REDIRECT)
    query = parse_qs(urlsplit(start.url).query)
    assert start.url.startswith("https://www.facebook.com/v26.0/dialog/oauth?")
    assert query["scope"] == [",".join(SCOPES)]
    assert query["redirect_uri"] == [REDIRECT] == [NETWORK.info.redirect.pasted]
    assert query["state"] == [start.state]
    assert APP_SECRET not in start.url + repr(start)
    assert NETWORK.info.sign_in is SignIn.PASTED


def test_a_pasted_address_becomes_the_pages_own_token(server: FakeFacebook) -> None:
    signed = finish(server)
    kept = Tokens.unpacked(signed.secret)
    assert kept.access == PAGE_TOKEN
    assert kept.rest == {"app_secret": APP_SECRET}
    assert signed.settings["page_id"] == PAGE
    assert signed.card.own.name == "Oven & Co"
    assert Can.REPLY | Can.POST in signed.card.can


@pytest.mark.parametrize("token", [PAGE_TOKEN, USER_TOKEN])
def test_a_pasted_token_of_a_page_or_a_system_user_signs_in(
    server: FakeFacebook, token: str
) -> None:
    server.app_secret = ""
    signed = NETWORK.sign_in(session_with(server), {"token": f" {token}\n"})
    assert Tokens.unpacked(signed.secret) == Tokens(PAGE_TOKEN)
    assert signed.card.own.remote_id == PAGE


def test_a_pasted_token_is_made_long_lived_where_the_app_is_known(server: FakeFacebook) -> None:
    NETWORK.sign_in(session_with(server), {**APP, "token": f"short-{USER_TOKEN}"})
    assert server.params[0]["grant_type"] == "fb_exchange_token"


def test_of_several_pages_one_is_chosen_by_name_or_number(server: FakeFacebook) -> None:
    server.pages.append(OTHER)
    for typed in (PAGE, "oven & co", " Oven & Co "):
        assert finish(server, page=typed).settings["page_id"] == PAGE


@pytest.mark.parametrize("typed", ["", "Oven", "1"])
def test_without_a_choice_the_pages_are_named(server: FakeFacebook, typed: str) -> None:
    server.pages.append(OTHER)
    with pytest.raises(RefusedError) as caught:
        finish(server, page=typed)
    assert "Oven Too (1050002)" in caught.value.detail


def test_a_sign_in_without_any_page_says_so(server: FakeFacebook) -> None:
    server.pages.clear()
    with pytest.raises(RefusedError) as caught:
        finish(server)
    assert caught.value.reason is Refusal.PERMISSION


def test_a_page_without_a_token_of_its_own_is_refused(server: FakeFacebook) -> None:
    del server.pages[0]["access_token"]
    with pytest.raises(RefusedError):
        finish(server)


@pytest.mark.parametrize(
    ("tasks", "lacks"),
    [
        (["ANALYZE"], Can.REPLY | Can.POST),
        (["MODERATE"], Can.POST),
        (["CREATE_CONTENT"], Can.REPLY),
    ],
)
def test_what_the_persons_tasks_do_not_allow_is_not_offered(
    server: FakeFacebook, tasks: list[str], lacks: Can
) -> None:
    server.pages[0]["tasks"] = tasks
    can = finish(server).card.can
    assert Can.FETCH in can
    assert not can & lacks


def test_a_wrong_app_is_told_from_a_transient_fault(server: FakeFacebook) -> None:
    with pytest.raises(RefusedError) as caught:
        finish(server, app_secret="canary-wrong-secret")
    assert caught.value.reason is Refusal.PERMISSION
    assert "canary" not in everything(caught.value)


def test_a_code_that_was_used_is_refused(server: FakeFacebook) -> None:
    with pytest.raises(RefusedError):
        finish(server, code="canary-used-code")


@pytest.mark.parametrize("typed", [{}, {"app_id": APP_ID}, {"app_secret": APP_SECRET}])
def test_without_an_app_the_browser_is_not_opened(typed: dict[str, str]) -> None:
    with pytest.raises(RefusedError):
        NETWORK.begin_oauth(session_with(FakeFacebook()), typed, REDIRECT)


@pytest.mark.parametrize("token", ["", "  ", "two words", "ключ", "a\x00b"])
def test_what_cannot_be_a_token_is_not_tried(server: FakeFacebook, token: str) -> None:
    with pytest.raises(RefusedError):
        NETWORK.sign_in(session_with(server), {"token": token})
    assert not server.calls


def test_a_dead_token_is_told_as_one(server: FakeFacebook) -> None:
    with pytest.raises(AuthExpiredError):
        NETWORK.sign_in(session_with(server), {"token": "EAAdead"})


def test_without_a_secret_nothing_connects() -> None:
    with pytest.raises(AuthExpiredError):
        NETWORK.connect(session_with(FakeFacebook()), {"page_id": PAGE}, None, lambda _: None)


def test_no_secret_of_a_sign_in_is_shown_whatever_comes(
    server: FakeFacebook, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    canaries = (APP_SECRET, CODE, USER_TOKEN, PAGE_TOKEN)
    echo = {"error": {"message": " ".join(canaries), "code": 77777}}
    shown = [repr(finish(server))]
    for status in (200, 400, 401, 500):
        server.always(status, echo)
        try:
            finish(server)
        except ConnectorError as e:
            shown.append(everything(e))
    assert len(shown) == 5
    assert not [one for one in canaries if one in "\n".join([*shown, caplog.text])]


def test_secrets_travel_in_bodies_and_headers_only(server: FakeFacebook) -> None:
    finish(server)
    addresses = " ".join(str(one.url) for one in server.asked)
    assert not [one for one in (APP_SECRET, CODE, USER_TOKEN, PAGE_TOKEN) if one in addresses]


def test_the_guide_copies_what_must_be_typed_there_and_warns_of_development_mode() -> None:
    copies = {step.copy for step in NETWORK.info.guide}
    assert {REDIRECT, ",".join(SCOPES)} <= copies
    traps = " ".join(step.text for step in NETWORK.info.guide if step.is_trap)
    assert "Live" in traps and "Recommendations" in traps and "role" in traps
    assert 4 <= len(NETWORK.info.guide) <= 9
