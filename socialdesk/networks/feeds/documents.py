"""Feed documents as entries: RSS 0.9 to 2.0, RDF, Atom, CDF by feedparser; JSON Feed 1 by json.

feedparser gets a document that was fetched, decoded and checked by us: it never opens anything.
"""

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

import feedparser

from socialdesk.domain.errors import BadAnswerError
from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Attachment
from socialdesk.networks.answers import Answer, strict_json
from socialdesk.networks.feeds.guards import decoded, document
from socialdesk.networks.feeds.links import target_of
from socialdesk.networks.feeds.soundness import MAX_ENTRIES, sound

MAX_ATTACHMENTS = 8
_JSON_FEED = "https://jsonfeed.org/version/1"
_AUTHORS = (
    re.compile(r"\S+@\S+\s+\(([^()]*)\)"),
    re.compile(r"([^<>()]*)\s[<(]\S+@[^\s<>()]+[>)]"),
)
_ROOT = re.compile(r"<([^\s<>/?!]{1,64})")
_ROOTS = {"rss", "feed", "rdf", "channel"}
_PERIODS_S = {
    "hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000,
}  # fmt: skip


@frozen
class Words:
    """Text as it came; `is_html` when tags and entities in it mean something."""

    text: str = ""
    is_html: bool = False


@frozen
class Entry:
    """One entry, still in the document's own words. `guid` is "" when it has none."""

    guid: str
    link: str
    title: Words
    text: Words
    author: str = ""
    published: str = ""
    updated: str = ""
    lang: str = ""
    attachments: tuple[Attachment, ...] = ()


@frozen
class Document:
    """A parsed feed. `entries`: raw items for `read_entry`, as the document orders them, at most
    MAX_ENTRIES. `wish_s`: the pause it asks for, 0 = none. `is_damaged`: its end may be lost."""

    title: str
    entries: tuple[Any, ...]
    lang: str = ""
    wish_s: int = 0
    is_damaged: bool = False


def read_document(answer: Answer) -> Document:
    """Raises BadAnswerError, or RefusedError(UNSAFE) for declared entities."""
    text = decoded(answer.body, answer.headers.get("Content-Type", ""))
    if text.lstrip()[:1] in {"{", "["}:
        return _json_feed(text)
    return _xml_feed(document(text), answer.url)


def read_entry(raw: Any, base: str) -> Entry:
    """Raises ValueError, KeyError, TypeError or AttributeError when it cannot be an entry."""
    entry = (
        _xml_entry(raw, base) if isinstance(raw, feedparser.FeedParserDict) else _item(raw, base)
    )
    if not (entry.guid or entry.link or entry.title.text.strip() or entry.text.text.strip()):
        raise ValueError("an empty entry")
    return entry


# XML


def _xml_feed(text: str, url: str) -> Document:
    root = _ROOT.search(text)
    if root and root[1].lower() == "html":
        raise BadAnswerError("a web page instead of a feed", is_html=True)
    raw, is_sound = sound(text)
    parsed = _parse(raw, url)
    name = root[1].rpartition(":")[2].lower() if root else ""
    if not parsed.get("version") and name not in _ROOTS:
        raise BadAnswerError("the answer is no feed")
    if not is_sound and not parsed.entries:
        raise BadAnswerError("the feed is damaged")
    feed = parsed.feed
    return Document(
        title=str(feed.get("title", "")),
        entries=tuple(parsed.entries[:MAX_ENTRIES]),
        lang=str(feed.get("language", "")),
        wish_s=_wish_s(feed),
        is_damaged=not is_sound,
    )


def _parse(raw: bytes, url: str) -> Any:
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        # we reduce HTML to text ourselves: cleaning it before would be for nothing
        return feedparser.parse(
            io.BytesIO(raw),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError,
            RecursionError, OverflowError) as e:  # fmt: skip
        raise BadAnswerError(f"the feed cannot be parsed ({type(e).__name__})") from e


def _xml_entry(raw: Any, base: str) -> Entry:
    details = [*raw.get("content", ()), raw.get("summary_detail") or {}]
    text = next((words for words in map(_words, details) if words.text.strip()), Words())
    return Entry(
        guid=str(raw.get("id") or "").strip(),
        link=target_of(str(raw.get("link") or ""), base),
        title=_words(raw.get("title_detail") or {}),
        text=text,
        author=_name(str(raw.get("author") or "")),
        published=_first(raw, "published", "created"),
        updated=_first(raw, "updated"),
        lang=str((raw.get("title_detail") or {}).get("language") or ""),
        attachments=tuple(_media(raw, base))[:MAX_ATTACHMENTS],
    )


