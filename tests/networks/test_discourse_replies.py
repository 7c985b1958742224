"""Replies on a forum: once, held back by moderators, changed, taken off; and trouble."""

import pytest

from socialdesk.domain.account import Can
from socialdesk.domain.errors import (
    AuthExpiredError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.networks.discourse.connector import CAN
from socialdesk.networks.testing import Scripted
from tests.networks.discourse_kit import MENTIONS, SINCE, TEXT, a_reply, connected
from tests.networks.fake_discourse import ANN, BASE, BRAND, DENIED, FakeDiscourse


@pytest.fixture
def forum():
    return FakeDiscourse()


@pytest.fixture
def connector(forum):
    return connected(forum)


@pytest.fixture
def question(forum):
    return forum.write(ANN, "does it leak?", forum.topic())


def ours(forum):
    return [post for post in forum.posts.values() if post["username"] == BRAND]


def test_a_reply_goes_to_the_topic_and_names_the_post(forum, connector, question):
    posted = connector.reply(a_reply(forum, question))
    (made,) = ours(forum)
    assert made["reply_to_post_number"] == 2 and made["raw"] == TEXT
    assert posted.remote_id == f"{made['topic_id']}/{made['id']}"
    assert posted.uri == f"{BASE}/p/{made['id']}" and posted.url.endswith("/3")


def test_a_reply_follows_a_post_that_was_moved(forum, connector, question):
    outgoing = a_reply(forum, question)
    moved_to = forum.topic()
    forum.posts[question].update(topic_id=moved_to, post_number=2)
    connector.reply(outgoing)
    assert ours(forum)[0]["topic_id"] == moved_to


def test_a_text_too_short_for_the_forum_is_not_sent(forum, connector, question):
    with pytest.raises(RefusedError) as caught:
        connector.reply(a_reply(forum, question, "Thanks!"))
    assert caught.value.reason is Refusal.TEXT and "20" in caught.value.detail
    assert not forum.asked


def test_a_text_too_long_is_refused_in_the_forums_words(forum, connector, question):
    with pytest.raises(RefusedError, match="limited to 32000") as caught:
        connector.reply(a_reply(forum, question, "x" * 32_001))
    assert caught.value.reason is Refusal.TEXT


def test_the_same_words_again_are_a_duplicate_in_any_language(forum, connector, question):
    outgoing = a_reply(forum, question)
    first = connector.reply(outgoing)
    with pytest.raises(RefusedError) as caught:
        connector.reply(outgoing)
    assert caught.value.reason is Refusal.DUPLICATE
    assert connector.find_reply(outgoing) == first and len(ours(forum)) == 1


def test_the_same_words_under_another_post_are_not_taken_for_it(forum, connector, question):
    connector.reply(a_reply(forum, question))
    other = forum.write(ANN, "and mine?", forum.posts[question]["topic_id"])
    assert connector.find_reply(a_reply(forum, other)) is None


def test_a_reply_to_the_first_post_is_found(forum, connector):
    topic = forum.topic()
    root = next(p["id"] for p in forum.posts.values() if p["topic_id"] == topic)
    outgoing = a_reply(forum, root)
    posted = connector.reply(outgoing)
    assert connector.find_reply(outgoing) == posted


def test_a_held_reply_is_sent_and_not_yet_public(forum, connector, question):
    assert Can.SEEN in CAN
    forum.holds = True
    outgoing = a_reply(forum, question)
    posted = connector.reply(outgoing)
    assert posted.remote_id.startswith("pending/") and not ours(forum)
    assert connector.find_reply(outgoing) == posted
    assert connector.is_public(posted.remote_id) is False
    with pytest.raises(RefusedError) as caught:
        connector.edit(posted.remote_id, "Something else, and long enough.")
    assert caught.value.reason is Refusal.NOT_APPROVED


def test_a_held_reply_becomes_public_when_a_moderator_lets_it_pass(forum, connector, question):
    forum.holds = True
    posted = connector.reply(a_reply(forum, question))
    (held,) = forum.queue
    forum.queue.clear()
    made = forum.write(BRAND, held["raw"], held["topic_id"], 2)
    assert connector.is_public(posted.remote_id) is True
    connector.edit(posted.remote_id, "Something else, and long enough.")
    assert forum.posts[made]["raw"].startswith("Something")


def test_a_lost_answer_to_a_held_reply_is_found_in_the_queue(forum, connector, question):
    forum.holds = True
    outgoing = a_reply(forum, question)
    forum.lose_answers()
    with pytest.raises(UnreachableError) as caught:
        connector.reply(outgoing)
    assert caught.value.maybe_done
    assert connector.find_reply(outgoing) is not None and len(forum.queue) == 1


def test_a_reply_hidden_by_flags_is_not_public(forum, connector, question):
    posted = connector.reply(a_reply(forum, question))
    assert connector.is_public(posted.remote_id) is True
    ours(forum)[0]["hidden"] = True
    assert connector.is_public(posted.remote_id) is False


def test_a_reply_is_changed_and_taken_off_twice(forum, connector, question):
    posted = connector.reply(a_reply(forum, question))
    again = connector.edit(posted.remote_id, "We have sent you a new lid today.")
    assert again.remote_id == posted.remote_id
    assert ours(forum)[0]["raw"] == "We have sent you a new lid today."
    connector.delete(posted.remote_id)
    connector.delete(posted.remote_id)
    assert not ours(forum) and connector.is_public(posted.remote_id) is False


def test_a_deleted_question_is_gone_before_anything_is_sent(forum, connector, question):
    outgoing = a_reply(forum, question)
    forum.posts[question]["user_deleted"] = True
    with pytest.raises(RefusedError) as caught:
        connector.reply(outgoing)
    assert caught.value.reason is Refusal.GONE and not ours(forum)
    forum.remove(forum.uri(question))
    assert connector.find_reply(outgoing) is None


def test_a_closed_topic_refuses_by_permission(forum, connector, question):
    forum.topics[forum.posts[question]["topic_id"]]["details"] = {"can_create_post": False}
    with pytest.raises(RefusedError) as caught:
        connector.reply(a_reply(forum, question))
    assert caught.value.reason is Refusal.PERMISSION


def test_trouble_before_the_write_is_known_to_have_done_nothing(forum, connector, question):
    forum.always(502, b"<html>")
    with pytest.raises(UnreachableError) as caught:
        connector.reply(a_reply(forum, question))
    assert not caught.value.maybe_done


def test_a_read_only_forum_has_taken_nothing(forum, connector, question):
    forum.read_only = True
    with pytest.raises(UnreachableError) as caught:
        connector.reply(a_reply(forum, question))
    assert not caught.value.maybe_done


# Trouble


def test_a_revoked_key_asks_to_sign_in(forum, connector):
    forum.key = "another"
    with pytest.raises(AuthExpiredError):
        connector.fetch(MENTIONS, None, since=SINCE)


def test_a_door_closed_to_this_account_is_no_lost_sign_in(forum, connector, monkeypatch):
    monkeypatch.setattr(forum, "_search", lambda query: Scripted(403, DENIED))
    with pytest.raises(RefusedError) as caught:
        connector._api.get("/search.json", {"q": "x"})
    assert caught.value.reason is Refusal.PERMISSION


def test_a_page_to_sign_in_on_asks_to_sign_in(forum, connector, monkeypatch):
    page = Scripted(200, b"<!DOCTYPE html><html>", {"Content-Type": "text/html"})
    monkeypatch.setattr(
        forum,
        "handle",
        lambda request: (
            page
            if request.url.endswith("/login")
            else Scripted(302, b"", {"Location": f"{BASE}/login"})
        ),
    )
    with pytest.raises(AuthExpiredError):
        connector.fetch(MENTIONS, None, since=SINCE)


@pytest.mark.parametrize(
    ("body", "headers", "wait_s"),
    [
        (b'{"errors":["..."],"error_type":"rate_limit","extras":{"wait_seconds":18}}', {}, 18),
        (b'{"extras":{"wait_seconds":18}}', {"Retry_After": "33"}, 33),
        (b'{"extras":{"wait_seconds":1e9}}', {}, 86_400),
        (b'{"extras":{"wait_seconds":"soon"}}', {}, 60),
        (b"<html>slow down</html>", {}, 60),
    ],
)
def test_the_wait_of_a_429_is_in_the_header_or_the_body(forum, connector, body, headers, wait_s):
    forum.always(429, body, **headers)
    with pytest.raises(RateLimitedError) as caught:
        connector.fetch(MENTIONS, None, since=SINCE)
    assert caught.value.retry_after_s == wait_s
