"""Events of a VK community as mentions, and how none of them is lost."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from socialdesk.domain.account import Can, Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, RefusedError, UnreachableError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.mentions.mention import CanReply, Kind, Visibility
from socialdesk.networks.vk.bookmark import Bookmark, read_bookmark
from tests.networks.fake_vk import (
    ANN,
    BOB,
    EVE,
    FIRST_TS,
    KEY,
    LP_KEY,
    OWN,
    SERVICE,
    FakeVk,
    written_events,
)
from tests.networks.vk_kit import LONG_AGO, MENTIONS, caught_up, connected

EVENTS = written_events()
WALL = "https://vk.com/wall-7007"
NOW = Bookmark(ts=str(FIRST_TS), seen=1795252000).saved()


@pytest.fixture
def server():
    return FakeVk()


def heard(server, *names):
    """The page of the fixture's events, in the order given."""
    for name in names:
        server.tell(EVENTS[name])
    server.now = datetime.fromtimestamp(1795252300, UTC)
    return connected(server).fetch(MENTIONS, NOW, since=LONG_AGO)


@pytest.mark.parametrize(
    ("name", "uri", "kind", "can_reply", "is_own"),
    [
        ("visitor_post", f"{WALL}_15", Kind.MENTION, CanReply.API, False),
        ("own_post", f"{WALL}_16", Kind.MENTION, CanReply.API, True),
        ("suggested_post", f"{WALL}_17", Kind.MENTION, CanReply.BROWSER, False),
        ("comment", f"{WALL}_16?reply=20", Kind.COMMENT, CanReply.API, False),
        ("answer_to_us", f"{WALL}_16?reply=22", Kind.REPLY, CanReply.API, False),
        ("own_comment", f"{WALL}_16?reply=21", Kind.COMMENT, CanReply.API, True),
        ("community_writes", f"{WALL}_16?reply=23", Kind.COMMENT, CanReply.API, False),
        ("photo_comment", "https://vk.com/photo-7007_300?reply=31", Kind.COMMENT,
         CanReply.BROWSER, False),
        ("video_comment", "https://vk.com/video-7007_301?reply=32", Kind.COMMENT,
         CanReply.BROWSER, False),
        ("market_comment", "https://vk.com/product-7007_302?reply=33", Kind.COMMENT,
         CanReply.BROWSER, False),
        ("board_post", "https://vk.com/topic-7007_303?post=34", Kind.COMMENT,
         CanReply.BROWSER, False),
        ("message", "vk:im-7007/501/5", Kind.MENTION, CanReply.API, False),
        ("own_message", "vk:im-7007/501/6", Kind.MENTION, CanReply.API, True),
        ("chat_message", "vk:im-7007/2000000004/8", Kind.MENTION, CanReply.API, False),
    ],
)  # fmt: skip
def test_each_event_is_what_it_is(server, name, uri, kind, can_reply, is_own):
    (mention,) = heard(server, name).mentions
    assert (mention.uri, mention.kind, mention.can_reply, mention.is_own) == (
        uri, kind, can_reply, is_own)  # fmt: skip


@pytest.mark.parametrize("name", ["planned_post", "chat_joined"])
def test_what_is_not_out_or_not_written_is_left_out(server, name):
    page = heard(server, name)
    assert (page.mentions, page.rejects) == ((), ())


def test_an_event_of_a_kind_nobody_knows_is_passed_over(server):
    server.queue.append({"type": "like_add", "object": {"liker_id": 501}, "event_id": "e99"})
    page = connected(server).fetch(MENTIONS, NOW, since=LONG_AGO)
    assert (page.mentions, page.rejects) == ((), ())


def test_an_author_comes_with_name_and_followers(server):
    (mention,) = heard(server, "comment").mentions
    author = mention.author
    assert (author.remote_id, author.name, author.n_followers) == ("501", "Айгерим Пример", 120)
    assert author.url == "https://vk.com/id501"


def test_a_community_has_a_signed_id_and_members(server):
    (mention,) = heard(server, "community_writes").mentions
    author = mention.author
    assert (author.remote_id, author.name, author.n_followers) == ("-9009", "Соседняя пекарня", 90)


def test_an_author_of_whom_nothing_is_told_still_has_a_number(server):
    (mention,) = heard(server, "repost").mentions
    assert (mention.author.remote_id, mention.author.handle) == (str(EVE), "id503")


def test_all_authors_of_a_page_are_asked_for_at_once(server):
    heard(server, "visitor_post", "comment", "answer_to_us", "community_writes", "message")
    asked = [method for method, _ in server.asks if method in ("users.get", "groups.getById")]
    assert sorted(asked) == ["groups.getById", "users.get"]


