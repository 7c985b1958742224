"""Replying on Mastodon: to the right people, no wider than asked, once."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.errors import Refusal, RefusedError, UnreachableError
from socialdesk.domain.mentions.mention import Visibility
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.mastodon.replies import narrower, same_words
from socialdesk.networks.testing import Scripted
from tests.networks.fake_mastodon import ANN, BRAND, GOTOSOCIAL, MASTODON, FakeMastodon
from tests.networks.test_mastodon_contract import SECRET, connect


def a_reply(server, text="hello", parent=None, **more):
    parent = parent or server.notify(server.post(ANN, "@brand help"))
    outgoing = Outgoing(parent["id"], parent["uri"], text, "key-1", server.now)
    return replace(outgoing, **more)


def sent(server):
    """The JSON of the last post."""
    posts = [r for r in server.asked if r.method == "POST"]
    return json.loads(posts[-1].body)


@pytest.mark.parametrize(
    ("text", "posted"),
    [
        ("hello", "@ann@other.example hello"),
        ("@ann@other.example hello", "@ann@other.example hello"),
        ("hello @Ann@Other.example.", "hello @Ann@Other.example."),
        ("@anna@other.example hello", "@ann@other.example @anna@other.example hello"),
        ("mail ann@other.example", "@ann@other.example mail ann@other.example"),
        ("@ann hello", "@ann@other.example @ann hello"),
    ],
)
def test_the_author_is_named_once(text, posted):
    server = FakeMastodon(token=SECRET)
    connect(server).reply(a_reply(server, text))
    assert sent(server)["status"] == posted


@pytest.mark.parametrize("text", ["@bob hello", "@bob@tea.example hello"])
def test_somebody_of_our_own_server_may_be_named_either_way(text):
    server = FakeMastodon(token=SECRET)
    bob = {"id": "8", "acct": "bob", "url": "https://tea.example/@bob"}
    connect(server).reply(a_reply(server, text, server.post(bob, "@brand help")))
    assert sent(server)["status"] == text


def test_an_answer_under_our_own_post_names_nobody():
    server = FakeMastodon(token=SECRET)
    connect(server).reply(a_reply(server, "and one more thing", server.post(BRAND, "news")))
    assert sent(server)["status"] == "and one more thing"


@pytest.mark.parametrize(
    ("asked", "parent", "wire"),
    [
        (Visibility.PUBLIC, "public", "public"),
        (Visibility.PUBLIC, "unlisted", "unlisted"),
        (Visibility.PUBLIC, "direct", "direct"),
        (Visibility.PUBLIC, "local", "private"),
        (Visibility.PUBLIC, "circle", "direct"),
        (Visibility.DIRECT, "public", "direct"),
        (Visibility.FOLLOWERS, "unlisted", "private"),
    ],
)
def test_an_answer_is_never_wider_than_asked_or_than_its_parent(asked, parent, wire):
    server = FakeMastodon(token=SECRET)
    post = server.post(ANN, "@brand help", visibility=parent)
    connect(server).reply(a_reply(server, parent=post, visibility=asked))
    assert sent(server)["visibility"] == wire


@given(st.sampled_from(Visibility), st.sampled_from(Visibility))
def test_the_narrower_of_two_is_neither_wider(one, other):
    width = list(Visibility).index
    assert width(narrower(one, other)) == max(width(one), width(other))


def test_warning_language_and_key_go_along_and_nothing_empty():
    server = FakeMastodon(token=SECRET)
    connect(server).reply(a_reply(server, warning="food", lang="pt-BR"))
    assert sent(server)["spoiler_text"] == "food"
    assert sent(server)["language"] == "pt"
    assert server.asked[-1].headers["Idempotency-Key"] == "key-1"
    connect(server).reply(a_reply(server))
    assert not {"spoiler_text", "language", "sensitive", "content_type"} & set(sent(server))


def test_a_server_with_markdown_is_told_that_this_is_plain():
    server = FakeMastodon(GOTOSOCIAL, SECRET)
    connect(server).reply(a_reply(server))
    assert sent(server)["content_type"] == "text/plain"


def test_a_deleted_post_is_not_answered():
    server = FakeMastodon(token=SECRET)
    outgoing = a_reply(server)
    server.remove(outgoing.parent_uri)
    with pytest.raises(RefusedError) as caught:
        connect(server).reply(outgoing)
    assert caught.value.reason is Refusal.GONE
    assert [r.method for r in server.asked] == ["GET"]


@pytest.mark.parametrize("dialect", [MASTODON, GOTOSOCIAL])
def test_a_text_that_is_too_long_is_refused_for_its_text(dialect):
    server = FakeMastodon(dialect, SECRET)
    with pytest.raises(RefusedError) as caught:
        connect(server).reply(a_reply(server, "x" * 5001))
    assert caught.value.reason is Refusal.TEXT
    assert "x" * 10 not in str(caught.value)


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"{}", b"null", b'{"account":{"id":1}}'])
def test_trouble_before_the_post_is_not_doubtful(body):
    server = FakeMastodon(token=SECRET)
    outgoing = a_reply(server)
    server.always(200, body)
    with pytest.raises(UnreachableError) as caught:
        connect(server).reply(outgoing)
    assert not caught.value.maybe_done
    assert [r.method for r in server.asked] == ["GET"]


@pytest.mark.parametrize("body", [b"[]", b"{}", b"null", b'{"id":"1"}', b'{"id":{},"uri":"x"}'])
def test_a_post_that_is_told_unreadably_is_doubtful(body):
    server = FakeMastodon(token=SECRET)
    outgoing = a_reply(server)
    server.always_to_writes(200, body)
    with pytest.raises(UnreachableError) as caught:
        connect(server).reply(outgoing)
    assert caught.value.maybe_done


def test_a_repeat_that_mastodon_answers_with_500_is_doubtful_and_found():
    """Some releases answer the repeat with 500 although the first worked (mastodon#40399)."""
    server = FakeMastodon(token=SECRET)
    outgoing = a_reply(server)
    posted = connect(server).reply(outgoing)
    server.always_to_writes(500, b"")
    with pytest.raises(UnreachableError):
        connect(server).reply(outgoing)
    assert connect(server).find_reply(outgoing) == posted


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("@ann@other.example hi", "@ann hi"),
        ("hi", "@ann hi"),
        ("a  b\n\n\nc ", "a b\n\nc"),
        ("e\u0301", "é"),
        ("see https://x.example/a", "see https://x.example/a"),
        ("@a@b.example @c@d.example:8080 hi", "@a @c hi"),
    ],
)
def test_words_are_the_same_after_a_server_has_shown_them(typed, shown):
    assert same_words(typed) == same_words(shown)


