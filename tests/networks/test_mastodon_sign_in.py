"""Signing in to a Mastodon server: what is asked for, what is kept where, what is refused."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from socialdesk.domain.account import Secret, Watch, WatchKind
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    CredentialError,
    CredentialFault,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.length.length import Unit
from socialdesk.domain.mentions.mention import Visibility
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.mastodon import NETWORK
from socialdesk.networks.mastodon.network import SCOPES
from socialdesk.networks.oauth import challenge
from socialdesk.networks.testing import START, Scripted, everything, session_with
from socialdesk.networks.testing_pictures import PIXEL, a_picture
from tests.networks.fake_mastodon import (
    AKKOMA,
    ANN,
    GOTOSOCIAL,
    HOST,
    MASTODON,
    TAKAHE,
    FakeMastodon,
)

TOKEN = "canary-token-31b7"
REDIRECT = "http://127.0.0.1:49152/callback"


def in_browser(server, typed=f"brand@{HOST}"):
    """The whole way through the browser: the start, and what is kept."""
    session = session_with(server)
    start = NETWORK.begin_oauth(session, {"server": typed}, REDIRECT)
    return start, NETWORK.finish_oauth(session, start, "code-1", REDIRECT)


def test_this_program_is_registered_for_the_real_port_and_the_copied_code():
    server = FakeMastodon(token=TOKEN)
    in_browser(server)
    (app,) = server.apps
    assert app["redirect_uris"].split("\n") == [REDIRECT, "urn:ietf:wg:oauth:2.0:oob"]
    assert set(app["scopes"].split()) == set(SCOPES)


def test_the_browser_is_sent_with_state_and_pkce_and_the_verifier_comes_at_the_end():
    server = FakeMastodon(token=TOKEN)
    start, _ = in_browser(server)
    asked = {key: one[0] for key, one in parse_qs(urlsplit(start.url).query).items()}
    assert start.url.startswith(f"https://{HOST}/oauth/authorize?")
    assert asked["state"] == start.state and len(start.state) >= 43
    assert asked["redirect_uri"] == REDIRECT
    assert asked["code_challenge_method"] == "S256"
    (exchange,) = server.tokens
    assert challenge(exchange["code_verifier"]) == asked["code_challenge"]
    assert exchange["redirect_uri"] == REDIRECT
    assert exchange["client_secret"] == "app-secret"


def test_secrets_go_to_the_keyring_and_nowhere_else():
    start, signed = in_browser(FakeMastodon(token=TOKEN))
    assert signed.secret is not None
    kept = json.loads(signed.secret.value)
    assert kept == {"token": TOKEN, "client_secret": "app-secret", "refresh_token": "refresh-2"}
    shown = repr(signed) + repr(start) + json.dumps(dict(signed.settings))
    for secret in (TOKEN, "app-secret", "refresh-2", start.state, start.context["verifier"]):
        assert secret not in shown
    assert signed.settings["client_id"] == "app-1"


def test_an_old_server_without_fine_scopes_is_asked_for_the_plain_ones():
    class Old(FakeMastodon):
        def handle(self, request):
            if request.url.endswith("/api/v1/apps") and "read%3A" in str(request.body):
                return Scripted(422, {"error": "The requested scope is invalid"})
            return super().handle(request)

    start, _ = in_browser(Old(token=TOKEN))
    assert "scope=read+write" in start.url


def test_a_pasted_token_is_tried_out():
    session = session_with(FakeMastodon(token=TOKEN))
    signed = NETWORK.sign_in(session, {"server": HOST, "token": f" Bearer {TOKEN}\n"})
    assert signed.card.own.handle == f"brand@{HOST}"
    assert signed.card.default_visibility is Visibility.UNLISTED
    with pytest.raises(AuthExpiredError) as caught:
        NETWORK.sign_in(session, {"server": HOST, "token": "wrong-token"})
    assert "wrong-token" not in everything(caught.value)


@pytest.mark.parametrize("token", ["", "  ", "two words", "zażółć", "a\x00b"])
def test_what_cannot_be_a_token_is_not_sent(token):
    server = FakeMastodon(token=TOKEN)
    with pytest.raises(RefusedError):
        NETWORK.sign_in(session_with(server), {"server": HOST, "token": token})
    assert server.asked == []


@pytest.mark.parametrize(
    "typed",
    [HOST, f" {HOST}/ ", f"https://{HOST}", f"HTTPS://{HOST.upper()}/@brand", f"brand@{HOST}",
     f"@brand@{HOST}", f"http://{HOST}/"],
)  # fmt: skip
def test_a_server_is_understood_however_it_is_typed(typed):
    _, signed = in_browser(FakeMastodon(token=TOKEN), typed)
    assert signed.settings["base"] == f"https://{HOST}"
    assert signed.settings["host"] == HOST


@pytest.mark.parametrize(
    "typed", ["", "@", "two words", "https://", "a b@c", "brand@", "[::", "ж@ "]
)
def test_what_is_no_server_is_refused_before_anything_is_asked(typed):
    server = FakeMastodon(token=TOKEN)
    with pytest.raises(RefusedError):
        NETWORK.begin_oauth(session_with(server), {"server": typed}, REDIRECT)
    assert server.asked == []


def test_the_api_may_live_on_another_host_than_the_handles():
    class Split(FakeMastodon):
        def handle(self, request):
            if "//handles.example/" in request.url and "webfinger" not in request.url:
                return Scripted(404, b"<html>")
            return super().handle(request)

    _, signed = in_browser(Split(token=TOKEN), "brand@handles.example")
    assert signed.settings["base"] == f"https://{HOST}"


def test_a_server_of_another_api_is_refused_by_name():
    class Misskey(FakeMastodon):
        def handle(self, request):
            if request.url.endswith("/nodeinfo/2.0"):
                return Scripted(200, {"software": {"name": "Misskey"}})
            return super().handle(request)

    with pytest.raises(RefusedError) as caught:
        in_browser(Misskey(token=TOKEN))
    assert caught.value.reason is Refusal.NOT_APPROVED


def test_a_server_that_answers_web_pages_only_is_a_bad_answer():
    server = FakeMastodon(token=TOKEN)
    server.always(200, b"<!DOCTYPE html><title>parked</title>")
    with pytest.raises((BadAnswerError, UnreachableError)):
        in_browser(server)


@pytest.mark.parametrize(
    ("dialect", "safe_s", "unit", "limit", "url_length"),
    [
        (MASTODON, 3600, Unit.GRAPHEME, 500, 23),
        (GOTOSOCIAL, 0, Unit.CODE_POINT, 5000, 0),
        (AKKOMA, 0, Unit.GRAPHEME, 500, 23),
        (TAKAHE, 0, Unit.GRAPHEME, 700, 23),  # no v2 instance: the older one's limit
    ],
)
def test_the_card_tells_what_the_server_told(dialect, safe_s, unit, limit, url_length):
    _, signed = in_browser(FakeMastodon(dialect, TOKEN))
    card = signed.card
    assert (card.software, card.server) == (dialect.software, HOST)
    assert card.repeat_safe_s == safe_s
    assert (card.length.unit, card.length.limit) == (unit, limit)
    assert card.length.url_length == url_length
    assert card.length.with_warning


def connector(server, *, keep=lambda _: None, refresh="", token=TOKEN):
    settings = {"base": f"https://{HOST}", "host": HOST, "own_id": "7",
                "software": server.dialect.software, "client_id": "app-1"}  # fmt: skip
    named = {"token": token, "client_secret": "app-secret", "refresh_token": refresh}
    return NETWORK.connect(session_with(server), settings, Secret(json.dumps(named)), keep)


def test_an_expired_token_is_refreshed_and_kept_before_it_is_used():
    server, happened = FakeMastodon(AKKOMA, TOKEN), []

    def keep(secret):
        happened.append(json.loads(secret.value)["refresh_token"])
        happened.append(len(server.asked))

    connector(server, keep=keep, refresh="refresh-1", token="expired").card()
    assert server.tokens[0]["refresh_token"] == "refresh-1"
    assert happened[0] == "refresh-2"
    assert happened[1] < len(server.asked)


def test_a_rotated_secret_that_cannot_be_kept_is_not_used():
    server = FakeMastodon(AKKOMA, TOKEN)

    def keep(_):
        raise CredentialError(CredentialFault.LOCKED)

    with pytest.raises(CredentialError):
        connector(server, keep=keep, refresh="refresh-1", token="expired").card()
    assert f"Bearer {TOKEN}" not in [r.headers.get("Authorization") for r in server.asked]


def test_a_dead_refresh_token_asks_for_a_new_sign_in():
    class Dead(FakeMastodon):
        def handle(self, request):
            if request.url.endswith("/oauth/token"):
                return Scripted(400, {"error": "invalid_grant"})
            return super().handle(request)

    with pytest.raises(AuthExpiredError):
        connector(Dead(AKKOMA, TOKEN), refresh="refresh-1", token="expired").card()


@pytest.mark.parametrize("dialect", [MASTODON, TAKAHE])
def test_a_dead_token_is_told_in_either_dialect(dialect):
    dead = connector(FakeMastodon(dialect, TOKEN), token="revoked")
    with pytest.raises(AuthExpiredError):
        dead.fetch(Watch(WatchKind.MENTIONS), None, since=START)


@pytest.mark.parametrize("status", [401, 400])
def test_one_route_that_refuses_does_not_end_the_sign_in(status):
    """The token is believed to be dead only when the server does not know us by it."""

    class Odd(FakeMastodon):
        def handle(self, request):
            if "/notifications" in request.url:
                return Scripted(status, b"Unauthorized")
            return super().handle(request)

    with pytest.raises(RefusedError) as caught:
        connector(Odd(token=TOKEN)).fetch(Watch(WatchKind.MENTIONS), None, since=START)
    assert caught.value.reason is Refusal.PERMISSION


@pytest.mark.parametrize("secret", [None, Secret(""), Secret("{}"), Secret("[]"), Secret("x")])
def test_a_secret_that_is_none_of_ours_is_an_expired_sign_in(secret):
    settings = {"base": f"https://{HOST}", "host": HOST, "own_id": "7"}
    with pytest.raises(AuthExpiredError):
        NETWORK.connect(session_with(FakeMastodon()), settings, secret, lambda _: None)


def test_signing_out_revokes_the_token():
    server = FakeMastodon(token=TOKEN)
    connector(server).sign_out()
    assert parse_qs(str(server.asked[-1].body))["token"] == [TOKEN]


def test_a_pasted_token_is_left_to_the_app_it_was_made_for():
    session = session_with(server := FakeMastodon(token=TOKEN))
    signed = NETWORK.sign_in(session, {"server": HOST, "token": TOKEN})
    server.asked.clear()
    NETWORK.connect(session, signed.settings, signed.secret, lambda _: None).sign_out()
    assert server.asked == []


# Source: the "OAuth" line of each method in Mastodon's API pages.
NEEDED = (
    ("GET", "/api/v1/accounts/verify_credentials", "read:accounts"),
    ("GET", "/api/v1/accounts/lookup", "read:accounts"),
    ("GET", "/api/v1/accounts/7/statuses", "read:statuses"),
    ("GET", "/api/v1/notifications", "read:notifications"),
    ("GET", "/api/v1/timelines", "read:statuses"),
    ("GET", "/api/v2/search", "read:search"),
    ("GET", "/api/v1/statuses", "read:statuses"),
    ("POST", "/api/v1/statuses", "write:statuses"),
    ("PUT", "/api/v1/statuses", "write:statuses"),
    ("DELETE", "/api/v1/statuses", "write:statuses"),
    ("POST", "/api/v2/media", "write:media"),
    ("GET", "/api/v1/media", "write:media"),
    ("GET", "/api/v2/instance", ""),
)


@pytest.mark.promise(18)
def test_the_scopes_are_the_least_that_all_calls_need():
    server = FakeMastodon(token=TOKEN)
    server.add_mention("hello")
    ours = connector(server)
    (parent,) = ours.fetch(Watch(WatchKind.MENTIONS), None, since=START).mentions
    for watch in (Watch(WatchKind.HASHTAG, "a"), Watch(WatchKind.KEYWORD, "b")):
        ours.fetch(watch, None, since=START)
    outgoing = Outgoing(parent.remote_id, parent.uri, "hi", "k", server.now)
    name, _ = ours.upload(a_picture(), PIXEL)
    assert ours.is_uploaded(name)
    posted = ours.reply(outgoing)
    ours.find_reply(outgoing)
    ours.edit(posted.remote_id, "hello")
    ours.thread(parent.remote_id)
    ours.recheck([parent.remote_id])
    ours.profile(str(ANN["url"]))
    ours.card()
    ours.delete(posted.remote_id)
    used = set()
    for request in server.asked:
        path = urlsplit(str(request.url)).path
        scopes = [s for m, p, s in NEEDED if m == request.method and path.startswith(p)]
        assert scopes, f"{request.method} {path} is not in the table"
        used.add(scopes[0])
    assert used - {""} == set(SCOPES)
