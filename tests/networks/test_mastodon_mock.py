"""The whole way through a real socket and another author's server: mastodon-mock."""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests
from requests.adapters import BaseAdapter

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks import http
from socialdesk.networks.base import Connector, TakesPosts
from socialdesk.networks.mastodon import NETWORK
from socialdesk.networks.testing import read_on
from tests.networks.server_mastodon_mock import MastodonMock, mastodon_mock

pytestmark = pytest.mark.realserver

MENTIONS = Watch(WatchKind.MENTIONS)


@pytest.fixture(scope="module")
def server() -> Iterator[MastodonMock]:
    with mastodon_mock() as server:
        yield server


@pytest.fixture(autouse=True)
def _no_faults(server: MastodonMock) -> Iterator[None]:
    yield
    server.no_faults()


class LosesAnswers(BaseAdapter):
    """Passes everything on, and drops the answer to the next write: it was stored, nobody knows."""

    def __init__(self, inner: BaseAdapter) -> None:
        super().__init__()
        self.inner, self.is_losing = inner, False

    def send(self, request, *args, **named):
        answer = self.inner.send(request, *args, **named)
        if self.is_losing and request.method == "POST":
            self.is_losing = False
            answer.close()
            raise requests.ReadTimeout("lost", request=request)
        return answer

    def close(self) -> None:
        self.inner.close()


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with http.session(allow_private_hosts=frozenset({"127.0.0.1"})) as session:
        yield session


@pytest.fixture
def brand(server: MastodonMock, session: requests.Session) -> Connector:
    """Ada's account, signed in with a pasted token."""
    return signed_in(server, session)


def signed_in(server: MastodonMock, session: requests.Session) -> Connector:
    signed = NETWORK.sign_in(session, {"server": server.url, "token": "ada_token"})
    return NETWORK.connect(session, signed.settings, signed.secret, lambda _: None)


def mentioned(server: MastodonMock, brand: Connector) -> tuple[Mention, dict[str, Any]]:
    """Grace names Ada in a post of its own words; the mention as it arrives, and the post."""
    words = f"@ada where is my order {uuid.uuid4().hex}"
    post = server.ask("POST", "/api/v1/statuses", {"status": words}, "grace_token")
    mentions, _, _ = read_on(brand, MENTIONS, None, long_ago())
    mention = next(m for m in mentions if m.uri == post["uri"])
    assert mention.body == words
    return mention, post


def long_ago() -> datetime:
    return datetime.now(UTC) - timedelta(days=365)


def outgoing_to(mention: Mention, text: str) -> Outgoing:
    key = str(uuid.uuid4())
    return Outgoing(mention.remote_id, mention.uri, text, key, datetime.now(UTC))


def replies_to(server: MastodonMock, post: dict[str, Any]) -> list[dict[str, Any]]:
    """What Grace sees below her post."""
    path = f"/api/v1/statuses/{post['id']}/context"
    return list(server.ask("GET", path, token="grace_token")["descendants"])


def test_a_mention_is_fetched_answered_once_and_seen_by_the_other(server, brand):
    mention, post = mentioned(server, brand)
    outgoing = outgoing_to(mention, "It is on its way!")
    posted = brand.reply(outgoing)
    assert brand.reply(outgoing) == posted  # the same key
    assert brand.find_reply(outgoing) == posted
    (seen,) = replies_to(server, post)
    assert seen["id"] == posted.remote_id
    assert "@grace" in seen["content"]
    path = "/api/v1/notifications?types[]=mention&limit=5"
    notified = server.ask("GET", path, token="grace_token")
    assert posted.remote_id in [note["status"]["id"] for note in notified if note["status"]]


def test_the_cursor_brings_only_what_is_new(server, brand):
    _, _, cursor = read_on(brand, MENTIONS, None, long_ago())
    again, _, cursor = read_on(brand, MENTIONS, cursor, long_ago())
    words = f"@ada news {uuid.uuid4().hex}"
    post = server.ask("POST", "/api/v1/statuses", {"status": words}, "alan_token")
    new, _, _ = read_on(brand, MENTIONS, cursor, long_ago())
    assert again == []
    assert post["uri"] in {m.uri for m in new}  # among the twenty that are looked at again


def test_an_answer_lost_after_the_post_was_stored_makes_one_reply(server, session):
    loses = LosesAnswers(session.get_adapter(server.url))
    session.mount("http://", loses)
    session.mount("https://", loses)
    with http.session(allow_private_hosts=frozenset({"127.0.0.1"})) as plain:
        signed = NETWORK.sign_in(plain, {"server": server.url, "token": "ada_token"})
    brand = NETWORK.connect(session, signed.settings, signed.secret, lambda _: None)
    mention, post = mentioned(server, brand)
    outgoing = outgoing_to(mention, "Sorry, we look into it.")
    loses.is_losing = True
    with pytest.raises(UnreachableError) as caught:
        brand.reply(outgoing)
    assert caught.value.maybe_done
    found = brand.find_reply(outgoing)
    assert found is not None and brand.reply(outgoing) == found
    assert [one["id"] for one in replies_to(server, post)] == [found.remote_id]


