"""Signing in with a bot token: who the bot is, its channel, and what stands in the way."""

import pytest

from socialdesk.domain.account import Can
from socialdesk.domain.errors import AuthExpiredError, Refusal, RefusedError
from socialdesk.networks.telegram import NETWORK
from socialdesk.networks.testing import session_with
from tests.networks.fake_telegram import CHANNEL, TOKEN, FakeTelegram


@pytest.fixture
def server():
    return FakeTelegram()


def sign_in(server, token=TOKEN, channel=""):
    return NETWORK.sign_in(session_with(server), {"token": token, "channel": channel})


def test_a_token_is_all_it_takes(server):
    signed = sign_in(server, f"  {TOKEN}\n")
    assert signed.secret is not None and signed.secret.value == TOKEN
    assert signed.settings == {"bot_id": "4000", "bot_name": "teahouse_bot"}
    assert signed.card.own.handle == "teahouse_bot"
    assert Can.POST not in signed.card.can
    assert TOKEN not in repr(signed)


@pytest.mark.parametrize(
    "typed",
    ["@teahouse", "teahouse", "https://t.me/teahouse", "t.me/teahouse", "-1001234500002"],
)
def test_the_channel_may_be_typed_in_any_way(server, typed):
    signed = sign_in(server, channel=typed)
    assert signed.settings["channel"] == str(CHANNEL["id"])
    assert Can.POST in signed.card.can


def test_a_channel_where_the_bot_may_not_post_is_refused(server):
    server.channel_status = "left"
    with pytest.raises(RefusedError) as caught:
        sign_in(server, channel="@teahouse")
    assert caught.value.reason is Refusal.PERMISSION


def test_a_group_is_no_channel(server):
    with pytest.raises(RefusedError):
        sign_in(server, channel="@teahouse_guests")


def test_an_unknown_channel_is_gone(server):
    with pytest.raises(RefusedError) as caught:
        sign_in(server, channel="@nobody")
    assert caught.value.reason is Refusal.GONE


@pytest.mark.parametrize("typed", ["", "hello", "4000", "4000:short", "../../getMe", f"{TOKEN}/x"])
def test_what_is_no_token_never_becomes_an_address(server, typed):
    with pytest.raises(AuthExpiredError):
        sign_in(server, typed)
    assert server.asked == []


def test_a_revoked_token_is_told(server):
    with pytest.raises(AuthExpiredError):
        sign_in(server, "4000:AAanother-token_of-somebody-else_123")


def test_a_bot_whose_messages_go_elsewhere_is_refused_and_left_alone(server):
    server.webhook = "https://other.example/hook"
    with pytest.raises(RefusedError) as caught:
        sign_in(server)
    assert "disconnect that service" in caught.value.detail
    assert "deleteWebhook" not in server.methods


def test_without_a_kept_token_nothing_is_asked(server):
    with pytest.raises(AuthExpiredError):
        NETWORK.connect(session_with(server), {"bot_id": "4000"}, None, lambda secret: None)


def test_the_guide_names_its_traps():
    steps = NETWORK.info.guide
    assert 4 <= len(steps) <= 9
    assert {step.copy for step in steps} >= {"/newbot", "/setprivacy"}
    assert sum(step.is_trap for step in steps) >= 4
    assert NETWORK.info.unverified
