"""Bluesky mentions, searches and replies through the account's own PDS.

Source: app.bsky.* and com.atproto.* lexicons, read 2026-11-21, and answers of the reference
servers (tests/fixtures/bluesky).
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from socialdesk.domain.account import Can, Card, Watch, WatchKind
from socialdesk.domain.errors import (
    BadAnswerError,
    ConnectorError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule, Unit
from socialdesk.domain.mentions.mention import Author, Kind, Mention
from socialdesk.domain.replies.picture import Picture, PictureRule
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.networks.base import Page, Recheck, read_each
from socialdesk.networks.bluesky.posts import (
    KINDS,
    read_author,
    read_post,
    rkey_of,
    web_url,
)
from socialdesk.networks.bluesky.replies import POST, is_same_post, post_record, reply_record
from socialdesk.networks.bluesky.tid import tid_of
from socialdesk.networks.bluesky.xrpc import Xrpc, checked, error_name
from socialdesk.networks.http import Answer, Value
from socialdesk.networks.values import read_time, text_of
from socialdesk.networks.walks import OVERLAP, Walk, begin_walk, step

PAGE_SIZE = 100  # posts; the API's maximum
GET_POSTS_SIZE = 25  # uris; the API's maximum
MAX_THREAD = 200  # posts shown around one
MAX_HANDLES = 10  # looked up for one reply
CAN = (
    Can.FETCH | Can.REPLY | Can.HASHTAG | Can.KEYWORD | Can.THREAD | Can.PROFILE | Can.DELETE
    | Can.RECHECK | Can.MEDIA | Can.POST
)  # fmt: skip
# Newer servers take 2,000,000 bytes; what is under this all of them take.
PICTURES = PictureRule(4, 976_560, ("image/jpeg", "image/png", "image/webp", "image/gif"), 2_000)
LENGTH = LengthRule(300, Unit.GRAPHEME, max_bytes=3000)
REPEAT_SAFE_S = 30 * 86_400  # a key once used stays used; a month is more than any outbox waits
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


@frozen
class _List:
    """One page of the server's list: raw posts or notifications, and where it goes on."""

    items: list[Any]
    cursor: str
    kind: Kind | None  # None: each one's reason tells
    latest: datetime  # by the server's clock; what claims to be later moves no cursor


