"""What the Bluesky connector reads from a small PDS in this process."""

from datetime import timedelta

import pytest

from socialdesk.domain.account import Can, Watch, WatchKind
from socialdesk.domain.errors import (
    Refusal,
    RefusedError,
)
from socialdesk.domain.mentions.mention import CanReply, Kind
from socialdesk.networks.base import Page
from socialdesk.networks.testing import START
from tests.networks.bluesky_kit import LONG_AGO, MENTIONS, a_reply, connected, walk
from tests.networks.fake_pds import ANN, HOST, OWN, POST, FakePds


@pytest.fixture
def pds():
    pds = FakePds()
    pds.now = START + timedelta(days=3)  # the day on which all of it has been written
    return pds


@pytest.fixture
def connector(pds):
    return connected(pds)


def test_a_mention_has_all_that_its_post_tells(connector, pds):
    text = "Ünïcode ☕ @brand.example see shop.exa…"
    facet = {"index": {"byteStart": 33, "byteEnd": 44},
             "features": [{"$type": "app.bsky.richtext.facet#link",
                           "uri": "https://shop.example/x"}]}  # fmt: skip
    labels = {"values": [{"val": "graphic-media"}]}
    uri = pds.write(ANN, text, 1, facets=[facet], labels=labels)
    pds.posts[uri] |= {"labels": [{"val": "spam"}, {"val": "!no-unauthenticated"}],
                       "embed": {"images": [{"fullsize": "https://cdn.example/1", "alt": "cup"}]},
                       "repostCount": 3}  # fmt: skip
    ((mention,), _) = walk(connector)
    assert mention.body == "Ünïcode ☕ @brand.example see https://shop.example/x"
    assert mention.uri == mention.remote_id == uri
    assert mention.url == f"https://bsky.app/profile/{ANN}/post/{uri[-13:]}"
    assert mention.author.remote_id == ANN and mention.author.handle == "ann.example"
    assert mention.published_at == START + timedelta(minutes=1)
    assert mention.warning == "spam, graphic-media"
    assert mention.lang == "en" and mention.n_reposts == 3 and mention.kind is Kind.MENTION
    assert mention.attachments[0].alt == "cup"
    assert mention.can_reply is CanReply.API


def test_replies_and_quotes_come_and_likes_do_not(connector, pds):
    for n, reason in enumerate(["mention", "reply", "quote", "like", "follow"]):
        pds.write(ANN, reason, n, reason=reason)
    mentions, _ = walk(connector)
    assert [(m.body, m.kind) for m in mentions] == [
        ("mention", Kind.MENTION), ("reply", Kind.REPLY), ("quote", Kind.MENTION)]  # fmt: skip


@pytest.mark.parametrize(("viewer", "author_viewer", "note"), [
    ({"replyDisabled": True}, {}, "replies_closed"),
    ({}, {"blockedBy": True}, "blocked"),
    ({}, {"blocking": "at://x"}, "blocked"),
])  # fmt: skip
def test_posts_closed_to_us_are_shown_and_cannot_be_answered(
    connector, pds, viewer, author_viewer, note
):
    uri = pds.write(ANN, "hello")
    pds.posts[uri]["viewer"] = viewer
    pds.posts[uri]["author"]["viewer"] = author_viewer
    ((mention,), _) = walk(connector)
    assert (mention.can_reply, mention.reply_note) == (CanReply.NO, note)
    with pytest.raises(RefusedError) as caught:
        connector.reply(a_reply(uri))
    assert caught.value.reason is Refusal.PERMISSION
    assert not pds.own_posts()