def test_words_are_shown_as_people_see_them(server):
    (mention,) = heard(server, "visitor_post").mentions
    assert mention.body == 'Чайный дом, почему вчера закрыто?\nЖдали "час" & ушли'
    (picture,) = mention.attachments
    assert (picture.url, picture.alt) == ("https://sun.example/x.jpg", "Дверь")
    assert mention.n_reposts == 3


def test_a_bare_repost_folds_into_its_original(server):
    (mention,) = heard(server, "repost").mentions
    assert mention.repost_of == f"{WALL}_16"


def test_comments_know_what_they_answer(server):
    comment, answer = heard(server, "comment", "answer_to_us").mentions
    assert (comment.parent_uri, comment.root_uri) == (f"{WALL}_16", f"{WALL}_16")
    assert answer.parent_uri == f"{WALL}_16?reply=21"
    assert answer.remote_id == "wall:-7007:16:22:20"
    assert answer.url == f"{WALL}_16?reply=22&thread=20"


def test_messages_are_private_and_those_of_a_chat_are_its_members(server):
    message, chat = heard(server, "message", "chat_message").mentions
    assert (message.visibility, chat.visibility) == (Visibility.DIRECT, Visibility.FOLLOWERS)
    assert message.url == "https://vk.com/gim7007?sel=501"
    assert message.root_uri == "vk:im-7007/501"


def test_edits_and_deletions_are_followed(server):
    page = heard(server, "comment", "edited_comment", "message", "edited_message")
    bodies = {m.uri: m.body for m in page.mentions}  # the last of each
    assert bodies[f"{WALL}_16?reply=20"] == "Без орехов и мака, пожалуйста"
    assert page.mentions[-1].edited_at == datetime.fromtimestamp(1795252290, UTC)
    gone = heard(server, "deleted_comment", "deleted_photo_comment").gone
    assert gone == (f"{WALL}_16?reply=20", "https://vk.com/photo-7007_300?reply=31")


def test_a_comment_that_came_back_is_not_gone(server):
    page = heard(server, "deleted_comment", "restored_comment")
    assert page.gone == ()
    assert [m.uri for m in page.mentions] == [f"{WALL}_16?reply=20"]


def test_brand_words_leave_what_is_addressed(server):
    for name in ("visitor_post", "comment", "answer_to_us", "message", "photo_comment"):
        server.tell(EVENTS[name])
    watch = Watch(WatchKind.MENTIONS, brand_words="закрыто")
    page = connected(server).fetch(watch, NOW, since=LONG_AGO)
    assert [m.body[:10] for m in page.mentions] == ["Чайный дом", "Чайный дом", "Где мой за"]


# --- the place in the queue ---


def test_a_page_that_was_not_saved_comes_again(server):
    connector = connected(server)
    _, cursor = caught_up(connector)
    server.write_post(ANN, "one")
    pages = [connector.fetch(MENTIONS, cursor, since=LONG_AGO) for _ in range(2)]
    assert pages[0].mentions == pages[1].mentions != ()
    assert connector.fetch(MENTIONS, pages[0].cursor, since=LONG_AGO).mentions == ()


def test_waiting_takes_nothing_out_of_the_queue(server):
    connector = connected(server)
    _, cursor = caught_up(connector)
    assert not connector.wait(MENTIONS, cursor, lambda: False)
    server.write_post(ANN, "one")
    assert connector.wait(MENTIONS, cursor, lambda: False)
    assert [m.body for m in connector.fetch(MENTIONS, cursor, since=LONG_AGO).mentions] == ["one"]


def test_waiting_ends_at_once_where_there_is_something_to_do(server):
    connector = connected(server)
    assert connector.wait(MENTIONS, None, lambda: False)
    walking = Bookmark(ts="1000", todo=(("posts", 0),)).saved()
    assert connector.wait(MENTIONS, walking, lambda: False)
    server.failed = [1]
    assert connector.wait(MENTIONS, NOW, lambda: False)
    assert not connector.wait(MENTIONS, NOW, lambda: True)
    server.failed = [2]
    with pytest.raises(UnreachableError):  # else one would ask again without end
        connector.wait(MENTIONS, NOW, lambda: False)
    with pytest.raises(RefusedError):
        connector.wait(Watch(WatchKind.KEYWORD, "x"), NOW, lambda: False)


