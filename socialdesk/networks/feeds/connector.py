"""One feed: fetched only when it changed, filtered by brand words, answered in the browser.

Source: RFC 9110 §13 (conditional requests), RSS Advisory Board, RFC 4287, jsonfeed.org 1.1.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

import requests

from socialdesk.domain.account import Can, Card, Watch, WatchKind
from socialdesk.domain.errors import (
    AuthExpiredError,
    RateLimitedError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author, Mention
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.networks.base import Page, Recheck, Reject, raw_bytes, read_each
from socialdesk.networks.feeds.bookmarks import Bookmark, as_text, read_bookmark, short_name
from socialdesk.networks.feeds.dates import read_date
from socialdesk.networks.feeds.documents import Document, Entry, read_document, read_entry
from socialdesk.networks.feeds.entries import Keys, as_mention, one_line
from socialdesk.networks.feeds.links import host_of, is_alert, is_secret
from socialdesk.networks.http import Answer, get_bytes, raise_for

PAGE_SIZE = 200
MIN_POLL_S = 300
ALERT_POLL_S = 1800  # Google answers with a "sorry" page to whoever asks more often
MAX_POLL_S = 86_400
CAN = Can.FETCH
LENGTH = LengthRule(10_000)  # never counted: answers are written in the browser
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json;q=0.9, "
    "application/xml;q=0.8, */*;q=0.1"
)
_MAX_AGE = re.compile(r"max-age\s*=\s*\"?(\d{1,9})")


class FeedConnector:
    """Cursor: see `bookmarks.Bookmark`. `url`: the feed, for a watch that does not name one."""

    def __init__(self, http: requests.Session, url: str) -> None:
        self._http, self._url = http, url

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """Everything the document has, oldest first, PAGE_SIZE at a time; it has no past to walk
        back to, so `since` does not matter. 304 and an unchanged document bring nothing."""
        if watch.kind is not WatchKind.FEED:
            raise RefusedError(Refusal.OTHER, "a feed can only be read whole")
        url = watch.query or self._known_url()
        mark = read_bookmark(cursor, f"{url}\n{watch.brand_words}")  # other words: read it anew
        answer = get_feed(self._http, url, mark.conditions())
        if answer.status == 304:
            return _nothing(url, mark, answer)
        sha256 = hashlib.sha256(answer.body).hexdigest()
        if sha256 == mark.sha256 and not mark.after_uri:
            return _nothing(url, mark, answer)
        return _page(url, watch.brand_words, replace(mark, sha256=sha256), answer, since)

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """Feeds know no threads."""
        return ()

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """Nothing: an entry that left the document is not deleted, feeds are windows."""
        return Recheck((), ())

    def profile(self, author_remote_id: str) -> Author:
        """What the id itself says: feeds know no people."""
        site, _, name = author_remote_id.partition("/")
        return Author(author_remote_id, handle=site, name=name or site)

    def reply(self, outgoing: Outgoing) -> Posted:
        """Always refused: answers to feeds are written in the browser."""
        raise RefusedError(Refusal.PERMISSION, "a feed takes no answers")

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        """None: nothing is ever sent."""
        return None

    def edit(self, remote_id: str, text: str) -> Posted:
        """Always refused, as `reply`."""
        raise RefusedError(Refusal.PERMISSION, "a feed takes no answers")

    def delete(self, remote_id: str) -> None:
        """Nothing of ours is there."""

    def card(self) -> Card:
        """Named after the feed's own title."""
        url = self._known_url()
        return feed_card(url, read_document(get_feed(self._http, url, {})))

    def sign_out(self) -> None:
        """Nobody is signed in."""

    def _known_url(self) -> str:
        """Raises AuthExpiredError when it is a secret that the keyring lost."""
        if not self._url:
            raise AuthExpiredError("the feed's address is not in the keyring")
        return self._url


def get_feed(http: requests.Session, url: str, conditions: dict[str, str]) -> Answer:
    """The document or a 304. Raises ConnectorError, also for Google's page of excuse."""
    answer = get_bytes(
        http, url, headers={"Accept": ACCEPT, **conditions}, plain_http=True, check=_check
    )
    parts = urlsplit(answer.url)
    if parts.path.startswith("/sorry") and is_alert(url):
        raise RateLimitedError(ALERT_POLL_S, f"{parts.hostname} was asked too often")
    return answer


def feed_card(url: str, document: Document) -> Card:
    """An address that is a secret is not the account's name."""
    site = host_of(url)
    shown = "" if is_secret(url) else url
    remote_id = shown or f"{site}/{short_name(url)}"
    own = Author(remote_id, handle=site, name=one_line(document.title)[:200] or site, url=shown)
    return Card(own, CAN, LENGTH, "feed", site, ALERT_POLL_S if is_alert(url) else MIN_POLL_S)


