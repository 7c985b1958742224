"""Feeds over real HTTP on loopback: conditions, packing, bombs, moves, slow and endless answers."""

import gzip
import time
from datetime import UTC, datetime

import pytest

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import Refusal, RefusedError, UnreachableError
from socialdesk.networks.feeds import NETWORK
from socialdesk.networks.http import session
from tests.networks.loopback_server import loopback_server

SINCE = datetime(2026, 11, 1, tzinfo=UTC)
BODY = (
    b"<rss version='2.0'><channel><title>Blog</title><item><guid isPermaLink='false'>1</guid>"
    b"<title>One</title></item></channel></rss>"
)


@pytest.fixture
def server():
    with loopback_server() as server:
        yield server


def fetch(server, cursor=None, *, allowed=True, total_s=60.0, path="/feed"):
    hosts = frozenset({"127.0.0.1"}) if allowed else frozenset()
    http = session(allow_private_hosts=hosts, total_s=total_s)
    watch = Watch(WatchKind.FEED, server.url + path)
    connector = NETWORK.connect(http, {"url": watch.query}, None, lambda secret: None)
    return connector.fetch(watch, cursor, since=SINCE)


def test_a_feed_that_did_not_change_is_a_304(server):
    def feed(handler):
        known = handler.headers.get("If-None-Match") == 'W/"1"'
        handler.send_response(304 if known else 200)
        handler.send_header("ETag", 'W/"1"')
        handler.send_header("Content-Length", "0" if known else str(len(BODY)))
        handler.end_headers()
        handler.wfile.write(b"" if known else BODY)

    server.routes["/feed"] = feed
    first = fetch(server)
    again = fetch(server, first.cursor)
    assert len(first.mentions) == 1 and again.mentions == () and again.cursor == first.cursor
    assert [seen.headers.get("If-None-Match") for seen in server.seen] == [None, 'W/"1"']


def test_what_we_ask_with_is_what_feeds_expect(server):
    server.answers("/feed", body=BODY)
    fetch(server)
    headers = server.seen[0].headers
    assert headers["User-Agent"].startswith("SocialDesk/")
    assert "application/atom+xml" in headers["Accept"] and "gzip" in headers["Accept-Encoding"]


def test_a_packed_feed_is_unpacked(server):
    server.answers("/feed", body=gzip.compress(BODY), Content_Encoding="gzip")
    assert len(fetch(server).mentions) == 1


def test_a_gzip_bomb_is_refused_before_it_is_unpacked_whole(server):
    bomb = gzip.compress(b"<rss>" + b" " * (200 * 1024 * 1024), 9)
    assert len(bomb) < 300_000
    server.answers("/feed", body=bomb, Content_Encoding="gzip")
    began = time.monotonic()
    with pytest.raises(RefusedError) as caught:
        fetch(server)
    assert caught.value.reason is Refusal.UNSAFE and time.monotonic() - began < 5


def test_a_permanent_move_is_told_and_a_temporary_one_is_not(server):
    server.answers("/new", body=BODY)
    server.answers("/feed", 301, b"", Location="/new")
    assert fetch(server).moved_to == f"{server.url}/new"
    server.answers("/feed", 302, b"", Location="/new")
    page = fetch(server)
    assert page.moved_to == "" and len(page.mentions) == 1


def test_a_feed_that_is_gone_is_refused_for_good(server):
    server.answers("/feed", 410)
    with pytest.raises(RefusedError) as caught:
        fetch(server)
    assert caught.value.reason is Refusal.GONE


def test_a_slow_drip_ends_at_the_deadline(server):
    def drip(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        while not server.finished.wait(0.05):
            try:
                handler.wfile.write(b" ")
            except OSError:
                return

    server.routes["/feed"] = drip
    began = time.monotonic()
    with pytest.raises(UnreachableError):
        fetch(server, total_s=0.5)
    assert time.monotonic() - began < 5


@pytest.mark.promise(29)
def test_a_private_address_is_not_asked_unless_a_person_allowed_it(server):
    server.answers("/feed", body=BODY)
    with pytest.raises(RefusedError) as caught:
        fetch(server, allowed=False)
    assert caught.value.reason is Refusal.UNSAFE and not server.seen


def test_entries_over_http_are_named_by_the_feed(server):
    server.answers("/feed", body=BODY)
    (mention,) = fetch(server).mentions
    assert mention.uri.endswith("/feed#1") and mention.title == "One"
