"""Google's reviews (v4) as mentions, with the one answer each may have.

Source: reference page accounts.locations.reviews, read 2026-11; there is no discovery document. A
reviewer has no lasting id: each review is its own author, so that two Annas are never one person.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Attachment, Author, CanReply, Kind, Mention
from socialdesk.networks.html_text import one_line, plain
from socialdesk.networks.values import id_of, read_time, text_of, text_or

PROFILE: Final = "https://business.google.com/reviews"  # where an owner reads them all
ANONYMOUS: Final = "A Google user"  # as Google itself calls them
ONE_REPLY: Final = "one_reply"
REJECTED: Final = "REJECTED"

_STARS: Final[Mapping[str, int]] = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}
_PUBLIC: Final = frozenset({"APPROVED", "ACTIVE", "PUBLISHED"})
_HIDDEN: Final = frozenset({"PENDING", REJECTED})
# Blank lines are left to `strip`: a pattern that takes them looks at each once more for every one.
_ORIGINAL: Final = re.compile(
    r"\A\(Translated by Google\).*?\n[^\S\n]*+\(Original\)\s*+", re.DOTALL
)
_TRANSLATED: Final = re.compile(r"\n[^\S\n]*+\(Translated by Google\).*\Z", re.DOTALL)


@frozen
class Shop:
    """The location that reviews are of, as its mentions need it."""

    location: str
    title: str
    url: str


@frozen
class Answered:
    """The answer under a review. `violation`: why Google rejected it, its own word."""

    words: str
    updated_at: datetime
    state: str = ""
    violation: str = ""

    @property
    def is_rejected(self) -> bool:
        return self.state == REJECTED

    @property
    def is_public(self) -> bool | None:
        """None: Google does not say."""
        if self.state in _PUBLIC:
            return True
        return False if self.state in _HIDDEN else None


def read_review(item: Any, shop: Shop, kind: Kind = Kind.REVIEW) -> Mention:
    """A review; its words may be none. Raises KeyError, TypeError, ValueError."""
    review = review_id(item)
    made, changed = read_time(item["createTime"]), updated_at(item)
    answer = read_answer(item)
    is_answered = answer is not None and not answer.is_rejected
    return Mention(
        uri=review_uri(shop, review),
        remote_id=review,
        author=_reviewer(item.get("reviewer") or {}, shop, review),
        body=original(plain(text_of(item.get("comment", "")))),
        published_at=made,
        kind=kind,
        url=_web(item.get("reviewReplyUrl")) or shop.url or PROFILE,
        edited_at=changed if changed > made else None,
        n_stars=_STARS.get(text_of(item["starRating"])),
        attachments=_pictures(item.get("reviewMediaItems")),
        can_reply=CanReply.BROWSER if is_answered else CanReply.API,
        reply_note=ONE_REPLY if is_answered else "",
    )


def read_own(item: Any, shop: Shop, kind: Kind = Kind.REPLY) -> Mention | None:
    """The answer under a review as a mention of ours; None when there is none."""
    answer = read_answer(item)
    if answer is None:
        return None
    review = review_id(item)
    return Mention(
        uri=f"{review_uri(shop, review)}/reply",
        remote_id=f"{review}/reply",
        author=own_author(shop),
        body=plain(answer.words),
        published_at=answer.updated_at,
        kind=kind,
        is_own=True,
        url=_web(item.get("reviewReplyUrl")) or shop.url or PROFILE,
        parent_uri=review_uri(shop, review),
        root_uri=review_uri(shop, review),
        can_reply=CanReply.NO,
        reply_note=ONE_REPLY,
    )


def read_answer(item: Any) -> Answered | None:
    """What stands under a review. Raises TypeError, ValueError, KeyError."""
    reply = item.get("reviewReply")
    if not reply:
        return None
    return Answered(
        text_of(reply["comment"]),
        read_time(reply["updateTime"]),
        text_or(reply.get("reviewReplyState")) or text_or(reply.get("state")),
        text_or(reply.get("policyViolation")),
    )


def own_author(shop: Shop) -> Author:
    return Author(shop.location, shop.title or shop.location, shop.title, shop.url)


def review_id(item: Any) -> str:
    """Its id; the last part of its name where it has none."""
    return id_of(item.get("reviewId") or text_of(item["name"]).rpartition("/")[2])


def review_uri(shop: Shop, review: str) -> str:
    """The same through whichever account the location is managed."""
    return f"google-review:{shop.location.partition('/')[2]}/{review}"


def updated_at(item: Any) -> datetime:
    """When the review was last changed: the list is sorted by it."""
    return read_time(item.get("updateTime") or item["createTime"])


def original(comment: str) -> str:
    """The reviewer's own words: Google puts its translation before or behind them."""
    if comment.startswith("(Translated by Google)"):
        return _ORIGINAL.sub("", comment).strip()
    return _TRANSLATED.sub("", comment).strip()


def _reviewer(reviewer: Mapping[str, Any], shop: Shop, review: str) -> Author:
    """An anonymous one has no name, and no picture."""
    name = one_line(text_or(reviewer.get("displayName")))
    is_named = bool(name) and reviewer.get("isAnonymous") is not True
    return Author(
        remote_id=review_uri(shop, review),
        handle=name if is_named else ANONYMOUS,
        name=name if is_named else ANONYMOUS,
        avatar_url=_web(reviewer.get("profilePhotoUrl")) if is_named else "",
    )


def _pictures(items: Any) -> tuple[Attachment, ...]:
    found = []
    for item in items if isinstance(items, list) else ():
        if isinstance(item, Mapping):
            video, picture = _web(item.get("videoUrl")), _web(item.get("thumbnailUrl"))
            if video or picture:
                found.append(Attachment(video or picture, "video" if video else "image"))
    return tuple(found)


def _web(value: Any) -> str:
    address = text_or(value)
    return address if address.startswith("https://") and len(address) < 4096 else ""
