"""Hacker News: searches, threads, deletions, people."""

from datetime import timedelta

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, RateLimitedError, Refusal, RefusedError
from socialdesk.domain.mentions.mention import CanReply, Kind
from socialdesk.networks.hackernews import NETWORK
from socialdesk.networks.hackernews.network import typed_site
from socialdesk.networks.testing import START, read_on, session_with
from tests.networks.fake_hackernews import SITE, FakeHackerNews

MENTIONS = Watch(WatchKind.MENTIONS)
SINCE = START - timedelta(days=7)


@pytest.fixture
def news():
    return FakeHackerNews()


@pytest.fixture
def connector(news):
    return NETWORK.connect(session_with(news), {"site": SITE}, None, lambda _: None)


def all_of(connector, watch=MENTIONS, cursor=None):
    return read_on(connector, watch, cursor, SINCE)


def test_a_story_that_links_to_the_site_arrives_with_its_link(news, connector):
    story = news.story("A kettle &amp; its lid", url=f"https://www.{SITE}/kettle")
    (mention,), _, _ = all_of(connector)
    assert mention.uri == news.uri(story) and mention.remote_id == str(story)
    assert mention.attachments[0].url == f"https://www.{SITE}/kettle"
    assert (mention.can_reply, mention.reply_note) == (CanReply.BROWSER, "no_api")
    assert mention.kind is Kind.POST and mention.root_uri == ""


def test_a_comment_is_plain_text_and_knows_its_story(news, connector):
    story = news.story("Ask HN: tea?")
    text = f'I&#x27;d say &gt; no<p>see <a href="https:&#x2F;&#x2F;{SITE}&#x2F;a">here</a>'
    comment = news.comment(story, text)
    (mention,), _, _ = all_of(connector, Watch(WatchKind.KEYWORD, SITE))
    assert mention.body == f"I'd say > no\n\nsee here (https://{SITE}/a)"
    assert mention.root_uri == mention.parent_uri == news.uri(story)
    assert mention.uri == news.uri(comment) and mention.title == ""
    assert mention.author.remote_id == "https://news.ycombinator.com/user?id=ann_t"


def test_the_search_takes_beginnings_of_words_and_we_do_not(news, connector):
    story = news.story("Ask HN: tea?")
    news.comment(story, "teapotty is a word")
    whole = news.comment(story, "TeaPot is a brand")
    mentions, _, _ = all_of(connector, Watch(WatchKind.KEYWORD, "teapot"))
    assert [m.uri for m in mentions] == [news.uri(whole)]
    assert "query=%22teapot%22" in news.asked[0].url


def test_the_searchs_own_signs_are_left_to_it(news, connector):
    all_of(connector, Watch(WatchKind.KEYWORD, '"tea pot" -jobs'))
    assert "query=%22tea+pot%22+-jobs" in news.asked[0].url


def test_brand_words_keep_and_leave_out(news, connector):
    story = news.story("Ask HN: tea?")
    news.comment(story, "teapot jobs")
    kept = news.comment(story, "teapot leaks")
    watch = Watch(WatchKind.KEYWORD, "teapot", brand_words="-jobs")
    assert [m.uri for m in all_of(connector, watch)[0]] == [news.uri(kept)]


def test_more_hits_than_a_query_reaches_are_all_found(news, connector):
    story = news.story("Ask HN: tea?")
    uris = {news.uri(news.comment(story, f"teapot {n}")) for n in range(1203)}
    mentions, pages, _ = all_of(connector, Watch(WatchKind.KEYWORD, "teapot"))
    assert {m.uri for m in mentions} == uris
    assert max(len(page.mentions) for page in pages) <= 100


def test_a_hit_indexed_an_hour_late_is_found(news, connector):
    late = news.add_mention("late")
    hidden = news.items.pop(int(late.rpartition("=")[2]))
    news.now += timedelta(minutes=45)
    news.add_mention("in time")
    _, _, cursor = all_of(connector)
    news.items[hidden["id"]] = hidden
    mentions, pages, _ = all_of(connector, cursor=cursor)
    assert late in {m.uri for m in mentions} and len(pages) == 1


