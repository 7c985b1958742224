"""What kind of server it is: its address, its software, its limits; and our account on it."""

import re
from collections.abc import Mapping
from typing import Any, Final

import requests

from socialdesk.domain.account import Can, Card
from socialdesk.domain.errors import (
    BadAnswerError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.frozen import frozen
from socialdesk.domain.length.length import LengthRule, Unit
from socialdesk.domain.mentions.mention import Visibility
from socialdesk.domain.replies.picture import PictureRule
from socialdesk.networks import http
from socialdesk.networks.mastodon.server import OWN, Server
from socialdesk.networks.mastodon.statuses import Me, read_author, read_id, read_visibility
from socialdesk.networks.values import parts_of

CAN: Final = (
    Can.FETCH
    | Can.REPLY
    | Can.HASHTAG
    | Can.KEYWORD
    | Can.THREAD
    | Can.PROFILE
    | Can.EDIT
    | Can.DELETE
    | Can.VISIBILITY
    | Can.WARNING
    | Can.RECHECK
    | Can.MEDIA
    | Can.POST
)
MIN_POLL_S: Final = 60
KEY_KEPT_S: Final = 3600  # Idempotency-Key. Source: Mastodon "statuses" methods page
OTHER_APIS: Final = frozenset(
    {"misskey", "firefish", "iceshrimp", "sharkey", "calckey", "foundkey", "cherrypick", "lemmy",
     "peertube", "writefreely", "diaspora"}
)  # fmt: skip

PICTURE_TYPES: Final = ("image/jpeg", "image/png", "image/gif", "image/webp")
PICTURES, PICTURE_BYTES, ALT_CHARS = 4, 8_000_000, 1_500
MOST_PICTURES: Final = 20  # Pleroma's "unlimited" is of no use in one reply

_HOST: Final = re.compile(r"(?:[\w-]+\.)*[\w-]+(?::\d{1,5})?|\[[0-9a-f:]+\](?::\d{1,5})?", re.I)
_NAME: Final = re.compile(r"[\w.@-]*")
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "[::1]"})


@frozen
class Habits:
    """What a software does in its own way. `types`: notifications worth asking for."""

    repeat_safe_s: int = 0
    has_batches: bool = False
    types: tuple[str, ...] = ("mention",)
    has_content_type: bool = False  # a user's default may be Markdown; we send plain text
    counts_code_points: bool = False
    posts_words_alone: bool = True  # else a post of our own must carry a picture


_HABITS: Final[Mapping[str, Habits]] = {
    "mastodon": Habits(KEY_KEPT_S, True, ("mention", "quote", "update")),
    # sends `update` to people who are mentioned, ignores the key (measured, 0.20)
    "gotosocial": Habits(
        types=("mention", "update"), has_content_type=True, counts_code_points=True
    ),
    # text alone is refused, except under somebody's post
    "pixelfed": Habits(posts_words_alone=False),
    "pleroma": Habits(has_content_type=True),
    "akkoma": Habits(has_content_type=True),
}


def habits_of(software: str) -> Habits:
    """The habits of a nodeinfo software name; cautious ones for a name we do not know."""
    return _HABITS.get(software, Habits())


@frozen
class Place:
    """A server. `base`: where its API is, without a slash at the end. `host`: the domain of its
    people's handles. `software`: nodeinfo's name, "" when it does not say."""

    base: str
    host: str
    software: str


def find_place(session: requests.Session, typed: str) -> Place:
    """The server behind what a person typed: a host, an address, or name@host.

    Raises RefusedError(NOT_APPROVED) when it speaks another API, UnreachableError, BadAnswerError.
    """
    name, host, scheme = _typed(typed)
    base = f"{scheme}://{host}"
    if name:
        base = _by_webfinger(session, base, name, host) or base
    software = _software(session, base)
    if software in OTHER_APIS:
        raise RefusedError(Refusal.NOT_APPROVED, f"{host} runs {software}, which is not supported")
    return Place(base, _domain(session, base) or host, software)


def _typed(typed: str) -> tuple[str, str, str]:
    """Name, host with port, scheme."""
    text = typed.strip().strip("/")
    scheme = "http" if text.lower().startswith("http://") else "https"
    text = re.sub(r"^[a-z]+://", "", text, flags=re.IGNORECASE)
    rest, _, path = text.partition("/")
    name, _, host = rest.rpartition("@")
    name = name.strip("@") or (path.removeprefix("@") if path.startswith("@") else "")
    if not _HOST.fullmatch(host) or not _NAME.fullmatch(name):
        raise RefusedError(Refusal.OTHER, "not the address of a server")
    host = host.lower()
    is_local = re.sub(r":\d+$", "", host) in _LOCAL
    return name.partition("@")[0], host, scheme if is_local else "https"


def _by_webfinger(session: requests.Session, base: str, name: str, host: str) -> str:
    """The API can live on another host than the handle: the base of the `self` link, or ""."""
    query: dict[str, http.Value] = {"resource": f"acct:{name}@{host}"}
    data = _maybe(session, f"{base}/.well-known/webfinger", query)
    for link in _items(data, "links"):
        href = link.get("href") if isinstance(link, dict) and link.get("rel") == "self" else None
        parts = parts_of(href) if isinstance(href, str) and len(href) < 2048 else None
        if parts and parts.scheme == "https" and parts.hostname:
            return f"https://{parts.netloc.rpartition('@')[2].lower()}"
    return ""


