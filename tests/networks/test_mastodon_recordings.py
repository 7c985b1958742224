"""Answers of a real Mastodon 4.7.3, recorded by Mastodon.py's authors, through our connector."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from socialdesk.domain.account import Secret, Watch, WatchKind
from socialdesk.domain.errors import (
    AuthExpiredError,
    RateLimitedError,
    Refusal,
    RefusedError,
)
from socialdesk.domain.length.length import Unit
from socialdesk.domain.mentions.mention import Kind, Visibility
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.base import TakesPosts, find_sent
from socialdesk.networks.html_text import to_text
from socialdesk.networks.mastodon import NETWORK
from socialdesk.networks.mastodon.statuses import Found, Me, read_status
from socialdesk.networks.testing import Scripted, ScriptedServer, session_with

FOLDER = Path(__file__).parents[1] / "fixtures/third_party/mastodon_py"
EXCHANGES = json.loads((FOLDER / "exchanges.json").read_text("utf-8"))
OURS = "117440810532227399"  # @mastodonpy_test
SINCE = datetime(2026, 10, 1, tzinfo=UTC)


def recorded(cassette: str) -> list[dict[str, Any]]:
    return [one for one in EXCHANGES if one["cassette"] == f"cassettes/{cassette}.yaml"]


class Recording(ScriptedServer):
    """Answers a method and path as it was recorded; the newest first where there are several."""

    def __init__(self, *cassettes: str) -> None:
        super().__init__()
        self.answers: dict[tuple[str, str], list[Scripted]] = {}
        for one in (one for name in cassettes for one in recorded(name)):
            path = urlsplit(str(one["url"])).path.rstrip("/")
            answer = Scripted(one["status"], str(one["body"]).encode(), one["headers"])
            self.answers.setdefault((str(one["method"]), path), []).append(answer)

    def handle(self, request):
        found = self.answers.get((request.method, urlsplit(request.url).path.rstrip("/")))
        if not found:
            return Scripted(404, b'{"error":"Record not found"}')
        return found.pop(0) if len(found) > 1 else found[0]


def connect(server):
    settings = {"base": "https://mastodon.test", "host": "mastodon.test", "own_id": OURS,
                "software": "mastodon"}  # fmt: skip
    secret = Secret('{"token":"t"}')
    return NETWORK.connect(session_with(server), settings, secret, lambda _: None)


def statuses() -> Iterable[dict[str, Any]]:
    """Every post in the recordings, wherever it stands in an answer."""
    waiting = [json.loads(one["body"]) for one in EXCHANGES]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            waiting += value.values()
            if "in_reply_to_id" in value and "content" in value:
                yield value


def test_every_recorded_post_can_be_read():
    me, n = Me(OURS, "mastodon.test"), 0
    for status in statuses():
        mention = read_status(status, me, Found())
        assert mention.body or status["content"] == ""
        assert mention.author.handle.endswith("@mastodon.test")
        assert "<" not in mention.body
        n += 1
    assert n == 20


def test_a_recorded_mention_arrives_whole():
    server = Recording("test_notifications_mentions_only")
    page = connect(server).fetch(Watch(WatchKind.MENTIONS), None, since=SINCE)
    (mention,) = page.mentions
    assert mention.body == "@mastodonpy_test hello!"
    assert mention.uri == (
        "http://localhost:3000/ap/users/117440810233042393/statuses/117440821885976823"
    )
    assert mention.author.handle == "admin@mastodon.test"
    assert mention.published_at == datetime(2026, 10, 14, 19, 5, 28, 486000, tzinfo=UTC)
    assert mention.kind is Kind.MENTION and not mention.is_own
    assert mention.lang == "en"


def test_the_recorded_server_is_known_for_what_it_is():
    server = Recording("test_nodeinfo", "test_instance", "test_verify_credentials")
    signed = NETWORK.sign_in(session_with(server), {"server": "mastodon.test", "token": "t"})
    assert signed.card.software == "mastodon"
    assert (signed.card.length.limit, signed.card.length.url_length) == (500, 23)
    assert signed.card.length.unit is Unit.GRAPHEME
    assert signed.card.repeat_safe_s == 3600
    assert signed.settings["own_id"].isdigit()


def test_a_recorded_registration_can_be_read():
    server = Recording("test_nodeinfo", "test_instance", "test_app_account_create")
    start = NETWORK.begin_oauth(
        session_with(server), {"server": "mastodon.test"}, "http://127.0.0.1:4000/callback"
    )
    assert start.context["client_id"] and start.context["client_secret"]


def test_a_recorded_reply_is_posted_and_found_again():
    first, _, answer = (json.loads(str(one["body"])) for one in recorded("test_status_reply"))
    server = Recording()
    parent = f"/api/v1/statuses/{first['id']}"
    server.answers["GET", parent] = [Scripted(200, first)]
    server.answers["POST", "/api/v1/statuses"] = [Scripted(200, answer)]
    server.answers["GET", f"/api/v1/accounts/{answer['account']['id']}/statuses"] = [
        Scripted(200, [answer, first])
    ]
    settings = {"base": "https://mastodon.test", "host": "mastodon.test", "software": "mastodon",
                "own_id": answer["account"]["id"]}  # fmt: skip
    secret = Secret('{"token":"t"}')
    connector = NETWORK.connect(session_with(server), settings, secret, lambda _: None)
    made_at = datetime.fromisoformat(answer["created_at"])
    text = to_text(answer["content"])
    outgoing = Outgoing(first["id"], first["uri"], text, "k", made_at)
    posted = connector.reply(outgoing)
    assert posted.remote_id == answer["id"] and posted.uri == answer["uri"]
    assert connector.find_reply(outgoing) == posted


def test_a_recorded_post_of_our_own_is_posted_and_found_again():
    cassette = "test_account_statuses_exclude_direct"
    made = json.loads(str(recorded(cassette)[0]["body"]))
    connector = connect(Recording(cassette))
    assert isinstance(connector, TakesPosts)
    words = to_text(made["content"])
    made_at = datetime.fromisoformat(made["created_at"])
    outgoing = Outgoing("", "", words, "k", made_at)
    posted = connector.post(outgoing)
    assert (posted.remote_id, posted.uri) == (made["id"], made["uri"])
    assert connector.find_post(outgoing) == posted
    assert find_sent(connect(Recording(cassette)), Outgoing("1", "u", words, "k", made_at)) is None


def test_a_recorded_hashtag_page_and_an_empty_search_can_be_read():
    page = connect(Recording("test_hashtag_tl")).fetch(
        Watch(WatchKind.HASHTAG, "hoot"), None, since=SINCE
    )
    assert "#hoot" in page.mentions[0].body
    page = connect(Recording("test_search")).fetch(
        Watch(WatchKind.KEYWORD, "mastodonpy_test"), None, since=SINCE
    )
    assert page.mentions == () and not page.more


def test_a_recorded_thread_of_nobody_is_empty():
    (one,) = recorded("test_status_context")
    remote_id = str(one["url"]).split("/")[-2]
    assert connect(Recording("test_status_context")).thread(remote_id) == ()


def test_a_recorded_edit_shows_its_time():
    (*_, last) = recorded("test_status_edit")
    remote_id = str(last["url"]).split("/")[-1]
    (mention,) = connect(Recording("test_status_edit")).recheck([remote_id]).mentions
    assert mention.edited_at is not None


def test_a_recorded_boost_is_told_from_its_original():
    (one,) = recorded("test_status_reblog_unreblog")
    mention = read_status(json.loads(str(one["body"])), Me("0", "mastodon.test"), Found())
    assert mention.repost_of and mention.repost_of != mention.uri


@pytest.mark.parametrize(
    ("cassette", "visibility", "warning"),
    [
        ("test_status_post[Content warning-direct]", Visibility.DIRECT, "Content warning"),
        ("test_status_post[Content warning-private]", Visibility.FOLLOWERS, "Content warning"),
        ("test_status_post[None-unlisted]", Visibility.UNLISTED, ""),
    ],
)
def test_recorded_visibilities_and_warnings(cassette, visibility, warning):
    (one,) = recorded(cassette)
    mention = read_status(json.loads(str(one["body"])), Me("0", "mastodon.test"), Found())
    assert (mention.visibility, mention.warning) == (visibility, warning)


@pytest.mark.parametrize(
    ("cassette", "error", "reason"),
    [
        ("test_status_missing", RefusedError, Refusal.GONE),
        ("test_status_empty", RefusedError, Refusal.TEXT),
        ("test_admin_moderation", RefusedError, Refusal.PERMISSION),
        ("test_home_tl_anonymous_throws", AuthExpiredError, None),
    ],
)
def test_recorded_refusals_are_our_errors(cassette, error, reason):
    (one,) = recorded(cassette)
    server = ScriptedServer()
    server.always(one["status"], str(one["body"]).encode())
    with pytest.raises(error) as caught:
        connect(server).thread("1")
    assert getattr(caught.value, "reason", None) is reason


def test_the_recorded_reset_is_the_wait_of_a_429():
    """The header's form is the recorded one, microseconds included."""
    (one,) = recorded("test_hashtag_tl")[:1]
    server = ScriptedServer()
    server.now = datetime(2026, 10, 14, 20, 59, tzinfo=UTC)
    headers = {"X_RateLimit_Reset": one["headers"]["x-ratelimit-reset"]}
    server.always(429, b'{"error":"Too many requests"}', **headers)
    with pytest.raises(RateLimitedError) as caught:
        connect(server).thread("1")
    assert caught.value.retry_after_s == pytest.approx(60.4, abs=0.1)
