"""Signing in to X with an own app: PKCE without a secret, tokens that change at every renewal."""

from urllib.parse import parse_qs, urlsplit

import pytest

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import AuthExpiredError, Refusal, RefusedError, UnreachableError
from socialdesk.domain.length.length import LengthRule, Unit
from socialdesk.networks.base import OAuthStart, SignedIn
from socialdesk.networks.oauth import challenge
from socialdesk.networks.testing import Scripted, session_with
from socialdesk.networks.tokens import Tokens
from socialdesk.networks.x import NETWORK
from tests.networks.fake_x import CLIENT_ID, HANDLES, OWN, FakeX
from tests.networks.samples.x import SAMPLE
from tests.networks.x_kit import read

BACK = "http://127.0.0.1:28471/callback"


def begun(server: FakeX, **fields: str) -> OAuthStart:
    return NETWORK.begin_oauth(session_with(server), {"client_id": CLIENT_ID, **fields}, BACK)


def signed_in(server: FakeX, start: OAuthStart, code: str = "good-code") -> SignedIn:
    return NETWORK.finish_oauth(session_with(server), start, code, BACK)


def test_the_browser_is_asked_for_the_least_that_does_the_work() -> None:
    server = FakeX()
    start = begun(server)
    url = urlsplit(start.url)
    asked = {key: one for key, (one,) in parse_qs(url.query).items()}
    assert (url.scheme, url.netloc, url.path) == ("https", "x.com", "/i/oauth2/authorize")
    assert asked["scope"].split() == ["tweet.read", "users.read", "tweet.write", "offline.access"]
    assert asked["redirect_uri"] == BACK
    assert asked["code_challenge"] == challenge(start.context["verifier"])
    assert (asked["state"], asked["code_challenge_method"]) == (start.state, "S256")
    assert server.calls == []


def test_a_code_becomes_an_account() -> None:
    server = FakeX()
    start = begun(server)
    signed = signed_in(server, start)
    assert server.verifier == start.context["verifier"]
    assert Tokens.unpacked(signed.secret).refresh == server.refresh
    assert signed.settings == {
        "client_id": CLIENT_ID, "own_id": OWN, "handle": HANDLES[OWN], "max_chars": "280",
        "monthly_cap_usd": "5.00", "owed_micros": "10000",
    }  # fmt: skip
    assert signed.settings["owed_micros"] == str(server.billed)  # looking at the profile costs
    assert signed.card.length == LengthRule(280, Unit.WEIGHTED)
    assert signed.card.own.handle == "brandbakery"


def test_cap_and_length_are_as_typed() -> None:
    server = FakeX()
    signed = signed_in(server, begun(server, monthly_cap_usd=" $2,50 ", max_chars="4000"))
    assert signed.settings["monthly_cap_usd"] == "2.50"
    assert signed.card.length.limit == 4000


@pytest.mark.parametrize(
    "fields",
    [{"client_id": " "}, {"client_id": "\u043a"}, {"monthly_cap_usd": "five"},
     {"monthly_cap_usd": "-1"}, {"max_chars": "long"}],
)  # fmt: skip
def test_fields_that_make_no_sense_are_refused_before_the_browser_opens(
    fields: dict[str, str],
) -> None:
    with pytest.raises(RefusedError):
        begun(FakeX(), **fields)


def test_a_code_that_is_too_old_is_a_dead_sign_in() -> None:
    server = FakeX()
    with pytest.raises(AuthExpiredError):
        signed_in(server, begun(server), code="half a minute old")


def test_an_app_outside_the_paid_package_is_told_so() -> None:
    server = FakeX()
    start = begun(server)
    real = server.handle
    server.handle = lambda request: (  # type: ignore[method-assign]
        _refused() if request.method == "GET" else real(request)
    )
    with pytest.raises(RefusedError) as caught:
        signed_in(server, start)
    assert caught.value.reason is Refusal.NOT_APPROVED


def _refused() -> Scripted:
    return Scripted(403, {"title": "Client Forbidden", "reason": "client-not-enrolled"})


def test_a_renewed_sign_in_is_kept_before_it_is_used() -> None:
    server = FakeX()
    server.add_mention("hello")
    kept: list[Secret] = []
    used_when_kept: list[int] = []

    def keep(secret: Secret) -> None:
        kept.append(secret)
        used_when_kept.append(len(server.calls))

    connector = NETWORK.connect(session_with(server), SAMPLE.settings, SAMPLE.secret, keep)
    server.access = "ended"
    mentions, _ = read(connector)  # type: ignore[arg-type]
    assert len(mentions) == 1
    assert Tokens.unpacked(kept[0]).refresh == server.refresh == "refresh-canary-1"
    assert used_when_kept == [2]  # refused, renewed; only then asked again
    assert len(server.calls) == 3


def test_a_revoked_sign_in_asks_to_sign_in_again() -> None:
    server = FakeX()
    server.access = server.refresh = "revoked elsewhere"
    with pytest.raises(AuthExpiredError):
        SAMPLE.connect(server).card()


def test_signing_out_revokes_and_may_be_repeated() -> None:
    server = FakeX()
    connector = SAMPLE.connect(server)
    connector.sign_out()
    assert server.revoked == ["refresh-canary-0"]
    server.always(400, {"error": "invalid_request"})
    connector.sign_out()
    server.always(503)
    with pytest.raises(UnreachableError):
        connector.sign_out()


def test_the_guide_gives_the_addresses_that_are_listened_on() -> None:
    copied = "".join(step.copy for step in NETWORK.info.guide).split()
    ports = NETWORK.info.redirect.ports
    assert copied == [f"http://127.0.0.1:{port}/callback" for port in ports]
    assert len(ports) == 3


def test_there_is_no_way_in_without_the_browser() -> None:
    with pytest.raises(RefusedError):
        NETWORK.sign_in(session_with(FakeX()), {"client_id": CLIENT_ID})
