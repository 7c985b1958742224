"""Signing in to Bluesky, and tokens that run out."""

import json

import pytest

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import (
    AuthExpiredError,
    ConnectorError,
    CredentialError,
    CredentialFault,
    RefusedError,
)
from socialdesk.networks.base import OAuthStart
from socialdesk.networks.bluesky import NETWORK
from socialdesk.networks.testing import session_with
from tests.networks.bluesky_kit import LONG_AGO, MENTIONS, connected, walk
from tests.networks.fake_pds import ANN, HOST, OWN, PASSWORD, FakePds, refused


@pytest.fixture
def pds():
    return FakePds()


@pytest.fixture
def http(pds):
    return session_with(pds)


@pytest.fixture
def kept():
    return []


@pytest.fixture
def connector(pds, kept):
    return connected(pds, kept)


def sign_in(http, **fields):
    return NETWORK.sign_in(http, {"handle": "@brand.example", "password": PASSWORD, **fields})


def test_sign_in_goes_to_the_server_that_was_named(http, pds):
    signed_in = sign_in(http, server=f"{HOST}/")
    assert signed_in.settings == {"did": OWN, "pds": f"https://{HOST}"}
    assert signed_in.card.own.handle == "brand.example"
    assert signed_in.card.own.n_followers == 7
    assert json.loads(signed_in.secret.value) == {"access": pds.access, "refresh": pds.refresh}
    assert pds.bodies[0]["identifier"] == "brand.example"


def test_the_did_document_names_the_server_to_speak_to(http, pds):
    services = [
        {"id": "#other"},
        {"id": "#atproto_pds", "serviceEndpoint": "https://morel.example/"},
    ]
    pds.did_doc = {"service": services}
    assert sign_in(http).settings["pds"] == "https://morel.example"


def test_a_bare_name_is_one_of_bsky_social(http, pds):
    sign_in(http, handle="shop")
    assert pds.bodies[0]["identifier"] == "shop.bsky.social"


def test_the_main_password_is_noticed(http, pds):
    pds.password_scope = "com.atproto.access"
    assert sign_in(http).settings["main_password"] == "1"


def test_a_wrong_password_is_said_once_and_not_tried_again(http, pds):
    with pytest.raises(AuthExpiredError):
        sign_in(http, password="nope")
    assert pds.calls == ["com.atproto.server.createSession"]


def test_a_code_by_mail_asks_for_an_app_password(http, pds):
    pds.faults = [lambda nsid: refused(401, "AuthFactorTokenRequired", "")]
    with pytest.raises(RefusedError, match="app password"):
        sign_in(http)


def test_signing_out_ends_the_session_with_the_refresh_token(connector, pds):
    connector.sign_out()
    assert pds.calls == ["com.atproto.server.deleteSession"]


def test_signing_out_twice_is_no_error(connector, pds):
    pds.refresh = "another"
    connector.sign_out()


def test_oauth_is_refused_in_words(http):
    with pytest.raises(ConnectorError):
        NETWORK.begin_oauth(http, {}, "http://127.0.0.1/")
    with pytest.raises(ConnectorError):
        NETWORK.finish_oauth(http, OAuthStart("", "", {}), "", "")


# Tokens


def test_a_dead_access_token_is_renewed_and_kept_before_its_first_use(connector, pds, kept):
    pds.expire_access()
    pds.write(ANN, "hello")
    n_calls_when_kept = []

    def keep(secret):
        kept.append(secret)
        n_calls_when_kept.append(len(pds.calls))

    connector._xrpc._keep_secret = keep
    mentions, _ = walk(connector)
    assert [mention.body for mention in mentions] == ["hello"]
    assert json.loads(kept[0].value) == {"access": pds.access, "refresh": pds.refresh}
    assert pds.calls[:2] == ["app.bsky.notification.listNotifications",
                             "com.atproto.server.refreshSession"]  # fmt: skip
    assert n_calls_when_kept == [2]


def test_a_renewal_that_cannot_be_kept_is_not_used(connector, pds):
    def locked(secret):
        raise CredentialError(CredentialFault.LOCKED)

    pds.expire_access()
    connector._xrpc._keep_secret = locked
    with pytest.raises(CredentialError):
        connector.fetch(MENTIONS, None, since=LONG_AGO)
    assert pds.calls[-1] == "com.atproto.server.refreshSession"


def test_dead_tokens_ask_to_sign_in_again_after_one_try(connector, pds):
    pds.access = pds.refresh = "revoked"
    with pytest.raises(AuthExpiredError):
        connector.fetch(MENTIONS, None, since=LONG_AGO)
    assert pds.calls.count("com.atproto.server.refreshSession") == 1
    assert "com.atproto.server.createSession" not in pds.calls


def test_a_server_that_refuses_every_new_token_is_not_asked_for_ever(connector, pds):
    pds.faults = [lambda nsid: refused(400, "InvalidToken", "")
                  if "refresh" not in nsid else None] * 9  # fmt: skip
    with pytest.raises(AuthExpiredError):
        connector.fetch(MENTIONS, None, since=LONG_AGO)
    assert len(pds.calls) == 3


def test_no_secret_or_a_damaged_one_asks_to_sign_in(http):
    settings = {"did": OWN, "pds": f"https://{HOST}"}
    with pytest.raises(AuthExpiredError):
        NETWORK.connect(http, settings, None, print).card()
    with pytest.raises(AuthExpiredError) as caught:
        NETWORK.connect(http, settings, Secret("s3cret{"), print)
    assert "s3cret" not in str(caught.value) and caught.value.__context__ is None
