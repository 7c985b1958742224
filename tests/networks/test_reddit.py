"""Reddit: inbox, search, threads, deletions; replies and their refusals."""

from datetime import timedelta

import pytest

from socialdesk.domain.account import Can, Watch, WatchKind
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.mentions.mention import CanReply, Kind, Visibility
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.reddit import NETWORK
from socialdesk.networks.reddit.replies import title_of
from socialdesk.networks.testing import Scripted, read_on
from tests.networks.fake_reddit import ANN, NAME, FakeReddit
from tests.networks.reddit_kit import MENTIONS, SINCE, connected


@pytest.fixture
def reddit():
    return FakeReddit()


@pytest.fixture
def connector(reddit):
    return connected(reddit)


def all_of(connector, watch=MENTIONS, cursor=None):
    return read_on(connector, watch, cursor, SINCE)


def test_mentions_answers_and_messages_arrive_once_each(reddit, connector):
    link = reddit.link("Kettles?")
    ours = reddit.comment(NAME, "The copper one.", link)
    mention = reddit.notify(reddit.comment(ANN, f"u/{NAME} <hi> & all", link))
    answer = reddit.notify(reddit.comment(ANN, "Why?", ours), "comment_reply")
    message = reddit.notify(reddit.message(ANN, "psst"), "unknown")
    found = {m.remote_id: m for m in all_of(connector)[0]}
    assert set(found) == {mention, answer, message}
    assert found[mention].kind is Kind.MENTION and found[answer].kind is Kind.REPLY
    assert found[mention].body == f"u/{NAME} <hi> & all"
    assert found[mention].uri == reddit.uri(mention)
    assert found[answer].parent_uri == reddit.uri(ours)
    assert found[answer].root_uri == reddit.uri(link)
    assert found[message].visibility is Visibility.DIRECT and found[message].title == "hello"
    assert found[mention].author.remote_id == f"https://www.reddit.com/user/{ANN}"


def test_a_long_inbox_is_walked_and_a_later_poll_is_short(reddit, connector):
    link = reddit.link("Kettles?")
    names = []
    for n in range(230):
        reddit.now += timedelta(minutes=1)
        names.append(reddit.notify(reddit.comment(ANN, f"number {n}", link), "post_reply"))
    mentions, _, cursor = all_of(connector)
    assert {m.remote_id for m in mentions} == set(names)
    later = reddit.notify(reddit.comment(ANN, "later", link), "post_reply")
    mentions, pages, _ = all_of(connector, cursor=cursor)
    assert later in {m.remote_id for m in mentions} and len(pages) == 2


def test_a_deleted_newest_post_does_not_silence_the_watch(reddit, connector):
    reddit.add_mention("soon gone")
    _, _, cursor = all_of(connector)
    gone = reddit.inbox.pop()
    del reddit.things[gone]
    later = reddit.add_mention("later")
    assert later in {m.uri for m in all_of(connector, cursor=cursor)[0]}


def test_a_search_finds_submissions_with_their_link(reddit, connector):
    self_post = reddit.link("teahouse is open", selftext="come in")
    linked = reddit.link("teahouse deal", is_self=False, url="https://shop.example/deal")
    reddit.link("teahouse jobs")
    watch = Watch(WatchKind.KEYWORD, "teahouse", brand_words="-jobs")
    found = {m.remote_id: m for m in all_of(connector, watch)[0]}
    assert set(found) == {self_post, linked}
    assert found[linked].attachments[0].url == "https://shop.example/deal"
    assert found[self_post].body == "come in" and not found[self_post].attachments


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("tea house", "%22tea+house%22"),
        ("site:shop.example", "site%3Ashop.example"),
        ("tea AND kettle", "tea+AND+kettle"),
    ],
)
def test_a_name_of_two_words_is_searched_as_one(reddit, connector, typed, asked):
    all_of(connector, Watch(WatchKind.KEYWORD, typed))
    assert f"q={asked}&" in reddit.asked[0].url


