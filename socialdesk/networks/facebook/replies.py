"""Answering as the Page, and finding an answer that may have been sent.

Facebook knows no key for a repeat; it refuses the same words twice in a row (506).
"""

from collections.abc import Iterator
from typing import Any, Final

from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.networks.facebook.posts import TAGGED, is_on_page, parent_of, uri_of
from socialdesk.networks.http import Value
from socialdesk.networks.meta.graph import Graph, listing, node
from socialdesk.networks.read_back import earliest, is_same
from socialdesk.networks.values import id_of, read_time, text_of

LOOKED_AT: Final = 100  # comments or posts in one answer
MAX_PAGES: Final = 10  # of comments, looked through for ours
_FIELDS: Final = "id,message,created_time,from{id},parent{id}"
_NEWEST: Final[dict[str, Value]] = {
    "fields": _FIELDS,
    "filter": "stream",
    "order": "reverse_chronological",
    "limit": LOOKED_AT,
}


def send_reply(graph: Graph, outgoing: Outgoing) -> Posted:
    """A comment under the post or comment."""
    target = _target(outgoing.parent_remote_id)
    return posted(graph.make(f"{target}/comments", {"message": outgoing.text}))


def send_post(graph: Graph, page_id: str, outgoing: Outgoing) -> Posted:
    """A post on the Page itself."""
    return posted(graph.make(f"{page_id}/feed", {"message": outgoing.text}))


def look_for_reply(graph: Graph, page_id: str, outgoing: Outgoing) -> Posted | None:
    """Our comment with these words under the parent. Facebook shows two levels: what answers an
    answer is filed beside it, under the same comment, and is looked for there too."""
    target = _target(outgoing.parent_remote_id)
    try:
        is_post = is_on_page(target, page_id)
        for item in _newest(graph, target, outgoing):
            if _is_it(item, page_id, outgoing) and (not is_post or not parent_of(item)):
                return posted(id_of(item["id"]))
        above = "" if is_post else _above(graph, target)
        beside = tuple(_newest(graph, node(above), outgoing)) if above else ()
    except RefusedError as e:
        if e.reason is Refusal.GONE:
            return None
        raise
    for item in beside:
        if _is_it(item, page_id, outgoing):
            return posted(id_of(item["id"]))
    return None


def look_for_post(graph: Graph, page_id: str, outgoing: Outgoing) -> Posted | None:
    """Among the Page's own newest posts."""
    params: dict[str, Value] = {"fields": "id,message,created_time,from{id}", "limit": LOOKED_AT}
    for item in listing(graph.get(f"{page_id}/published_posts", params).data).items:
        if _is_it(item, page_id, outgoing):
            return posted(id_of(item["id"]))
    return None


def posted(node_id: str) -> Posted:
    """A post or comment of ours."""
    return Posted(remote_id=node_id, uri=uri_of(node_id), url=uri_of(node_id))


def _target(remote_id: str) -> str:
    if remote_id.startswith(TAGGED):
        raise RefusedError(Refusal.PERMISSION, "only answers to your own posts can be sent")
    return node(remote_id)


def _newest(graph: Graph, target: str, outgoing: Outgoing) -> Iterator[Any]:
    """Comments, newest first, as long as ours may be among them: in a crisis hundreds come in the
    minutes between a send and the look for it."""
    after = ""
    for _ in range(MAX_PAGES):
        page = listing(graph.get(f"{target}/comments", {**_NEWEST, "after": after}).data)
        yield from page.items
        if page.after in ("", after) or _is_older(page.items, outgoing):
            return
        after = page.after


def _is_older(items: tuple[Any, ...], outgoing: Outgoing) -> bool:
    """Whether the last readable of them was there before the first try."""
    for item in reversed(items):
        try:
            return read_time(item["created_time"]) < earliest(outgoing)
        except (KeyError, TypeError, ValueError, OverflowError):
            continue
    return True


def _above(graph: Graph, target: str) -> str:
    return parent_of(graph.get(target, {"fields": "id,parent{id}"}).data)


def _is_it(item: Any, page_id: str, outgoing: Outgoing) -> bool:
    try:
        is_ours = id_of(item["from"]["id"]) == page_id
        id_of(item["id"])
        made_at = read_time(item["created_time"])
        return is_ours and is_same(text_of(item.get("message") or ""), made_at, outgoing)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return False
