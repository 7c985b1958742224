"""Mastodon's JSON as mentions and authors. Readers raise KeyError, TypeError or ValueError."""

import re
from collections.abc import Mapping
from dataclasses import field
from datetime import UTC, datetime
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Attachment, Author, Kind, Mention, Visibility
from socialdesk.networks.html_text import one_line, plain, to_text
from socialdesk.networks.values import parts_of

_LANG: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_PLAIN_WEB: Final = re.compile(r"https?://[A-Za-z0-9.-]++(?:/[!-~]*+)?")
_MAX_ID: Final = 512  # characters
_MAX_URL: Final = 4096
_YEARS: Final = range(2000, 2200)

# `local` is Pleroma's "this server only", `list` its "members of a list"; what we do not know is
# the narrowest, so that an answer never reaches more people than its parent.
_VISIBILITY: Final[Mapping[str, Visibility]] = {
    "public": Visibility.PUBLIC,
    "unlisted": Visibility.UNLISTED,
    "private": Visibility.FOLLOWERS,
    "local": Visibility.FOLLOWERS,
    "direct": Visibility.DIRECT,
}
WIRE_VISIBILITY: Final[Mapping[Visibility, str]] = {
    Visibility.PUBLIC: "public",
    Visibility.UNLISTED: "unlisted",
    Visibility.FOLLOWERS: "private",
    Visibility.DIRECT: "direct",
}


@frozen
class Me:
    """Whose eyes we see with: our account's id on its server, and the server's host name."""

    own_id: str
    host: str


@frozen
class Found:
    """How a post came to us: its kind unless it names us, and the uris of known parents by id."""

    kind: Kind | None = None  # None: MENTION or REPLY, as the post tells
    parents: Mapping[str, str] = field(default_factory=dict)


def read_status(status: Any, me: Me, found: Found) -> Mention:
    """One post. A repost is told by `repost_of` and shows the words of its original."""
    shown = status.get("reblog") or status
    author = read_author(status["account"], me)
    uri = read_id(status["uri"])
    return Mention(
        uri=uri,
        remote_id=read_id(status["id"]),
        author=author,
        body=to_text(_text(shown["content"])),
        published_at=read_time(status["created_at"]),
        kind=found.kind or _kind(status, me),
        is_own=read_id(status["account"]["id"]) == me.own_id,
        repost_of=read_id(shown["uri"]) if shown is not status else "",
        url=_web(status.get("url")),
        lang=_lang(status.get("language")),
        parent_uri=found.parents.get(parent_id(status), ""),
        visibility=read_visibility(status),
        warning=one_line(_text(shown.get("spoiler_text") or "")),
        edited_at=_maybe_time(shown.get("edited_at")),
        n_reposts=_number(shown.get("reblogs_count")) or 0,
        attachments=_attachments(shown.get("media_attachments")),
    )


def read_author(account: Any, me: Me) -> Author:
    """The person. Their profile's address names them: it is the same seen from every server,
    while the id is this server's own."""
    handle = full_acct(account["acct"], me.host)
    url = _web(account.get("url"))
    return Author(
        remote_id=url or handle,
        handle=handle,
        name=one_line(_text(account.get("display_name") or "")),
        url=url,
        avatar_url=_web(account.get("avatar_static") or account.get("avatar")),
        n_followers=_number(account.get("followers_count")),
        is_bot=account.get("bot") is True,
    )


def full_acct(acct: Any, host: str) -> str:
    """`ann@host`: most servers leave their own host out."""
    name = one_line(_text(acct)).removeprefix("@")
    if not name or len(name) > _MAX_ID:
        raise ValueError("no name")
    return name if "@" in name else f"{name}@{host}"


def names_us(status: Any, me: Me) -> bool:
    """Whether the post mentions our account."""
    return any(str(one.get("id")) == me.own_id for one in status.get("mentions") or ())


def kind_among_others(status: Any, me: Me) -> Kind | None:
    """POST for what neither names nor answers us; None: as the post tells."""
    is_ours = names_us(status, me) or _kind(status, me) is Kind.REPLY
    return None if is_ours else Kind.POST


def parent_id(status: Any) -> str:
    """The id of the post it answers, "" if none."""
    above = status.get("in_reply_to_id")
    return read_id(above) if above else ""


def read_visibility(status: Any) -> Visibility:
    """Who can read the post."""
    return _VISIBILITY.get(_text(status.get("visibility") or "public"), Visibility.DIRECT)


def read_id(value: Any) -> str:
    """An id or uri: opaque, never empty. Some servers send numbers."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 128:
        return str(value)
    if not isinstance(value, str) or not value.strip() or len(value) > _MAX_ID:
        raise ValueError("no id")
    return plain(value)


def read_time(value: Any) -> datetime:
    """A time of this century, as aware UTC."""
    when = datetime.fromisoformat(_text(value))
    when = when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    if when.year not in _YEARS:
        raise ValueError("a time out of reach")
    return when


def _kind(status: Any, me: Me) -> Kind:
    answered = status.get("in_reply_to_account_id")
    return Kind.REPLY if answered and str(answered) == me.own_id else Kind.MENTION


def _maybe_time(value: Any) -> datetime | None:
    return read_time(value) if value else None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _lang(value: Any) -> str:
    return value if isinstance(value, str) and _LANG.fullmatch(value) else ""


def _number(value: Any) -> int | None:
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 53
    return value if is_count else None


def _web(value: Any) -> str:
    """An address a browser may open, or ""."""
    if not isinstance(value, str) or len(value) > _MAX_URL:
        return ""
    if _PLAIN_WEB.fullmatch(value):  # nearly all, at a tenth of the time
        return value
    parts = parts_of(value)
    return plain(value) if parts.scheme in ("https", "http") and parts.hostname else ""


def _attachments(value: Any) -> tuple[Attachment, ...]:
    found = []
    for one in value or ():
        url = _web(one.get("url") or one.get("remote_url") or one.get("preview_url"))
        if url:  # null while the server still works on it
            kind, alt = one.get("type"), one.get("description")
            found.append(
                Attachment(
                    url,
                    kind if isinstance(kind, str) and kind.isalpha() else "unknown",
                    plain(alt) if isinstance(alt, str) else "",
                )
            )
    return tuple(found)
