"""Walking back over the wall, searching VK, and looking again at what is known."""

from datetime import timedelta

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import AuthExpiredError, RefusedError
from socialdesk.domain.mentions.mention import CanReply, Kind
from socialdesk.networks.testing import read_on
from tests.networks.fake_vk import ANN, BOB, OWN, FakeVk
from tests.networks.vk_kit import LONG_AGO, MENTIONS, caught_up, connected

HASHTAG = Watch(WatchKind.HASHTAG, "#чай")
WALL = "https://vk.com/wall-7007"


@pytest.fixture
def server():
    return FakeVk()


def bodies(mentions):
    return {m.body for m in mentions}


def test_the_first_walk_goes_back_as_far_as_asked(server):
    server.now = LONG_AGO - timedelta(days=1)
    server.write_post(ANN, "too old")
    server.now = LONG_AGO + timedelta(days=1)
    for n in range(45):
        server.write_post(ANN, f"post {n}")
    mentions, _ = caught_up(connected(server))
    assert bodies(mentions) == {f"post {n}" for n in range(45)}


def test_a_pinned_old_post_does_not_end_the_walk(server):
    server.now = LONG_AGO - timedelta(days=300)
    server.write_post(OWN, "read this first", is_pinned=1)
    server.now = LONG_AGO + timedelta(days=1)
    for n in range(30):
        server.write_post(ANN, f"post {n}")
    mentions, _ = caught_up(connected(server))
    assert bodies(mentions) == {f"post {n}" for n in range(30)}


def test_comments_and_long_threads_are_walked_whole(server):
    post = server.write_post(OWN, "pies")
    for n in range(40):
        first = server.comment(post, ANN, f"comment {n}")
        if n == 3:
            for k in range(130):
                server.comment(post, BOB, f"below {k}", first["id"])
    mentions, pages, _ = read_on(connected(server), MENTIONS, None, LONG_AGO)
    wanted = {f"comment {n}" for n in range(40)} | {f"below {k}" for k in range(130)}
    assert wanted <= bodies(mentions)
    assert max(len(page.mentions) for page in pages) <= 200


def test_a_new_answer_below_an_old_comment_is_found(server):
    server.now = LONG_AGO - timedelta(days=1)
    post = server.write_post(OWN, "pies")
    old = server.comment(post, ANN, "old")
    server.now = LONG_AGO + timedelta(days=1)
    server.comment(post, BOB, "new below", old["id"])
    mentions, _ = caught_up(connected(server))
    assert bodies(mentions) == {"new below"}


def test_a_deleted_comment_keeps_its_place_and_is_none(server):
    post = server.write_post(OWN, "pies")
    gone = server.comment(post, ANN, "")
    gone["deleted"] = True
    mentions, _ = caught_up(connected(server))
    assert bodies(mentions) == {"pies"}


def test_a_post_that_vanished_meanwhile_ends_no_walk(server):
    connector = connected(server)
    for n in range(3):
        server.comment(server.write_post(OWN, f"post {n}"), ANN, f"comment {n}")
    page = connector.fetch(MENTIONS, None, since=LONG_AGO)
    server.posts = [one for one in server.posts if one["text"] != "post 1"]
    mentions, _, _ = read_on(connector, MENTIONS, page.cursor, LONG_AGO)
    assert {"comment 0", "comment 2"} <= bodies(mentions)
    assert "comment 1" not in bodies(mentions)


def test_a_wall_that_is_closed_to_the_key_stops_no_events(server):
    connector = connected(server)
    server.faults = [15]
    page = connector.fetch(MENTIONS, None, since=LONG_AGO)
    assert page.mentions == () and page.more
    _, cursor = caught_up(connector, page.cursor)
    server.write_post(ANN, "hello")
    assert "hello" in bodies(caught_up(connector, cursor)[0])


def test_a_dead_service_key_is_told_in_a_walk_too(server):
    server.faults = [28]
    with pytest.raises(AuthExpiredError):
        connected(server).fetch(MENTIONS, None, since=LONG_AGO)


# --- searching ---


def test_a_search_tells_posts_of_everybody_newest_last(server):
    for n in range(230):
        server.now += timedelta(seconds=1)
        server.write_post(ANN, f"{n} #чай", owner=ANN)
    server.write_post(BOB, "кофе", owner=BOB)
    mentions, pages, cursor = read_on(connected(server), HASHTAG, None, LONG_AGO)
    assert len(bodies(mentions)) == 230
    assert len(pages) == 3
    assert all(m.kind is Kind.POST for m in mentions)
    again, _, _ = read_on(connected(server), HASHTAG, cursor, LONG_AGO)
    assert bodies(again) <= bodies(mentions)


def test_the_walk_goes_on_where_brand_words_keep_nothing(server):
    for n in range(150):
        server.now += timedelta(seconds=1)
        server.write_post(ANN, f"{n} чай", owner=ANN)
    watch = Watch(WatchKind.KEYWORD, "чай", brand_words="пирог")
    mentions, pages, cursor = read_on(connected(server), watch, None, LONG_AGO)
    assert (mentions, len(pages)) == ([], 2)
    read_on(connected(server), watch, cursor, LONG_AGO)
    assert int(server.asks[-1][1]["start_time"]) >= server.now.timestamp() - 600


def test_what_is_found_elsewhere_is_answered_in_the_browser(server):
    server.write_post(ANN, "#чай", owner=ANN)
    server.write_post(ANN, "#чай у вас")
    found, _ = caught_up(connected(server), watch=HASHTAG)
    assert {m.body: m.can_reply for m in found} == {
        "#чай": CanReply.BROWSER, "#чай у вас": CanReply.API}  # fmt: skip


