"""Answers of the real Reddit, recorded by PRAW's authors, through our connector."""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import (
    AuthExpiredError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.mentions.mention import Kind, Visibility
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.reddit import NETWORK
from socialdesk.networks.reddit.api import pause_s
from socialdesk.networks.reddit.oauth import CALLBACK
from socialdesk.networks.reddit.things import read_profile, read_thing
from socialdesk.networks.testing import Scripted, ScriptedServer, session_with
from socialdesk.networks.tokens import Tokens

FOLDER = Path(__file__).parents[1] / "fixtures/third_party/praw"
EXCHANGES: list[dict[str, Any]] = json.loads((FOLDER / "exchanges.json").read_text("utf-8"))
OURS = "<USERNAME>"
SINCE = datetime(2010, 1, 1, tzinfo=UTC)


def recorded(cassette: str) -> list[dict[str, Any]]:
    found = [one for one in EXCHANGES if one["cassette"] == f"{cassette}.json"]
    assert found, cassette
    return found


class Recording(ScriptedServer):
    """Answers a path as it was recorded; `also`: paths that are answered by another's body."""

    def __init__(self, *cassettes: str, also: dict[str, Any] | None = None) -> None:
        super().__init__()
        self.answers: dict[str, Scripted] = {}
        for one in (one for name in cassettes for one in recorded(name)):
            answer = Scripted(one["status"], str(one["body"]).encode(), one["headers"])
            self.answers[urlsplit(str(one["url"])).path.rstrip("/")] = answer
        for path, body in (also or {}).items():
            self.answers[path] = Scripted(200, body)

    def handle(self, request):
        path = urlsplit(str(request.url)).path.rstrip("/")
        empty = Scripted(200, {"kind": "Listing", "data": {"children": [], "after": None}})
        return self.answers.get(path, empty)


def connect(server):
    settings = {"name": OURS, "client_id": "x" * 22}
    secret = Tokens("a", "r").packed()
    return NETWORK.connect(session_with(server), settings, secret, lambda _: None)


def things() -> Iterable[dict[str, Any]]:
    """Every comment, submission and message in the recordings, wherever it stands."""
    waiting = [json.loads(one["body"]) for one in EXCHANGES if one["body"][:1] in "[{"]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting += value
        elif isinstance(value, dict):
            waiting += value.values()
            if value.get("kind") in ("t1", "t3", "t4"):
                yield value


def test_every_recorded_thing_can_be_read_or_is_gone():
    n_read = n_gone = 0
    for thing in things():
        mention = read_thing(thing, OURS, Kind.POST)
        if mention is None:
            n_gone += 1
            continue
        n_read += 1
        assert mention.uri.startswith("https://www.reddit.com/")
        assert mention.published_at.year >= 2011
        assert mention.is_own == (thing["data"]["author"] == OURS)
    assert (n_read, n_gone) == (73, 7)


def test_a_recorded_inbox_arrives_with_messages_and_answers():
    """Of 2025: what Reddit's own word for each is."""
    inbox = json.loads(recorded("TestInbox.test_all")[0]["body"])
    inbox["data"]["after"] = None
    server = Recording(also={"/message/inbox": inbox})
    page = connect(server).fetch(Watch(WatchKind.MENTIONS), None, since=SINCE)
    kinds = {m.remote_id[:2]: (m.kind, m.visibility) for m in page.mentions}
    assert kinds == {
        "t1": (Kind.REPLY, Visibility.PUBLIC),
        "t4": (Kind.MENTION, Visibility.DIRECT),
    }
    (answer,) = [m for m in page.mentions if m.remote_id == "t1_myngt77"]
    assert answer.uri == "https://www.reddit.com/comments/1j7g9uj/_/myngt77"
    assert answer.parent_uri == "https://www.reddit.com/comments/1j7g9uj/_/mynfuan"
    assert answer.body == "Words & <signs> of somebody."


def test_recorded_mentions_are_mentions():
    page = connect(Recording("TestInbox.test_mentions")).fetch(
        Watch(WatchKind.MENTIONS), None, since=SINCE
    )
    assert page.mentions == () and page.more  # the inbox comes first, and it was empty
    again = connect(Recording("TestInbox.test_mentions")).fetch(
        Watch(WatchKind.MENTIONS), page.cursor, since=SINCE
    )
    assert len(again.mentions) == 3 and {m.kind for m in again.mentions} == {Kind.MENTION}
    assert not again.rejects


@pytest.mark.parametrize(
    ("cassette", "n"), [("TestInbox.test_comment_replies", 3), ("TestInbox.test_messages", 3)]
)
def test_recorded_lists_are_read_whole(cassette, n):
    listing = json.loads(recorded(cassette)[0]["body"])
    listing["data"]["after"] = None
    page = connect(Recording(also={"/message/inbox": listing})).fetch(
        Watch(WatchKind.MENTIONS), None, since=SINCE
    )
    assert (len(page.mentions), page.rejects) == (n, ())


def test_a_recorded_search_finds_submissions():
    listing = json.loads(recorded("TestSubreddit.test_search")[0]["body"])
    listing["data"]["after"] = None
    page = connect(Recording(also={"/search": listing})).fetch(
        Watch(WatchKind.KEYWORD, "praw"), None, since=SINCE
    )
    assert len(page.mentions) == 3 and all(m.title and m.remote_id[:3] == "t3_"
                                           for m in page.mentions)  # fmt: skip


def test_a_recorded_reply_is_posted_and_found_again():
    (one,) = recorded("TestComment.test_reply")
    made = json.loads(one["body"])["json"]["data"]["things"][0]
    own = {"kind": "Listing", "data": {"children": [made], "after": None}}
    server = Recording("TestComment.test_reply", also={"/user/%3CUSERNAME%3E/comments": own})
    made_at = datetime.fromtimestamp(made["data"]["created_utc"], UTC)
    outgoing = Outgoing("t1_d1616q2", "u", "Comment reply", "k", made_at)
    posted = connect(server).reply(outgoing)
    assert posted.remote_id == "t1_d1680wu"
    assert posted.uri == "https://www.reddit.com/comments/4b1tfm/_/d1680wu"
    assert connect(server).find_reply(outgoing) == posted
    sent = str(server.asked[0].body)
    assert sorted(sent.split("&")) == sorted(str(one["sent"]).split("&"))


def test_a_recorded_edit_and_deletion():
    posted = connect(Recording("TestComment.test_edit")).edit("t1_d1616q2", "New text")
    assert posted.remote_id == "t1_d1616q2"
    connector = connect(Recording("TestComment.test_delete"))
    connector.delete("t1_d1616q2")
    assert connector.recheck(["t1_d1616q2"]).gone == ("t1_d1616q2",)
    assert connector.is_public("t1_d1616q2") is False


def test_a_recorded_post_of_our_own_has_a_name():
    server = Recording("TestSubreddit.test_submit__selftext")
    outgoing = Outgoing("", "", "Test text.", "k", datetime(2016, 3, 21, tzinfo=UTC))
    posted = connect(server).post(outgoing)
    assert (posted.remote_id, posted.uri) == ("t3_4bbe4b", "https://www.reddit.com/comments/4bbe4b")


def test_a_recorded_thread_goes_no_further_than_it_is_told():
    """Its only "more" is a "continue this thread", which has no children."""
    cassette = "TestCommentForest.test_replace__on_direct_comment"
    context = json.loads(recorded(cassette)[1]["body"])
    server = Recording(cassette, also={"/comments/57dw9a": context})
    shown = connect(server).thread("t1_d8r4im1")
    assert len(shown) > 5 and {m.kind for m in shown} == {Kind.CONTEXT}
    assert "t1_d8r4im1" not in {m.remote_id for m in shown}
    assert not any("/api/morechildren" in str(one.url) for one in server.asked)


def test_recorded_comments_that_were_folded_are_shown():
    more = {"kind": "more", "data": {"count": 1, "name": "t1_c392pqy", "id": "c392pqy",
                                     "children": ["c392pqy"]}}  # fmt: skip
    folded = [{"kind": "Listing", "data": {"children": [more], "after": None}}]
    cassette = "TestCommentForest.test_replace__all_large"
    shown = connect(Recording(cassette, also={"/comments/n49rw": folded})).thread("t3_n49rw")
    assert [m.remote_id for m in shown] == ["t1_c392pqy"]


def test_a_recorded_deleted_comment_has_no_thread():
    cassette = "TestComment.test_refresh__deleted_comment"
    context = json.loads(recorded(cassette)[1]["body"])
    server = Recording(cassette, also={"/comments/52o2fl": context})
    assert connect(server).recheck(["t1_d7ltvl0"]).gone == ("t1_d7ltvl0",)
    assert [m.remote_id for m in connect(server).thread("t1_d7ltvl0")] == ["t3_52o2fl"]


def test_a_recorded_profile():
    (one,) = recorded("TestRedditor.test_fullname_init")
    person = read_profile(json.loads(one["body"])["data"])
    assert person.n_followers == 0 and person.url.startswith("https://www.reddit.com/user/")


def test_a_recorded_sign_in_can_be_read():
    cassette = "TestAuthWeb.test_authorize"
    me = {"name": "Tea_House", "subreddit": {"subscribers": 1}}
    session = session_with(Recording(cassette, also={"/api/v1/me": me}))
    typed = {"name": "Tea_House", "client_id": "x" * 22}
    start = NETWORK.begin_oauth(session, typed, CALLBACK)
    signed = NETWORK.finish_oauth(session, start, "code", CALLBACK)
    assert Tokens.unpacked(signed.secret).refresh == "<REFRESH_TOKEN>"


@pytest.mark.parametrize(
    ("cassette", "error", "reason"),
    [
        ("TestAuthImplicit.test_implicit__with_invalid_token", AuthExpiredError, None),
        ("TestInbox.test_message__unauthorized", RefusedError, Refusal.PERMISSION),
        ("TestRedditors.test_partial_redditors__not_found", RefusedError, Refusal.GONE),
        ("TestUser.test_pin__ignore_conflicts", RefusedError, Refusal.DUPLICATE),
        ("TestReddit.test_bad_request_without_json_text_html_response", RefusedError,
         Refusal.OTHER),
    ],
)  # fmt: skip
def test_recorded_refusals_are_our_errors(cassette, error, reason):
    (one,) = recorded(cassette)
    server = ScriptedServer()
    server.always(one["status"], str(one["body"]).encode())
    with pytest.raises(error) as caught:
        connect(server).card()
    assert getattr(caught.value, "reason", None) is reason


@pytest.mark.parametrize(
    ("cassette", "error", "reason"),
    [
        ("TestObjector.test_raise_api_exception", AuthExpiredError, None),
        ("TestSubmission.test_edit_invalid", RefusedError, Refusal.TEXT),
        ("TestComment.test_reply__none", UnreachableError, None),
    ],
)
def test_recorded_refusals_of_a_text_are_our_errors(cassette, error, reason):
    (one,) = recorded(cassette)
    server = Recording()
    server.answers["/api/comment"] = Scripted(one["status"], str(one["body"]).encode())
    server.answers["/api/v1/access_token"] = Scripted(401, {"error": 401})
    with pytest.raises(error) as caught:
        connect(server).reply(Outgoing("t1_a", "u", "x", "k", SINCE))
    assert getattr(caught.value, "reason", None) is reason


def test_the_recorded_headers_tell_how_many_calls_are_left():
    (_, one) = recorded("TestInbox.test_mentions")
    assert one["headers"]["x-ratelimit-remaining"] == "9324.0"
    server = Recording(also={})
    server.answers["/api/v1/me"] = Scripted(200, {"name": "x"}, one["headers"])
    assert pause_s(connect(server)._api.get("/api/v1/me")) == 0
    few = {**one["headers"], "x-ratelimit-remaining": "3.0"}
    server.answers["/api/v1/me"] = Scripted(200, {"name": "x"}, few)
    assert pause_s(connect(server)._api.get("/api/v1/me")) == int(few["x-ratelimit-reset"])
