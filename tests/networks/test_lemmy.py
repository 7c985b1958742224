"""Lemmy: mentions, searches, communities, threads, replies, in both versions of its API."""

from datetime import timedelta

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.mentions.mention import CanReply, Kind
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.testing import START, read_on
from tests.networks.fake_lemmy import ANN_ID, BASE, BRAND_ID, FakeLemmy
from tests.networks.test_lemmy_contract import connected

MENTIONS = Watch(WatchKind.MENTIONS)
SINCE = START - timedelta(days=7)


@pytest.fixture(params=["v3", "v4"])
def lemmy(request):
    return FakeLemmy(request.param)


@pytest.fixture
def connector(lemmy):
    return connected(lemmy)


def all_of(connector, watch=MENTIONS, cursor=None):
    return read_on(connector, watch, cursor, SINCE)


def test_mentions_and_answers_arrive_by_their_lasting_address(lemmy, connector):
    post = lemmy.post("Which kettle?")
    ours = lemmy.comment(BRAND_ID, "The copper one.", post)
    mention = lemmy.notify("mention", lemmy.comment(ANN_ID, "@teahouse **hi**", post))
    answer = lemmy.notify("reply", lemmy.comment(ANN_ID, "Why?", post, ours))
    found = {m.uri: m for m in all_of(connector)[0]}
    assert found[mention].kind is Kind.MENTION and found[answer].kind is Kind.REPLY
    one = found[mention]
    assert one.title == "Which kettle?" and one.body == "@teahouse **hi**"
    assert one.author.remote_id == "https://other.example/u/ann"
    assert one.author.handle == "@ann@other.example" and one.author.n_followers is None
    assert one.root_uri == one.parent_uri == lemmy.posts[post]["ap_id"]
    assert found[answer].parent_uri == "" and one.url.startswith(f"{BASE}/comment/")


def test_pages_are_walked_and_a_later_round_is_short(lemmy, connector):
    post = lemmy.post("Which kettle?")
    uris = set()
    for n in range(120):
        lemmy.now += timedelta(minutes=1)
        uris.add(lemmy.notify("reply", lemmy.comment(ANN_ID, f"number {n}", post)))
    mentions, _, cursor = all_of(connector)
    assert {m.uri for m in mentions} == uris
    lemmy.now += timedelta(hours=1)
    later = lemmy.notify("reply", lemmy.comment(ANN_ID, "later", post))
    mentions, pages, _ = all_of(connector, cursor=cursor)
    assert later in {m.uri for m in mentions} and len(pages) <= 2


def test_a_comment_that_comes_from_elsewhere_hours_late_is_found(lemmy, connector):
    post = lemmy.post("Which kettle?")
    late = lemmy.comment(ANN_ID, "written early", post)
    lemmy.now += timedelta(hours=5)
    lemmy.notify("mention", lemmy.comment(ANN_ID, "on time", post))
    _, _, cursor = all_of(connector)
    uri = lemmy.notify("mention", late)
    assert uri in {m.uri for m in all_of(connector, cursor=cursor)[0]}


def test_a_search_finds_posts_and_comments(lemmy, connector):
    post = lemmy.post("teahouse is open", url="https://shop.example/open")
    comment = lemmy.comment(ANN_ID, "I like teahouse", post)
    lemmy.comment(ANN_ID, "teahouse jobs", post)
    watch = Watch(WatchKind.KEYWORD, "teahouse", brand_words="-jobs")
    found = {m.uri: m for m in all_of(connector, watch)[0]}
    assert set(found) == {lemmy.posts[post]["ap_id"], lemmy.comments[comment]["ap_id"]}
    linked = found[lemmy.posts[post]["ap_id"]]
    assert linked.attachments[0].url == "https://shop.example/open"
    assert linked.remote_id == f"post/{post}"


def test_a_community_is_read_whole(lemmy, connector):
    post = lemmy.post("Anything")
    lemmy.comment(ANN_ID, "at all", post)
    found = all_of(connector, Watch(WatchKind.KEYWORD, "!tea@other.example"))[0]
    assert {m.kind for m in found} == {Kind.POST, Kind.COMMENT}


