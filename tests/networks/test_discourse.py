"""What the brand is told of on a forum: notifications, searches, threads, people."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.mentions.mention import CanReply, Kind, Visibility
from socialdesk.networks.discourse.posts import Place, Topic, read_author, read_post, read_topic
from socialdesk.networks.testing import read_on
from tests.networks.discourse_kit import MENTIONS, SINCE, connected
from tests.networks.fake_discourse import ANN, BASE, BRAND, FakeDiscourse

FIXTURES = Path(__file__).parents[1] / "fixtures/discourse"


@pytest.fixture
def forum():
    return FakeDiscourse()


@pytest.fixture
def connector(forum):
    return connected(forum)


def all_of(connector, watch=MENTIONS, cursor=None):
    return read_on(connector, watch, cursor, SINCE)


def paths(forum):
    return [str(one.path_url).partition("?")[0] for one in forum.asked]


def test_a_mention_arrives_with_its_words_topic_and_place(forum, connector):
    topic = forum.topic("Which kettle?")
    post = forum.write(ANN, f"@{BRAND} the lid <broke> & leaks", topic)
    forum.notify("mentioned", post)
    (mention,), _, _ = all_of(connector)
    assert mention.body == f"@{BRAND} the lid <broke> & leaks"
    assert mention.uri == f"{BASE}/p/{post}" and mention.remote_id == f"{topic}/{post}"
    assert mention.url == f"{BASE}/t/which-kettle/{topic}/2"
    assert mention.title == "Which kettle?" and mention.kind is Kind.MENTION
    assert mention.author.handle == ANN and mention.author.remote_id == f"{BASE}/u/ann.leaf"
    assert mention.author.avatar_url == f"{BASE}/user_avatar/x/96/1.png"
    assert mention.root_uri == mention.parent_uri == f"{BASE}/p/{topic + 1}"
    assert mention.can_reply is CanReply.API


def test_likes_and_badges_are_no_mentions_and_cost_no_call(forum, connector):
    post = forum.write(ANN, "nice", forum.topic())
    forum.notify("liked", post)
    forum.notes.append({"id": 9999, "notification_type": 12, "topic_id": None,
                        "post_number": None, "created_at": forum.posts[post]["created_at"],
                        "data": {"badge_name": "First Like"}})  # fmt: skip
    mentions, pages, _ = all_of(connector)
    assert not mentions and not any(page.rejects for page in pages)
    assert set(paths(forum)) == {"/notifications.json"}


def test_several_replies_told_as_one_arrive_all(forum, connector):
    """The forum names only the first unread post of a topic."""
    topic = forum.topic()
    ours = forum.write(BRAND, "We make kettles.", topic)
    number = forum.posts[ours]["post_number"]
    first = forum.write(ANN, "first answer to you", topic, number)
    forum.write("cem", "not to you at all", topic)
    more = [forum.write(ANN, f"answer {n}", topic, number) for n in range(30)]
    forum.notify("replied", first)
    mentions, _, _ = all_of(connector)
    assert [m.uri for m in mentions] == [forum.uri(one) for one in [first, *more]]
    assert {m.kind for m in mentions} == {Kind.REPLY}
    assert mentions[0].parent_uri == forum.uri(ours)


def test_a_reply_that_swallowed_the_news_of_a_watched_topic_brings_all(forum, connector):
    """One notification is left of "posted" and "replied", with the first unread post's number."""
    topic = forum.topic()
    ours = forum.posts[forum.write(BRAND, "We make kettles.", topic)]["post_number"]
    unread = forum.write(ANN, "to nobody", topic)
    reply = forum.write("cem", "to you", topic, ours)
    last = forum.write(ANN, "to nobody again", topic)
    forum.notify("replied", unread)
    found = [m.uri for m in all_of(connector)[0]]
    assert found == [forum.uri(one) for one in (unread, reply, last)]


def test_a_private_message_is_marked_and_whole(forum, connector):
    topic = forum.topic("A question", archetype="private_message")
    first = forum.write(ANN, "may I ask?", topic)
    second = forum.write(ANN, "it leaks", topic)
    forum.notify("private_message", first)
    mentions, _, _ = all_of(connector)
    assert [m.uri for m in mentions] == [forum.uri(first), forum.uri(second)]
    assert {m.visibility for m in mentions} == {Visibility.DIRECT}


