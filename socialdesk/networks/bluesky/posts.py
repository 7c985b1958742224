"""What the AppView says of a post or a person, as mentions and authors of ours.

Shapes: app.bsky.feed.defs#postView, app.bsky.notification.listNotifications#notification,
app.bsky.actor.defs#profileView*. Everybody is keyed by DID: handles change hands.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from socialdesk.domain.mentions.mention import Attachment, Author, CanReply, Kind, Mention
from socialdesk.networks.bluesky.facets import with_links
from socialdesk.networks.values import read_time, text_of

WEB = "https://bsky.app"
KINDS = {"mention": Kind.MENTION, "quote": Kind.MENTION, "reply": Kind.REPLY}
_QUIET_LABELS = {"!no-unauthenticated", "bot"}  # say nothing about what there is to see
_DAY = timedelta(days=1)


def read_author(item: dict[str, Any]) -> Author:
    """`followersCount` is only in detailed profiles."""
    did, n_followers = text_of(item["did"]), item.get("followersCount")
    return Author(
        remote_id=did,
        handle=text_of(item["handle"]),
        name=text_of(item.get("displayName") or ""),
        url=f"{WEB}/profile/{did}",
        avatar_url=text_of(item.get("avatar") or ""),
        n_followers=_count(n_followers) if type(n_followers) is int else None,
        is_bot="bot" in set(_labels(item)),
    )


def read_post(item: dict[str, Any], own_did: str, kind: Kind) -> Mention:
    """A mention from a post view, or from a notification, which has less to say."""
    record, author = item["record"], read_author(item["author"])
    reply = _dict(record.get("reply"))
    can_reply, note = _ability(item)
    uri = at_uri(item["uri"])
    return Mention(
        uri=uri,
        remote_id=uri,
        author=author,
        body=with_links(text_of(record["text"]), record.get("facets")),
        published_at=_published_at(record.get("createdAt"), item["indexedAt"]),
        kind=kind,
        is_own=author.remote_id == own_did,
        url=web_url(uri),
        lang=_first_text(record.get("langs")),
        parent_uri=text_of(_dict(reply.get("parent")).get("uri") or ""),
        root_uri=text_of(_dict(reply.get("root")).get("uri") or ""),
        warning=", ".join(_warnings(item, record)),
        n_reposts=_count(item.get("repostCount")),
        attachments=tuple(_attachments(_dict(item.get("embed")))),
        can_reply=can_reply,
        reply_note=note,
    )


def at_uri(value: Any) -> str:
    """The lasting name of a post. Raises ValueError when it is something else."""
    uri = text_of(value)
    if not uri.startswith("at://") or uri.count("/") != 4:
        raise ValueError("no post's uri")
    return uri


def rkey_of(uri: str) -> str:
    """The last part of a post's uri."""
    return uri.rpartition("/")[2]


def web_url(uri: str) -> str:
    """Where a person reads the post of `uri`."""
    did = uri.removeprefix("at://").partition("/")[0]
    return f"{WEB}/profile/{did}/post/{rkey_of(uri)}"


def _published_at(claimed: Any, indexed: Any) -> datetime:
    """The author's clock, unless it is off by a day or runs ahead: 1970 and 2099 are both seen,
    and a date of long ago would file a fresh mention as old."""
    indexed_at = read_time(indexed)
    try:
        claimed_at = read_time(claimed)
    except (TypeError, ValueError, OverflowError):
        return indexed_at
    return claimed_at if indexed_at - _DAY <= claimed_at <= indexed_at else indexed_at


def _ability(item: dict[str, Any]) -> tuple[CanReply, str]:
    """Writing is accepted and then hidden in both cases, so the operator is told before."""
    by = _dict(_dict(item.get("author")).get("viewer"))
    if by.get("blockedBy") or by.get("blocking"):
        return CanReply.NO, "blocked"
    if _dict(item.get("viewer")).get("replyDisabled"):
        return CanReply.NO, "replies_closed"
    return CanReply.API, ""


def _warnings(item: dict[str, Any], record: dict[str, Any]) -> Iterator[str]:
    """Label values, each once: the network's and the author's own."""
    own = _dict(record.get("labels")).get("values")
    values = [*_labels(item), *_labels({"labels": own})]
    yield from (v for v in dict.fromkeys(values) if v not in _QUIET_LABELS)


def _labels(item: dict[str, Any]) -> Iterator[str]:
    for label in _dicts(item.get("labels")):
        value = label.get("val")
        if isinstance(value, str) and value and not label.get("neg"):
            yield value


def _attachments(embed: dict[str, Any]) -> Iterator[Attachment]:
    """Of an embed view: pictures, a video's still, a linked page; addresses only, nothing loads."""
    embed = _dict(embed.get("media")) or embed
    for image in _dicts(embed.get("images")):
        yield from _attachment(image.get("fullsize"), "image", image.get("alt"))
    yield from _attachment(embed.get("playlist"), "video", embed.get("alt"))
    page = _dict(embed.get("external"))
    yield from _attachment(page.get("uri"), "link", page.get("title"))


def _attachment(url: Any, kind: str, alt: Any) -> Iterator[Attachment]:
    if isinstance(url, str) and url.startswith(("https://", "http://")):
        yield Attachment(url, kind, alt if isinstance(alt, str) else "")


def _first_text(values: Any) -> str:
    first = values[0] if isinstance(values, list) and values else ""
    return first if isinstance(first, str) else ""


def _count(value: Any) -> int:
    return min(max(value, 0), 2**53) if type(value) is int else 0


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    return (v for v in value if isinstance(v, dict)) if isinstance(value, list) else iter(())
