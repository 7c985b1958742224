"""Links of feeds: what they lead to, and which of them are the same page."""

import re
from urllib.parse import parse_qs, parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(r"utm_|fbclid$|gclid$|yclid$|mc_[ce]id$|igshid$|_openstat$|xtor$")
_TRACKED_FRAGMENT = re.compile(r"utm_|xtor=|:~:text=|rss|ref=|\Z")
_GOOGLE = re.compile(r"(www\.)?google\.[a-z.]{2,6}")


def target_of(link: str, base: str = "") -> str:
    """The http(s) address a link leads to, or "": resolved, and out of Google's redirect."""
    try:
        link = urljoin(base, link.strip()) if link.strip() else ""
        parts = urlsplit(link)
        if _GOOGLE.fullmatch(parts.hostname or "") and parts.path == "/url":
            query = parse_qs(parts.query)
            link = (query.get("url") or query.get("q") or [link])[0]
            parts = urlsplit(link)
        return link if parts.scheme in {"http", "https"} and parts.hostname else ""
    except ValueError:
        return ""


def canonical(link: str) -> str:
    """One name for the same page: no tracking, no `www.`, always https, lower-case host.

    A fragment with a digit stays: comments and forum posts differ by nothing else.
    """
    try:
        parts = urlsplit(link)
        port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    except ValueError:
        return link
    host = (parts.hostname or "").removeprefix("www.") + port
    query = [(k, v) for k, v in parse_qsl(parts.query, True) if not _TRACKING.match(k.lower())]
    fragment = parts.fragment
    if _TRACKED_FRAGMENT.match(fragment) or not re.search(r"\d|^[!/]", fragment):
        fragment = ""
    path = parts.path.rstrip("/")
    return urlunsplit(("https", host, path, urlencode(query), fragment))


def is_page(link: str) -> bool:
    """Whether it leads somewhere inside a site, not to its front page."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return bool(parts.hostname and (parts.path.strip("/") or parts.query or parts.fragment))


def is_alert(url: str) -> bool:
    """Whether it is a Google Alerts feed."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(_GOOGLE.fullmatch(parts.hostname or "")) and parts.path.startswith("/alerts/")


def is_secret(url: str) -> bool:
    """Whether who has the address has the feed: alerts, and addresses with a password in them."""
    try:
        return is_alert(url) or "@" in urlsplit(url).netloc
    except ValueError:
        return False


def host_of(url: str) -> str:
    """The host for people, without `www.`; "" when there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
