"""Signing in to Reddit with an app of one's own: one port, a state, tokens that are renewed."""

from urllib.parse import parse_qs, urlsplit

import pytest

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import AuthExpiredError, RefusedError, UnreachableError
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.reddit import NETWORK
from socialdesk.networks.reddit.oauth import CALLBACK, PORT, SCOPES, user_agent
from socialdesk.networks.testing import Scripted, session_with
from socialdesk.networks.tokens import Tokens
from tests.networks.fake_reddit import ACCESS, CLIENT, NAME, REFRESH, FakeReddit
from tests.networks.reddit_kit import MENTIONS, SETTINGS, SINCE, connected

TYPED = {"name": f"u/{NAME}", "client_id": f" {CLIENT} "}


def begin(reddit):
    return NETWORK.begin_oauth(session_with(reddit), TYPED, CALLBACK)


def test_the_browser_is_sent_with_one_fixed_address():
    reddit = FakeReddit()
    start = begin(reddit)
    asked = {key: one for key, (one,) in parse_qs(urlsplit(start.url).query).items()}
    assert asked["redirect_uri"] == f"http://127.0.0.1:{PORT}/callback" == CALLBACK
    assert NETWORK.info.redirect.ports == (PORT,)
    assert asked["duration"] == "permanent" and asked["state"] == start.state
    assert set(asked["scope"].split()) == set(SCOPES)
    assert not reddit.asked  # an app that is not approved is found out in the browser


def test_the_code_gives_an_account():
    reddit = FakeReddit()
    signed = NETWORK.finish_oauth(session_with(reddit), begin(reddit), reddit.code, CALLBACK)
    assert signed.settings == SETTINGS
    tokens = Tokens.unpacked(signed.secret)
    assert (tokens.access, tokens.refresh) == (ACCESS, REFRESH)
    assert signed.card.own.handle == NAME and signed.card.length.limit == 10_000
    assert ACCESS not in repr(signed)


def test_a_code_that_is_refused_inside_a_200_is_a_failed_sign_in():
    reddit = FakeReddit()
    with pytest.raises(AuthExpiredError):
        NETWORK.finish_oauth(session_with(reddit), begin(reddit), "another", CALLBACK)


def test_an_app_id_that_reddit_does_not_know_is_a_failed_sign_in():
    reddit = FakeReddit()
    typed = {**TYPED, "client_id": "NobodyKnowsThisOne"}
    start = NETWORK.begin_oauth(session_with(reddit), typed, CALLBACK)
    with pytest.raises(AuthExpiredError):
        NETWORK.finish_oauth(session_with(reddit), start, reddit.code, CALLBACK)


@pytest.mark.parametrize("typed", [{"name": ""}, {"client_id": "short"}, {"name": "a b"},
                                   {"client_id": "https://www.reddit.com/x"}])  # fmt: skip
def test_what_is_no_name_or_id_is_refused_before_the_browser(typed):
    with pytest.raises(RefusedError):
        NETWORK.begin_oauth(session_with(FakeReddit()), {**TYPED, **typed}, CALLBACK)


def test_a_token_that_ended_is_renewed_once_and_stored_before_use():
    kept: list[Secret] = []
    reddit = FakeReddit()
    uri = reddit.add_mention("hello")
    reddit.access = "another-one"
    page = connected(reddit, kept.append).fetch(MENTIONS, None, since=SINCE)
    assert [m.uri for m in page.mentions] == [uri] and reddit.n_renewals == 1
    assert [Tokens.unpacked(one).access for one in kept] == [reddit.access]


def test_a_right_that_was_taken_back_asks_to_sign_in():
    reddit = FakeReddit()
    reddit.access, reddit.refresh = "another-one", "another-refresh"
    with pytest.raises(AuthExpiredError):
        connected(reddit).fetch(MENTIONS, None, since=SINCE)


def test_a_renewal_that_fails_has_posted_nothing(monkeypatch):
    reddit = FakeReddit()
    link = reddit.link("Kettles?")
    reddit.access = "another-one"
    monkeypatch.setattr(reddit, "_token", lambda *_: Scripted(502, b"<html>"))
    outgoing = Outgoing(link, "u", "hello", "k", made_at=reddit.now)
    with pytest.raises(UnreachableError) as caught:
        connected(reddit).reply(outgoing)
    assert not caught.value.maybe_done


def test_signing_out_revokes_the_refresh_token():
    reddit = FakeReddit()
    connected(reddit).sign_out()
    assert reddit.n_revoked == 1


def test_without_tokens_a_sign_in_is_asked_for():
    with pytest.raises(AuthExpiredError):
        NETWORK.connect(session_with(FakeReddit()), SETTINGS, None, lambda _: None)


def test_the_agent_is_of_the_form_that_reddit_wants():
    system, app, version = user_agent(NAME).partition(" ")[0].split(":")
    assert system in ("windows", "macos", "linux") and app == "socialdesk" and version[0].isdigit()
    assert user_agent(NAME).endswith(f"(by /u/{NAME})")


def test_a_password_is_never_taken():
    with pytest.raises(RefusedError):
        NETWORK.sign_in(session_with(FakeReddit()), TYPED)


def test_the_guide_gives_the_address_to_copy_and_the_traps():
    guide = NETWORK.info.guide
    assert [step.copy for step in guide if step.copy] == [CALLBACK]
    assert sum(step.is_trap for step in guide) == 3