def test_a_thread_shows_what_is_above_and_below(news, connector):
    story = news.story("Ask HN: tea?")
    above = news.comment(story, "a question")
    beside = news.comment(story, "another")
    own = news.comment(above, "teapot")
    below = news.comment(news.comment(own, "an answer", author=None), "further down")
    shown = [m.uri for m in connector.thread(str(own))]
    assert shown == [news.uri(one) for one in (story, above, below)]
    assert news.uri(beside) not in shown
    assert connector.thread("1") == ()


def test_a_story_too_long_to_read_shows_what_is_below(news, connector, monkeypatch):
    story = news.story("Ask HN: tea?")
    own = news.comment(story, "teapot")
    below = news.comment(own, "an answer")
    whole = connector._item

    def too_long(item_id):
        if item_id == str(story):
            raise RefusedError(Refusal.UNSAFE, "more than we read")
        return whole(item_id)

    monkeypatch.setattr(connector, "_item", too_long)
    assert [m.uri for m in connector.thread(str(own))] == [news.uri(below)]


def test_edits_deletions_and_flags_are_seen_again(news, connector):
    story = news.story("Ask HN: tea?")
    ids = [news.comment(story, f"teapot {n}") for n in range(4)]
    news.items[ids[0]]["text"] = "teapot changed"
    news.taken.update({ids[1]: "deleted", ids[2]: "dead"})
    del news.items[ids[3]]
    again = connector.recheck(map(str, ids))
    assert [m.body for m in again.mentions] == ["teapot changed"]
    assert again.gone == tuple(map(str, ids[1:]))


def test_what_did_not_change_looks_the_same_again(news, connector):
    story = news.story("A kettle", url=f"https://{SITE}/kettle")
    news.comment(story, f"https:&#x2F;&#x2F;{SITE} is <i>fine</i>")
    mentions, _, _ = all_of(connector)
    again = connector.recheck([m.remote_id for m in mentions]).mentions
    shown = [(m.title, m.body, m.attachments, m.published_at) for m in mentions]
    assert len(shown) == 2
    assert [(m.title, m.body, m.attachments, m.published_at) for m in again] == shown


def test_people_have_a_page_and_no_followers(news, connector):
    news.add_mention("hello")
    person = connector.profile("https://news.ycombinator.com/user?id=ann_t")
    assert (person.handle, person.n_followers) == ("ann_t", None)
    with pytest.raises(RefusedError) as caught:
        connector.profile("https://news.ycombinator.com/user?id=nobody")
    assert caught.value.reason is Refusal.GONE


def test_nothing_can_be_sent_from_here(connector):
    assert connector.card().own.handle == SITE
    for call in (lambda: connector.edit("1", "x"), lambda: connector.delete("1")):
        with pytest.raises(RefusedError):
            call()


def test_a_429_without_a_word_waits_five_minutes(news, connector):
    news.always(429, b"<html>")
    with pytest.raises(RateLimitedError) as caught:
        connector.fetch(MENTIONS, None, since=SINCE)
    assert caught.value.retry_after_s == 300


def test_a_filter_it_does_not_take_is_a_refusal(news, connector):
    news.always(400, b'{"message":"invalid numeric attribute","status":400}')
    with pytest.raises(RefusedError):
        connector.fetch(MENTIONS, None, since=SINCE)
    with pytest.raises(RefusedError):
        connector.fetch(Watch(WatchKind.HASHTAG, "x"), None, since=SINCE)


@pytest.mark.parametrize("body", [b"[]", b'{"hits": 7}', b"{}"])
def test_a_search_of_something_else_is_a_bad_answer(news, connector, body):
    news.always(200, body)
    with pytest.raises(BadAnswerError):
        connector.fetch(MENTIONS, None, since=SINCE)


def test_adding_it_takes_a_website(news):
    signed = NETWORK.sign_in(session_with(news), {"site": " https://www.shop.example/tea "})
    assert signed.settings == {"site": "shop.example"} and signed.secret is None


@pytest.mark.parametrize("typed", ["", "shop", "https://[", "a b"])
def test_what_is_no_website_is_refused(typed):
    with pytest.raises(RefusedError):
        typed_site(typed)


def test_nobody_signs_in(news):
    with pytest.raises(RefusedError):
        NETWORK.begin_oauth(session_with(news), {}, "")
