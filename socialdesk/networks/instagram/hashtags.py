"""Hashtag watches: 30 different ones in any 7 days, kept by asking Instagram what it counted.

Source: Instagram Platform "Hashtag Search" and "Recently Searched Hashtags", read 2026-11-21. The
count is Instagram's own: it holds for every program that searches for this account, and outlives
a workspace that was lost. Nobody's name comes with what is found, and it cannot be answered.
"""

from typing import Any, Final

from socialdesk.domain.errors import (
    BadAnswerError,
    RateLimitedError,
    Refusal,
    RefusedError,
)
from socialdesk.networks.http import Answer, Value
from socialdesk.networks.instagram.posts import HASHTAG_FIELDS
from socialdesk.networks.meta.graph import Graph, listing, node
from socialdesk.networks.values import id_of, text_or

MAX_DIFFERENT: Final = 30
PAGE_SIZE: Final = 50  # the API's maximum
DAY_S: Final = 86_400.0


def hashtag_id(graph: Graph, ig_id: str, typed: str) -> str:
    """The id of a hashtag. Raises RateLimitedError, before it is asked for, when it would be one
    more than Instagram allows: a place gets free as others are no longer searched."""
    name = typed.lstrip("#＃").strip()
    params: dict[str, Value] = {"fields": "id,name", "limit": MAX_DIFFERENT}
    recent = listing(_asked(graph, f"{ig_id}/recently_searched_hashtags", params).data).items
    try:
        known = _known(recent, name)
        if known:
            return known
    except (TypeError, ValueError) as e:
        raise BadAnswerError("a hashtag we cannot read") from e
    if len(recent) >= MAX_DIFFERENT:
        raise RateLimitedError(DAY_S, f"{MAX_DIFFERENT} different hashtags in 7 days are used up")
    found = _asked(graph, "ig_hashtag_search", {"user_id": ig_id, "q": name})
    try:
        return _tag_id(listing(found.data).items[0]["id"])
    except (KeyError, TypeError, ValueError, IndexError) as e:
        raise BadAnswerError("a hashtag we cannot read") from e


def recent_media(graph: Graph, ig_id: str, tag_id: str, at: str) -> Answer:
    """A page of what was published with it in the last 24 hours, newest first."""
    params: dict[str, Value] = {
        "user_id": ig_id,
        "fields": HASHTAG_FIELDS,
        "limit": PAGE_SIZE,
        "after": at,
    }
    return _asked(graph, f"{node(tag_id)}/recent_media", params)


def _asked(graph: Graph, path: str, params: dict[str, Value]) -> Answer:
    """Without the feature Instagram Public Content Access, which Meta grants after a review, every
    one of these is refused."""
    try:
        return graph.get(path, params)
    except RefusedError as e:
        if e.reason is Refusal.PERMISSION:
            raise RefusedError(Refusal.NOT_APPROVED, e.detail) from e
        raise


def _known(recent: tuple[Any, ...], name: str) -> str:
    """The id among those searched of late, "" = not among them."""
    for tag in recent:
        if isinstance(tag, dict) and text_or(tag.get("name")).casefold() == name.casefold():
            return _tag_id(tag.get("id"))
    return ""


def _tag_id(value: Any) -> str:
    """Raises TypeError, ValueError: asking for what is no hashtag would stop the watch."""
    tag_id = id_of(value)
    if not tag_id.isdigit() or not 10 <= len(tag_id) <= 32:
        raise ValueError("an id that cannot be a hashtag's")
    return tag_id
