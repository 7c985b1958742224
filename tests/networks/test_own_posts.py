"""Posts of our own: under nobody's, to those who may read them, on the networks that take them."""

import json
from dataclasses import replace

import pytest
import requests

from socialdesk.domain.account import Can
from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.domain.mentions.mention import Visibility
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.base import TakesPosts, find_sent, send
from socialdesk.networks.feeds.connector import FeedConnector
from socialdesk.networks.mastodon.connector import MastodonConnector
from socialdesk.networks.mastodon.replies import MAX_PAGES, OWN_PAGE
from socialdesk.networks.testing import START
from tests.networks.bluesky_kit import MADE_AT, connected
from tests.networks.fake_mastodon import (
    AKKOMA,
    ANN,
    BRAND,
    GOTOSOCIAL,
    MASTODON,
    PIXELFED,
    TAKAHE,
    FakeMastodon,
)
from tests.networks.fake_pds import ANN as ANN_DID
from tests.networks.fake_pds import FakePds
from tests.networks.test_mastodon_contract import SECRET, connect

STATEMENT = Outgoing("", "", "We are sorry. Next update: 14:30.", "key-1", START, lang="kk-KZ")


def brand(server: FakeMastodon) -> MastodonConnector:
    connector = connect(server)
    assert isinstance(connector, MastodonConnector)
    return connector


def writes(server):
    return [request for request in server.asked if request.method == "POST"]


@pytest.mark.parametrize("dialect", [MASTODON, GOTOSOCIAL, AKKOMA, TAKAHE])
def test_a_mastodon_server_is_asked_for_nothing_but_the_post(dialect):
    server = FakeMastodon(dialect, SECRET)
    posted = brand(server).post(STATEMENT)
    (request,) = server.asked
    sent = json.loads(request.body or b"")
    sent.pop("content_type", None)
    assert sent == {"status": STATEMENT.text, "visibility": "public", "language": "kk"}
    assert request.headers["Idempotency-Key"] == "key-1"
    assert server.posts[posted.remote_id]["content"] == f"<p>{STATEMENT.text}</p>"


def test_visibility_and_warning_go_with_it():
    server = FakeMastodon(token=SECRET)
    brand(server).post(replace(STATEMENT, visibility=Visibility.UNLISTED, warning="an accident"))
    sent = json.loads(writes(server)[-1].body)
    assert (sent["visibility"], sent["spoiler_text"], sent["sensitive"]) == (
        "unlisted", "an accident", True,
    )  # fmt: skip


def test_a_post_is_found_behind_all_the_answers_that_followed_it():
    server = FakeMastodon(token=SECRET)
    connector = brand(server)
    posted = connector.post(STATEMENT)
    asked = server.notify(server.post(ANN, "@brand what happened?"))
    for n in range(OWN_PAGE * MAX_PAGES + 1):
        server.post(BRAND, f"@ann answer {n}", in_reply_to_id=asked["id"])
    assert connector.find_post(STATEMENT) == posted


def test_pixelfed_takes_no_words_without_a_picture_and_its_card_says_so():
    server = FakeMastodon(PIXELFED, SECRET)
    connector = brand(server)
    assert Can.POST not in connector.card().can
    with pytest.raises(RefusedError) as caught:
        connector.post(STATEMENT)
    assert caught.value.reason is Refusal.TEXT
    assert not server.posts


def test_bluesky_writes_a_record_without_a_parent_under_its_own_key():
    pds = FakePds()
    connector = connected(pds)
    outgoing = replace(STATEMENT, text="Sorry. https://shop.example @ann.example", made_at=MADE_AT)
    posted = connector.post(outgoing)
    record = pds.posts[posted.uri]["record"]
    assert "reply" not in record and record["langs"] == ["kk-KZ"]
    assert len(record["facets"]) == 2
    assert connector.post(outgoing) == posted == connector.find_post(outgoing)
    assert len(pds.own_posts()) == 1


def test_a_bluesky_key_that_holds_other_words_is_never_overwritten():
    pds = FakePds()
    connector = connected(pds)
    connector.post(replace(STATEMENT, made_at=MADE_AT))
    with pytest.raises(RefusedError) as caught:
        connector.post(replace(STATEMENT, made_at=MADE_AT, text="other words"))
    assert caught.value.reason is Refusal.DUPLICATE
    asked = pds.write(ANN_DID, "hello?")
    with pytest.raises(RefusedError) as caught:
        connector.reply(replace(STATEMENT, made_at=MADE_AT, parent_remote_id=asked))
    assert caught.value.reason is Refusal.DUPLICATE
    assert [pds.posts[uri]["record"]["text"] for uri in pds.own_posts()] == [STATEMENT.text]


def test_what_has_a_parent_is_sent_as_a_reply_and_what_has_none_as_a_post():
    server = FakeMastodon(token=SECRET)
    connector = brand(server)
    asked = server.notify(server.post(ANN, "@brand what happened?"))
    reply = replace(STATEMENT, parent_remote_id=asked["id"], dedupe_key="key-2")
    assert find_sent(connector, STATEMENT) is None and find_sent(connector, reply) is None
    posted, replied = send(connector, STATEMENT), send(connector, reply)
    assert server.posts[posted.remote_id]["in_reply_to_id"] is None
    assert server.posts[replied.remote_id]["in_reply_to_id"] == asked["id"]
    assert find_sent(connector, STATEMENT) == posted
    assert find_sent(connector, reply) == replied


def test_a_feed_takes_no_posts():
    feed = FeedConnector(requests.Session(), "https://blog.example/feed")
    assert not isinstance(feed, TakesPosts)
    for act in (send, find_sent):
        with pytest.raises(RefusedError) as caught:
            act(feed, STATEMENT)
        assert caught.value.reason is Refusal.PERMISSION
