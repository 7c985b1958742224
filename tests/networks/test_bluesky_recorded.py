"""The Bluesky connector against answers that the reference servers gave."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from socialdesk.domain.account import Secret, Watch, WatchKind
from socialdesk.domain.errors import AuthExpiredError, Refusal, RefusedError
from socialdesk.domain.mentions.mention import Kind
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.bluesky import NETWORK
from socialdesk.networks.testing import Scripted, ScriptedServer, session_with

RECORDED = json.loads((Path(__file__).parents[1] / "fixtures/bluesky/recorded.json").read_text())
BRAND, ALICE = "did:plc:kbdzzzexl2ooujtx2tlctb5z", "did:plc:eqe3kwksrh2rgbcxqs7svqqs"
THEIRS = f"at://{ALICE}/app.bsky.feed.post/3n2tvrcl4is2v"
MENTIONS = Watch(WatchKind.MENTIONS)
SINCE = datetime(2026, 11, 1, tzinfo=UTC)
SIGN_IN = ["listNotifications_bad_token", "refreshSession"]


class Replay(ScriptedServer):
    """Gives recorded answers in order; each must be asked for by its call."""

    def __init__(self, names):
        super().__init__()
        self.names = list(names)

    def handle(self, request):
        recorded = RECORDED["exchanges"][self.names.pop(0)]
        assert request.url.partition("?")[0].endswith(recorded["call"])
        return Scripted(recorded["status"], recorded["body"], {"Date": recorded["date"]})


def connected(*names, did=BRAND):
    tokens = Secret(json.dumps({"access": "a", "refresh": "b"}))
    settings = {"did": did, "pds": "https://pds.example"}
    kept: list[Secret] = []
    return NETWORK.connect(session_with(Replay(names)), settings, tokens, kept.append), kept


def view(name="searchPosts"):
    """The recorded post view of the mention, as getPosts gives it."""
    return RECORDED["exchanges"][name]["body"]["posts"][0]


@pytest.fixture(autouse=True)
def _post_views(monkeypatch):
    body = {"posts": [view()]}
    recorded = {"call": "getPosts", "status": 200, "date": "", "body": body}
    monkeypatch.setitem(RECORDED["exchanges"], "getPosts", recorded)


def outgoing(text):
    return Outgoing(THEIRS, THEIRS, text, "key", datetime(2026, 11, 21, 20, 9, 2, tzinfo=UTC))


@pytest.mark.parametrize(("watch", "names", "kind"), [
    (MENTIONS, ["listNotifications_mention", "getPosts"], Kind.MENTION),
    (Watch(WatchKind.KEYWORD, "shop"), ["searchPosts"], Kind.POST),
])  # fmt: skip
def test_a_recorded_mention_is_read(watch, names, kind):
    connector, _ = connected(*names)
    (mention,) = connector.fetch(watch, None, since=SINCE).mentions
    assert mention.body.startswith("Ünïcode ☕ @brandb.test your shop was closed! #coffee")
    assert (mention.uri, mention.author.handle, mention.kind) == (THEIRS, "aliceb.test", kind)
    assert mention.published_at == datetime(2026, 11, 21, 20, 9, 1, 713_000, tzinfo=UTC)


def test_recorded_replies_name_their_parents():
    connector, _ = connected("listNotifications_two", "getPosts", did=ALICE)
    mentions = connector.fetch(MENTIONS, None, since=SINCE).mentions
    assert [m.parent_uri for m in mentions] == [THEIRS] * 2
    assert {m.kind for m in mentions} == {Kind.REPLY}
    assert "👨‍👩‍👧‍👦" * 120 in {m.body for m in mentions}


def test_a_recorded_thread_is_flat_and_in_order():
    connector, _ = connected("getPostThread")
    thread = connector.thread(THEIRS)
    assert thread[0].body == "Sorry! We open at 9."
    assert all(m.is_own and m.parent_uri == THEIRS for m in thread)


def test_recorded_answers_to_a_reply_mean_what_they_meant():
    connector, _ = connected("getPosts", "putRecord_new", "getPosts", "putRecord_same")
    assert connector.reply(outgoing("x")) == connector.reply(outgoing("x"))
    connector, _ = connected("getPosts", "putRecord_other", "getRecord")
    assert connector.reply(outgoing("Sorry! We open at 9.")).uri.startswith(f"at://{BRAND}/")
    connector, _ = connected("getPosts", "putRecord_other", "getRecord")
    with pytest.raises(RefusedError):
        connector.reply(outgoing("changed"))
    connector, _ = connected("getPosts", "putRecord_301", "getRecord_missing")
    with pytest.raises(RefusedError) as caught:
        connector.reply(outgoing("x" * 301))
    assert caught.value.reason is Refusal.TEXT
    assert connector.find_reply(outgoing("x")) is None


def test_recorded_deletions_are_told():
    connector, _ = connected("getPosts_deleted", "getPostThread_deleted", "getPosts_deleted")
    assert connector.recheck([THEIRS]).gone == (THEIRS,)
    assert connector.thread(THEIRS) == ()
    with pytest.raises(RefusedError) as caught:
        connector.reply(outgoing("x"))
    assert caught.value.reason is Refusal.GONE
    connector, _ = connected("deleteRecord", "deleteRecord_again")
    connector.delete(THEIRS)
    connector.delete(THEIRS)


def test_a_recorded_bad_token_is_renewed():
    connector, kept = connected(*SIGN_IN, "listNotifications_mention", "getPosts")
    assert len(connector.fetch(MENTIONS, None, since=SINCE).mentions) == 1
    assert json.loads(kept[0].value) == {"access": "<accessJwt>", "refresh": "<refreshJwt>"}


@pytest.mark.parametrize("name", ["listNotifications_no_token"])
def test_a_recorded_missing_token_asks_to_sign_in(name):
    connector, _ = connected(name)
    with pytest.raises(AuthExpiredError):
        connector.fetch(MENTIONS, None, since=SINCE)


def test_recorded_profiles_and_a_wrong_password():
    connector, _ = connected("getProfile", "getProfile_missing")
    assert connector.profile(ALICE).n_followers == 0
    with pytest.raises(RefusedError):
        connector.profile(ALICE)
    http = session_with(Replay(["createSession_wrong", "createSession", "getProfile"]))
    fields = {"handle": "brandb.test", "password": "aaaa-bbbb-cccc-dddd"}
    with pytest.raises(AuthExpiredError):
        NETWORK.sign_in(http, fields)
    assert NETWORK.sign_in(http, fields).settings == {"did": BRAND, "pds": "https://bsky.social"}
