"""Signing in at Google with the person's own client: in the browser, renewed, taken back."""

from urllib.parse import parse_qsl

import pytest

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    ConnectorError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.networks import google_business, youtube
from socialdesk.networks.testing import Scripted, everything, session_with
from socialdesk.networks.tokens import Tokens
from tests.networks.fake_google import ACCESS, CLIENT_ID, CLIENT_SECRET, REFRESH
from tests.networks.fake_google_business import (
    BRANCH,
    GROUP,
    SHOP,
    FakeGoogleBusiness,
    Location,
)
from tests.networks.fake_youtube import ANN, OWN, FakeYouTube
from tests.networks.youtube_kit import COMMENTS, LONG_AGO, a_reply, connected

HERE = "http://127.0.0.1:49152/callback"
TYPED = {"client_id": f" {CLIENT_ID} ", "client_secret": CLIENT_SECRET}


def signed_in(network, server, code="code-1", **typed):
    """The whole way through the browser."""
    http = session_with(server)
    start = network.begin_oauth(http, {**TYPED, **typed}, HERE)
    query = server.browse(start.url)
    assert query["state"] == start.state
    assert query["redirect_uri"] == HERE
    return network.finish_oauth(http, start, code, HERE)


def test_a_channel_is_signed_in_with_the_persons_own_client():
    signed = signed_in(youtube.NETWORK, FakeYouTube())
    assert signed.settings == {"client_id": CLIENT_ID, "channel_id": OWN}
    assert signed.card.own.handle == "teahouse"
    assert signed.card.own.n_followers == 5210
    tokens = Tokens.unpacked(signed.secret)
    assert (tokens.access, tokens.refresh) == (ACCESS, REFRESH)
    assert tokens.rest == {"client_secret": CLIENT_SECRET}


def test_secrets_stand_neither_in_the_settings_nor_in_the_address():
    server = FakeYouTube()
    start = youtube.NETWORK.begin_oauth(session_with(server), TYPED, HERE)
    signed = signed_in(youtube.NETWORK, server)
    shown = f"{start!r} {signed!r} {start.url} {dict(signed.settings)}"
    assert not [secret for secret in (CLIENT_SECRET, ACCESS, REFRESH) if secret in shown]


@pytest.mark.parametrize(
    "typed",
    [
        {"client_id": "my-project"},
        {"client_id": "someone@shop.example"},
        {"client_id": ""},
        {"client_secret": ""},
        {"client_secret": "two words"},
    ],
)
def test_what_is_no_client_of_google_opens_no_browser(typed):
    for network in (youtube.NETWORK, google_business.NETWORK):
        with pytest.raises(RefusedError):
            network.begin_oauth(session_with(FakeYouTube()), {**TYPED, **typed}, HERE)


def test_another_verifier_or_code_signs_nobody_in():
    with pytest.raises(RefusedError):
        signed_in(youtube.NETWORK, FakeYouTube(), code="code-2")


def test_a_secret_of_another_client_signs_nobody_in_and_ends_nothing():
    with pytest.raises(RefusedError) as caught:
        signed_in(youtube.NETWORK, FakeYouTube(), client_secret="GOCSPX-another")
    assert "GOCSPX" not in everything(caught.value)


def test_an_unticked_box_is_told_as_a_missing_permission():
    server = FakeYouTube()
    server.granted = "openid"
    with pytest.raises(RefusedError) as caught:
        signed_in(youtube.NETWORK, server)
    assert caught.value.reason is Refusal.PERMISSION


def test_a_sign_in_without_a_refresh_token_is_none():
    server = FakeYouTube()
    server.refresh = ""
    with pytest.raises(BadAnswerError):
        signed_in(youtube.NETWORK, server)


def test_a_google_account_without_a_channel_is_told_so():
    server = FakeYouTube()
    server.has_channel = False
    with pytest.raises(RefusedError) as caught:
        signed_in(youtube.NETWORK, server)
    assert caught.value.reason is Refusal.PERMISSION


# --- renewing ---


def test_an_ended_access_token_is_renewed_once_and_kept_before_it_is_used():
    kept: list[Secret] = []
    server = FakeYouTube()
    connector = connected(server, kept)
    server.expire_access()
    server.write(ANN, "hello")
    connector.fetch(COMMENTS, None, since=LONG_AGO)
    connector.card()
    assert server.n_renewals == 1
    assert [Tokens.unpacked(secret).access for secret in kept] == [server.access]
    assert Tokens.unpacked(kept[0]).refresh == REFRESH
    assert Tokens.unpacked(kept[0]).rest == {"client_secret": CLIENT_SECRET}


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (
            400,
            {"error": "invalid_grant", "error_description": "Token has been expired or revoked."},
        ),
        (401, {"error": "invalid_client"}),
        (403, {"error": "access_denied"}),
    ],
)
def test_a_dead_grant_stops_the_account_and_shows_no_secret(status, body, caplog):
    server = FakeYouTube()
    connector = connected(server)
    server.expire_access()
    server.oauth_answer = Scripted(status, {**body, "hint": [REFRESH, CLIENT_SECRET]})
    with pytest.raises(AuthExpiredError) as caught:
        connector.fetch(COMMENTS, None, since=LONG_AGO)
    shown = everything(caught.value) + caplog.text
    assert not [secret for secret in (CLIENT_SECRET, ACCESS, REFRESH) if secret in shown]