@pytest.mark.parametrize("mark", ["deleted", "removed"])
def test_what_is_deleted_or_removed_is_not_shown_and_gone(lemmy, connector, mark):
    uri = lemmy.add_mention("hello")
    (mention,) = all_of(connector)[0]
    comment = next(c for c in lemmy.comments.values() if c["ap_id"] == uri)
    comment.update({mark: True, "content": ""})
    assert all_of(connector)[0] == []
    assert connector.recheck([mention.remote_id]).gone == (mention.remote_id,)


def test_an_edit_is_seen_and_an_unchanged_one_looks_the_same(lemmy, connector):
    lemmy.add_mention("one")
    lemmy.add_mention("two")
    first, second = all_of(connector)[0]
    comment = next(c for c in lemmy.comments.values() if c["ap_id"] == second.uri)
    comment.update({"content": "changed", "updated": "2026-11-21T10:00:00.5Z"})
    again = {m.uri: m for m in connector.recheck([first.remote_id, second.remote_id]).mentions}
    shown = again[first.uri]
    assert (shown.title, shown.body, shown.url) == (first.title, first.body, first.url)
    assert again[second.uri].body == "changed" and again[second.uri].edited_at is not None


def test_a_time_without_a_zone_is_utc(lemmy, connector):
    uri = lemmy.add_mention("old server")
    comment = next(c for c in lemmy.comments.values() if c["ap_id"] == uri)
    key = "published" if lemmy.version == "v3" else "published_at"
    comment[key] = comment[key].removesuffix("Z")
    (mention,) = all_of(connector)[0]
    assert mention.published_at == lemmy.now


def test_a_thread_has_the_post_and_what_stands_around(lemmy, connector):
    post = lemmy.post("Which kettle?")
    top = lemmy.comment(ANN_ID, "top", post)
    own = lemmy.comment(ANN_ID, "own", post, top)
    below = lemmy.comment(ANN_ID, "below", post, own)
    lemmy.comment(ANN_ID, "elsewhere", post)
    shown = [m.remote_id for m in connector.thread(f"comment/{post}/{own}")]
    assert shown == [f"post/{post}", f"comment/{post}/{top}", f"comment/{post}/{below}"]
    assert len(connector.thread(f"post/{post}")) == 4
    assert connector.thread(f"comment/{post}/999") == ()


def test_a_locked_post_can_be_read_only(lemmy, connector):
    post = lemmy.post("Closed")
    lemmy.notify("mention", lemmy.comment(ANN_ID, "@teahouse", post))
    lemmy.posts[post]["locked"] = True
    (mention,) = all_of(connector)[0]
    assert (mention.can_reply, mention.reply_note) == (CanReply.NO, "archived")


def test_a_community_that_banned_us_can_be_read_only(lemmy, connector):
    lemmy.add_mention("hello")
    lemmy.is_banned = True
    (mention,) = all_of(connector)[0]
    assert (mention.can_reply, mention.reply_note) == (CanReply.NO, "no_access")


def test_a_person_is_found_by_address(lemmy, connector):
    assert connector.profile("https://other.example/u/ann").name == "Ann"
    with pytest.raises(RefusedError) as caught:
        connector.profile("https://other.example/u/nobody")
    assert caught.value.reason is Refusal.GONE


# Replies


def a_reply(lemmy, post, to=0, text="We send you a new lid."):
    remote_id = f"comment/{post}/{to}" if to else f"post/{post}"
    return Outgoing(remote_id, "u", text, "k", made_at=lemmy.now)