@pytest.mark.parametrize(("one", "other"), [("hi", "hi!"), ("hi @ann", "hi"), ("a b", "ab")])
def test_other_words_are_other_words(one, other):
    assert same_words(one) != same_words(other)


def test_what_others_or_we_said_elsewhere_or_before_is_not_our_reply():
    server = FakeMastodon(token=SECRET)
    outgoing = a_reply(server, "hello")
    above = {"in_reply_to_id": outgoing.parent_remote_id}
    server.post(ANN, "hello", **above)  # somebody else
    server.post(BRAND, "hello")  # not under the parent
    old = server.post(BRAND, "hello", **above)
    old["created_at"] = (outgoing.made_at - timedelta(seconds=121)).isoformat()
    assert connect(server).find_reply(outgoing) is None
    new = server.post(BRAND, "@ann hello", **above)
    found = connect(server).find_reply(outgoing)
    assert found is not None and found.remote_id == new["id"]


def test_a_reply_is_found_behind_many_newer_posts_of_ours():
    server = FakeMastodon(token=SECRET)
    outgoing = a_reply(server, "hello")
    posted = connect(server).reply(outgoing)
    for n in range(90):
        server.post(BRAND, f"news {n}")
    assert connect(server).find_reply(outgoing) == posted


def test_a_reply_is_found_in_the_thread_when_our_own_list_lacks_it():
    class Lagging(FakeMastodon):
        def handle(self, request):
            if f"/accounts/{BRAND['id']}/statuses" in request.url:
                return Scripted(200, [])
            return super().handle(request)

    server = Lagging(token=SECRET)
    outgoing = a_reply(server, "hello")
    assert connect(server).find_reply(outgoing) is None
    posted = connect(server).reply(outgoing)
    assert connect(server).find_reply(outgoing) == posted


def test_a_reply_is_looked_for_though_its_parent_is_gone():
    server = FakeMastodon(token=SECRET)
    outgoing = a_reply(server, "hello")
    posted = connect(server).reply(outgoing)
    server.remove(outgoing.parent_uri)
    assert connect(server).find_reply(outgoing) == posted


def test_an_edit_keeps_the_name_and_the_warning():
    server = FakeMastodon(token=SECRET)
    posted = connect(server).reply(a_reply(server, warning="food"))
    connect(server).edit(posted.remote_id, "other words")
    assert server.posts[posted.remote_id]["spoiler_text"] == "food"
    assert "@ann@other.example other words" in server.posts[posted.remote_id]["content"]


def test_a_reply_is_deleted_once_or_twice():
    server = FakeMastodon(token=SECRET)
    posted = connect(server).reply(a_reply(server))
    connect(server).delete(posted.remote_id)
    connect(server).delete(posted.remote_id)
    assert posted.remote_id not in server.posts
