"""Answering under media of ours, and finding an answer that may have been sent.

Instagram knows two levels: an answer to an answer is filed under the same comment, and names its
author in front, or they are not told.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError, UnreachableError
from socialdesk.domain.frozen import frozen
from socialdesk.domain.replies.reply import Outgoing, Posted, addressed
from socialdesk.networks.http import Value
from socialdesk.networks.instagram.posts import HASHTAG, OWN, TAGGED, uri_of, username_of
from socialdesk.networks.meta.graph import Graph, listing, node
from socialdesk.networks.read_back import is_same
from socialdesk.networks.values import id_of, read_time, text_of, text_or

MAX_HASHTAGS: Final = 4
MAX_LINKS: Final = 1
MAX_PAGES: Final = 4  # of replies, looked through for ours
_FIELDS: Final = "id,text,timestamp,username"
_HASHTAGS: Final = re.compile(r"(?<!\w)#\w+")
_LINKS: Final = re.compile(r"https?://", re.IGNORECASE)
_LEADING: Final = re.compile(r"\A(?:@[\w.]+\s+)+")


@frozen
class _Target:
    """Where an answer goes: `edge` of the node `id`, naming `handle`, "" = nobody."""

    id: str
    edge: str
    handle: str = ""


def send_reply(graph: Graph, me: str, outgoing: Outgoing) -> Posted:
    """Under media or a comment. The comment is read first: a hidden one cannot be answered. When
    that reading fails, nothing was sent."""
    _check_text(outgoing.text)
    try:
        target = _target(graph, me, outgoing.parent_remote_id)
    except (UnreachableError, BadAnswerError) as e:
        raise UnreachableError(str(e), maybe_done=False) from e
    words = addressed(outgoing.text, target.handle, names_author=True)
    return _posted(graph.make(f"{target.id}/{target.edge}", {"message": words}))


def look_for_reply(graph: Graph, me: str, outgoing: Outgoing) -> Posted | None:
    """Our own answer with these words, with or without the names in front."""
    try:
        target = _target(graph, me, outgoing.parent_remote_id)
        for item in _listed(graph, target):
            if _is_it(item, me, outgoing) and not _names_another(item, target, outgoing):
                return _posted(id_of(item["id"]))
    except RefusedError as e:
        if e.reason is not Refusal.GONE:
            raise
    return None


def _target(graph: Graph, me: str, remote_id: str) -> _Target:
    if remote_id.startswith((TAGGED, HASHTAG)):
        raise RefusedError(Refusal.PERMISSION, "only answers under your own posts can be sent")
    if remote_id.startswith(OWN):
        return _Target(node(remote_id.removeprefix(OWN)), "comments")
    comment = graph.get(
        node(remote_id), {"fields": "id,username,from{id,username},parent_id,hidden"}
    )
    if comment.data.get("hidden") is True:
        raise RefusedError(Refusal.PERMISSION, "a hidden comment cannot be answered")
    handle = username_of(comment.data)
    above = text_or(comment.data.get("parent_id")) or remote_id
    return _Target(node(above), "replies", "" if handle.lower() == me else handle)


def _listed(graph: Graph, target: _Target) -> Iterator[Any]:
    after = ""
    for _ in range(MAX_PAGES):
        params: dict[str, Value] = {"fields": _FIELDS, "limit": 50, "after": after}
        page = listing(graph.get(f"{target.id}/{target.edge}", params).data)
        yield from page.items
        if not page.after or page.after == after:
            return
        after = page.after


def _is_it(item: Any, me: str, outgoing: Outgoing) -> bool:
    try:
        id_of(item["id"])
        made_at = read_time(item["timestamp"])
        bare = replace(outgoing, text=_bare(outgoing.text))
        is_ours = username_of(item).lower() == me
        return is_ours and is_same(_bare(text_of(item["text"])), made_at, bare)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        return False


def _names_another(item: Any, target: _Target, outgoing: Outgoing) -> bool:
    """Whether it begins with names, and not with that of whom we answer: the same words may go to
    several people under one comment."""
    named = _named(text_or(item.get("text")))
    wanted = _named(addressed(outgoing.text, target.handle, names_author=True))
    return bool(named) and not named & wanted


def _named(text: str) -> set[str]:
    """Whom it begins with, in small letters."""
    found = _LEADING.match(text.strip() + " ")
    return set(found[0].lower().split()) if found else set()


def _bare(text: str) -> str:
    return _LEADING.sub("", text.strip() + " ").strip()


def _check_text(text: str) -> None:
    """Instagram drops or refuses what looks like advertising."""
    if len(_HASHTAGS.findall(text)) > MAX_HASHTAGS:
        raise RefusedError(Refusal.TEXT, f"at most {MAX_HASHTAGS} hashtags in a comment")
    if len(_LINKS.findall(text)) > MAX_LINKS:
        raise RefusedError(Refusal.TEXT, f"at most {MAX_LINKS} link in a comment")


def _posted(comment_id: str) -> Posted:
    return Posted(remote_id=comment_id, uri=uri_of(comment_id))
