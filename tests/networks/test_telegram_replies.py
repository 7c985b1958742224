"""Answers, posts, edits and deletions of the bot; what each refusal means; no token anywhere."""

import json
from datetime import timedelta

import pytest

from socialdesk.domain.account import Can
from socialdesk.domain.errors import (
    AuthExpiredError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.length.length import remaining
from socialdesk.networks.telegram.connector import LENGTH
from tests.networks.fake_telegram import (
    ANN,
    GROUP,
    TOKEN,
    FakeTelegram,
    refused,
    written_updates,
)
from tests.networks.telegram_kit import WITH_CHANNEL, a_reply, connected, fetched

SECRET_PART = TOKEN.partition(":")[2]


@pytest.fixture
def server():
    return FakeTelegram()


def remote_of(message):
    return f"{message['chat']['id']}:{message['message_id']}"


def sent_body(server):
    return json.loads(server.asked[-1].body)


def test_an_answer_quotes_what_it_answers(server):
    asked = server.write("open today?")
    posted = connected(server).reply(a_reply(remote_of(asked)))
    assert server.parent_of("Sorry! We open at 9.") == str(asked["message_id"])
    assert posted.uri == f"tg:{posted.remote_id.replace(':', '/')}"
    assert posted.url == f"https://t.me/teahouse_guests/{posted.remote_id.partition(':')[2]}"
    assert sent_body(server)["link_preview_options"] == {"is_disabled": True}
    assert "parse_mode" not in sent_body(server)


def test_an_answer_in_a_topic_stays_there(server):
    server.tell(written_updates()["topic"])
    (mention,) = fetched(connected(server)).mentions
    posted = connected(server).reply(a_reply(mention.remote_id))
    assert sent_body(server)["message_thread_id"] == 200
    assert posted.remote_id.endswith(":200")


def test_an_answer_to_what_is_gone_is_not_sent_beside_it(server):
    gone = server.write("open today?")
    del server.messages[GROUP["id"], gone["message_id"]]
    with pytest.raises(RefusedError) as caught:
        connected(server).reply(a_reply(remote_of(gone)))
    assert caught.value.reason is Refusal.GONE
    assert server.n_posted("Sorry! We open at 9.") == 0


def test_a_group_that_moved_is_told_and_nothing_goes_elsewhere(server):
    small = {"id": -4400, "title": "Neighbours", "type": "group"}
    asked = server.write("open?", ANN, small)
    server.migrated[-4400] = -1001234500009
    with pytest.raises(RefusedError) as caught:
        connected(server).reply(a_reply(remote_of(asked)))
    assert (caught.value.reason, caught.value.detail) == (
        Refusal.GONE, "the group became a supergroup")  # fmt: skip


@pytest.mark.parametrize(
    ("description", "words"),
    [
        ("Forbidden: bot was blocked by the user", "blocked"),
        ("Forbidden: bot was kicked from the supergroup chat", "removed"),
        ("Forbidden: bot is not a member of the channel chat", "removed"),
        ("Forbidden: user is deactivated", "deleted"),
        ("Forbidden: bot can't initiate conversation with a user", "write to the bot first"),
    ],
)
def test_who_keeps_the_bot_out_is_said(server, description, words):
    asked = server.write("open?")
    server.silent_chats[GROUP["id"]] = description
    with pytest.raises(RefusedError) as caught:
        connected(server).reply(a_reply(remote_of(asked)))
    assert caught.value.reason is Refusal.PERMISSION
    assert words in caught.value.detail


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ("Bad Request: message to be replied not found", Refusal.GONE),
        ("Bad Request: replied message not found", Refusal.GONE),
        ("Bad Request: message thread not found", Refusal.GONE),
        ("Bad Request: chat not found", Refusal.GONE),
        ("Bad Request: group is deactivated", Refusal.GONE),
        ("Bad Request: not enough rights to send text messages to the chat", Refusal.PERMISSION),
        ("Bad Request: have no rights to send a message", Refusal.PERMISSION),
        ("Bad Request: CHAT_WRITE_FORBIDDEN", Refusal.PERMISSION),
        ("Bad Request: TOPIC_CLOSED", Refusal.PERMISSION),
        ("Bad Request: message is too long", Refusal.TEXT),
        ("Bad Request: message text is empty", Refusal.TEXT),
        ("Bad Request: something new of 2028", Refusal.OTHER),
    ],
)
@pytest.mark.parametrize("status", [400, 200])
def test_a_bad_request_means_what_its_words_say(server, description, reason, status):
    answer = refused(400, description)
    server.always(status, answer.body)
    with pytest.raises(RefusedError) as caught:
        connected(server).reply(a_reply("-1001234500001:5"))
    assert caught.value.reason is reason


