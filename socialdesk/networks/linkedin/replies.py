"""Answering as the page, and finding an answer that may have been posted.

Source: Comments API, learn.microsoft.com/linkedin. There is no key that makes a repeat harmless.
"""

from collections.abc import Iterator
from typing import Any, Final

from socialdesk.domain.errors import Refusal, RefusedError, UnreachableError
from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.networks.base import read_each
from socialdesk.networks.http import Answer
from socialdesk.networks.linkedin.api import Api
from socialdesk.networks.linkedin.comments import read_comment
from socialdesk.networks.linkedin.urns import Spot, comment_urn, number_of, quoted, spot_of
from socialdesk.networks.read_back import is_same

PAGE: Final = 100  # comments
MAX_PAGES: Final = 10


def send_reply(api: Api, own: str, outgoing: Outgoing) -> Posted:
    """Post it under the parent; under its first level, when that is an answer itself."""
    spot = asked_spot(outgoing.parent_remote_id)
    body: dict[str, Any] = {
        "actor": own,
        "object": spot.post,
        "message": {"text": outgoing.text},
    }
    top = spot.top or spot.comment
    if top:
        body["parentComment"] = top
    answer = api.post(f"socialActions/{quoted(spot.parent)}/comments", body)
    return posted(spot_of(f"{top} {_urn_in(answer, spot.post)}".strip()))


def look_for_reply(api: Api, own: str, outgoing: Outgoing) -> Posted | None:
    """Among our own comments under the parent: same words, new enough."""
    spot = asked_spot(outgoing.parent_remote_id)
    for mention in below(api, own, spot.parent):
        if mention.is_own and is_same(mention.body, mention.published_at, outgoing):
            return posted(spot_of(mention.remote_id))
    return None


def below(api: Api, own: str, parent: str) -> Iterator[Mention]:
    """What stands below a post or a comment, as it is listed. Bad items are left out."""
    for n in range(MAX_PAGES):
        try:
            items, _ = api.elements(comments_path(parent, n * PAGE))
        except RefusedError as e:
            if e.reason is Refusal.GONE:
                return
            raise
        yield from read_each(items, lambda item: read_comment(item, own))[0]
        if len(items) < PAGE:
            return


def change_reply(api: Api, own: str, remote_id: str, text: str) -> Posted:
    """Other words for our own comment."""
    spot = asked_spot(remote_id)
    api.patch(own_path(spot, own), {"message": {"$set": {"text": text}}})
    return posted(spot)


def delete_reply(api: Api, own: str, remote_id: str) -> None:
    """Take our own comment off; one already gone is no error."""
    try:
        api.delete(own_path(asked_spot(remote_id), own))
    except RefusedError as e:
        if e.reason is not Refusal.GONE:
            raise


def comments_path(parent: str, start: int = 0) -> str:
    """The list below a post or a comment."""
    return f"socialActions/{quoted(parent)}/comments?start={start}&count={PAGE}"


def comment_path(spot: Spot) -> str:
    """One comment."""
    return f"socialActions/{quoted(spot.post)}/comments/{quoted(number_of(spot.comment))}"


def own_path(spot: Spot, own: str) -> str:
    """One comment, as its author."""
    return f"{comment_path(spot)}?actor={quoted(own)}"


def asked_spot(remote_id: str) -> Spot:
    """As `spot_of`. Raises RefusedError for what LinkedIn never gave."""
    try:
        return spot_of(remote_id)
    except ValueError as e:
        raise RefusedError(Refusal.GONE, "not a post or comment of LinkedIn") from e


def posted(spot: Spot) -> Posted:
    """Our comment at its place."""
    return Posted(spot.remote_id, Spot(spot.post, spot.comment).url, spot.url)


def _urn_in(answer: Answer, post: str) -> str:
    """The new comment's URN; its number stands in the header when the body has none. Raises
    UnreachableError: what was posted and cannot be named must be looked for."""
    data = answer.data if isinstance(answer.data, dict) else {}
    number = answer.headers.get("x-restli-id", "")
    for found in (data.get("commentUrn"), data.get("$URN"), f"urn:li:comment:({post},{number})"):
        try:
            return comment_urn(found)
        except (TypeError, ValueError):
            continue
    raise UnreachableError("LinkedIn told the new comment unreadably", maybe_done=True)