def test_communities_are_read_whole_and_matched_here(reddit, connector):
    link = reddit.link("Anything")
    kept = reddit.comment(ANN, "teahouse leaks", link)
    reddit.comment(ANN, "nothing", link)
    watch = Watch(WatchKind.KEYWORD, "r/tea+kettles", brand_words="teahouse")
    assert [m.remote_id for m in all_of(connector, watch)[0]] == [kept]
    assert "/r/tea+kettles/new" in reddit.asked[0].url


@pytest.mark.parametrize(
    "facts",
    [
        {"author": "[deleted]", "body": "[deleted]"},
        {"body": "[removed]"},
        {"removed_by_category": "moderator"},
    ],
)
def test_what_is_deleted_or_removed_is_gone(reddit, connector, facts):
    reddit.add_mention("hello")
    (mention,) = {m.uri: m for m in all_of(connector)[0]}.values()
    reddit.things[mention.remote_id].update(facts)
    assert all_of(connector)[0] == []
    assert connector.recheck([mention.remote_id]).gone == (mention.remote_id,)


def test_what_did_not_change_looks_the_same_again(reddit, connector):
    reddit.add_mention("one")
    message = reddit.notify(reddit.message(ANN, "psst"), "unknown")
    link = reddit.link("teahouse deal", is_self=False, url="https://shop.example/deal")
    seen = {m.remote_id: m for m in all_of(connector)[0]}
    seen |= {m.remote_id: m for m in all_of(connector, Watch(WatchKind.KEYWORD, "teahouse"))[0]}
    again = {m.remote_id: m for m in connector.recheck(seen).mentions}
    assert set(again) == set(seen) >= {message, link}
    for name, mention in seen.items():
        assert (mention.title, mention.body, mention.url, mention.uri) == (
            again[name].title, again[name].body, again[name].url, again[name].uri
        )  # fmt: skip


def test_an_edit_is_seen_and_a_message_of_long_ago_is_gone(reddit, connector):
    reddit.add_mention("one")
    mention = all_of(connector)[0][0]
    reddit.things[mention.remote_id].update(body="changed", edited=reddit.now.timestamp())
    again = connector.recheck([mention.remote_id, "t4_abc"])
    assert again.mentions[0].body == "changed" and again.mentions[0].edited_at == reddit.now
    assert again.gone == ("t4_abc",)


@pytest.mark.parametrize("folds", [False, True])
def test_a_thread_has_all_around_folded_ones_too(reddit, connector, folds):
    reddit.folds = folds
    link = reddit.link("Kettles?")
    top = reddit.comment("bob", "top", link)
    own = reddit.comment(ANN, "own", top)
    below = reddit.comment("cem", "below", own)
    reddit.comment("dee", "elsewhere", link)
    shown = [m.remote_id for m in connector.thread(own)]
    assert shown == ([link, top] if folds else [link, top, below])
    assert len(connector.thread(link)) == (3 if folds else 4)
    assert connector.thread("t1_zzz") == connector.thread("t3_zzz") == ()


def test_a_message_shows_its_thread(reddit, connector):
    first = reddit.message(ANN, "psst")
    second = reddit.message(NAME, "yes?", first)
    assert [m.remote_id for m in connector.thread(first)] == [second]


def test_a_message_of_moderators_has_the_subreddit_as_author(reddit, connector):
    message = reddit.notify(reddit.message(None, "welcome"), "unknown")
    reddit.things[message]["subreddit"] = "tea"
    (mention,) = all_of(connector)[0]
    assert mention.author.handle == "r/tea"


def test_a_locked_submission_can_be_read_only(reddit, connector):
    reddit.link("teahouse closed", locked=True)
    (mention,) = all_of(connector, Watch(WatchKind.KEYWORD, "teahouse"))[0]
    assert (mention.can_reply, mention.reply_note) == (CanReply.NO, "archived")