def test_a_topic_closed_to_us_can_be_read_only(forum, connector):
    topic = forum.topic(closed=True, details={"can_create_post": False})
    forum.notify("mentioned", forum.write(ANN, "too late", topic))
    (mention,), _, _ = all_of(connector)
    assert (mention.can_reply, mention.reply_note) == (CanReply.NO, "archived")


def test_one_fetch_asks_for_few_topics_and_the_next_for_the_rest(forum, connector):
    for n in range(10):
        forum.notify("mentioned", forum.write(ANN, f"number {n}", forum.topic()))
    mentions, pages, _ = all_of(connector)
    assert len({m.uri for m in mentions}) == 10 and len(pages) == 3
    assert max(len(page.mentions) for page in pages) == 4


def test_a_quiet_poll_is_one_call(forum, connector):
    forum.add_mention("hello")
    _, _, cursor = all_of(connector)
    forum.asked.clear()
    mentions, _, cursor = all_of(connector, cursor=cursor)
    assert not mentions and paths(forum) == ["/notifications.json"]


def test_a_long_list_is_walked_over_its_pages(forum, connector):
    topic = forum.topic()
    for n in range(130):
        forum.notify("mentioned", forum.write(ANN, f"number {n}", topic))
    mentions, pages, _ = all_of(connector)
    assert len({m.uri for m in mentions}) == 130
    assert all(len(page.mentions) <= 200 for page in pages)


def test_far_posts_of_one_topic_are_found_without_their_ids(forum, connector):
    """Some plugins' notifications tell only a post's number."""
    topic = forum.topic()
    for n in range(50):
        forum.notify("mentioned", forum.write(ANN, f"number {n}", topic))
    for note in forum.notes:
        note["data"] = {}
    assert len({m.uri for m in all_of(connector)[0]}) == 50


def test_only_what_is_newer_than_since_is_walked_back_to(forum, connector):
    old = forum.add_mention("old")
    forum.now += timedelta(days=9)
    new = forum.add_mention("new")
    mentions, _, _ = read_on(connector, MENTIONS, None, forum.now - timedelta(days=1))
    assert {m.uri for m in mentions} == {new} and old != new


def test_a_deleted_topic_costs_nothing_else(forum, connector):
    gone = forum.topic()
    forum.notify("mentioned", forum.write(ANN, "gone", gone))
    stays = forum.uri(forum.notify("mentioned", forum.write(ANN, "stays", forum.topic())))
    del forum.topics[gone]
    mentions, _, _ = all_of(connector)
    assert [m.uri for m in mentions] == [stays]


def test_deleted_posts_and_small_actions_are_no_mentions(forum, connector):
    topic = forum.topic()
    forum.notify("posted", forum.write(ANN, "(deleted)", topic, user_deleted=True))
    forum.write("staff", "closed this", topic, post_type=3)
    assert all_of(connector)[0] == []


@pytest.mark.parametrize("has_words", [True, False])
def test_a_search_finds_posts_and_fetches_their_words_where_needed(forum, connector, has_words):
    forum.hits_have_words = has_words
    post = forum.write(ANN, "teahouse kettles leak", forum.topic())
    watch = Watch(WatchKind.KEYWORD, "teahouse", brand_words="kettles\n-jobs")
    (mention,), _, _ = all_of(connector, watch)
    assert mention.uri == forum.uri(post) and mention.title == "Which kettle?"
    assert ("/posts.json" in "".join(paths(forum))) is not has_words


def test_a_tag_is_searched_for_by_name(forum, connector):
    forum.write(ANN, "anything", forum.topic())
    all_of(connector, Watch(WatchKind.HASHTAG, "#teahouse"))
    assert "tags%3Ateahouse" in str(forum.asked[0].path_url)


def test_a_search_that_the_forum_cannot_do_says_why(forum, connector):
    with pytest.raises(RefusedError, match=r"Too short\."):
        all_of(connector, Watch(WatchKind.KEYWORD, "ab"))