class BlueskyConnector:
    """Remote ids are at:// uris with a DID, and DIDs. Cursor: see `walks.Walk`."""

    def __init__(self, xrpc: Xrpc, did: str, server: str) -> None:
        self._xrpc, self._did, self._server = xrpc, did, server

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """At most PAGE_SIZE mentions, one step further back on the walk under way."""
        walk = begin_walk(cursor, since)
        listed = self._list(watch, walk)
        fresh = [item for item in listed.items if not _is_older(item, read_time(walk.floor))]
        if listed.kind is None:
            fresh = self._notified(fresh)
        words = read_brand_words(watch.brand_words)

        def read(item: Any) -> Mention | None:
            kind = listed.kind or KINDS[item["reason"]]
            mention = read_post(item, self._did, kind)
            return mention if words.keep(mention.body) else None

        mentions, rejects = read_each(fresh, read)
        after = step(walk, [t for t in _times(listed.items) if t <= listed.latest], listed.cursor)
        in_order = sorted(mentions, key=lambda mention: mention.published_at)
        return Page(tuple(in_order), rejects, after.saved(), more=bool(after.at))

    def _list(self, watch: Watch, walk: Walk) -> _List:
        paging: dict[str, Value] = {"limit": PAGE_SIZE, "cursor": walk.at}
        if watch.kind is WatchKind.MENTIONS:
            nsid, key, kind = "app.bsky.notification.listNotifications", "notifications", None
            asked: dict[str, Value] = {"reasons": list(KINDS)}
        else:
            nsid, key, kind = "app.bsky.feed.searchPosts", "posts", Kind.POST
            asked = {**_query(watch), "sort": "latest", "since": walk.floor}
        answer = self._xrpc.call("GET", nsid, params={**asked, **paging})
        items, cursor = _listing(checked(answer), key)
        return _List(items, cursor, kind, _latest(answer))

    def _notified(self, items: list[Any]) -> list[Any]:
        """The notifications of posts, each with what the post's view says besides: whether it
        may be answered, its pictures, its author's labels, when it was truly indexed."""
        posts = [item for item in items if not _is_other_reason(item)]
        views = {view["uri"]: view for view in self._views(filter(None, map(_uri, posts)))}
        return [{**item, **views[uri]} if (uri := _uri(item)) in views else item for item in posts]

    def _views(self, uris: Iterable[str]) -> Iterator[dict[str, Any]]:
        """Post views of the uris that still exist and that we may see."""
        for some in _batches(list(dict.fromkeys(uris)), GET_POSTS_SIZE):
            answer = self._xrpc.get("app.bsky.feed.getPosts", uris=some)
            for view in _listing(answer, "posts")[0]:
                if isinstance(view, dict) and view.get("uri") in some:
                    yield view

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """The posts above and below, as far as the AppView tells; () when it is gone."""
        try:
            answer = self._xrpc.get("app.bsky.feed.getPostThread", uri=remote_id, depth=6)
        except RefusedError as e:
            if e.reason is Refusal.GONE:
                return ()
            raise
        if not isinstance(answer, dict) or not isinstance(answer.get("thread"), dict):
            raise BadAnswerError("a thread we cannot read")
        posts, _ = read_each(
            _posts_around(answer["thread"]), lambda post: read_post(post, self._did, Kind.CONTEXT)
        )
        return tuple(sorted(posts, key=lambda mention: mention.published_at))

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """Posts are never edited, only deleted, hidden from us, or labelled."""
        asked = list(dict.fromkeys(remote_ids))
        views = list(self._views(asked))
        mentions, _ = read_each(views, lambda view: read_post(view, self._did, Kind.POST))
        seen = {view["uri"] for view in views}
        return Recheck(mentions, tuple(uri for uri in asked if uri not in seen))

    def profile(self, author_remote_id: str) -> Author:
        """`author_remote_id`: a DID."""
        answer = self._xrpc.call(
            "GET", "app.bsky.actor.getProfile", params={"actor": author_remote_id}
        )
        if error_name(answer) == "InvalidRequest":  # "Profile not found"
            raise RefusedError(Refusal.GONE, "no such profile")
        profile = checked(answer)
        try:
            return read_author(profile)
        except _UNREADABLE as e:
            raise BadAnswerError("a profile we cannot read") from e

    def reply(self, outgoing: Outgoing) -> Posted:
        """Write the reply under its own key, which a repeat finds taken: never twice."""
        return self._write(
            outgoing, lambda: reply_record(outgoing, self._parent(outgoing), self._resolver())
        )

    def post(self, outgoing: Outgoing) -> Posted:
        """The same without a parent."""
        return self._write(outgoing, lambda: post_record(outgoing, self._resolver()))

    def _write(self, outgoing: Outgoing, make: Callable[[], dict[str, Any]]) -> Posted:
        try:
            record = make()
        except (UnreachableError, BadAnswerError, *_UNREADABLE) as e:
            # so far we only asked: whatever went wrong, nothing was posted by this try
            raise UnreachableError(_facts(e), maybe_done=False) from e
        answer = self._xrpc.call(
            "POST",
            "com.atproto.repo.putRecord",
            body={**self._place(outgoing), "record": record, "swapRecord": None},
        )
        if error_name(answer) == "InvalidSwap":
            return self._already_there(outgoing)
        if error_name(answer) == "InvalidRequest":
            raise RefusedError(Refusal.TEXT, answer.words)
        try:
            checked(answer)
        except BadAnswerError as e:
            raise UnreachableError(str(e), maybe_done=True) from e
        return self._posted(outgoing)

    def upload(self, picture: Picture, content: bytes) -> tuple[str, bool]:
        """Raw bytes; what comes back is the picture's place in a record. The same bytes get the
        same name, so a repeat changes nothing."""
        answer = checked(
            self._xrpc.call("POST", "com.atproto.repo.uploadBlob", content=content,
                            mime=picture.mime)
        )  # fmt: skip
        blob = answer.get("blob") if isinstance(answer, dict) else None
        if not isinstance(blob, dict):
            raise BadAnswerError("a picture we cannot read")
        return json.dumps(blob, separators=(",", ":")), True

    def is_uploaded(self, name: str) -> bool:
        """There is no call to ask; one that was swept away is refused with the post."""
        return True

    def _parent(self, outgoing: Outgoing) -> dict[str, Any]:
        for view in self._views([outgoing.parent_remote_id]):
            return view
        raise RefusedError(Refusal.GONE, "the post to answer is gone")

    def _already_there(self, outgoing: Outgoing) -> Posted:
        """The key is taken: by our own earlier try, unless somebody changed that record."""
        found = self._find(outgoing)
        if found is None:
            raise RefusedError(Refusal.DUPLICATE, "another post has this one's key")
        return found

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        """Asks the PDS itself: it knows at once, where the AppView lags."""
        return self._find(outgoing)

    def find_post(self, outgoing: Outgoing) -> Posted | None:
        """The same."""
        return self._find(outgoing)

    def _find(self, outgoing: Outgoing) -> Posted | None:
        answer = self._xrpc.call("GET", "com.atproto.repo.getRecord", params=self._place(outgoing))
        if error_name(answer) == "RecordNotFound":
            return None
        found = checked(answer)
        if not isinstance(found, dict):
            raise BadAnswerError("a record we cannot read")
        same = is_same_post(found.get("value"), outgoing)
        return self._posted(outgoing) if same else None

    def _place(self, outgoing: Outgoing) -> dict[str, str]:
        rkey = tid_of(outgoing.made_at, outgoing.dedupe_key)
        return {"repo": self._did, "collection": POST, "rkey": rkey}

    def _posted(self, outgoing: Outgoing) -> Posted:
        """Where the post is; known before it was sent."""
        place = self._place(outgoing)
        uri = f"at://{place['repo']}/{place['collection']}/{place['rkey']}"
        return Posted(remote_id=uri, uri=uri, url=web_url(uri))

    def edit(self, remote_id: str, text: str) -> Posted:
        """Always refused: the AppView ignores or hides a post that was changed."""
        raise RefusedError(Refusal.OTHER, "Bluesky posts cannot be edited")

    def delete(self, remote_id: str) -> None:
        """Deleting what is gone is a success on the server too."""
        place = {"repo": self._did, "collection": POST, "rkey": rkey_of(remote_id)}
        checked(self._xrpc.call("POST", "com.atproto.repo.deleteRecord", body=place))

    def card(self) -> Card:
        """Bluesky's limits are the same on every server."""
        own = self.profile(self._did)
        return Card(own, CAN, LENGTH, "bluesky", self._server, 60, REPEAT_SAFE_S, pictures=PICTURES)

    def sign_out(self) -> None:
        """End the session; the app password itself lives on in the account's settings."""
        self._xrpc.sign_out()

    def _resolver(self) -> "_Resolver":
        return _Resolver(self._xrpc)


