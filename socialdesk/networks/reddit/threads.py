"""The comments around a post, with one helping of those that Reddit folds away."""

from typing import Any, Final

from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.mentions.mention import Kind, Mention
from socialdesk.networks.base import read_each
from socialdesk.networks.http import Value
from socialdesk.networks.reddit.api import Api
from socialdesk.networks.reddit.things import COMMENT, LINK, MESSAGE, read_thing, split

CONTEXT, DEPTH, LIMIT = 8, 4, 100
FOLDED: Final = 100  # comments that one call unfolds; the API's maximum
MAX_THREAD: Final = 200
MAX_STEPS: Final = 2_000


def read_thread(api: Api, remote_id: str) -> tuple[Mention, ...]:
    """Oldest first, `remote_id` itself left out; () when it is gone."""
    try:
        kind, id36 = split(remote_id)
        things = _message_things(api, id36) if kind == MESSAGE else _things(api, kind, id36)
    except RefusedError as e:
        if e.reason in (Refusal.GONE, Refusal.PERMISSION):
            return ()
        raise
    except ValueError:
        raise RefusedError(Refusal.GONE, "no post of Reddit") from None
    mentions, _ = read_each(
        things[:MAX_THREAD], lambda thing: read_thing(thing, api.name, Kind.CONTEXT)
    )
    others = {m.uri: m for m in mentions if m.remote_id != remote_id}
    return tuple(sorted(others.values(), key=lambda mention: mention.published_at))


def _things(api: Api, kind: str, id36: str) -> list[Any]:
    asked: dict[str, Value] = {"depth": DEPTH, "limit": LIMIT}
    article = id36
    if kind == COMMENT:
        found = _article_of(api, id36)
        if not found:
            return []
        article = found
        asked |= {"comment": id36, "context": CONTEXT}
    data = api.get(f"/comments/{article}", asked).data
    if not isinstance(data, list):
        raise BadAnswerError("a thread we cannot read")
    things = [one for listing in data for one in _flat(listing)]
    folded = [one for thing in things if thing.get("kind") == "more" for one in _names(thing)]
    return [*things, *(_unfolded(api, article, folded[:FOLDED]) if folded else ())]


def _article_of(api: Api, comment: str) -> str:
    """The submission a comment stands under, "" when the comment is gone."""
    data = api.get("/api/info", {"id": f"{COMMENT}_{comment}"}).data
    for thing in _flat(data):
        try:
            return split(thing["data"]["link_id"])[1]
        except (KeyError, TypeError, ValueError):
            continue
    return ""


def _unfolded(api: Api, article: str, children: list[str]) -> list[Any]:
    """What "load more comments" holds; one call at a time is allowed, and one is made."""
    asked: dict[str, Value] = {
        "api_type": "json",
        "link_id": f"{LINK}_{article}",
        "children": ",".join(children),
    }
    data = api.get("/api/morechildren", asked).data
    try:
        things = data["json"]["data"]["things"]
    except (KeyError, TypeError):
        return []
    return [one for one in things if isinstance(one, dict)] if isinstance(things, list) else []


def _message_things(api: Api, id36: str) -> list[Any]:
    """A message with all its answers."""
    return _flat(api.get(f"/message/messages/{id36}").data)


def _names(more: Any) -> list[str]:
    """The ids a "more" stands for; none for "continue this thread"."""
    data = more.get("data")
    children = data.get("children") if isinstance(data, dict) else None
    return [one for one in children if isinstance(one, str) and one.isalnum()] if isinstance(
        children, list
    ) else []  # fmt: skip


def _flat(listing: Any) -> list[Any]:
    """All things of a listing and below them, breadth first."""
    waiting = children_of({"data": {"replies": listing}})
    for n, one in enumerate(waiting):
        if n < MAX_STEPS:
            waiting += children_of(one)
    return waiting


def children_of(thing: Any) -> list[Any]:
    """The things in `replies`, which is "" where there are none."""
    data = thing.get("data") if isinstance(thing, dict) else None
    replies = data.get("replies") if isinstance(data, dict) else None
    inner = replies.get("data") if isinstance(replies, dict) else None
    found = inner.get("children") if isinstance(inner, dict) else None
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
