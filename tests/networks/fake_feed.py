"""One feed on a server in this process, as RSS, Atom or JSON Feed."""

from datetime import timedelta
from email.utils import format_datetime
from typing import Any
from xml.sax.saxutils import escape

import requests

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.networks.feeds import NETWORK
from socialdesk.networks.testing import START, Scripted, ScriptedServer, session_with

URL = "https://blog.example/feed.xml"
WATCH = Watch(WatchKind.FEED, URL)
SINCE = START - timedelta(days=7)


class FakeFeed(ScriptedServer):
    """RSS 2.0. `items`: what `item` made, newest first."""

    content_type = "application/rss+xml"

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Any] = []
        self.headers: dict[str, str] = {}
        self.channel = ""

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        etag = self.headers.get("ETag")
        if etag and request.headers.get("If-None-Match") == etag:
            return Scripted(304, b"", {"ETag": etag})
        return Scripted(200, self.body(), {"Content-Type": self.content_type, **self.headers})

    def add_mention(self, text: str) -> str:
        guid = f"tag:blog.example,2026:{len(self.items)}"
        self.items.insert(0, self.item(guid, text, self.now + timedelta(seconds=len(self.items))))
        return guid

    def add_bad_item(self) -> None:
        self.items.insert(0, "<item><title> </title></item>")

    def item(self, guid: str, text: str, when: Any) -> Any:
        return (
            f"<item><title>{escape(text)}</title><guid isPermaLink='false'>{guid}</guid>"
            f"<link>https://blog.example/{len(self.items)}</link><description>&lt;p&gt;{text}"
            f"&lt;/p&gt;</description><pubDate>{format_datetime(when)}</pubDate></item>"
        )

    def body(self) -> bytes:
        items = "".join(self.items)
        head = f"<title>Blog</title><link>https://blog.example/</link>{self.channel}"
        return f'<rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


class FakeJsonFeed(FakeFeed):
    content_type = "application/feed+json"

    def add_bad_item(self) -> None:
        self.items.insert(0, {"id": ["no"]})

    def item(self, guid: str, text: str, when: Any) -> Any:
        return {"id": guid, "url": "https://blog.example/1", "title": text, "content_text": text,
                "date_published": when.isoformat(), "authors": [{"name": "Ann"}]}  # fmt: skip

    def body(self) -> Any:
        return {"version": "https://jsonfeed.org/version/1.1", "title": "Blog",
                "items": self.items}  # fmt: skip


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