def test_a_post_of_our_own_is_made_once_and_answers_nobody(server, session):
    loses = LosesAnswers(session.get_adapter(server.url))
    session.mount("http://", loses)
    session.mount("https://", loses)
    with http.session(allow_private_hosts=frozenset({"127.0.0.1"})) as plain:
        signed = NETWORK.sign_in(plain, {"server": server.url, "token": "ada_token"})
    brand = NETWORK.connect(session, signed.settings, signed.secret, lambda _: None)
    assert isinstance(brand, TakesPosts)
    words = f"We are sorry.\n\nNext update: 14:30. {uuid.uuid4().hex}"
    outgoing = Outgoing("", "", words, str(uuid.uuid4()), datetime.now(UTC), lang="en")
    assert brand.find_post(outgoing) is None
    loses.is_losing = True
    with pytest.raises(UnreachableError) as caught:
        brand.post(outgoing)
    assert caught.value.maybe_done
    found = brand.find_post(outgoing)
    assert found is not None and brand.post(outgoing) == found
    path = f"/api/v1/accounts/{signed.settings['own_id']}/statuses"
    seen = [one for one in server.ask("GET", path, token="grace_token")
            if words[-32:] in one["content"]]  # fmt: skip
    assert [one["id"] for one in seen] == [found.remote_id]
    assert seen[0]["in_reply_to_id"] is None


def test_a_cut_answer_after_the_post_is_doubtful(server, brand):
    mention, _ = mentioned(server, brand)
    server.fault(["POST"], "/api/v1/statuses", type="malformed")
    with pytest.raises(UnreachableError) as caught:
        brand.reply(outgoing_to(mention, "cut short"))
    assert caught.value.maybe_done


@pytest.mark.parametrize(
    ("effect", "error"),
    [
        ({"type": "status", "status": 503, "body": "<html>down</html>"}, UnreachableError),
        ({"type": "status", "status": 503, "headers": {"Retry-After": "30"}}, RateLimitedError),
        ({"type": "ratelimit", "headers": {"Retry-After": "7"}}, RateLimitedError),
        ({"type": "malformed"}, BadAnswerError),
        ({"type": "status", "status": 502}, UnreachableError),
    ],
)
def test_a_fault_is_its_error_and_the_cursor_goes_on(server, brand, effect, error):
    _, _, cursor = read_on(brand, MENTIONS, None, long_ago())
    words = f"@ada during {uuid.uuid4().hex}"
    post = server.ask("POST", "/api/v1/statuses", {"status": words}, "grace_token")
    server.fault(["GET"], "/api/v1/notifications", **effect)
    with pytest.raises(error):
        brand.fetch(MENTIONS, cursor, since=long_ago())
    mentions, _, _ = read_on(brand, MENTIONS, cursor, long_ago())
    assert post["uri"] in [m.uri for m in mentions]


def test_a_server_that_hangs_is_unreachable_in_time(server):
    with http.session(allow_private_hosts=frozenset({"127.0.0.1"}), total_s=1.0) as session:
        brand = signed_in(server, session)
        server.fault(["GET"], "/api/v1/notifications", type="timeout", delay_ms=5000)
        with pytest.raises(UnreachableError):
            brand.fetch(MENTIONS, None, since=long_ago())


def test_hashtags_keywords_threads_and_profiles(server, brand):
    word = f"x{uuid.uuid4().hex[:12]}"
    post = server.ask(
        "POST", "/api/v1/statuses", {"status": f"all about #{word}"}, "katherine_token"
    )
    for watch in (Watch(WatchKind.HASHTAG, word), Watch(WatchKind.KEYWORD, word)):
        mentions, _, _ = read_on(brand, watch, None, long_ago())
        assert {m.uri for m in mentions} == {post["uri"]}
    below = {"status": "and more", "in_reply_to_id": post["id"]}
    server.ask("POST", "/api/v1/statuses", below, "katherine_token")
    (context,) = brand.thread(post["id"])
    assert context.parent_uri == post["uri"]
    assert brand.profile(mentions[0].author.remote_id).handle == mentions[0].author.handle


def test_edits_and_deletions_are_told(server, brand):
    mention, post = mentioned(server, brand)
    path = f"/api/v1/statuses/{post['id']}"
    server.ask("PUT", path, {"status": "@ada other words"}, "grace_token")
    (now,) = brand.recheck([mention.remote_id]).mentions
    assert now.edited_at is not None and now.body == "@ada other words"
    server.ask("DELETE", path, token="grace_token")
    assert brand.recheck([mention.remote_id]).gone == (mention.remote_id,)
    with pytest.raises(RefusedError) as caught:
        brand.reply(outgoing_to(mention, "too late"))
    assert caught.value.reason is Refusal.GONE
    read_on(brand, MENTIONS, None, long_ago())  # its notification stays, without a post


def test_our_reply_can_be_edited_and_deleted(server, brand):
    mention, post = mentioned(server, brand)
    posted = brand.reply(outgoing_to(mention, "first words"))
    brand.edit(posted.remote_id, "second words")
    assert "second words" in replies_to(server, post)[0]["content"]
    brand.delete(posted.remote_id)
    brand.delete(posted.remote_id)
    assert replies_to(server, post) == []


def test_a_wrong_token_and_a_long_text_are_refused(server, brand, session):
    with pytest.raises(AuthExpiredError):
        NETWORK.sign_in(session, {"server": server.url, "token": "nobody"})
    mention, _ = mentioned(server, brand)
    with pytest.raises(RefusedError) as caught:
        brand.reply(outgoing_to(mention, "x" * 600))
    assert caught.value.reason is Refusal.TEXT


def test_this_program_can_be_registered(server, session):
    start = NETWORK.begin_oauth(session, {"server": server.url}, "http://127.0.0.1:4999/callback")
    assert start.url.startswith(f"{server.url}/oauth/authorize?")
