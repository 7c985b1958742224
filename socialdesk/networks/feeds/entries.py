"""Entries of a feed as mentions: which is which, what it says, when it was."""

import hashlib
import html
import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from socialdesk.domain.mentions.mention import Author, CanReply, Kind, Mention
from socialdesk.networks.feeds.dates import read_date
from socialdesk.networks.feeds.documents import Document, Entry, Words
from socialdesk.networks.feeds.links import canonical, host_of, is_alert, is_page, target_of
from socialdesk.networks.html_text import to_text

MAX_TEXT_BYTES = 64 * 1024
MAX_TITLE_CHARS = 500
MAX_RAW_CHARS = 512 * 1024  # of one entry, mark-up and all, that are looked at
_WORDPRESS = re.compile(r"\?(p|page_id)=\d+$")
_DOUBLE = re.compile(r"&lt;/?[a-z]", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


class Keys:
    """The lasting names of one document's entries.

    A guid is trusted when no other entry of the document has it and it is not the site itself;
    one that is an address names the page, so the same article in two feeds is one mention.
    """

    def __init__(self, feed_url: str, entries: Iterable[Entry]) -> None:
        self._feed = canonical(feed_url) if not is_alert(feed_url) else "google-alert"
        self._is_alert = is_alert(feed_url)
        entries = list(entries)
        self._n_guids = Counter(entry.guid for entry in entries)
        self._n_links = Counter(canonical(entry.link) for entry in entries if entry.link)

    def of(self, entry: Entry) -> str:
        """The entry's uri."""
        link = canonical(entry.link) if is_page(entry.link) else ""
        if self._is_alert and link:
            return link  # the same page comes back under another id when Google reads it again
        guid = entry.guid if self._n_guids[entry.guid] == 1 else ""
        address = target_of(guid)
        if address and is_page(address):
            return link if link and _WORDPRESS.search(address) else canonical(address)
        if guid and not address:
            is_global = guid.startswith(("tag:", "urn:"))
            return guid if is_global else f"{self._feed}#{guid}"
        if link and self._n_links[link] == 1:
            return link
        return f"{self._feed}#{_digest(entry)}"


def _digest(entry: Entry) -> str:
    parts = (entry.guid, entry.link, entry.title.text, entry.published, entry.text.text)
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def as_mention(
    entry: Entry, uri: str, document: Document, *, feed_url: str, now: datetime | None,
    first_seen: datetime,
) -> Mention:  # fmt: skip
    """`now`: the server's clock; `first_seen` stands in for a date that is missing or wrong."""
    published = read_date(entry.published, now) or read_date(entry.updated, now)
    updated = read_date(entry.updated, now)
    title = one_line(plain(entry.title))[:MAX_TITLE_CHARS]
    return Mention(
        uri=uri,
        remote_id=uri,
        author=_author(entry, document, feed_url),
        body=_cut(plain(entry.text)) or title,
        published_at=published or first_seen,
        kind=Kind.COMMENT if "/comments/" in feed_url else Kind.ARTICLE,
        title=title,
        url=entry.link,
        lang=(entry.lang or document.lang)[:35],
        edited_at=updated if published and updated and updated > published else None,
        attachments=entry.attachments,
        can_reply=CanReply.BROWSER,
        reply_note="feed",
    )


def plain(words: Words) -> str:
    """What a person reads. Escapes are undone once, and again where only escaped tags are left."""
    raw = words.text[:MAX_RAW_CHARS]
    text = raw if words.is_html else html.unescape(raw)
    for _ in range(2):
        if _DOUBLE.search(text) and not _TAG.search(text):
            text = html.unescape(text)
    if words.is_html or _TAG.search(text):
        text = to_text(text)
    return text.strip()


def one_line(text: str) -> str:
    return " ".join(text.split())


def _cut(text: str) -> str:
    raw = text.encode("utf-8", "replace")
    return text if len(raw) <= MAX_TEXT_BYTES else raw[:MAX_TEXT_BYTES].decode("utf-8", "ignore")


def _author(entry: Entry, document: Document, feed_url: str) -> Author:
    """Feeds have no lasting names for people: the name within the site has to do."""
    is_found = is_alert(feed_url)  # then every entry is of another site
    site = host_of(entry.link) if is_found else host_of(feed_url)
    name = one_line(entry.author)[:200] or ("" if is_found else one_line(document.title)[:200])
    return Author(remote_id=f"{site}/{name}", handle=site, name=name or site)