@pytest.mark.parametrize(
    ("status", "body"), [(500, b""), (503, b""), (200, b"<html>"), (200, b"{}")]
)
def test_a_renewal_that_fails_leaves_no_doubt_about_a_reply(status, body):
    server = FakeYouTube()
    connector, comment = connected(server), server.write(ANN, "hello?")
    server.expire_access()
    server.oauth_answer = Scripted(status, body)
    with pytest.raises(UnreachableError) as caught:
        connector.reply(a_reply(comment))
    assert not caught.value.maybe_done
    assert server.n_posted(a_reply(comment).text) == 0


def test_a_reply_after_a_renewal_is_sent_once():
    server = FakeYouTube()
    connector, comment = connected(server), server.write(ANN, "hello?")
    server.expire_access()
    connector.reply(a_reply(comment))
    assert server.n_posted(a_reply(comment).text) == 1


# --- signing out ---


def test_signing_out_takes_the_grant_back_and_twice_is_no_error():
    server = FakeYouTube()
    connector = connected(server)
    connector.sign_out()
    assert server.is_revoked
    assert dict(parse_qsl(str(server.asked[-1].body))) == {"token": REFRESH}
    connector.sign_out()


def test_a_failed_sign_out_is_told():
    server = FakeYouTube()
    connector = connected(server)
    server.always(500)
    with pytest.raises(ConnectorError):
        connector.sign_out()


# --- one of several locations ---


def business(**locations):
    server = FakeGoogleBusiness()
    server.locations[BRANCH] = Location("Tea House", "9 Mill Lane", "T-2")
    for name, changes in locations.items():
        server.locations[{"shop": SHOP, "branch": BRANCH}[name]].__dict__.update(changes)
    return server


def place_of(server, typed=""):
    signed = signed_in(google_business.NETWORK, server, location=typed)
    assert signed.settings["client_id"] == CLIENT_ID
    assert signed.settings["account"] == GROUP
    return signed.settings["location"]


@pytest.mark.parametrize("typed", ["9 Mill Lane", " mill  LANE", "T-2", "502", BRANCH, "ChIJ502"])
def test_a_location_is_chosen_by_street_code_or_id(typed):
    assert place_of(business(), typed) == BRANCH


def test_the_only_location_needs_no_name():
    assert place_of(FakeGoogleBusiness()) == SHOP


def test_without_a_name_the_first_verified_location_is_taken():
    assert place_of(business()) == SHOP
    assert place_of(business(shop={"is_verified": False})) == BRANCH
    nobody = business(shop={"is_verified": False}, branch={"is_verified": False})
    assert place_of(nobody) == SHOP


@pytest.mark.parametrize("typed", ["Tea House", "Galway", "Coffee"])
def test_a_name_of_several_or_none_is_no_choice(typed):
    with pytest.raises(RefusedError) as caught:
        place_of(business(), typed)
    assert caught.value.reason is Refusal.OTHER


def test_an_account_without_locations_is_told_so():
    server = FakeGoogleBusiness()
    server.locations.clear()
    with pytest.raises(RefusedError) as caught:
        place_of(server)
    assert caught.value.reason is Refusal.PERMISSION


def test_a_project_that_google_has_not_approved_is_told_so():
    server = FakeGoogleBusiness()
    server.quota = 0
    with pytest.raises(RefusedError) as caught:
        place_of(server)
    assert caught.value.reason is Refusal.NOT_APPROVED


# --- the guide ---


@pytest.mark.parametrize(
    "network", [youtube.NETWORK, google_business.NETWORK], ids=lambda n: n.info.key
)
def test_the_guide_names_every_trap(network):
    guide = network.info.guide
    assert 4 <= len(guide) <= 9
    traps = " ".join(step.text for step in guide if step.is_trap)
    assert "Publish app" in traps
    assert "7 days" in traps
    assert all(step.url.startswith("https://") for step in guide if step.url)
    assert FakeYouTube.scope in {s.copy for s in youtube.NETWORK.info.guide}
    assert FakeGoogleBusiness.scope in {s.copy for s in google_business.NETWORK.info.guide}
