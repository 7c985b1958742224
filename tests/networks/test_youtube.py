"""All comments on the own channel: every reply, also late ones, held ones, and what it costs."""

from datetime import timedelta

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import RefusedError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.mentions.mention import CanReply, Kind, Visibility
from socialdesk.networks.testing import START
from socialdesk.networks.youtube.progress import read_progress
from tests.networks.fake_youtube import ANN, BOB, OTHER_VIDEO, OWN, VIDEO, FakeYouTube
from tests.networks.youtube_kit import COMMENTS, LONG_AGO, connected, walk


@pytest.fixture
def server():
    return FakeYouTube()


@pytest.fixture
def connector(server):
    return connected(server)


def ids(mentions):
    return [mention.remote_id.partition("/")[2] for mention in mentions]


def test_every_thread_and_every_reply_is_read_once(server, connector):
    heads = [server.write(ANN, f"number {n}") for n in range(80)]
    replies = [server.write(BOB, f"me too {n}", parent=heads[3]) for n in range(130)]
    mentions, _ = walk(connector)
    assert sorted(ids(mentions)) == sorted([*heads, *replies, *replies[-5:]])


def test_only_the_own_channel_is_read(server, connector):
    server.write(ANN, "elsewhere", video=OTHER_VIDEO)
    assert walk(connector)[0] == []


def test_a_reply_in_an_old_thread_is_found_by_the_number_of_replies(server, connector):
    old = server.write(ANN, "old", at=START - timedelta(days=9))
    for n in range(60):
        server.write(BOB, f"newer {n}")
    _, cursor = walk(connector)
    server.now += timedelta(minutes=20)
    late = server.write(BOB, "any news?", parent=old)
    mentions, cursor = walk(connector, cursor)
    assert late in ids(mentions)
    assert walk(connector, cursor)[0] == []


def test_between_thorough_looks_one_call_is_enough(server, connector):
    for n in range(60):
        server.write(BOB, f"number {n}")  # all of them within a minute
    _, cursor = walk(connector)
    server.units, server.now = 0, server.now + timedelta(minutes=2)
    _, cursor = walk(connector, cursor)
    assert server.paths[-1] == "GET commentThreads"
    assert server.units == 1


def test_a_day_of_looking_leaves_most_units_to_answers(server, connector):
    for n in range(90):
        server.write(BOB, f"number {n}", at=START - timedelta(hours=n))
    _, cursor = walk(connector)
    server.units = 0
    for _ in range(60):  # two hours of it
        server.now += timedelta(minutes=2)
        _, cursor = walk(connector, cursor)
    assert server.units * 12 < 1300


def test_an_edit_among_the_newest_is_seen(server, connector):
    comment = server.write(ANN, "good")
    _, cursor = walk(connector)
    server.change(comment, "bad")
    (again,), _ = walk(connector, cursor)
    assert (again.body, again.edited_at) == ("bad", again.published_at + timedelta(hours=1))


def test_what_waits_for_review_is_seen_within_a_quarter_of_an_hour(server, connector):
    _, cursor = walk(connector)
    held = server.write(ANN, "held", status="heldForReview")
    spam = server.write(BOB, "spam", status="likelySpam")
    server.now += timedelta(minutes=2)
    mentions, cursor = walk(connector, cursor)
    assert mentions == []
    server.now += timedelta(minutes=15)
    mentions, _ = walk(connector, cursor)
    assert sorted(ids(mentions)) == sorted([held, spam])
    assert {m.visibility for m in mentions} == {Visibility.DIRECT}
    assert {m.can_reply for m in mentions} == {CanReply.BROWSER}


def test_who_may_not_see_the_held_ones_still_reads_the_rest(server, connector):
    comment = server.write(ANN, "hello")
    server.faults.append(refuse_held)
    mentions, cursor = walk(connector)
    assert ids(mentions) == [comment]
    later = server.write(BOB, "later")
    assert ids(walk(connector, cursor)[0]) == [later]


def refuse_held(request):
    from tests.networks.fake_google import refused

    return refused(403, "forbidden") if "moderationStatus" in request.url else None


def test_a_dead_page_token_begins_the_list_anew_and_loses_nothing(server, connector):
    heads = [server.write(ANN, f"number {n}") for n in range(80)]
    first = connector.fetch(COMMENTS, None, since=LONG_AGO)
    assert first.more
    server.dead_tokens = True
    seen, cursor = walk(connector, first.cursor)
    server.dead_tokens = False
    again, _ = walk(connector, cursor)
    assert set(ids([*first.mentions, *seen, *again])) == set(heads)


def test_a_channel_without_comments_is_no_error(server, connector):
    server.refuse("commentThreads", 403, "commentsDisabled")
    mentions, cursor = walk(connector)
    assert mentions == []
    server.faults.clear()
    server.write(ANN, "open again")
    assert len(walk(connector, cursor)[0]) == 1


def test_a_thread_deleted_while_its_replies_are_read_costs_only_itself(server, connector):
    long, other = server.write(ANN, "long"), server.write(ANN, "other")
    for n in range(9):
        server.write(BOB, f"r{n}", parent=long)
    page = connector.fetch(COMMENTS, None, since=LONG_AGO)
    server.remove(f"youtube:comment/{long}")
    later = server.write(BOB, "later")
    mentions, cursor = walk(connector, page.cursor)
    mentions += walk(connector, cursor)[0]
    assert {other, later} <= {*ids(page.mentions), *ids(mentions)}


def test_older_words_than_asked_for_are_left_out(server, connector):
    server.write(ANN, "last year", at=START - timedelta(days=400))
    young = server.write(ANN, "today")
    assert ids(walk(connector)[0]) == [young]