def _name(author: str) -> str:
    """Without the address, which stands before or behind. Not feedparser's own detail: that takes
    "ann@shop.example (Ann)" for the name "ple (Ann"."""
    for form in _AUTHORS:
        found = form.fullmatch(author.strip()[:300])
        if found and found[1].strip():
            return found[1].strip()
    return author


def _words(detail: Any) -> Words:
    return Words(str(detail.get("value") or ""), "html" in str(detail.get("type") or ""))


def _first(raw: Any, *keys: str) -> str:
    """feedparser warns when `updated` is asked for and only `published` is there: so look first."""
    there = (key for key in keys if key in raw)
    return next((str(raw[key]) for key in there if raw[key]), "")


def _media(raw: Any, base: str) -> Iterator[Attachment]:
    seen: set[str] = set()
    for one in (*raw.get("enclosures", ()), *raw.get("media_content", ())):
        url = target_of(str(one.get("href") or one.get("url") or ""), base)
        if url and url not in seen:
            seen.add(url)
            kind = str(one.get("type") or one.get("medium") or "").partition("/")[0]
            yield Attachment(url, kind if kind in {"image", "video", "audio"} else "link")


def _wish_s(feed: Any) -> int:
    """The longer of `ttl` (minutes) and `sy:updatePeriod` over `sy:updateFrequency`."""
    ttl_s = _number(feed.get("ttl")) * 60
    period_s = _PERIODS_S.get(str(feed.get("sy_updateperiod", "")).strip().lower(), 0)
    return max(ttl_s, period_s // max(1, _number(feed.get("sy_updatefrequency"))))


def _number(value: Any) -> int:
    text = str(value or "").strip()
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else 0


# JSON


def _json_feed(text: str) -> Document:
    try:
        data = strict_json(text)
        version, items = data["version"], data["items"]
    except (ValueError, RecursionError, KeyError, TypeError, IndexError) as e:
        raise BadAnswerError("the answer is JSON, but no feed") from e
    if not str(version).startswith(_JSON_FEED) or not isinstance(items, list):
        raise BadAnswerError("the answer is JSON, but no feed")
    title, lang = data.get("title"), data.get("language")
    return Document(
        title=title if isinstance(title, str) else "",
        entries=tuple(items[:MAX_ENTRIES]),
        lang=lang if isinstance(lang, str) else "",
    )


def _item(raw: Any, base: str) -> Entry:
    """Source: jsonfeed.org/version/1.1; numbers as ids are allowed to writers in a hurry."""
    guid = raw.get("id", "")
    if not isinstance(guid, str | int) or isinstance(guid, bool):
        raise TypeError("an id is text or a number")
    html, plain = _text(raw, "content_html"), _text(raw, "content_text", "summary")
    return Entry(
        guid=str(guid).strip(),
        link=target_of(_text(raw, "url", "external_url"), base),
        title=Words(_text(raw, "title")),
        text=Words(html, True) if html.strip() else Words(plain),
        author=_text(next(iter(_authors(raw)), {}), "name"),
        published=_text(raw, "date_published"),
        updated=_text(raw, "date_modified"),
        lang=_text(raw, "language"),
        attachments=tuple(_files(raw, base))[:MAX_ATTACHMENTS],
    )


def _text(raw: Any, *keys: str) -> str:
    """The first that is there. Raises TypeError when it is no text."""
    for key in keys:
        value = raw.get(key)
        if value is not None and not isinstance(value, str):
            raise TypeError(f"{key} is no text")
        if value:
            return value
    return ""


def _authors(raw: Any) -> Iterable[Any]:
    authors = raw.get("authors") or raw.get("author") or []
    return authors if isinstance(authors, list) else [authors]


def _files(raw: Any, base: str) -> Iterator[Attachment]:
    pictures = [{"url": raw.get("image"), "mime_type": "image/"}]
    for one in (*pictures, *(raw.get("attachments") or ())):
        url = target_of(one.get("url") or "", base)
        kind = str(one.get("mime_type") or "").partition("/")[0]
        if url:
            yield Attachment(url, kind if kind in {"image", "video", "audio"} else "link")