def test_people_have_followers_and_a_suspended_one_a_name(reddit, connector):
    assert connector.profile(f"https://www.reddit.com/user/{ANN}").n_followers == 12
    with pytest.raises(RefusedError) as caught:
        connector.profile("https://www.reddit.com/user/gone")
    assert caught.value.reason is Refusal.GONE
    reddit.always(200, b'{"kind": "t2", "data": {"name": "bad_one", "is_suspended": true}}')
    assert connector.profile("https://www.reddit.com/user/bad_one").n_followers is None


def test_few_calls_left_make_a_pause_until_the_window_ends(reddit, connector):
    reddit.add_mention("hello")
    reddit.left, reddit.reset = 4.0, 120
    page = connector.fetch(MENTIONS, None, since=SINCE)
    assert (page.more, page.next_poll_s) == (False, 120) and page.mentions


def test_the_words_of_strangers_are_confirmed_within_two_days():
    assert NETWORK.info.keep.hours == 48 and Can.RECHECK in NETWORK.info.can


# Replies


def a_reply(reddit, parent, text="We send you a new lid."):
    return Outgoing(parent, reddit.uri(parent), text, "k", made_at=reddit.now)


@pytest.mark.parametrize("to", ["t1", "t3", "t4"])
def test_a_reply_is_made_and_found(reddit, connector, to):
    link = reddit.link("Kettles?")
    parent = {"t3": link, "t1": reddit.comment(ANN, "mine leaks", link),
              "t4": reddit.message(ANN, "psst")}[to]  # fmt: skip
    outgoing = a_reply(reddit, parent)
    posted = connector.reply(outgoing)
    assert posted.uri == reddit.uri(posted.remote_id) and connector.find_reply(outgoing) == posted
    other = a_reply(reddit, reddit.comment(ANN, "and mine", link))
    assert connector.find_reply(other) is None


def test_a_reply_is_changed_and_deleted_twice(reddit, connector):
    posted = connector.reply(a_reply(reddit, reddit.link("Kettles?")))
    assert connector.edit(posted.remote_id, "Changed.").remote_id == posted.remote_id
    assert reddit.n_posted("Changed.") == 1
    connector.delete(posted.remote_id)
    connector.delete(posted.remote_id)
    assert reddit.n_posted("Changed.") == 0
    with pytest.raises(RefusedError):
        connector.delete("t4_abc")
    with pytest.raises(RefusedError):
        connector.edit("nonsense", "x")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("THREAD_LOCKED", Refusal.PERMISSION),
        ("TOO_OLD", Refusal.PERMISSION),
        ("SUBREDDIT_NOTALLOWED", Refusal.PERMISSION),
        ("USER_BLOCKED", Refusal.PERMISSION),
        ("BANNED_FROM_SUBREDDIT", Refusal.PERMISSION),
        ("DELETED_COMMENT", Refusal.GONE),
        ("TOO_LONG", Refusal.TEXT),
        ("NO_TEXT", Refusal.TEXT),
        ("SOMETHING_NEW", Refusal.OTHER),
    ],
)
def test_each_code_inside_a_200_is_the_reason_it_should_be(reddit, connector, code, reason):
    parent = reddit.link("Kettles?")
    reddit.fails = [code, "a sentence", "parent"]
    with pytest.raises(RefusedError) as caught:
        connector.reply(a_reply(reddit, parent))
    assert (caught.value.reason, caught.value.detail) == (reason, code)


@pytest.mark.parametrize(
    ("message", "exact", "wait_s"),
    [
        ("you are doing that too much. try again in 9 minutes.", None, 600),
        ("Take a break for 45 seconds before trying again.", None, 45),
        ("Take a break for 1 minute before trying again.", None, 120),
        ("Take a break for 300 milliseconds.", None, 5),
        ("try again in 9 minutes.", 512.5, 512.5),
        ("slow down", None, 60),
    ],
)
def test_too_much_is_a_wait_as_long_as_the_sentence_says(reddit, connector, message, exact, wait_s):
    parent = reddit.link("Kettles?")
    reddit.fails, reddit.ratelimit = ["RATELIMIT", message, "ratelimit"], exact
    with pytest.raises(RateLimitedError) as caught:
        connector.reply(a_reply(reddit, parent))
    assert caught.value.retry_after_s == wait_s


