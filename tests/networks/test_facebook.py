"""What a Facebook Page brings: comments of all levels, visitors, tags; and what becomes of it."""

from datetime import timedelta

import pytest

from socialdesk.domain.account import Can, Watch, WatchKind
from socialdesk.domain.errors import RefusedError
from socialdesk.domain.mentions.mention import CanReply, Kind, Mention
from socialdesk.networks.base import Connector
from socialdesk.networks.facebook.posts import read_comment, read_post
from socialdesk.networks.testing import START, read_on
from tests.networks.fake_facebook import ANN, BOB, PAGE, FakeFacebook
from tests.networks.fake_meta import fixture, problem
from tests.networks.samples.facebook import SAMPLE

MENTIONS = Watch(WatchKind.MENTIONS)
SINCE = START - timedelta(days=30)


@pytest.fixture
def server() -> FakeFacebook:
    return FakeFacebook()


@pytest.fixture
def connector(server: FakeFacebook) -> Connector:
    return SAMPLE.connect(server)


def everything(connector: Connector, watch: Watch = MENTIONS) -> dict[str, Mention]:
    """By the words."""
    mentions, _, _ = read_on(connector, watch, None, SINCE)
    return {mention.body: mention for mention in mentions}


def test_comments_of_both_levels_hang_together(server: FakeFacebook, connector: Connector) -> None:
    first = server.comment(ANN, "late again")
    server.comment(BOB, "same here", first)
    found = everything(connector)
    late, same = found["late again"], found["same here"]
    assert (late.kind, late.can_reply, late.is_own) == (Kind.COMMENT, CanReply.API, False)
    assert late.author.name == "Ann Ovenlover"
    assert late.parent_uri == late.root_uri == same.root_uri
    assert same.parent_uri == late.uri


def test_a_post_that_tags_the_page_is_answered_in_the_browser(
    server: FakeFacebook, connector: Connector
) -> None:
    server.tag("cold bread at Oven & Co")
    server.tag("warm bread at Oven & Co")
    cold, warm = everything(connector).values()
    assert (cold.can_reply, cold.reply_note) == (CanReply.BROWSER, "tag_only")
    assert cold.url.startswith("https://www.facebook.com/998877/")
    assert cold.author.name == "Facebook user"
    assert cold.author.remote_id != warm.author.remote_id


def test_an_old_post_that_is_tagged_later_is_found(
    server: FakeFacebook, connector: Connector
) -> None:
    _, _, cursor = read_on(connector, MENTIONS, None, SINCE)
    server.tag("of last week", server.now - timedelta(days=7))
    server.tag("of last year", server.now - timedelta(days=365))
    mentions, _, _ = read_on(connector, MENTIONS, cursor, SINCE)
    assert [m.body for m in mentions] == ["of last week"]


def test_visitors_posts_are_mentions_and_our_own_are_ours(
    server: FakeFacebook, connector: Connector
) -> None:
    server.write_post(ANN, "where are you?")
    server.write_post(PAGE, "we moved")
    server.comment(PAGE, "to Abai street")
    found = everything(connector)
    assert found["where are you?"].kind is Kind.MENTION
    assert found["where are you?"].can_reply is CanReply.API
    assert found["we moved"].is_own and found["to Abai street"].is_own


def test_a_commenter_that_facebook_hides_is_somebody(
    server: FakeFacebook, connector: Connector
) -> None:
    server.hides_authors = True
    server.comment(ANN, "no name")
    assert everything(connector)["no name"].author.name == "Facebook user"


def test_a_comment_that_takes_no_answers_says_so(
    server: FakeFacebook, connector: Connector
) -> None:
    server.comments[server.comment(ANN, "closed")]["can_comment"] = False
    closed = everything(connector)["closed"]
    assert (closed.can_reply, closed.reply_note) == (CanReply.BROWSER, "no_access")


def test_many_comments_and_many_posts_are_all_read(
    server: FakeFacebook, connector: Connector
) -> None:
    posts = [server.write_post(PAGE, f"post {n}") for n in range(60)]
    wanted = set()
    for n, post in enumerate(posts):
        for m in range(60 if n % 10 == 0 else 8):
            wanted.add(f"{n}/{m}")
            server.comment(ANN, f"{n}/{m}", post)
    mentions, pages, _ = read_on(connector, MENTIONS, None, SINCE)
    assert wanted <= {m.body for m in mentions}
    assert max(len(page.mentions) for page in pages) <= 200


def test_a_quiet_poll_asks_three_times(server: FakeFacebook, connector: Connector) -> None:
    for n in range(60):
        server.write_post(PAGE, f"post {n}", START - timedelta(days=n / 4))
    _, _, cursor = read_on(connector, MENTIONS, None, SINCE)
    server.calls.clear()
    server.now += timedelta(hours=1)
    read_on(connector, MENTIONS, cursor, SINCE)
    assert [path.rpartition("/")[2] for _, path in server.calls] == ["feed", "feed", "tagged"]


def test_a_comment_on_an_old_post_is_found_while_that_is_among_the_newest(
    server: FakeFacebook, connector: Connector
) -> None:
    _, _, cursor = read_on(connector, MENTIONS, None, SINCE)
    server.now += timedelta(days=2)
    server.comment(ANN, "still open?")
    mentions, _, _ = read_on(connector, MENTIONS, cursor, SINCE)
    assert [m.body for m in mentions] == ["still open?"]