def test_replies_of_long_ago_are_counted_and_never_read(server, connector):
    old = server.write(ANN, "last year", at=START - timedelta(days=400))
    for n in range(9):
        server.write(BOB, f"r{n}", parent=old, at=START - timedelta(days=399))
    assert walk(connector)[0] == []
    assert "GET comments" not in server.paths


def test_brand_words_are_kept_to(server, connector):
    kept = server.write(ANN, "the tea house is closed")
    server.write(ANN, "first!")
    watch = Watch(WatchKind.MENTIONS, brand_words="tea house")
    assert ids(walk(connector, watch=watch)[0]) == [kept]


def test_our_own_words_are_ours_and_answers_to_us_are_replies(server, connector):
    ours = server.write(OWN, "Which tea next?")
    server.write(ANN, "Oolong!", parent=ours)
    theirs = server.write(BOB, "Hello")
    server.write(ANN, "Hi Bob", parent=theirs)
    mentions = {m.body: m for m in walk(connector)[0]}
    assert mentions["Which tea next?"].is_own
    assert mentions["Oolong!"].kind is Kind.REPLY
    assert mentions["Hi Bob"].kind is Kind.COMMENT


def test_authors_come_with_their_reach_in_one_call(server, connector):
    for n in range(20):
        server.write(ANN if n % 2 else BOB, f"number {n}")
    mentions, _ = walk(connector)
    assert {m.author.n_followers for m in mentions} == {1230000, None}  # Bob hides his
    assert server.paths.count("GET channels") == 1


def test_a_reach_that_cannot_be_told_costs_no_page(server, connector):
    server.write(ANN, "hello")
    server.refuse("channels", 403, "quotaExceeded")
    (mention,), _ = walk(connector)
    assert mention.author.n_followers is None


def test_there_are_no_hashtags_here(connector):
    with pytest.raises(RefusedError):
        connector.fetch(Watch(WatchKind.HASHTAG, "tea"), None, since=LONG_AGO)


@pytest.mark.parametrize(
    "cursor", ["", "{}", "[]", "7", "null", '{"walks":[]}', "x", '{"stage":"elsewhere"}']
)
def test_a_cursor_that_cannot_be_read_starts_anew(server, connector, cursor):
    comment = server.write(ANN, "hello")
    assert ids(walk(connector, Cursor(cursor))[0]) == [comment]


def test_the_cursor_stays_small(server, connector):
    for n in range(400):
        server.write(ANN, f"number {n}", at=START - timedelta(minutes=n))
    _, cursor = walk(connector)
    assert len(read_progress(cursor).counts) == 200
    assert len(cursor) < 10_000


# --- looking again ---


def test_looking_again_tells_edits_deletions_and_what_only_waits(server, connector):
    stays, goes, waits = (server.write(ANN, text) for text in ("stays", "goes", "waits"))
    server.change(stays, "stays, edited")
    server.remove(f"youtube:comment/{goes}")
    server.comments[waits].status = "heldForReview"
    again = connector.recheck([f"{VIDEO}/{one}" for one in (stays, goes, waits)])
    assert again.gone == (f"{VIDEO}/{goes}",)
    found = {m.body: m for m in again.mentions}
    assert found["stays, edited"].edited_at is not None
    assert found["waits"].visibility is Visibility.DIRECT


def test_one_deleted_comment_makes_the_others_of_its_question_not_gone(server, connector):
    server.misses_one = True
    many = [server.write(ANN, f"number {n}") for n in range(7)]
    server.remove(f"youtube:comment/{many[3]}")
    again = connector.recheck([f"{VIDEO}/{one}" for one in many])
    assert again.gone == (f"{VIDEO}/{many[3]}",)
    assert len(again.mentions) == 6


def test_videos_are_looked_at_again_too(server, connector):
    again = connector.recheck([f"{OTHER_VIDEO}/", "vidGone/"])
    assert [m.uri for m in again.mentions] == [f"youtube:video/{OTHER_VIDEO}"]
    assert again.gone == ("vidGone/",)


def test_many_are_asked_for_fifty_at_a_time(server, connector):
    many = [server.write(ANN, f"number {n}") for n in range(120)]
    again = connector.recheck([f"{VIDEO}/{one}" for one in many])
    assert len(again.mentions) == 120
    assert server.paths.count("GET comments") == 3


# --- the thread, the person ---


def test_a_thread_shows_the_video_the_head_and_the_replies(server, connector):
    head = server.write(ANN, "head")
    first, second = (server.write(BOB, text, parent=head) for text in ("first", "second"))
    around = connector.thread(f"{VIDEO}/{first}")
    assert [m.remote_id for m in around] == [f"{VIDEO}/", f"{VIDEO}/{head}", f"{VIDEO}/{second}"]
    assert {m.kind for m in around} == {Kind.CONTEXT}
    assert around[0].title == "How we roast oolong"


def test_the_thread_of_a_video_is_its_newest_comments(server, connector):
    said = [server.write(BOB, f"number {n}", video=OTHER_VIDEO) for n in range(3)]
    assert ids(connector.thread(f"{OTHER_VIDEO}/")) == said


def test_a_thread_that_is_gone_is_empty(connector):
    assert connector.thread("vidGone/UgGone") == ()


def test_a_profile_tells_the_subscribers_or_that_nobody_is_there(connector):
    assert connector.profile(ANN).n_followers == 1230000
    assert connector.profile(BOB).n_followers is None
    with pytest.raises(RefusedError):
        connector.profile("UCnobody")
