"""What an entry of a feed says, which is which, and when it was."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import (
    RateLimitedError,
)
from socialdesk.domain.mentions.mention import CanReply, Kind
from socialdesk.networks.testing import START, Scripted
from tests.networks.fake_feed import (
    SINCE,
    WATCH,
    Site,
    connected,
    fetched,
    only,
    rss,
)

ALERT = "https://www.google.com/alerts/feeds/0123456789/9876543210"
MOVED = "https://new.example/feed"


# What an entry says


def test_an_rss_item_is_an_article_to_answer_in_the_browser():
    mention = only(rss(
        "<item><title>Caf&#233; &amp;amp; bar</title><link>/2026/a?utm_source=x</link>"
        "<guid isPermaLink='false'>17</guid><pubDate>Sat, 21 Nov 26 08:00:00 EST</pubDate>"
        "<description>&lt;p&gt;Nord is &lt;b&gt;good&lt;/b&gt;&lt;/p&gt;"
        "&lt;script&gt;x()&lt;/script&gt;</description>"
        "<enclosure url='/a.jpg' type='image/jpeg'/>"
        "<author>ann@blog.example (Ann)</author></item>",
        "<language>de</language>"))  # fmt: skip
    assert mention.title == "Café & bar"
    assert mention.body == "Nord is good"
    assert mention.url == "https://blog.example/2026/a?utm_source=x"
    assert mention.uri == mention.remote_id == "https://blog.example/feed.xml#17"
    assert mention.author.name == "Ann" and mention.author.handle == "blog.example"
    assert mention.published_at == datetime(2026, 11, 21, 13, tzinfo=UTC)
    assert (mention.kind, mention.can_reply, mention.reply_note) == (
        Kind.ARTICLE, CanReply.BROWSER, "feed")  # fmt: skip
    assert mention.lang == "de"
    assert [(a.url, a.kind) for a in mention.attachments] == [
        ("https://blog.example/a.jpg", "image")
    ]


def test_an_atom_entry_tells_when_it_was_changed():
    mention = only(
        b"<feed xmlns='http://www.w3.org/2005/Atom'><title>Blog</title><entry>"
        b"<id>tag:blog.example,2026:1</id><link href='/1'/><title>One</title>"
        b"<published>2026-11-20T10:00:00+02:00</published><updated>2026-11-20T09:30:00Z</updated>"
        b"<author><name>Bea</name></author><content type='xhtml'>"
        b"<div xmlns='http://www.w3.org/1999/xhtml'>Hello <b>you</b></div></content></entry></feed>"
    )
    assert mention.uri == "tag:blog.example,2026:1"
    assert mention.body == "Hello you" and mention.author.name == "Bea"
    assert mention.published_at == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert mention.edited_at == datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def test_a_json_feed_is_read_too():
    body = {"version": "https://jsonfeed.org/version/1", "title": "Blog", "items": [
        {"id": 7, "external_url": "https://x.example/a", "content_html": "<p>Hi</p>",
         "author": {"name": "Cleo"}, "date_published": "2026-11-20T10:00:00Z",
         "image": "https://x.example/i.png"}]}  # fmt: skip
    mention = only(json.dumps(body).encode(), content_type="application/json")
    assert (mention.body, mention.author.name, mention.url) == ("Hi", "Cleo", "https://x.example/a")
    assert mention.uri == "https://blog.example/feed.xml#7"


def test_what_was_escaped_twice_is_text_all_the_same():
    mention = only(rss("<item><guid>1</guid><description>&amp;lt;p&amp;gt;Hi&amp;lt;/p&amp;gt;"
                       "</description></item>"))  # fmt: skip
    assert mention.body == "Hi"


def test_an_endless_text_is_cut():
    item = "<item><guid>1</guid><description>" + "ж" * 100_000 + "</description></item>"
    assert len(only(rss(item)).body.encode()) <= 64 * 1024


def test_a_comment_feed_brings_comments():
    url = "https://blog.example/comments/feed/"
    assert only(rss("<item><guid>1</guid></item>"), url=url).kind is Kind.COMMENT


# Which entry is which


@pytest.mark.parametrize(("item", "uri"), [
    ("<guid>http://www.blog.example/a/?utm_source=rss</guid>", "https://blog.example/a"),
    ("<guid>https://blog.example/a#fragment</guid>", "https://blog.example/a"),
    ("<guid>https://blog.example/a#comment-7</guid>", "https://blog.example/a#comment-7"),
    ("<link>https://blog.example/a</link><guid>https://blog.example/?p=7</guid>",
     "https://blog.example/a"),
    ("<link>https://Blog.example/A/?fbclid=1</link>", "https://blog.example/A"),
    ("<link>https://blog.example/a</link><guid></guid>", "https://blog.example/a"),
    ("<guid>urn:uuid:1</guid><link>https://blog.example/a</link>", "urn:uuid:1"),
    ("<guid>https://blog.example/</guid><link>https://blog.example/a</link>",
     "https://blog.example/a"),
])  # fmt: skip
def test_an_entry_has_one_lasting_name(item, uri):
    assert only(rss(f"<item><title>t</title>{item}</item>")).uri == uri


def test_entries_that_share_a_guid_are_told_apart_by_their_links():
    items = "".join(f"<item><guid>same</guid><link>https://blog.example/{n}</link></item>"
                    for n in range(3))  # fmt: skip
    assert {m.uri for m in fetched(rss(items)).mentions} == {
        f"https://blog.example/{n}" for n in range(3)}  # fmt: skip


def test_entries_that_share_all_but_their_words_are_told_apart():
    items = "".join(f"<item><guid>https://blog.example</guid><link>https://blog.example/</link>"
                    f"<title>{n}</title></item>" for n in range(3))  # fmt: skip
    assert len({m.uri for m in fetched(rss(items)).mentions}) == 3


def test_a_google_alert_leads_to_the_page_and_hides_its_own_address():
    link = "https://www.google.com/url?rct=j&amp;sa=t&amp;url=https://news.example/a%3Fid%3D1&amp;ct=ga"
    body = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Google Alert - nord</title>"
        "<entry><id>tag:google.com,2013:googlealerts/feed:{n}</id>"
        "<title type='html'>&lt;b&gt;Nord&lt;/b&gt;&amp;#39;s shop</title><link href='{link}'/>"
        "<published>2026-11-21T08:00:00Z</published>"
        "<content type='html'>All about &lt;b&gt;Nord&lt;/b&gt;</content></entry></feed>"
    ).replace("{link}", link)
    page = fetched(body.replace("{n}", "1").encode(), url=ALERT)
    again = fetched(body.replace("{n}", "2").encode(), url=ALERT)
    (mention,) = page.mentions
    assert mention.uri == again.mentions[0].uri == "https://news.example/a?id=1"
    assert mention.url == "https://news.example/a?id=1"
    assert mention.title == "Nord's shop" and mention.body == "All about Nord"
    assert mention.author.handle == "news.example"
    assert page.next_poll_s == 1800
    assert "0123456789" not in repr(page)


def test_the_sorry_page_of_google_is_a_rate_limit():
    site = Site({ALERT: Scripted(302, b"", {"Location": "https://www.google.com/sorry/index"}),
                 "https://www.google.com/sorry/index": Scripted(200, b"<html>")})  # fmt: skip
    with pytest.raises(RateLimitedError):
        connected(site, ALERT).fetch(Watch(WatchKind.FEED), None, since=SINCE)


def test_brand_words_look_at_title_text_and_author():
    items = (
        "<item><guid>1</guid><title>Nord opens</title></item>"
        "<item><guid>2</guid><description>at nord</description></item>"
        "<item><guid>3</guid><author>Nord</author></item><item><guid>4</guid></item>"
    )
    watch = replace(WATCH, brand_words="nord")
    found = fetched(rss(items), watch=watch).mentions
    assert {m.uri[-1] for m in found} == {"1", "2", "3"}


# When


def test_without_a_date_an_entry_is_as_old_as_the_first_look():
    body = rss("<item><guid>1</guid><pubDate>soon</pubDate></item>")
    assert only(body).published_at == START