def _software(session: requests.Session, base: str) -> str:
    """The name in nodeinfo, else what the version text gives away, else ""."""
    links = _items(_maybe(session, f"{base}/.well-known/nodeinfo"), "links")
    hrefs = [link.get("href") for link in links if isinstance(link, dict)]
    for href in hrefs[-1:]:
        path = parts_of(href).path if isinstance(href, str) and len(href) < 2048 else ""
        if path.startswith("/"):  # on the same host, whatever the link says
            info = _maybe(session, f"{base}{path}")
            software = info.get("software") if isinstance(info, dict) else None
            name = software.get("name") if isinstance(software, dict) else None
            if isinstance(name, str) and name:
                return name.strip().lower()[:40]
    return _from_version(str(_instance(session, base).get("version", "")))


def _from_version(version: str) -> str:
    """`2.7.2 (compatible; Akkoma 3.15)` → akkoma."""
    match = re.search(r"compatible; *(\w+)", version)
    if match:
        return match[1].lower()
    return "takahe" if version.startswith("takahe") else ""


def _domain(session: requests.Session, base: str) -> str:
    about = _instance(session, base)
    for key in ("account_domain", "domain", "uri"):
        value = about.get(key)
        if isinstance(value, str) and value:
            host = value.partition("://")[2].strip("/") if "://" in value else value
            if _HOST.fullmatch(host):
                return host.lower()
    return ""


def _instance(session: requests.Session, base: str) -> dict[str, Any]:
    """/api/v2/instance, else /api/v1/instance, else nothing: the limits then have defaults."""
    for path in ("/api/v2/instance", "/api/v1/instance"):
        data = _maybe(session, f"{base}{path}")
        if isinstance(data, dict) and data:
            return data
    return {}


def _maybe(
    session: requests.Session, url: str, params: Mapping[str, http.Value] | None = None
) -> Any:
    """JSON that a server need not have (Takahe answers some of these with 500); {} then."""
    try:
        return http.get_json(session, url, params).data
    except (RefusedError, BadAnswerError):
        return {}
    except UnreachableError as e:
        if not e.maybe_done:
            raise  # no such server: asking on would only repeat it
        return {}


def _items(data: Any, key: str) -> list[Any]:
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, list) else []


def read_card(session: requests.Session, server: Server, place: Place) -> tuple[Card, str]:
    """The capability record and our account's id on the server. Raises ConnectorError."""
    own = server.get(OWN)
    try:
        author = read_author(own, Me("", place.host))
        own_id = read_id(own["id"])
        source = own.get("source")
        privacy = source.get("privacy") if isinstance(source, dict) else None
        usual = read_visibility({"visibility": privacy}) if privacy else Visibility.PUBLIC
    except (KeyError, TypeError, ValueError, AttributeError):
        author = None
    if author is None:
        raise BadAnswerError(f"{place.host} told our own account unreadably")
    about = _instance(session, place.base)
    habits = habits_of(place.software)
    pictures = picture_rule(about)
    card = Card(
        own=author,
        can=_abilities(habits, pictures),
        length=length_rule(about, habits),
        software=place.software,
        server=place.host,
        min_poll_s=MIN_POLL_S,
        repeat_safe_s=habits.repeat_safe_s,
        default_visibility=usual,
        names_author=True,  # without @acct in the text its author is told nothing
        pictures=pictures,
    )
    return card, own_id


def _abilities(habits: Habits, pictures: PictureRule | None) -> Can:
    can = CAN if pictures else CAN & ~Can.MEDIA
    return can if habits.posts_words_alone else can & ~Can.POST


def length_rule(about: Mapping[str, Any], habits: Habits) -> LengthRule:
    """How the server counts, from its instance record. Source: Mastodon "instance" entity."""
    configuration = about.get("configuration")
    limits = configuration.get("statuses") if isinstance(configuration, dict) else None
    limits = limits if isinstance(limits, dict) else {}
    limit = _positive(limits.get("max_characters")) or _positive(about.get("max_toot_chars"))
    if habits.counts_code_points:
        return LengthRule(limit or 5000, Unit.CODE_POINT, with_warning=True)
    return LengthRule(
        limit or 500,
        Unit.GRAPHEME,
        url_length=_positive(limits.get("characters_reserved_per_url")) or 23,
        local_mentions=True,
        with_warning=True,
    )


def picture_rule(about: Mapping[str, Any]) -> PictureRule | None:
    """What pictures a post may carry; None for none. Mastodon's defaults where a server does not
    say. Source: Mastodon "instance" entity; `description_limit` since 4.4."""
    configuration = about.get("configuration")
    configuration = configuration if isinstance(configuration, dict) else {}
    statuses, media = configuration.get("statuses"), configuration.get("media_attachments")
    statuses = statuses if isinstance(statuses, dict) else {}
    media = media if isinstance(media, dict) else {}
    named = media.get("supported_mime_types")
    types = tuple(kind for kind in PICTURE_TYPES if not isinstance(named, list) or kind in named)
    n_max = _positive(statuses.get("max_media_attachments"))
    if "max_media_attachments" not in statuses:
        n_max = PICTURES
    if not n_max or not types:
        return None
    return PictureRule(
        min(n_max, MOST_PICTURES),
        _positive(media.get("image_size_limit")) or PICTURE_BYTES,
        types,
        _positive(media.get("description_limit")) or ALT_CHARS,
    )


def _positive(value: Any) -> int:
    is_number = isinstance(value, int) and not isinstance(value, bool) and 0 < value < 1 << 31
    return value if is_number else 0


__all__ = ["CAN", "Place", "find_place", "habits_of", "length_rule", "read_card"]
