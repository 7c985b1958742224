"""Comments as mentions. Of a member only the URN is read: names may be kept for a day only, and
need a permission of their own.

Source: Comments API and social metadata, learn.microsoft.com/linkedin, read 2026-11.
"""

from typing import Any, Final

from socialdesk.domain.mentions.mention import Author, CanReply, Kind, Mention
from socialdesk.networks.linkedin.urns import Spot, comment_urn, urn_of
from socialdesk.networks.values import text_of, text_or, unix_time

MS: Final = 1000


def read_comment(item: Any, own: str) -> Mention:
    """A comment, or an answer to one. `own`: the page's URN."""
    spot = spot_of_comment(item)
    actor = urn_of(item["actor"])
    created = unix_time(item["created"]["time"], per_s=MS)
    changed = item.get("lastModified") or {}
    edited = unix_time(changed["time"], per_s=MS) if changed.get("time") else created
    is_own = actor == own
    return Mention(
        uri=Spot(spot.post, spot.comment).url, remote_id=spot.remote_id,
        author=member(actor), body=text_of(item["message"]["text"]), published_at=created,
        kind=Kind.REPLY if spot.top else Kind.COMMENT, is_own=is_own, url=spot.url,
        parent_uri=Spot(spot.post, spot.top).url, root_uri=Spot(spot.post).url,
        edited_at=edited if edited > created else None,
        can_reply=CanReply.NO if is_own else CanReply.API,
    )  # fmt: skip


def spot_of_comment(item: Any) -> Spot:
    """Where it stands. The post's kind in the URN (activity, share, ugcPost) is kept as it came."""
    comment = comment_urn(item.get("commentUrn") or item.get("$URN"))
    post = comment.removeprefix("urn:li:comment:(").rpartition(",")[0]
    top = item.get("parentComment")
    return Spot(post, comment, comment_urn(top) if top else "")


def member(urn: str) -> Author:
    """A person or page, by its number."""
    handle = urn.removeprefix("urn:li:").replace(":", " ")
    return Author(urn, handle)


def n_answers(item: Any) -> int:
    """How many answers stand below a comment."""
    summary = item.get("commentsSummary") if isinstance(item, dict) else None
    if not isinstance(summary, dict):
        return 0
    count = summary.get("totalFirstLevelComments", summary.get("aggregatedTotalComments"))
    return count if isinstance(count, int) and not isinstance(count, bool) and count > 0 else 0


def read_named(notice: Any) -> Mention:
    """A member's post or comment that names the page, as its notification tells it. The words of
    what is not public do not come: the link stands in their place."""
    generated = urn_of(notice["generatedActivity"])
    is_comment = generated.startswith("urn:li:comment:")
    spot = spot_of_comment({"commentUrn": generated}) if is_comment else Spot(generated)
    told = notice.get("decoratedGeneratedActivity") or {}
    part = told.get("comment" if is_comment else "share") or {}
    actor = urn_of(notice.get("actor") or part["owner"])
    return Mention(
        uri=spot.url, remote_id=spot.remote_id, author=member(actor),
        body=text_or(part.get("text")) or spot.url,
        published_at=unix_time(notice["lastModifiedAt"], per_s=MS), kind=Kind.MENTION,
        url=spot.url, root_uri=Spot(spot.post).url,
        parent_uri=Spot(spot.post).url if is_comment else "",
    )  # fmt: skip
