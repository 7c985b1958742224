"""Feeds: what is kept, under which name, and when it is asked for again."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from socialdesk.domain.account import Can, Watch, WatchKind
from socialdesk.domain.errors import (
    BadAnswerError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.mention import CanReply, Kind
from socialdesk.networks.feeds import NETWORK
from socialdesk.networks.testing import START, Scripted, everything, read_on, session_with
from tests.networks.fake_feed import URL, FakeFeed, FakeJsonFeed

WATCH = Watch(WatchKind.FEED, URL)
ALERT = "https://www.google.com/alerts/feeds/0123456789/9876543210"
MOVED = "https://new.example/feed"
SINCE = START - timedelta(days=7)


class Site(FakeFeed):
    """A site with several pages: path → answer."""

    def __init__(self, pages):
        super().__init__()
        self.pages = pages

    def handle(self, request):
        answer = self.pages.get(request.url)
        return answer or Scripted(404, b"gone")


def rss(items, head=""):
    return f"<rss version='2.0'><channel><title>Blog</title>{head}{items}</channel></rss>".encode()


def fetched(body, *, url=URL, watch=None, content_type="text/xml", **headers):
    """The page that a document makes."""
    site = Site({url: Scripted(200, body, {"Content-Type": content_type, **headers})})
    watch = watch or Watch(WatchKind.FEED, url)
    return connected(site, url).fetch(watch, None, since=SINCE)


def connected(server, url=URL):
    return NETWORK.connect(session_with(server), {"url": url}, None, lambda secret: None)


def only(body, **named):
    (mention,) = fetched(body, **named).mentions
    return mention


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


# Asking again


def test_only_news_are_asked_for():
    server = FakeFeed()
    server.headers = {"ETag": 'W/"a b"', "Last-Modified": "sat, 21 nov 2026 09:00:00 GMT"}
    server.add_mention("one")
    connector = connected(server)
    first = connector.fetch(WATCH, None, since=SINCE)
    again = connector.fetch(WATCH, first.cursor, since=SINCE)
    asked = server.asked[-1].headers
    assert asked["If-None-Match"] == 'W/"a b"'
    assert asked["If-Modified-Since"] == "sat, 21 nov 2026 09:00:00 GMT"
    assert (again.mentions, again.cursor) == ((), first.cursor)


def test_a_document_that_is_the_same_is_not_parsed_again(monkeypatch):
    server = FakeFeed()
    server.add_mention("one")
    connector = connected(server)
    cursor = connector.fetch(WATCH, None, since=SINCE).cursor
    monkeypatch.setattr("socialdesk.networks.feeds.connector.read_document", None)
    assert connector.fetch(WATCH, cursor, since=SINCE).mentions == ()


def test_validators_of_another_address_are_not_asked_with():
    server = FakeFeed()
    server.headers = {"ETag": '"a"'}
    connector = connected(server)
    cursor = connector.fetch(WATCH, None, since=SINCE).cursor
    connector.fetch(replace(WATCH, query="https://blog.example/new.xml"), cursor, since=SINCE)
    assert "If-None-Match" not in server.asked[-1].headers


@pytest.mark.parametrize(("status", "moved_to"), [
    (301, MOVED), (308, MOVED), (302, ""), (307, "")])  # fmt: skip
def test_only_a_permanent_move_changes_the_address(status, moved_to):
    there = Scripted(200, rss("<item><guid>1</guid></item>"), {"ETag": '"a"'})
    site = Site({URL: Scripted(status, b"", {"Location": MOVED}), MOVED: there})
    page = connected(site).fetch(WATCH, None, since=SINCE)
    assert page.moved_to == moved_to and len(page.mentions) == 1
    assert "etag" not in json.loads(page.cursor)


@pytest.mark.parametrize(("head", "headers", "wish_s"), [
    ("<ttl>60</ttl>", {}, 3600),
    ("<ttl>1</ttl>", {}, 0),
    ("<ttl>soon</ttl>", {"Cache-Control": "public, max-age=7200"}, 7200),
    ("<ttl>99999999</ttl>", {}, 86_400),
    ("<sy:updatePeriod xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>hourly"
     "</sy:updatePeriod><sy:updateFrequency xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>"
     "2</sy:updateFrequency>", {}, 1800),
])  # fmt: skip
def test_the_pause_a_feed_asks_for_is_passed_on(head, headers, wish_s):
    assert fetched(rss("", head), **headers).next_poll_s == wish_s


def test_a_long_document_comes_in_pages_and_whole():
    server = FakeFeed()
    uris = {server.add_mention(f"n{n}") for n in range(450)}
    mentions, pages, cursor = read_on(connected(server), WATCH, None, SINCE)
    assert [len(page.mentions) for page in pages] == [200, 200, 50]
    assert {m.uri for m in mentions} == uris
    assert not read_on(connected(server), WATCH, cursor, SINCE)[0]


def test_news_between_two_pages_are_not_lost():
    server = FakeFeed()
    for n in range(250):
        server.add_mention(f"n{n}")
    first = connected(server).fetch(WATCH, None, since=SINCE)
    late = server.add_mention("late")
    mentions, _, _ = read_on(connected(server), WATCH, first.cursor, SINCE)
    assert late in {m.uri for m in mentions} and len(mentions) == 51


def test_a_long_document_without_dates_ends():
    items = "".join(f"<item><guid>{n}</guid></item>" for n in range(450))
    site = Site({URL: Scripted(200, rss(items))})

    connector, mentions, cursor = connected(site), [], None
    for _ in range(3):
        site.now += timedelta(minutes=1)
        page = connector.fetch(WATCH, cursor, since=SINCE)
        mentions += page.mentions
        cursor = page.cursor
    assert not page.more and len({m.uri for m in mentions}) == 450


def test_more_than_a_thousand_entries_are_cut_to_the_first_thousand():
    items = "".join(
        f"<item><guid>{n}</guid><title>&lt;/item&gt;</title></item>" for n in range(1500)
    )
    site = Site({URL: Scripted(200, rss(items))})
    mentions, _, _ = read_on(connected(site), WATCH, None, SINCE)
    assert {m.uri for m in mentions} == {f"https://blog.example/{n}" for n in range(1000)}


# Trouble


@pytest.mark.parametrize(("status", "error"), [
    (404, UnreachableError), (410, RefusedError), (401, RefusedError), (403, RefusedError),
])  # fmt: skip
def test_a_feed_that_is_not_there_is_told_for_what_it_is(status, error):
    site = Site({URL: Scripted(status, b'{"error": "0123456789"}')})
    with pytest.raises(error) as caught:
        connected(site).fetch(WATCH, None, since=SINCE)
    assert "0123456789" not in everything(caught.value)


def test_a_damaged_end_is_asked_for_again_whole():
    body = rss("<item><guid>1</guid></item><item><guid>2</guid></item>")[:-30]
    page = fetched(body, ETag='"a"')
    assert [m.uri for m in page.mentions][:1] == ["https://blog.example/1"]
    assert set(json.loads(page.cursor)) == {"feed"}


@pytest.mark.parametrize("body", [
    b"<!DOCTYPE x [<!ENTITY a 'b'>]><rss version='2.0'/>",
    b"<!-- --><?x?><!DOCTYPE rss [<!ENTITY % a SYSTEM 'file:///etc/passwd'> %a;]><rss/>",
    b"<!--" + b" " * 100_000 + b"--><!DOCTYPE x [<!ENTITY a 'b'>]><rss/>",
    "<!DOCTYPE x [<!ENTITY a 'b'>]><rss/>".encode("utf-16"),
    b"<rss>" + b"<a>" * 200 + b"</a>" * 200 + b"</rss>",
])  # fmt: skip
def test_entities_and_depth_are_refused_before_parsing(body):
    with pytest.raises(RefusedError) as caught:
        fetched(body)
    assert caught.value.reason is Refusal.UNSAFE


def test_the_old_doctype_without_declarations_is_let_pass():
    head = b'<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd">'
    assert len(fetched(head + rss("<item><guid>1</guid></item>")).mentions) == 1


def test_entities_in_an_article_about_xml_are_no_bomb():
    item = "<item><guid>1</guid><description><![CDATA[<!ENTITY a 'b'>]]></description></item>"
    assert len(fetched(rss(item)).mentions) == 1


@pytest.mark.parametrize(("body", "content_type"), [
    (b"<?xml version='1.0' encoding='utf-8'?>{}", "text/xml"),
    (b"\xef\xbb\xbf{}", "text/plain"),
    (b"\n\n <br>PHP notice\n{}", "text/html"),
])  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "utf-16"])
def test_a_document_is_read_whatever_it_says_it_is(body, content_type, encoding):
    item = "<item><guid>1</guid><title>Кофе</title></item>"
    document = rss(item).decode()
    if encoding == "utf-8":
        raw = body.replace(b"{}", document.encode())
    else:
        raw = f"<?xml version='1.0' encoding='{encoding}'?>{document}".encode(encoding)
    assert only(raw, content_type=content_type).title == "Кофе"


def test_the_transports_charset_counts_for_xml_types_only():
    body = rss("<item><guid>1</guid><title>Кофе</title></item>").decode().encode("cp1251")
    assert only(body, content_type="application/xml; charset=windows-1251").title == "Кофе"


def test_html_entities_and_control_characters_are_mended():
    body = rss("<item><guid>1</guid><title>a&nbsp;b\x02</title></item>").decode()
    assert only(body.encode()).title == "a b"


def test_a_web_page_is_no_feed():
    with pytest.raises(BadAnswerError) as caught:
        fetched(b"<!doctype html><html><title>x</title>" + b"<p>" * 30_000)
    assert caught.value.is_html


# Adding a feed


def test_a_feed_is_added_by_its_address():
    site = Site({URL: Scripted(200, rss(""))})
    signed_in = NETWORK.sign_in(session_with(site), {"url": " blog.example/feed.xml "})
    assert signed_in.settings == {"url": URL} and signed_in.secret is None
    assert signed_in.card.own.name == "Blog" and signed_in.card.can == Can.FETCH


@pytest.mark.parametrize(("typed", "asked"), [
    ("feed://blog.example/feed.xml", "http://blog.example/feed.xml"),
    ("feed:https://blog.example/feed.xml", URL)])  # fmt: skip
def test_feed_addresses_are_web_addresses(typed, asked):
    site = Site({asked.replace("http:", "https:"): Scripted(200, rss("")),
                 asked: Scripted(200, rss(""))})  # fmt: skip
    NETWORK.sign_in(session_with(site), {"url": typed.replace("feed://", "feed:https://")})
    assert str(site.asked[0].url).startswith("https://blog.example")


def test_the_feed_of_a_page_is_found_and_comments_come_last():
    page = (b"<html><link rel='alternate' title='Comments' type='application/rss+xml' href='/c'>"
            b"<link href=feed.xml type=application/atom+xml rel='alternate'>")  # fmt: skip
    site = Site({"https://blog.example": Scripted(200, page), URL: Scripted(200, rss(""))})
    site.pages["https://blog.example/"] = site.pages["https://blog.example"]
    assert NETWORK.sign_in(session_with(site), {"url": "blog.example"}).settings["url"] == URL


def test_the_usual_places_are_tried_and_a_page_without_any_is_told():
    html = Scripted(200, b"<html>")
    site = Site(
        {"https://blog.example/a": html, "https://blog.example/rss": Scripted(200, rss(""))}
    )
    signed_in = NETWORK.sign_in(session_with(site), {"url": "https://blog.example/a"})
    assert signed_in.settings["url"] == "https://blog.example/rss"
    with pytest.raises(BadAnswerError):
        NETWORK.sign_in(session_with(Site({URL: html})), {"url": URL})


def test_an_alerts_address_goes_to_the_keyring_only():
    body = b"<feed xmlns='http://www.w3.org/2005/Atom'><title>Google Alert - nord</title></feed>"
    http = session_with(Site({ALERT: Scripted(200, body)}))
    signed_in = NETWORK.sign_in(http, {"url": ALERT})
    assert signed_in.secret is not None and signed_in.secret.value == ALERT
    assert "0123456789" not in repr(signed_in)
    connector = NETWORK.connect(http, signed_in.settings, signed_in.secret, lambda secret: None)
    assert "0123456789" not in repr(connector.fetch(Watch(WatchKind.FEED), None, since=SINCE))
    assert connector.card() == signed_in.card


def test_a_feed_takes_no_answers_and_knows_no_people():
    connector = connected(FakeJsonFeed())
    assert connector.find_reply(None) is None
    assert connector.profile("blog.example/Ann").name == "Ann"
    assert connector.thread("x") == () and connector.recheck(["x"]).gone == ()
    connector.delete("x")
    connector.sign_out()
    with pytest.raises(RefusedError):
        connector.reply(None)
    with pytest.raises(RefusedError):
        connector.edit("x", "y")
    with pytest.raises(RefusedError):
        connector.fetch(Watch(WatchKind.KEYWORD, "x"), None, since=SINCE)