@pytest.mark.parametrize("claimed", ["1970-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "soon", 7])
def test_a_claimed_date_that_cannot_be_is_the_servers(connector, pds, claimed):
    pds.write(ANN, "hello", 5, createdAt=claimed)
    ((mention,), _) = walk(connector)
    assert mention.published_at == START + timedelta(minutes=5)


def test_a_long_list_is_walked_back_page_by_page_and_once(connector, pds):
    written = [pds.write(ANN, f"n{n}", n) for n in range(230)]
    pages: list[Page] = []
    cursor = None
    while not pages or pages[-1].more:
        pages.append(connector.fetch(MENTIONS, cursor, since=LONG_AGO))
        cursor = pages[-1].cursor
    assert len(pages) == 3
    found = dict.fromkeys(m.uri for page in reversed(pages) for m in page.mentions)
    assert list(found) == written


@pytest.mark.parametrize("n_ties", [1, 40, 99])
def test_posts_of_one_moment_are_not_lost_between_two_pages(connector, pds, n_ties):
    written = {pds.write(ANN, f"n{n}", n // n_ties) for n in range(210)}
    assert {m.uri for m in walk(connector)[0]} == written


def test_more_posts_of_one_moment_than_a_page_holds_do_not_keep_us_for_ever(connector, pds):
    for n in range(250):
        pds.write(ANN, f"n{n}", 1)
    assert len(walk(connector)[0]) >= 100


def test_the_next_walk_goes_back_ten_minutes_and_no_further(connector, pds):
    for n in range(230):
        pds.write(ANN, f"n{n}", n)
    _, cursor = walk(connector)
    pds.write(ANN, "new", 231)
    asked = len(pds.calls)
    page = connector.fetch(MENTIONS, cursor, since=LONG_AGO)
    assert {m.body for m in page.mentions} == {"new", *(f"n{n}" for n in range(219, 230))}
    assert not page.more and len(pds.calls) == asked + 2


def test_nothing_new_leaves_the_cursor_as_it_was(connector, pds):
    pds.write(ANN, "hello")
    _, cursor = walk(connector)
    assert connector.fetch(MENTIONS, cursor, since=LONG_AGO).cursor == cursor


def test_a_walk_killed_after_any_page_loses_nothing(connector, pds):
    written = {pds.write(ANN, f"n{n}", n) for n in range(250)}
    page = connector.fetch(MENTIONS, None, since=LONG_AGO)
    late = {pds.write(ANN, f"late{n}", 251 + n) for n in range(120)}
    rest, cursor = walk(connector, page.cursor)
    seen = {m.uri for m in (*page.mentions, *rest)}
    assert seen == written
    more, _ = walk(connector, cursor)
    assert late <= {m.uri for m in more}


def test_a_post_from_the_future_hides_none_that_come_later(connector, pds):
    pds.now = START + timedelta(hours=9)
    pds.write(ANN, "from 2099", 40_000_000)
    _, cursor = walk(connector)
    pds.write(ANN, "after it", 20)
    assert "after it" in {m.body for m in walk(connector, cursor)[0]}


def test_empty_pages_of_likes_are_passed_and_end_at_the_floor(connector, pds):
    pds.write(ANN, "hello", 0)
    for n in range(320):
        pds.write(ANN, "like", 1 + n, reason="like")
    mentions, cursor = walk(connector)
    assert [m.body for m in mentions] == ["hello"]
    for n in range(320):
        pds.write(ANN, "like", 500 + n, reason="like")
    asked = pds.calls.count("app.bsky.notification.listNotifications")
    assert walk(connector, cursor, since=LONG_AGO)[0] == []
    assert pds.calls.count("app.bsky.notification.listNotifications") - asked <= 8


def test_what_is_older_than_asked_for_is_left_out(connector, pds):
    pds.write(ANN, "old", -60)
    pds.write(ANN, "new", 60)
    mentions, _ = walk(connector, since=START)
    assert [m.body for m in mentions] == ["new"]


def test_one_broken_notification_is_set_aside_and_the_rest_kept(connector, pds):
    good = pds.write(ANN, "good", 1)
    broken = pds.write(ANN, "bad", 2)
    del pds.posts[broken]["record"]["text"]
    page = connector.fetch(MENTIONS, None, since=LONG_AGO)
    assert [m.uri for m in page.mentions] == [good]
    assert len(page.rejects) == 1 and b"bad" not in page.rejects[0].raw


def test_keywords_are_searched_newest_first_down_to_the_floor(connector, pds):
    for n in range(130):
        pds.write(ANN, f"coffee {n}", n, reason="")
    pds.write(OWN, "our coffee", 131, reason="")
    watch = Watch(WatchKind.KEYWORD, "coffee")
    mentions, cursor = walk(connector, watch=watch)
    assert len(mentions) == 131
    assert {m.kind for m in mentions} == {Kind.POST}
    assert [m.body for m in mentions if m.is_own] == ["our coffee"]
    again = connector.fetch(watch, cursor, since=LONG_AGO)
    assert len(again.mentions) == 10 and not again.more


def test_hashtags_are_asked_for_as_tags(connector, pds):
    pds.write(ANN, "I love #coffee", reason="")
    mentions, _ = walk(connector, watch=Watch(WatchKind.HASHTAG, "coffee"))
    assert [m.body for m in mentions] == ["I love #coffee"]


def test_brand_words_filter_what_a_search_finds(connector, pds):
    pds.write(ANN, "coffee at Nord", 1, reason="")
    pds.write(ANN, "coffee jobs at Nord", 2, reason="")
    watch = Watch(WatchKind.KEYWORD, "coffee", brand_words="nord\n-jobs")
    assert [m.body for m in walk(connector, watch=watch)[0]] == ["coffee at Nord"]


def test_a_feed_watch_is_refused(connector):
    with pytest.raises(RefusedError):
        connector.fetch(Watch(WatchKind.FEED, "https://x.example"), None, since=LONG_AGO)


def test_a_thread_has_parents_and_replies_in_order_of_time(connector, pds):
    root = pds.write(ANN, "root", 0)
    ref = {"root": {"uri": root, "cid": "x"}, "parent": {"uri": root, "cid": "x"}}
    middle = pds.write(ANN, "middle", 1, reply=ref)
    below = {**ref, "parent": {"uri": middle, "cid": "x"}}
    pds.write(OWN, "ours", 2, reply=below, reason="")
    thread = connector.thread(middle)
    assert [(m.body, m.is_own, m.kind) for m in thread] == [
        ("root", False, Kind.CONTEXT), ("ours", True, Kind.CONTEXT)]  # fmt: skip
    assert thread[1].parent_uri == middle and thread[1].root_uri == root


def test_the_thread_of_a_deleted_post_is_empty(connector):
    assert connector.thread(f"at://{ANN}/{POST}/gone") == ()


def test_posts_looked_at_again_are_there_or_gone(connector, pds):
    there = [pds.write(ANN, f"n{n}", n) for n in range(30)]
    gone = f"at://{ANN}/{POST}/gone"
    looked = connector.recheck([*there, gone])
    assert {m.uri for m in looked.mentions} == set(there) and looked.gone == (gone,)
    assert pds.calls == ["app.bsky.feed.getPosts"] * 2


def test_a_profile_has_followers_and_a_lost_one_is_gone(connector):
    assert connector.profile(ANN).n_followers == 7
    with pytest.raises(RefusedError) as caught:
        connector.profile("did:plc:nobody")
    assert caught.value.reason is Refusal.GONE


def test_the_card_says_what_bluesky_can(connector):
    card = connector.card()
    assert card.length.limit == 300 and card.length.max_bytes == 3000
    assert Can.REPLY in card.can and Can.EDIT not in card.can
    assert card.repeat_safe_s > 86_400 and card.server == HOST
