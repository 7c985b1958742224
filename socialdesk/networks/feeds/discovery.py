"""Finding the feed of a web page: what the page itself links to, then the usual places."""

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from socialdesk.networks.feeds.links import target_of

_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json"}
# html.parser takes minutes for a hostile megabyte (see html_text.py); these stop at every "<"
_TAG = re.compile(r"<(link|a|base)\s([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""([a-z-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.IGNORECASE
)
_USUAL = ("/feed", "/rss", "/atom.xml", "/index.xml")


def typed_address(text: str) -> str:
    """What somebody typed as an address: `feed:` and no scheme at all are people's habits."""
    text = text.strip()
    if text.lower().startswith("feed:"):
        rest = text[5:]
        text = rest if "://" in rest else f"http:{rest}" if rest.startswith("//") else rest
    return text if "://" in text else f"https://{text}"


def feeds_of(page: str, url: str) -> Iterator[str]:
    """Addresses to try, best first; feeds of comments only where there is no other."""
    tags = [(found[1].lower(), _attributes(found[2])) for found in _TAG.finditer(page)]
    base = next((at["href"] for tag, at in tags if tag == "base" and at.get("href")), "")
    feeds = [at for tag, at in tags if tag != "base" and _is_feed(at)]
    feeds.sort(key=lambda at: "comment" in at.get("title", "").lower())
    links = (target_of(at["href"], target_of(base, url) or url) for at in feeds)
    yield from dict.fromkeys(filter(None, links))
    parts = urlsplit(url)
    for path in _USUAL:
        yield urljoin(f"{parts.scheme}://{parts.netloc}", path)


def _attributes(tag: str) -> dict[str, str]:
    return {
        found[1].lower(): html.unescape(found[2] or found[3] or found[4] or "")
        for found in _ATTRIBUTE.finditer(tag)
    }


def _is_feed(attributes: dict[str, str]) -> bool:
    rel, kind = attributes.get("rel", "").lower().split(), attributes.get("type", "").lower()
    return "alternate" in rel and kind in _TYPES and bool(attributes.get("href"))
