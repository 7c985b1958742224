"""Answering in two steps, so that what breaks between them can be gone on with.

A container holds the words and is seen by nobody; publishing makes the post. A container publishes
once: after a lost answer its state tells whether it did. Source: Threads API "Posts" and
"Troubleshooting", read 2026-11-21.
"""

from collections.abc import Mapping
from typing import Any, Final

from socialdesk.domain.errors import (
    ConnectorError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.networks.http import Value
from socialdesk.networks.meta.graph import Graph, listing, node
from socialdesk.networks.read_back import earliest, is_same
from socialdesk.networks.threads.posts import (
    media_of,
    remote_id_of,
    replied_to,
    root_of,
    uri_of,
)
from socialdesk.networks.values import id_of, read_time, text_of, text_or

LOOKED_AT: Final = 50
_FIELDS: Final = "id,text,timestamp,permalink"


def send_reply(graph: Graph, outgoing: Outgoing) -> Posted:
    """An answer to any post that we can see."""
    target = node(media_of(outgoing.parent_remote_id))
    return _sent(graph, outgoing, {"reply_to_id": target})


def send_post(graph: Graph, outgoing: Outgoing) -> Posted:
    """A post that answers nobody."""
    return _sent(graph, outgoing, {})


def look_for(graph: Graph, outgoing: Outgoing) -> Posted | None:
    """Among our own newest replies or posts: these words under that parent."""
    edge = "me/replies" if outgoing.is_answer else "me/threads"
    fields = f"{_FIELDS},replied_to" if outgoing.is_answer else _FIELDS
    since = int(earliest(outgoing).timestamp())
    params: dict[str, Value] = {"fields": fields, "limit": LOOKED_AT, "since": since}
    for item in listing(graph.get(edge, params).data).items:
        if _is_it(item, outgoing):
            return _posted(id_of(item["id"]), outgoing, text_or(item.get("permalink")))
    return None


def _sent(graph: Graph, outgoing: Outgoing, to: Mapping[str, Value]) -> Posted:
    form = {"media_type": "TEXT", "text": outgoing.text, **to}
    try:
        container = graph.make("me/threads", form)
    except UnreachableError as e:  # a container alone is seen by nobody
        raise UnreachableError(str(e), maybe_done=False) from e
    try:
        media_id = _published(graph, container)
    except UnreachableError as e:
        if not e.maybe_done:
            raise
        return _gone_on_with(graph, container, outgoing, e)
    return _told(graph, media_id, outgoing)


def _gone_on_with(
    graph: Graph, container: str, outgoing: Outgoing, lost: UnreachableError
) -> Posted:
    """What became of a container whose publishing was not answered. Raises `lost` when that cannot
    be told now: then it is looked for later."""
    try:
        state = graph.get(node(container), {"fields": "id,status,error_message"}).data
        if state.get("status") == "PUBLISHED":
            found = look_for(graph, outgoing)
            if found is not None:
                return found
    except ConnectorError as e:
        raise lost from e
    match state.get("status"):
        case "FINISHED":  # it waits for its publishing, which never arrived, or is under way
            return _told(graph, _published_again(graph, container, lost), outgoing)
        case "ERROR" | "EXPIRED":
            raise RefusedError(Refusal.OTHER, text_or(state.get("error_message"))[:100])
        case _:
            raise lost


def _published(graph: Graph, container: str) -> str:
    return graph.make("me/threads_publish", {"creation_id": container})


def _published_again(graph: Graph, container: str, lost: UnreachableError) -> str:
    """Whatever refuses the second publishing may do so because the first one arrived after all: so
    no refusal is taken for "not sent"."""
    try:
        return _published(graph, container)
    except ConnectorError as e:
        raise lost from e


def _told(graph: Graph, media_id: str, outgoing: Outgoing) -> Posted:
    """With its address, where Threads gives it; the post is there in any case."""
    try:
        told = graph.get(node(media_id), {"fields": "id,permalink"}).data
    except ConnectorError:
        told = {}
    return _posted(media_id, outgoing, text_or(told.get("permalink")))


def _posted(media_id: str, outgoing: Outgoing, url: str) -> Posted:
    root = root_of(outgoing.parent_remote_id) if outgoing.is_answer else ""
    return Posted(remote_id_of(media_id, root), uri_of(media_id), url)


def _is_it(item: Any, outgoing: Outgoing) -> bool:
    try:
        id_of(item["id"])
        is_there = replied_to(item) == media_of(outgoing.parent_remote_id)
        words, made_at = text_of(item["text"]), read_time(item["timestamp"])
        return (is_there or not outgoing.is_answer) and is_same(words, made_at, outgoing)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return False
