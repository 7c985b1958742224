"""Feeds: when they are asked again, what is refused, and how one is added."""

import json
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from socialdesk.domain.account import Can, Watch, WatchKind
from socialdesk.domain.errors import (
    AuthExpiredError,
    BadAnswerError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.networks.feeds import NETWORK
from socialdesk.networks.testing import Scripted, everything, read_on, session_with
from tests.networks.fake_feed import (
    SINCE,
    URL,
    WATCH,
    FakeFeed,
    FakeJsonFeed,
    Site,
    connected,
    fetched,
    only,
    rss,
)

ALERT = "https://www.google.com/alerts/feeds/0123456789/9876543210"
MOVED = "https://new.example/feed"


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
    assert getattr(caught.value, "is_missing", False) == (status == 404)


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


def test_an_alert_that_moved_does_not_put_its_new_address_into_the_watch():
    new = "https://www.google.com/alerts/feeds/0123456789/1"
    body = b"<feed xmlns='http://www.w3.org/2005/Atom'/>"
    site = Site({ALERT: Scripted(301, b"", {"Location": new}), new: Scripted(200, body)})
    page = connected(site, ALERT).fetch(Watch(WatchKind.FEED), None, since=SINCE)
    assert page.moved_to == "" and "0123456789" not in repr(page)


def test_two_alerts_are_two_accounts():
    body = b"<feed xmlns='http://www.w3.org/2005/Atom'><title>Alert</title></feed>"
    other = ALERT + "1"
    site = Site({ALERT: Scripted(200, body), other: Scripted(200, body)})
    cards = {connected(site, url).card().own.remote_id for url in (ALERT, other)}
    assert len(cards) == 2


def test_an_alert_whose_address_the_keyring_lost_asks_to_be_added_again():
    connector = NETWORK.connect(session_with(Site({})), {}, None, lambda secret: None)
    for ask in (connector.card, lambda: connector.fetch(Watch(WatchKind.FEED), None, since=SINCE)):
        with pytest.raises(AuthExpiredError):
            ask()


def test_an_address_with_a_password_goes_to_the_keyring_too():
    url = "https://ann:hunter2@blog.example/feed.xml"
    http = session_with(Site({URL: Scripted(200, rss("<item><title>One</title></item>"))}))
    signed_in = NETWORK.sign_in(http, {"url": url})
    assert signed_in.secret is not None and signed_in.secret.value == url
    connector = NETWORK.connect(http, signed_in.settings, signed_in.secret, lambda secret: None)
    page = connector.fetch(Watch(WatchKind.FEED), None, since=SINCE)
    assert len(page.mentions) == 1
    assert "hunter2" not in repr(signed_in) + repr(page) + repr(connector)


def test_other_brand_words_read_the_same_document_anew():
    server = FakeFeed()
    server.headers = {"ETag": '"a"'}
    server.add_mention("nord")
    connector = connected(server)
    cursor = connector.fetch(replace(WATCH, brand_words="x"), None, since=SINCE).cursor
    assert (
        len(connector.fetch(replace(WATCH, brand_words="nord"), cursor, since=SINCE).mentions) == 1
    )


@pytest.mark.parametrize(
    "piece", [b"<a ", b"<", b"<item>", b"<![CDATA[", b"&", b"<item a='", b"</a>"]
)
def test_a_hostile_megabyte_is_over_in_seconds(piece):
    body = b"<rss version='2.0'><channel>" + piece * (1_000_000 // len(piece))
    began = time.monotonic()
    with pytest.raises((BadAnswerError, RefusedError)):
        fetched(body)
    assert time.monotonic() - began < 5  # measured: 0.1 s; the slow way took feedparser 20 s