def test_user_required_asks_to_sign_in(reddit, connector):
    parent = reddit.link("Kettles?")
    reddit.fails = ["USER_REQUIRED", "Please log in to do that.", None]
    with pytest.raises(AuthExpiredError):
        connector.reply(a_reply(reddit, parent))


@pytest.mark.parametrize(
    "body", [b"[]", b'{"json": {"errors": [], "data": {"things": []}}}', b'{"json": 7}', b"{}"]
)
def test_an_answer_without_a_post_is_doubtful(reddit, connector, body):
    parent = reddit.link("Kettles?")
    reddit.always_to_writes(200, body)
    with pytest.raises(UnreachableError) as caught:
        connector.reply(a_reply(reddit, parent))
    assert caught.value.maybe_done


def test_a_field_error_about_the_text_is_a_refused_text(reddit, connector):
    parent = reddit.link("Kettles?")
    words = b'{"fields": ["body"], "explanation": "You may not have ...", "message": "Bad Request"}'
    reddit.always_to_writes(400, words)
    with pytest.raises(RefusedError) as caught:
        connector.reply(a_reply(reddit, parent))
    assert caught.value.reason is Refusal.TEXT


def test_whether_others_see_a_reply_is_told_where_it_can_be(reddit, connector):
    posted = connector.reply(a_reply(reddit, reddit.link("Kettles?")))
    assert connector.is_public(posted.remote_id) is None
    reddit.things[posted.remote_id]["score"] = 3
    assert connector.is_public(posted.remote_id) is True
    reddit.things[posted.remote_id]["removed_by_category"] = "automod_filtered"
    assert connector.is_public(posted.remote_id) is False
    assert connector.is_public("t4_abc") is True


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Recall of kettles\nMore below.", "Recall of kettles"),
        ("word " * 100, "word " * 58 + "word…"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)
def test_a_title_is_the_first_line_cut_at_a_word(text, title):
    assert title_of(text) == title and len(title) <= 300


# Trouble


def test_the_wait_of_a_429_is_the_windows_rest(reddit, connector):
    reddit.always(429, b"<html>", x_ratelimit_reset="293")
    with pytest.raises(RateLimitedError) as caught:
        connector.fetch(MENTIONS, None, since=SINCE)
    assert caught.value.retry_after_s == 293


@pytest.mark.parametrize("reason", ["private", "banned", "quarantined"])
def test_a_closed_community_is_no_permission(reddit, connector, reason):
    reddit.always(403, b'{"reason": "%s", "message": "Forbidden"}' % reason.encode())
    with pytest.raises(RefusedError) as caught:
        connector.fetch(Watch(WatchKind.KEYWORD, "r/tea"), None, since=SINCE)
    assert caught.value.reason is Refusal.PERMISSION


def test_a_cdn_without_servers_is_unreachable(reddit, connector, monkeypatch):
    page = b"<html>Our CDN was unable to reach our servers</html>"
    monkeypatch.setattr(reddit, "handle", lambda _: Scripted(503, page))
    with pytest.raises(UnreachableError):
        connector.fetch(MENTIONS, None, since=SINCE)


@pytest.mark.parametrize("body", [b"[]", b'{"data": 7}', b'{"data": {"children": 7}}',
                                  b'{"data": {"children": [], "after": 7}}'])  # fmt: skip
def test_a_list_of_something_else_is_a_bad_answer(reddit, connector, body):
    reddit.always(200, body)
    with pytest.raises(BadAnswerError):
        connector.fetch(MENTIONS, None, since=SINCE)