@pytest.mark.parametrize("is_to_post", [True, False])
def test_a_reply_is_made_found_changed_and_deleted_twice(lemmy, connector, is_to_post):
    post = lemmy.post("Which kettle?")
    to = 0 if is_to_post else lemmy.comment(ANN_ID, "mine leaks", post)
    outgoing = a_reply(lemmy, post, to)
    posted = connector.reply(outgoing)
    assert connector.find_reply(outgoing) == posted and posted.uri.startswith(f"{BASE}/comment/")
    again = connector.edit(posted.remote_id, "Changed.")
    assert again.remote_id == posted.remote_id and lemmy.n_posted("Changed.") == 1
    connector.delete(posted.remote_id)
    connector.delete(posted.remote_id)
    assert lemmy.n_posted("Changed.") == 0
    lemmy.comments.clear()
    connector.delete(posted.remote_id)


def test_the_same_words_elsewhere_long_ago_or_of_others_are_not_ours(lemmy, connector):
    post = lemmy.post("Which kettle?")
    to = lemmy.comment(ANN_ID, "mine leaks", post)
    text = "We send you a new lid."
    lemmy.comment(BRAND_ID, text, post, to)
    lemmy.now += timedelta(hours=1)
    outgoing = a_reply(lemmy, post, to)
    lemmy.comment(ANN_ID, text, post, to)
    lemmy.comment(BRAND_ID, text, post)
    assert connector.find_reply(outgoing) is None


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("locked", Refusal.PERMISSION),
        ("site_ban", Refusal.PERMISSION),
        ("person_is_banned_from_community", Refusal.PERMISSION),
        ("couldnt_find_post", Refusal.GONE),
        ("language_not_allowed", Refusal.TEXT),
        ("slurs", Refusal.TEXT),
        ("something_new", Refusal.OTHER),
    ],
)
def test_each_word_is_the_reason_it_should_be(lemmy, connector, word, reason):
    post = lemmy.post("Which kettle?")
    lemmy.refuse["/comment"] = word
    with pytest.raises(RefusedError) as caught:
        connector.reply(a_reply(lemmy, post))
    assert caught.value.reason is reason


def test_a_text_too_long_and_a_post_of_another_kind_are_refused(lemmy, connector):
    post = lemmy.post("Which kettle?")
    with pytest.raises(RefusedError) as long:
        connector.reply(a_reply(lemmy, post, text="x" * 10_001))
    with pytest.raises(RefusedError) as other:
        connector.reply(Outgoing("note/1", "u", "x", "k", lemmy.now))
    assert (long.value.reason, other.value.reason) == (Refusal.TEXT, Refusal.GONE)


@pytest.mark.parametrize(
    ("status", "body"), [(429, b""), (400, b""), (400, b'{"error":"rate_limit_error"}')]
)
def test_a_rate_limit_in_each_of_its_forms_waits_a_minute(lemmy, connector, status, body):
    lemmy.always(status, body)
    with pytest.raises(RateLimitedError) as caught:
        connector.fetch(MENTIONS, None, since=SINCE)
    assert caught.value.retry_after_s == 60


def test_a_dead_token_asks_to_sign_in(lemmy, connector):
    lemmy.jwt = "another"
    for call in (lambda: connector.fetch(MENTIONS, None, since=SINCE), connector.card):
        with pytest.raises(AuthExpiredError):
            call()


def test_signing_out_ends_the_token(lemmy, connector):
    connector.sign_out()
    assert lemmy.n_logged_out == 1


@pytest.mark.parametrize("cursor", ["", "{", "[]", '{"todo": 7}', '{"walks": {"mentions": 7}}'])
def test_a_damaged_cursor_starts_anew(lemmy, connector, cursor):
    uri = lemmy.add_mention("hello")
    assert [m.uri for m in all_of(connector, cursor=cursor)[0]] == [uri]


def test_a_post_that_comes_unreadably_is_a_bad_answer(lemmy, connector):
    post = lemmy.post("Which kettle?")
    lemmy.always(200, b'{"post_view": 7, "comments": [], "items": []}')
    with pytest.raises(BadAnswerError):
        connector.thread(f"post/{post}")
    with pytest.raises(UnreachableError):
        connector.reply(a_reply(lemmy, post))
