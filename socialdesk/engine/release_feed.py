"""The feed that tells of a new version: what it may say, read strictly, and which version is later.

The whole feed is one JSON object of at most 64 KB:

    {"socialdesk_release": 1, "version": "0.2.0", "date": "2026-12-01",
     "page": "https://…", "summary": "One or two sentences."}

`socialdesk_release` is the number of this format. `page` is where a person reads on and downloads;
it lies on the feed's own host, or on that of the page this build came with, so that whoever gets
hold of the feed cannot send people elsewhere. `date` and `summary` may be left out.
Versions are numbers with dots, then at most one of a, b, rc with a number (PEP 440's order).
"""

import json
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

from socialdesk.domain.frozen import frozen
from socialdesk.places import resource

FORMAT: Final = 1
MAX_BYTES: Final = 64 * 1024
MAX_ADDRESS_CHARS: Final = 2000
MAX_SUMMARY_CHARS: Final = 500
SEEN: Final = "release_seen"  # the program's own line among the settings
_KEYS: Final = frozenset({"socialdesk_release", "version", "date", "page", "summary"})
_VERSION: Final = re.compile(r"(\d{1,6}(?:\.\d{1,6}){0,3})(?:(a|b|rc)(\d{1,6}))?")
_STAGES: Final = {"a": 0, "b": 1, "rc": 2, "": 3}  # a finished version comes last


class FeedError(ValueError):
    """The feed is not what it has to be. The text names the first field that is wrong."""


@frozen
class Release:
    """What a feed tells. `date`: ISO, "" when it does not say."""

    version: str
    page: str
    date: str = ""
    summary: str = ""


@frozen
class Seen:
    """What the last look found. `state`: "" = never looked, newer, same, unset (no address),
    unreachable, unsafe, malformed; `what`: which field of the feed, or which host. `at`: ms UTC."""

    state: str = ""
    at: int = 0
    version: str = ""
    page: str = ""
    date: str = ""
    summary: str = ""
    what: str = ""

    @property
    def is_well(self) -> bool:
        return self.state in ("newer", "same")


def read_seen(kept: Mapping[str, str]) -> Seen:
    """Out of the settings; never looked when it cannot be read."""
    try:
        return Seen(**json.loads(kept.get(SEEN, "{}")))
    except (ValueError, TypeError):
        return Seen()


@frozen
class Shipped:
    """The addresses a build came with, "" = none: builds out of the source have none."""

    feed: str = ""
    page: str = ""


def shipped() -> Shipped:
    """What packaging wrote to `resources/release.json`."""
    try:
        data = json.loads(resource("release.json").read_text("utf-8"))
        return Shipped(str(data["feed"]), str(data["page"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Shipped()


def is_feed_address(text: str) -> bool:
    """Whether a feed may lie there: https, a host, no sign-in inside."""
    return bool(host_of(text))


def host_of(address: str) -> str:
    """The host of an https address that may be asked or opened; "" for any other text."""
    if len(address) > MAX_ADDRESS_CHARS or not address.isprintable() or " " in address:
        return ""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return ""
    is_plain = parts.scheme == "https" and "@" not in parts.netloc and "\\" not in address
    return (parts.hostname or "").lower() if is_plain else ""


def read_feed(raw: bytes, hosts: frozenset[str]) -> Release:
    """`hosts`: where the page may lie. Raises FeedError."""
    if len(raw) > MAX_BYTES:
        raise FeedError("size")
    try:
        data = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError) as e:
        raise FeedError("JSON") from e
    if not isinstance(data, dict) or repr(data.get("socialdesk_release")) != repr(FORMAT):
        raise FeedError("socialdesk_release")
    if unknown := sorted(set(map(str, data)) - _KEYS):
        raise FeedError(unknown[0][:40])
    version, page = _text(data, "version", 40), _text(data, "page", MAX_ADDRESS_CHARS)
    if not _VERSION.fullmatch(version):
        raise FeedError("version")
    if host_of(page) not in hosts - {""}:
        raise FeedError("page")
    told = _text(data, "date", 10) if "date" in data else ""
    if told and not _is_date(told):
        raise FeedError("date")
    summary = _text(data, "summary", MAX_SUMMARY_CHARS) if "summary" in data else ""
    return Release(version, page, told, " ".join(summary.split()))


def is_later(version: str, than: str) -> bool:
    """Whether `version` comes after `than`; False when either is no version."""
    one, other = _order(version), _order(than)
    return bool(one and other) and one > other


def _order(version: str) -> tuple[Any, ...]:
    found = _VERSION.fullmatch(version)
    if found is None:
        return ()
    numbers = [int(part) for part in found[1].split(".")]
    return (*numbers, *[0] * (4 - len(numbers)), _STAGES[found[2] or ""], int(found[3] or 0))


def _text(data: dict[str, Any], key: str, longest: int) -> str:
    value = data.get(key)
    if not isinstance(value, str) or len(value) > longest:
        raise FeedError(key)
    return value


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
