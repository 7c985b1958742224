"""Registering, authorising, tokens and their end; the file never holds one."""

import base64
import hashlib
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from socialdesk.practice.brand import PRACTICE_TOKEN, account_fields, watches
from socialdesk.practice.content import HOST, SERVER
from socialdesk.practice.kinds import Kind
from socialdesk.practice.sign_ins import CLIENT_ID, CLIENT_SECRET, SCOPES

REDIRECT = "http://127.0.0.1:49152/callback"
VERIFIER = "v" * 50
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
)


def register(world) -> dict[str, Any]:
    form = {"client_name": "SocialDesk", "redirect_uris": REDIRECT, "scopes": SCOPES}
    return dict(world.http.post(f"{SERVER}/api/v1/apps", data=form).json())


def authorize(world, app: dict[str, Any], **changed: str):
    asked = {
        "response_type": "code",
        "client_id": app["client_id"],
        "redirect_uri": REDIRECT,
        "scope": SCOPES,
        "state": "s1",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }
    url = f"{SERVER}/oauth/authorize"
    return world.http.get(url, params=asked | changed, allow_redirects=False)


def code_of(answer) -> str:
    return str(parse_qs(urlsplit(answer.headers["Location"]).query)["code"][0])


def exchange(world, app: dict[str, Any], given_code: str, **changed: str):
    form = {
        "grant_type": "authorization_code",
        "code": given_code,
        "client_id": app["client_id"],
        "client_secret": app["client_secret"],
        "redirect_uri": REDIRECT,
        "code_verifier": VERIFIER,
    }
    return world.http.post(f"{SERVER}/oauth/token", data=form | changed)


def is_let_in(world, token: str) -> bool:
    headers = {"Authorization": f"Bearer {token}"}
    url = f"{SERVER}/api/v1/accounts/verify_credentials"
    return bool(world.http.get(url, headers=headers).ok)


def test_the_whole_way_from_registration_to_a_token_and_its_end(world):
    app = register(world)
    answer = authorize(world, app)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(f"{REDIRECT}?")
    assert parse_qs(urlsplit(answer.headers["Location"]).query)["state"] == ["s1"]
    given = exchange(world, app, code_of(answer)).json()
    assert is_let_in(world, given["access_token"])
    assert set(given["scope"].split()) == set(SCOPES.split())
    client = {"client_id": app["client_id"], "client_secret": app["client_secret"]}
    gone = world.http.post(
        f"{SERVER}/oauth/revoke", data={"token": given["access_token"], **client}
    )
    assert gone.json() == {}
    assert not is_let_in(world, given["access_token"])


def test_tokens_and_apps_outlive_a_restart_and_stand_in_no_file(world):
    app = register(world)
    token = exchange(world, app, code_of(authorize(world, app))).json()["access_token"]
    world.reopen()
    assert is_let_in(world, token)
    assert is_let_in(
        world, exchange(world, app, code_of(authorize(world, app))).json()["access_token"]
    )
    kept = world.path.read_text("utf-8")
    assert token not in kept and app["client_secret"] not in kept


def test_a_code_works_once(world):
    app = register(world)
    code = code_of(authorize(world, app))
    assert exchange(world, app, code).ok
    assert exchange(world, app, code).status_code == 400


@pytest.mark.parametrize(
    "changed",
    [
        {"code": "guessed"},
        {"redirect_uri": "http://127.0.0.1:1/callback"},
        {"code_verifier": "wrong"},
        {"client_secret": "wrong"},
        {"grant_type": "password"},
    ],
)
def test_a_wrong_exchange_gives_no_token(world, changed: dict[str, str]):
    app = register(world)
    refused = exchange(world, app, code_of(authorize(world, app)), **changed)
    assert refused.status_code in {400, 401}
    assert "access_token" not in refused.json()


def test_gotosocial_checks_no_verifier(make_world):
    world = make_world(Kind.IGNORES_KEY)
    app = register(world)
    code = code_of(authorize(world, app))
    assert exchange(world, app, code, code_verifier="wrong").ok


@pytest.mark.parametrize(
    "changed",
    [
        {"redirect_uri": "https://trap.example/"},
        {"client_id": "nobody"},
        {"scope": "admin:write"},
        {"response_type": "token"},
        {"code_challenge_method": "plain"},
    ],
)
def test_a_wrong_request_gets_no_code(world, changed: dict[str, str]):
    answer = authorize(world, register(world), **changed)
    assert 400 <= answer.status_code < 500
    assert "Location" not in answer.headers


def test_nobody_revokes_the_token_of_another_app(world):
    app = register(world)
    client = {"client_id": app["client_id"], "client_secret": app["client_secret"]}
    refused = world.http.post(f"{SERVER}/oauth/revoke", data={"token": PRACTICE_TOKEN, **client})
    assert refused.status_code == 403
    assert is_let_in(world, PRACTICE_TOKEN)


def test_the_practice_token_can_be_revoked_and_let_in_again(world):
    client = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    for _ in range(2):
        form = {"token": PRACTICE_TOKEN, **client}
        assert world.http.post(f"{SERVER}/oauth/revoke", data=form).ok
    world.reopen()
    assert not is_let_in(world, PRACTICE_TOKEN)
    world.adapter.accept_practice_token()
    world.reopen()
    assert is_let_in(world, PRACTICE_TOKEN)


def test_the_account_is_ready_to_be_added(world, content):
    fields = account_fields()
    assert fields["server"] == HOST
    assert is_let_in(world, fields["token"])
    assert [watch.query for watch in watches(content)] == ["", "TulipRye", "Tulip & Rye"]


def test_metadata_is_told_by_mastodon_only(make_world):
    url = f"{SERVER}/.well-known/oauth-authorization-server"
    assert "S256" in make_world().http.get(url).json()["code_challenge_methods_supported"]
    assert make_world(Kind.IGNORES_KEY).http.get(url).status_code == 404