def _check(answer: Answer) -> None:
    """404 may pass: sites are rebuilt. 401 is no lost sign-in, feeds have none."""
    if answer.status == 404:
        raise UnreachableError(f"HTTP 404 from {answer.host}", maybe_done=False, is_missing=True)
    if answer.status == 401:
        raise RefusedError(Refusal.PERMISSION, f"HTTP 401 from {answer.host}")
    raise_for(replace(answer, words=""))  # words may quote the address, a secret at times


def _nothing(url: str, mark: Bookmark, answer: Answer) -> Page:
    """The validators of an unchanged document may be new ones: some servers change them only."""
    mark = mark if answer.status == 304 else _validated(url, mark, answer)
    wish_s = _wish_s(mark.wish_s, url, answer)
    return Page((), (), mark.saved(), next_poll_s=wish_s, moved_to=_moved_to(url, answer))


def _validated(url: str, mark: Bookmark, answer: Answer) -> Bookmark:
    """With the validators of this answer; those of another address would be asked of the wrong
    one."""
    is_here = answer.url == url
    etag, modified = answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", "")
    return replace(mark, etag=etag if is_here else "", modified=modified if is_here else "")


def _page(url: str, brand_words: str, mark: Bookmark, answer: Answer, since: datetime) -> Page:
    document = read_document(answer)
    now = read_date(answer.headers.get("Date", ""), None)
    first_seen = datetime.fromisoformat(mark.seen_at) if mark.seen_at else now or since
    mentions, rejects = _read_all(document, url, answer.url, now, first_seen)
    keep = read_brand_words(brand_words).keep
    found = [m for m in mentions if keep(f"{m.title}\n{m.body}\n{m.author.name}")]
    rest = sorted((m for m in found if _place(m) > (mark.after_at, mark.after_uri)), key=_place)
    taken, is_more = rest[:PAGE_SIZE], len(rest) > PAGE_SIZE
    mark = replace(mark, wish_s=document.wish_s, after_at="", after_uri="", seen_at="")
    if is_more:
        at, uri = _place(taken[-1])
        mark = replace(mark, after_at=at, after_uri=uri, seen_at=as_text(first_seen))
    elif document.is_damaged:  # asked for whole again: the rest may come whole next time
        mark = replace(mark, sha256="")
    else:
        mark = _validated(url, mark, answer)
    return Page(
        tuple(taken),
        rejects,
        mark.saved(),
        more=is_more,
        next_poll_s=_wish_s(mark.wish_s, url, answer),
        moved_to=_moved_to(url, answer),
    )


def _read_all(
    document: Document, url: str, base: str, now: datetime | None, first_seen: datetime
) -> tuple[tuple[Mention, ...], tuple[Reject, ...]]:
    """Each entry once, under its own name, which depends on all the others."""
    entries, broken = _entries(document, base)
    keys = Keys(url, entries)

    def read(entry: Entry) -> Mention:
        uri = keys.of(entry)
        return as_mention(entry, uri, document, feed_url=url, now=now, first_seen=first_seen)

    mentions, odd = read_each(entries, read)
    once = {mention.uri: mention for mention in reversed(mentions)}
    return tuple(once.values()), (*broken, *odd)


def _entries(document: Document, base: str) -> tuple[list[Entry], list[Reject]]:
    entries: list[Entry] = []
    broken: list[Reject] = []
    for raw in document.entries:
        try:
            entries.append(read_entry(raw, base))
        except (KeyError, TypeError, ValueError, AttributeError) as e:
            broken.append(Reject(raw_bytes(raw), f"{type(e).__name__}: {e}"[:200]))
    return entries, broken


def _place(mention: Mention) -> tuple[str, str]:
    return as_text(mention.published_at), mention.uri


def _moved_to(url: str, answer: Answer) -> str:
    """ "" for an alert: its address is a secret, and a watch's lies in the open."""
    return "" if is_alert(url) or is_alert(answer.moved_to) else answer.moved_to


def _wish_s(document_s: int, url: str, answer: Answer) -> int:
    """The pause asked for by the document, its headers and Google, at most a day; 0 = none."""
    found = _MAX_AGE.search(answer.headers.get("Cache-Control", ""))
    alert_s = ALERT_POLL_S if is_alert(url) else 0
    wish_s = max(document_s, int(found[1]) if found else 0, alert_s)
    return min(wish_s, MAX_POLL_S) if wish_s > MIN_POLL_S else 0