def test_more_events_than_a_page_come_in_turns(server):
    for n in range(450):
        server.write_post(ANN, f"number {n}")
    page, sizes, seen = connected(server).fetch(MENTIONS, NOW, since=LONG_AGO), [], set()
    while True:
        sizes.append(len(page.mentions))
        seen |= {m.body for m in page.mentions}
        if not page.more:
            break
        page = connected(server).fetch(MENTIONS, page.cursor, since=LONG_AGO)
    assert sizes == [200, 200, 50]
    assert len(seen) == 450


@pytest.mark.parametrize("failed", [1, 3])
def test_a_gap_in_the_queue_is_filled_from_the_wall(server, failed):
    connector = connected(server)
    post = server.write_post(OWN, "pies")
    _, cursor = caught_up(connector)
    server.write_post(ANN, "lost")
    server.comment(post, BOB, "lost too")
    server.forget_events()
    server.failed = [failed]
    mentions, cursor = caught_up(connector, cursor)
    assert {"lost", "lost too"} <= {m.body for m in mentions}
    server.write_post(ANN, "after")
    assert [m.body for m in caught_up(connector, cursor)[0]] == ["after"]


def test_a_long_absence_looks_at_the_wall_too(server):
    connector = connected(server)
    _, cursor = caught_up(connector)
    n_before = len(server.asks)
    server.now += timedelta(hours=2)
    server.write_post(ANN, "meanwhile")
    mentions, cursor = caught_up(connector, cursor)
    assert "meanwhile" in {m.body for m in mentions}
    assert "wall.get" in [method for method, _ in server.asks[n_before:]]
    n_before = len(server.asks)
    caught_up(connector, cursor)
    assert "wall.get" not in [method for method, _ in server.asks[n_before:]]


def test_without_a_service_key_events_go_on_after_a_gap(server):
    connector = connected(server, service="")
    _, cursor = caught_up(connector)
    server.write_post(ANN, "lost")
    server.forget_events()
    lost, cursor = caught_up(connector, cursor)
    assert lost == []
    server.write_post(ANN, "after")
    assert [m.body for m in caught_up(connector, cursor)[0]] == ["after"]
    assert SERVICE not in "".join(str(one.headers) for one in server.asked)
    assert not connector.card().can & (Can.KEYWORD | Can.RECHECK | Can.THREAD)


def test_a_fresh_key_that_is_refused_costs_a_try_and_no_events(server):
    server.failed = [2]
    with pytest.raises(UnreachableError):
        heard(server, "comment")
    assert len(connected(server).fetch(MENTIONS, NOW, since=LONG_AGO).mentions) == 1


def test_an_unknown_kind_of_failure_is_no_empty_page(server):
    server.failed = [4]
    with pytest.raises(UnreachableError):
        heard(server, "comment")


@pytest.mark.parametrize("address", ["http://lp.vk.example/x", "https://[lp.vk.example/x", "x"])
def test_a_long_poll_line_must_be_https(server, monkeypatch, address):
    line = {"server": address, "key": LP_KEY, "ts": "1000"}
    monkeypatch.setattr(server, "_groups_getLongPollServer", lambda asked: line)
    with pytest.raises(BadAnswerError):
        connected(server).fetch(MENTIONS, NOW, since=LONG_AGO)


def test_no_key_is_kept_in_the_cursor(server):
    server.write_post(ANN, "one")
    _, cursor = caught_up(connected(server))
    assert not any(key in str(cursor) for key in (KEY, SERVICE, LP_KEY))
    assert json.loads(str(cursor))["ts"] == "1001"


@pytest.mark.parametrize(
    "odd",
    ["{", "7", "null", "[]", '{"ts":"x","skip":0,"seen":0,"floor":0,"todo":[]}',
     '{"ts":"1","skip":-1,"seen":0,"floor":0,"todo":[]}',
     '{"ts":"1","skip":0,"seen":0,"floor":0,"todo":[["posts"]]}',
     '{"ts":"1","skip":0,"seen":0,"floor":0,"todo":[["x",1]]}'],
)  # fmt: skip
def test_a_damaged_cursor_starts_anew(server, odd):
    assert read_bookmark(Cursor(odd)) is None
    server.write_post(ANN, "one")
    assert "one" in {m.body for m in caught_up(connected(server), Cursor(odd))[0]}


def test_a_bookmark_is_read_back_as_it_was():
    mark = Bookmark("12", 200, 99, 7, (("posts", 20), ("comments", 5, 0), ("thread", 5, 6, 100)))
    assert read_bookmark(mark.saved()) == mark
    assert read_bookmark(replace(mark, todo=()).saved()) == replace(mark, todo=())
