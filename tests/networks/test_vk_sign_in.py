"""Signing in with pasted keys: both are tried, rights are checked, events are switched on."""

import pytest
import requests

from socialdesk.domain.account import Can
from socialdesk.domain.errors import (
    AuthExpiredError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.networks.testing import session_with
from socialdesk.networks.vk import NETWORK
from socialdesk.networks.vk.events import HEARD
from tests.networks.fake_vk import GROUP, KEY, SERVICE, FakeVk


@pytest.fixture
def server():
    return FakeVk()


def sign_in(server, key=KEY, service=""):
    return NETWORK.sign_in(session_with(server), {"key": key, "service": service})


def test_a_community_key_is_all_it_takes(server):
    signed = sign_in(server, f" {KEY}\n")
    assert signed.settings == {"group": str(GROUP), "host": "api.vk.com"}
    assert signed.card.own.handle == "teahouse"
    assert signed.card.own.remote_id == f"-{GROUP}"
    assert signed.card.own.n_followers == 4000
    assert not signed.card.can & Can.KEYWORD
    assert KEY not in repr(signed)


def test_the_kept_secret_opens_the_account_again(server):
    signed = sign_in(server, service=SERVICE)
    connector = NETWORK.connect(
        session_with(server), signed.settings, signed.secret, lambda kept: None
    )
    assert connector.card().can & Can.KEYWORD


def test_events_are_switched_on(server):
    sign_in(server)
    assert server.is_on["enabled"] == "1"
    assert {name for name in HEARD if server.is_on.get(name) != "1"} == set()


def test_a_key_without_messages_hears_all_but_them(server):
    server.rights.remove("messages")
    sign_in(server)
    off = {name for name in HEARD if name not in server.is_on}
    assert off == {"message_new", "message_reply", "message_edit"}


@pytest.mark.parametrize("lacking", ["manage", "wall"])
def test_a_missing_right_is_named_and_nothing_is_switched(server, lacking):
    server.rights.remove(lacking)
    with pytest.raises(RefusedError) as caught:
        sign_in(server)
    assert lacking in caught.value.detail
    assert server.is_on == {}


def test_a_wrong_service_key_is_told_at_once(server):
    with pytest.raises(AuthExpiredError):
        sign_in(server, service="not-a-service-key")
    assert server.is_on == {}


@pytest.mark.parametrize("typed", ["", "  ", "ключ"])
def test_what_is_no_key_is_not_sent(server, typed):
    with pytest.raises(AuthExpiredError):
        sign_in(server, typed)
    assert server.asked == []


def test_a_revoked_key_is_told(server):
    with pytest.raises(AuthExpiredError):
        sign_in(server, "vk1.a.somebody-elses")


def test_a_keys_mix_up_is_refused(server):
    """The service key where the community key belongs."""
    with pytest.raises((AuthExpiredError, RefusedError)):
        sign_in(server, SERVICE)


class Half(FakeVk):
    """Known under the second name only, as some providers see to."""

    def send(self, request, *args, **kwargs):
        if "api.vk.com" in str(request.url):
            raise requests.ConnectionError("no such name", request=request)
        return super().send(request, *args, **kwargs)


def test_the_other_name_is_tried_and_remembered():
    server = Half()
    signed = sign_in(server)
    assert signed.settings["host"] == "api.vk.ru"
    assert {str(one.url).split("/")[2] for one in server.asked} == {"api.vk.ru"}


def test_both_names_unknown_is_unreachable(server):
    server.cut()
    with pytest.raises(UnreachableError):
        sign_in(server)


def test_no_browser_is_used(server):
    with pytest.raises(RefusedError) as caught:
        NETWORK.begin_oauth(session_with(server), {}, "http://127.0.0.1/")
    assert caught.value.reason is Refusal.OTHER


def test_the_guide_names_its_traps():
    steps = NETWORK.info.guide
    assert 4 <= len(steps) <= 9
    assert sum(step.is_trap for step in steps) >= 3
    assert NETWORK.info.versions[0].name == "5.199"
