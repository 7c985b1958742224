"""Signing in to a forum: a key pair, an encrypted text that is pasted, a key that is revoked."""

import base64
from urllib.parse import parse_qs, urlsplit

import pytest

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import AuthExpiredError, BadAnswerError, RefusedError
from socialdesk.networks.base import SignIn
from socialdesk.networks.discourse import NETWORK
from socialdesk.networks.discourse.network import typed_base
from socialdesk.networks.testing import everything, session_with
from tests.networks import fake_discourse
from tests.networks.discourse_kit import MENTIONS, SETTINGS, connected
from tests.networks.fake_discourse import BASE, BRAND, HOST, KEY, FakeDiscourse, sealed


@pytest.fixture
def forum():
    return FakeDiscourse()


def begin(forum):
    start = NETWORK.begin_oauth(session_with(forum), {"server": HOST}, "")
    asked = {key: one for key, (one,) in parse_qs(urlsplit(start.url).query).items()}
    return start, asked


def finish(forum, start, pasted):
    return NETWORK.finish_oauth(session_with(forum), start, pasted, "")


def test_the_browser_is_asked_for_a_key_of_our_own(forum):
    start, asked = begin(forum)
    assert start.url.startswith(f"{BASE}/user-api-key/new?")
    assert asked["scopes"] == "read,write,notifications,session_info"
    assert asked["public_key"].startswith("-----BEGIN PUBLIC KEY-----")
    assert "auth_redirect" not in asked  # nearly every forum refuses a loopback address
    assert NETWORK.info.sign_in is SignIn.PASTED and not NETWORK.info.redirect.pasted
    assert start.context["private"] not in start.url and "PRIVATE" not in repr(start)


def test_the_pasted_text_gives_an_account(forum, monkeypatch):
    start, asked = begin(forum)
    monkeypatch.setattr(fake_discourse, "CLIENT", asked["client_id"])
    forum.limits["min_post_length"] = 8
    answer = {"key": KEY, "nonce": asked["nonce"], "push": False, "api": 4}
    signed = finish(forum, start, f"  {sealed(answer, asked['public_key'])}\n")
    assert signed.secret == Secret(KEY)
    assert signed.settings["username"] == BRAND and signed.settings["min_chars"] == "8"
    assert signed.card.own.handle == BRAND
    assert "private" not in str(signed.settings).lower().replace("private_message", "")
    ours = NETWORK.connect(session_with(forum), signed.settings, signed.secret, lambda _: None)
    uri = forum.add_mention("hello")
    page = ours.fetch(MENTIONS, None, since=forum.now.replace(year=2025))
    assert [m.uri for m in page.mentions] == [uri]


@pytest.mark.parametrize("pasted", ["", "hello", "!!!", base64.b64encode(b"x" * 256).decode(),
                                    base64.b64encode(b"x" * 9).decode()])  # fmt: skip
def test_a_text_that_is_no_answer_is_refused(forum, pasted):
    start, _ = begin(forum)
    with pytest.raises(RefusedError) as caught:
        finish(forum, start, pasted)
    assert not pasted or pasted not in everything(caught.value)


def test_the_text_of_another_sign_in_is_refused(forum):
    _, first = begin(forum)
    start, asked = begin(forum)
    of_first = sealed({"key": KEY, "nonce": first["nonce"]}, first["public_key"])
    wrong_nonce = sealed({"key": KEY, "nonce": first["nonce"]}, asked["public_key"])
    for pasted in (of_first, wrong_nonce):
        with pytest.raises(RefusedError):
            finish(forum, start, pasted)


@pytest.mark.parametrize("answer", [{}, {"key": 7, "nonce": "n"}, {"key": "a b", "nonce": "n"},
                                    {"key": KEY}, []])  # fmt: skip
def test_an_answer_without_a_key_is_refused(forum, answer):
    start, asked = begin(forum)
    if isinstance(answer, dict) and "nonce" in answer:
        answer["nonce"] = asked["nonce"]
    with pytest.raises(RefusedError):
        finish(forum, start, sealed(answer, asked["public_key"]))


def test_an_address_without_a_forum_is_said_so(forum):
    forum.always(200, b'{"hello": "world"}')
    with pytest.raises(BadAnswerError):
        begin(forum)


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        ("forum.example", "https://forum.example"),
        (" https://forum.example/ ", "https://forum.example"),
        ("http://forum.example", "https://forum.example"),
        ("https://shop.example/forum/t/hello/12/3", "https://shop.example/forum"),
        ("forum.example:8443/latest", "https://forum.example:8443"),
    ],
)
def test_what_a_person_types_becomes_an_address(typed, base):
    assert typed_base(typed) == base


@pytest.mark.parametrize("typed", ["", "forum", "ftp://forum.example", "https://[", "a b"])
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(RefusedError):
        typed_base(typed)


def test_signing_out_revokes_the_key_once(forum):
    connected(forum).sign_out()
    assert forum.n_revoked == 1


def test_without_a_key_a_sign_in_is_asked_for(forum):
    connector = NETWORK.connect(session_with(forum), SETTINGS, None, lambda _: None)
    with pytest.raises(AuthExpiredError):
        connector.card()
    assert not forum.asked


def test_a_password_is_never_taken(forum):
    with pytest.raises(RefusedError):
        NETWORK.sign_in(session_with(forum), {"server": HOST})


def test_the_guide_says_the_traps(forum):
    traps = [step.text for step in NETWORK.info.guide if step.is_trap]
    assert len(traps) == 3 and any("20 characters" in text for text in traps)