def test_a_thread_has_the_first_post_and_those_around(forum, connector):
    topic = forum.topic()
    posts = [forum.write(ANN, f"number {n}", topic) for n in range(80)]
    shown = connector.thread(f"{topic}/{posts[60]}")
    numbers = [int(m.url.rpartition("/")[2]) for m in shown]
    assert numbers[0] == 1 and numbers == sorted(numbers)
    assert forum.uri(posts[60]) not in {m.uri for m in shown}
    assert {forum.uri(posts[40]), forum.uri(posts[79])} <= {m.uri for m in shown}
    assert {m.kind for m in shown} == {Kind.CONTEXT}


def test_an_edit_a_move_and_a_deletion_are_seen_again(forum, connector):
    for text in ("edited", "moved", "deleted"):
        forum.add_mention(text)
    edited, moved, deleted = all_of(connector)[0]
    forum.posts[int(edited.uri.rpartition("/")[2])].update(version=2, cooked="<p>changed</p>")
    forum.posts[int(moved.uri.rpartition("/")[2])]["topic_id"] = forum.topic()
    forum.remove(deleted.uri)
    again = connector.recheck([m.remote_id for m in (edited, moved, deleted)])
    assert again.gone == (deleted.remote_id,)
    found = {m.uri: m for m in again.mentions}
    assert found[edited.uri].body == "changed" and found[edited.uri].edited_at is not None
    assert found[moved.uri].remote_id != moved.remote_id


def test_a_post_that_did_not_change_looks_the_same_again(forum, connector):
    """Another title or visibility would count as an edit."""
    topic = forum.topic("A question", archetype="private_message")
    posts = [forum.write(ANN, f"number {n}", topic) for n in range(30)]
    forum.notify("private_message", posts[0])
    mentions, _, _ = all_of(connector)
    again = connector.recheck([m.remote_id for m in mentions[-3:]]).mentions
    shown = [(m.title, m.body, m.url, m.visibility, m.root_uri) for m in mentions[-3:]]
    assert [(m.title, m.body, m.url, m.visibility, m.root_uri) for m in again] == shown


def test_a_person_with_a_dot_in_the_name_is_found(forum, connector):
    person = connector.profile(f"{BASE}/u/{ANN}")
    assert (person.handle, person.name, person.n_followers) == (ANN, "Ann Leaf", 12)
    with pytest.raises(RefusedError) as caught:
        connector.profile("https://other.example/u/ann")
    assert caught.value.reason is Refusal.GONE


def test_the_forums_own_length_is_on_the_card(forum, connector):
    forum.limits["max_post_length"] = 9000
    card = connector.card()
    assert card.length.limit == 9000 and card.server == "forum.tea.example"
    assert card.own.remote_id == f"{BASE}/u/{BRAND}"


def test_a_feed_is_not_watched_here(connector):
    with pytest.raises(RefusedError):
        connector.fetch(Watch(WatchKind.FEED, "x"), None, since=SINCE)


@pytest.mark.parametrize("cursor", ["", "{", "[]", '{"at": "x"}', '{"seen": "soon"}', "7"])
def test_a_damaged_cursor_starts_anew(forum, connector, cursor):
    uri = forum.add_mention("hello")
    assert [m.uri for m in all_of(connector, cursor=cursor)[0]] == [uri]


@pytest.mark.parametrize("body", [b"[]", b"{}", b'{"notifications": 7}'])
def test_a_list_of_something_else_is_a_bad_answer(forum, connector, body):
    forum.always(200, body)
    with pytest.raises(BadAnswerError):
        connector.fetch(MENTIONS, None, since=SINCE)


def test_bodies_shaped_like_the_published_ones_can_be_read():
    told = json.loads((FIXTURES / "topic.json").read_text("utf-8"))
    place = Place(BASE, BRAND)
    topic = read_topic(told)
    stream = told["post_stream"]["posts"]
    posts = [m for post in stream if (m := read_post(post, place, topic, Kind.POST))]
    assert [m.author.handle for m in posts] == ["mia_k", BRAND]
    assert posts[1].is_own and posts[1].parent_uri == posts[0].uri
    assert posts[0].body.startswith("The spout drips.\n\nIs that normal?")
    user = json.loads((FIXTURES / "user.json").read_text("utf-8"))["user"]
    assert read_author(user, place).name == "Mia K."
    assert Topic().title == ""