def test_a_comment_on_a_very_old_post_is_found_within_a_day(
    server: FakeFacebook, connector: Connector
) -> None:
    for n in range(120):
        server.write_post(PAGE, f"post {n}", START - timedelta(days=50) + timedelta(hours=n))
    _, _, cursor = read_on(connector, MENTIONS, None, SINCE)
    server.now += timedelta(hours=1)
    server.comment(ANN, "on the oldest post of all")
    server.now += timedelta(hours=1)
    soon, _, cursor = read_on(connector, MENTIONS, cursor, SINCE)
    server.now += timedelta(hours=23)
    later, _, cursor = read_on(connector, MENTIONS, cursor, SINCE)
    assert [m.body for m in soon] == []
    assert [m.body for m in later] == ["on the oldest post of all"]


def test_a_post_that_is_deleted_while_its_comments_are_read_stops_nothing(
    server: FakeFacebook, connector: Connector
) -> None:
    post = server.write_post(PAGE, "soon gone")
    for n in range(40):
        server.comment(ANN, f"n {n}", post)
    first = connector.fetch(MENTIONS, None, since=SINCE)
    server.remove(f"https://www.facebook.com/{post}")
    server.tag("and more")
    mentions, _, _ = read_on(connector, MENTIONS, first.cursor, SINCE)
    assert [m.body for m in mentions] == ["and more"]


def test_brand_words_keep_what_holds_them(server: FakeFacebook, connector: Connector) -> None:
    server.comment(ANN, "a recall, really?")
    server.comment(ANN, "nice bread")
    watch = Watch(WatchKind.MENTIONS, brand_words="recall")
    assert list(everything(connector, watch)) == ["a recall, really?"]


def test_nothing_is_searched_on_facebook(connector: Connector) -> None:
    with pytest.raises(RefusedError):
        connector.fetch(Watch(WatchKind.KEYWORD, "bread"), None, since=SINCE)


def test_a_budget_that_runs_out_slows_the_polls_and_loses_nothing(
    server: FakeFacebook, connector: Connector
) -> None:
    server.comment(ANN, "hello")
    server.headers = {"X-App-Usage": '{"call_count":96}'}
    page = connector.fetch(MENTIONS, None, since=SINCE)
    assert (page.more, page.next_poll_s) == (False, 900)
    server.headers = {}
    server.tag("later")
    rest, _, _ = read_on(connector, MENTIONS, page.cursor, SINCE)
    assert [m.body for m in (*page.mentions, *rest)] == ["hello", "later"]


def test_the_thread_is_the_post_with_its_comments(
    server: FakeFacebook, connector: Connector
) -> None:
    first = server.comment(ANN, "late again")
    server.comment(PAGE, "sorry!", first)
    around = connector.thread(first)
    assert [m.body for m in around] == ["Fresh bread", "sorry!"]
    assert all(m.kind is Kind.CONTEXT for m in around)
    assert connector.thread("tag/1_2") == ()
    assert connector.thread("999_888") == ()


def test_what_was_edited_or_deleted_is_seen_at_the_next_look(
    server: FakeFacebook, connector: Connector
) -> None:
    comments = [server.comment(ANN, f"n {n}") for n in range(3)]
    visitor, tag = server.write_post(BOB, "hi"), server.tag("tagged")
    server.comments[comments[0]]["message"] = "n 0, edited"
    server.remove(f"https://www.facebook.com/{comments[1]}")
    again = connector.recheck([*comments, visitor, f"tag/{tag}", "tag/998877_1"])
    assert {m.body for m in again.mentions} == {"n 0, edited", "n 2", "hi", "tagged"}
    assert set(again.gone) == {comments[1], "tag/998877_1"}


def test_what_may_not_be_seen_is_not_taken_for_gone(
    server: FakeFacebook, connector: Connector
) -> None:
    comment = server.comment(ANN, "hidden from us")
    server.faults = [lambda method, path: problem(10, 0, "no permission")]
    again = connector.recheck([comment])
    assert (again.mentions, again.gone) == ((), ())


def test_all_that_is_still_there_costs_one_call(server: FakeFacebook, connector: Connector) -> None:
    comments = [server.comment(ANN, f"n {n}") for n in range(20)]
    server.calls.clear()
    assert len(connector.recheck(comments).mentions) == 20
    assert len(server.calls) == 1


def test_the_card_tells_the_page_and_its_followers(connector: Connector) -> None:
    card = connector.card()
    assert (card.own.remote_id, card.own.handle, card.own.n_followers) == (PAGE, "ovenandco", 1234)
    assert card.length.limit == 8_000
    assert not card.can & (Can.KEYWORD | Can.HASHTAG | Can.PROFILE)


def test_recorded_shapes_are_read() -> None:
    shapes = fixture("facebook", "shapes")
    comments = [read_comment(one, PAGE) for one in shapes["comments"]["data"]]
    assert [c.author.name for c in comments] == ["Mia Crumb", "Facebook user", "Oven & Co"]
    assert comments[0].attachments[0].url.startswith("https://scontent.example/")
    assert [c.is_own for c in comments] == [False, False, True]
    post = read_post(shapes["post"], PAGE)
    assert (post.body, post.remote_id) == ("Oven & Co updated their cover photo.", "1050001_77")