def test_a_comment_that_a_search_found_is_a_comment(server):
    server.write_post(ANN, "#чай?", owner=BOB, post_type="reply", post_id=7, parents_stack=[5])
    (mention,), _ = caught_up(connected(server), watch=HASHTAG)
    number = server.posts[0]["id"]
    assert mention.uri == f"https://vk.com/wall502_7?reply={number}"
    assert mention.parent_uri == "https://vk.com/wall502_7"
    assert mention.remote_id == f"wall:502:7:{number}:5"


def test_a_search_needs_the_service_key(server):
    with pytest.raises(RefusedError):
        connected(server, service="").fetch(HASHTAG, None, since=LONG_AGO)
    with pytest.raises(RefusedError):
        connected(server).fetch(Watch(WatchKind.FEED, "x"), None, since=LONG_AGO)


# --- looking again ---


def test_posts_comments_and_messages_are_looked_at_again(server):
    connector = connected(server)
    post = server.write_post(OWN, "pies")
    stays, goes = server.comment(post, ANN, "stays"), server.comment(post, ANN, "goes")
    below = server.comment(post, BOB, "below", stays["id"])
    message = server.message(ANN, ANN, "hello")
    mentions, _ = caught_up(connector, None)
    remote = {m.body: m.remote_id for m in mentions}
    remote |= {"hello": f"im:-7007:{ANN}:1"}
    server.comments[post["id"]].remove(goes)
    stays["text"] = "stays, edited"
    message["text"] = "hello!"
    again = connector.recheck(remote.values())
    assert bodies(again.mentions) == {"pies", "stays, edited", below["text"], "hello!"}
    assert again.gone == (remote["goes"],)


def test_a_comment_is_found_again_below_many(server):
    post = server.write_post(OWN, "pies")
    old, goes = server.comment(post, ANN, "old"), server.comment(post, ANN, "goes")
    for n in range(230):
        server.comment(post, BOB, f"{n}")
    server.comments[post["id"]].remove(goes)
    ids = [f"wall:-7007:{post['id']}:{one['id']}" for one in (old, goes)]
    again = connected(server).recheck(ids)
    assert bodies(again.mentions) == {"old"}
    assert again.gone == (ids[1],)


def test_a_list_in_disorder_proves_nothing_gone(server):
    post = server.write_post(OWN, "pies")
    for n in range(3):
        server.comment(post, BOB, f"{n}")
    server.comments[post["id"]].reverse()
    again = connected(server).recheck([f"wall:-7007:{post['id']}:999"])
    assert (again.mentions, again.gone) == ((), ())


def test_a_comment_that_left_only_its_place_is_gone(server):
    post = server.write_post(OWN, "pies")
    comment = server.comment(post, BOB, "")
    comment["deleted"] = True
    remote_id = f"wall:-7007:{post['id']}:{comment['id']}"
    assert connected(server).recheck([remote_id]).gone == (remote_id,)


def test_what_cannot_be_looked_at_is_neither_there_nor_gone(server):
    again = connected(server).recheck(["photo:-7007:300:31", "topic:-7007:303:34"])
    assert (again.mentions, again.gone) == ((), ())


def test_without_a_service_key_only_messages_are_looked_at_again(server):
    server.message(ANN, ANN, "hello")
    again = connected(server, service="").recheck(["wall:-7007:15", f"im:-7007:{ANN}:1"])
    assert (bodies(again.mentions), again.gone) == ({"hello"}, ())


def test_a_message_that_was_deleted_is_gone(server):
    server.message(ANN, ANN, "hello")["deleted"] = 1
    again = connected(server).recheck([f"im:-7007:{ANN}:1", f"im:-7007:{ANN}:9"])
    assert again.gone == (f"im:-7007:{ANN}:1", f"im:-7007:{ANN}:9")


def test_the_thread_of_a_comment_has_the_post_and_what_is_around(server):
    post = server.write_post(OWN, "pies")
    first = server.comment(post, ANN, "first")
    server.comment(post, BOB, "second")
    server.comment(post, BOB, "below", first["id"])
    around = connected(server).thread(f"wall:-7007:{post['id']}:{first['id']}")
    assert bodies(around) == {"pies", "second", "below"}
    assert all(m.kind is Kind.CONTEXT for m in around)
    assert list(around) == sorted(around, key=lambda m: m.published_at)


def test_the_thread_of_a_message_is_the_chat(server):
    for n in range(3):
        server.message(ANN, ANN, f"line {n}")
    assert bodies(connected(server).thread(f"im:-7007:{ANN}:2")) == {"line 0", "line 2"}


def test_there_is_no_thread_of_what_is_gone_or_cannot_be_read(server):
    connector = connected(server)
    assert connector.thread("wall:-7007:999:5") == ()
    assert connected(server, service="").thread("wall:-7007:999:5") == ()
    assert connector.thread("photo:-7007:300:31") == ()


def test_a_profile_has_followers_and_a_community_members(server):
    connector = connected(server)
    assert connector.profile(str(ANN)).n_followers == 120
    assert connector.profile("-9009").n_followers == 90
    with pytest.raises(RefusedError):
        connector.profile("599")


def test_what_is_there_and_cannot_be_read_is_not_called_gone(server):
    post = server.write_post(ANN, "open?")
    server.message(ANN, ANN, "hello")
    connector = connected(server)
    server.is_schema_kept = False
    post["date"] = "yesterday"
    server.chats[ANN][0]["date"] = "yesterday"
    again = connector.recheck([f"wall:-7007:{post['id']}", f"im:-7007:{ANN}:1", "wall:-7007:9999"])
    assert (again.mentions, again.gone) == ((), ("wall:-7007:9999",))
