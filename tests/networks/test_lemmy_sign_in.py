"""Signing in to Lemmy: the password goes no further, the version is found out."""

import pytest

from socialdesk.domain.account import Secret
from socialdesk.domain.errors import AuthExpiredError, BadAnswerError, Refusal, RefusedError
from socialdesk.networks.lemmy import NETWORK
from socialdesk.networks.lemmy.network import typed_base
from socialdesk.networks.testing import session_with
from tests.networks.fake_lemmy import BASE, HOST, JWT, PASSWORD, TOTP, FakeLemmy

TYPED = {"server": HOST, "name": "teahouse", "password": PASSWORD}


@pytest.mark.parametrize("version", ["v3", "v4"])
def test_the_version_is_found_and_only_the_token_kept(version):
    server = FakeLemmy(version)
    signed = NETWORK.sign_in(session_with(server), TYPED)
    assert signed.settings == {"base": BASE, "api": version, "own_id": "7"}
    assert signed.secret == Secret(JWT)
    assert PASSWORD not in repr(signed) and PASSWORD not in str(signed.settings)
    assert signed.card.own.handle == f"@teahouse@{HOST}" and signed.card.length.limit == 10_000
    assert not signed.card.repeat_safe_s


def test_a_code_is_asked_for_and_sent_without_its_blank():
    server = FakeLemmy()
    server.asks_code = True
    with pytest.raises(RefusedError, match="missing_totp_token") as caught:
        NETWORK.sign_in(session_with(server), TYPED)
    assert caught.value.reason is Refusal.PERMISSION
    signed = NETWORK.sign_in(session_with(server), {**TYPED, "totp": f"{TOTP[:3]} {TOTP[3:]}"})
    assert signed.secret == Secret(JWT)


def test_a_wrong_password_is_a_failed_sign_in():
    with pytest.raises(AuthExpiredError):
        NETWORK.sign_in(session_with(FakeLemmy()), {**TYPED, "password": "wrong"})


def test_an_account_that_waits_for_its_server_gets_no_token():
    server = FakeLemmy()
    server.jwt = ""
    with pytest.raises(RefusedError) as caught:
        NETWORK.sign_in(session_with(server), TYPED)
    assert caught.value.reason is Refusal.NOT_APPROVED


def test_another_kind_of_server_is_said_so():
    server = FakeLemmy()
    server.version = "alpha"
    with pytest.raises(BadAnswerError):
        NETWORK.sign_in(session_with(server), TYPED)


@pytest.mark.parametrize(
    "typed", [HOST, f" https://{HOST}/ ", f"teahouse@{HOST}", f"@teahouse@{HOST}"]
)
def test_what_a_person_types_becomes_an_address(typed):
    assert typed_base(typed) == BASE


@pytest.mark.parametrize("typed", ["", "lemmy", "https://[", "a b.c d"])
def test_what_is_no_address_is_refused(typed):
    with pytest.raises(RefusedError):
        typed_base(typed)


def test_without_a_token_a_sign_in_is_asked_for():
    server = FakeLemmy()
    settings = {"base": BASE, "api": "v3", "own_id": "7"}
    connector = NETWORK.connect(session_with(server), settings, None, lambda _: None)
    with pytest.raises(AuthExpiredError):
        connector.card()
    assert not server.asked


def test_the_browser_is_not_used():
    with pytest.raises(RefusedError):
        NETWORK.begin_oauth(session_with(FakeLemmy()), {}, "")