def test_the_length_counts_utf_16_units(server):
    asked = server.write("say it all")
    fits, too_long = "👍" * 2048, "👍" * 2048 + "!"
    assert (remaining(fits, LENGTH), remaining(too_long, LENGTH)) == (0, -1)
    connected(server).reply(a_reply(remote_of(asked), fits))
    with pytest.raises(RefusedError) as caught:
        connected(server).reply(a_reply(remote_of(asked), too_long))
    assert caught.value.reason is Refusal.TEXT


def test_slow_down_says_how_long(server):
    body = refused(429, "Too Many Requests: retry after 34", {"retry_after": 34}).body
    server.always(429, body)
    for ask in (lambda c: fetched(c), lambda c: c.reply(a_reply("5001:11"))):
        with pytest.raises(RateLimitedError) as caught:
            ask(connected(server))
        assert caught.value.retry_after_s == 34.0


@pytest.mark.parametrize("wait", [0, -3, "soon", True, None, [], 10**9])
def test_a_silly_wait_is_no_silly_pause(server, wait):
    server.always(429, refused(429, "Too Many Requests", {"retry_after": wait}).body)
    with pytest.raises(RateLimitedError) as caught:
        fetched(connected(server))
    assert 1.0 <= caught.value.retry_after_s <= 3600.0


@pytest.mark.parametrize("status", [401, 404])
def test_a_revoked_token_asks_for_a_new_sign_in(server, status):
    server.always(status, refused(status, "Unauthorized").body)
    for ask in (lambda c: fetched(c), lambda c: c.reply(a_reply("5001:11"))):
        with pytest.raises(AuthExpiredError):
            ask(connected(server))


@pytest.mark.parametrize("body", [b'{"ok":true}', b'{"ok":true,"result":true}', b"[]", b"7"])
def test_a_success_that_names_no_message_is_in_doubt(server, body):
    server.always_to_writes(200, body)
    with pytest.raises(UnreachableError) as caught:
        connected(server).reply(a_reply("5001:11"))
    assert caught.value.maybe_done


# --- posts of the brand's channel ---


def test_a_bot_without_a_channel_posts_nowhere(server):
    connector = connected(server)
    assert Can.POST not in connector.card().can
    with pytest.raises(RefusedError):
        connector.post(a_reply(""))


def test_a_statement_goes_to_the_channel_and_answers_nobody(server):
    connector = connected(server, WITH_CHANNEL)
    assert Can.POST in connector.card().can
    posted = connector.post(a_reply("", "The oven is out of order."))
    assert posted.url.startswith("https://t.me/teahouse/")
    assert server.parent_of("The oven is out of order.") == ""
    assert connector.find_post(a_reply("", "The oven is out of order.")) is None


def test_a_lost_answer_to_a_statement_stays_in_doubt(server):
    connector = connected(server, WITH_CHANNEL)
    server.lose_answers()
    with pytest.raises(UnreachableError) as caught:
        connector.post(a_reply("", "The oven is out of order."))
    assert caught.value.maybe_done
    assert server.n_posted("The oven is out of order.") == 1


# --- changing what was said ---


def test_an_answer_can_be_changed_and_the_same_words_are_no_error(server):
    connector = connected(server)
    posted = connector.reply(a_reply(remote_of(server.write("open?"))))
    for _ in range(2):
        assert connector.edit(posted.remote_id, "We open at 10.").uri == posted.uri
    assert server.n_posted("We open at 10.") == 1


def test_an_answer_can_be_taken_back_twice(server):
    connector = connected(server)
    posted = connector.reply(a_reply(remote_of(server.write("open?"))))
    connector.delete(posted.remote_id)
    connector.delete(posted.remote_id)
    assert server.n_posted("Sorry! We open at 9.") == 0


def test_after_two_days_an_answer_stays(server):
    connector = connected(server)
    posted = connector.reply(a_reply(remote_of(server.write("open?"))))
    server.now += timedelta(hours=49)
    with pytest.raises(RefusedError) as caught:
        connector.delete(posted.remote_id)
    assert caught.value.reason is Refusal.PERMISSION


def test_strangers_words_cannot_be_changed(server):
    asked = server.write("open?")
    with pytest.raises(RefusedError):
        connected(server).edit(remote_of(asked), "closed?")