class _Resolver:
    """Handles to DIDs, at most MAX_HANDLES for one text; the rest stays plain text."""

    def __init__(self, xrpc: Xrpc) -> None:
        self._xrpc = xrpc
        self._found: dict[str, str | None] = {}

    def __call__(self, handle: str) -> str | None:
        if handle not in self._found and len(self._found) < MAX_HANDLES:
            self._found[handle] = self._ask(handle)
        return self._found.get(handle)

    def _ask(self, handle: str) -> str | None:
        try:
            answer = self._xrpc.get("com.atproto.identity.resolveHandle", handle=handle)
            did = text_of(answer["did"])
        except (RefusedError, BadAnswerError, KeyError, TypeError):
            return None
        return did if did.startswith("did:") else None


def _query(watch: Watch) -> dict[str, Value]:
    if watch.kind is WatchKind.HASHTAG:
        tag = watch.query.lstrip("#＃").strip()
        return {"q": f"#{tag}", "tag": [tag]}
    if watch.kind is WatchKind.KEYWORD:
        return {"q": watch.query}
    raise RefusedError(Refusal.OTHER, "Bluesky has no feeds")


def _listing(answer: Any, key: str) -> tuple[list[Any], str]:
    try:
        items, cursor = answer[key], answer.get("cursor") or ""
    except (KeyError, TypeError, AttributeError) as e:
        raise BadAnswerError("a page we cannot read") from e
    if not isinstance(items, list) or not isinstance(cursor, str):
        raise BadAnswerError("a page we cannot read")
    return items, cursor


def _posts_around(thread: dict[str, Any]) -> Iterator[Any]:
    """The post of every node but the first: its parents, then what hangs below, breadth first.
    Nodes of deleted and blocked posts have none."""
    nodes = [*_parents(thread), *_replies(thread)]
    for node in nodes:
        if len(nodes) < MAX_THREAD:
            nodes += _replies(node)
    yield from (node["post"] for node in nodes[:MAX_THREAD] if "post" in node)


def _parents(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    above = node.get("parent")
    while isinstance(above, dict):
        yield {"post": above["post"]} if "post" in above else {}
        above = above.get("parent")


def _replies(node: dict[str, Any]) -> list[dict[str, Any]]:
    below = node.get("replies")
    return [one for one in below if isinstance(one, dict)] if isinstance(below, list) else []


def _is_older(item: Any, floor: datetime) -> bool:
    """Whether it lies below the walk's floor; what has no time is looked at, and set aside."""
    return any(time < floor for time in _times([item]))


def _is_other_reason(item: Any) -> bool:
    """A like or a follow: old servers send them although they were not asked for."""
    reason = item.get("reason") if isinstance(item, dict) else None
    return isinstance(reason, str) and reason not in KINDS


def _uri(item: Any) -> str:
    """ "" when it has none that a server would take: one bad uri is a 400 for the whole batch."""
    uri = item.get("uri") if isinstance(item, dict) else None
    return uri if isinstance(uri, str) and uri.startswith("at://did:") else ""


def _latest(answer: Answer) -> datetime:
    """One post dated 2099 would put all that is written until then below the next walk's floor."""
    try:
        date = parsedate_to_datetime(answer.headers.get("Date", ""))
        return date.astimezone(UTC) + OVERLAP
    except (ValueError, TypeError, IndexError, OverflowError):
        return datetime.max.replace(tzinfo=UTC)


def _times(items: Sequence[Any]) -> Iterator[datetime]:
    for item in items:
        try:
            yield read_time(item["indexedAt"])
        except _UNREADABLE:
            continue


def _facts(error: Exception) -> str:
    """Never a stranger's words, which an error about a post may quote."""
    return str(error) if isinstance(error, ConnectorError) else "a post that cannot be read"


def _batches(values: list[str], size: int) -> Iterator[list[str]]:
    return (values[i : i + size] for i in range(0, len(values), size))
