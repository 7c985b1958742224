"""Replies: sent to where the post stands now, found again, held back by moderators.

2026-11: a forum has no key against sending twice. It refuses the same words in a topic for five
minutes (422 in its own language, so the sentence tells nothing), therefore a 422 is followed by a
look: when the words stand there, it was a duplicate.
"""

import hashlib
from dataclasses import replace
from typing import Any, Final

from socialdesk.domain.errors import (
    BadAnswerError,
    ConnectorError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.networks.discourse.api import Api
from socialdesk.networks.discourse.posts import Place, is_gone, number_id
from socialdesk.networks.discourse.topics import posts_of, read_thread
from socialdesk.networks.read_back import is_same, same_words
from socialdesk.networks.values import id_of, read_time, text_or

PENDING: Final = "pending"  # a remote id of ours that waits for a moderator begins so
N_LAST: Final = 40  # newest posts of a topic that are searched for ours
MAX_CANDIDATES: Final = 5  # own posts whose words are asked for

_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


def post_id_of(remote_id: str) -> str:
    """The post's part of "topic/post"."""
    return remote_id.rpartition("/")[2]


def send_reply(api: Api, place: Place, outgoing: Outgoing, min_chars: int) -> Posted:
    """Post it under its parent, once. A text shorter than the forum takes is not sent at all."""
    if len(outgoing.text.strip()) < min_chars:
        raise RefusedError(Refusal.TEXT, f"this forum takes no text under {min_chars} characters")
    parent = _asked_before(api, outgoing)
    body = {"raw": outgoing.text, "topic_id": int(number_id(parent["topic_id"]))}
    if parent["post_number"] > 1:
        body["reply_to_post_number"] = parent["post_number"]
    try:
        answer = api.post("/posts.json", body)
    except RefusedError as e:
        if e.reason is Refusal.TEXT and _stands_there(api, place, outgoing):
            raise RefusedError(Refusal.DUPLICATE, "these words stand in the topic already") from e
        raise
    try:
        return _made(answer, place, outgoing, parent)
    except _UNREADABLE:
        pass
    raise UnreachableError("the forum took it and answered unreadably", maybe_done=True)


def _stands_there(api: Api, place: Place, outgoing: Outgoing) -> bool:
    try:
        return look_for_reply(api, place, outgoing) is not None
    except ConnectorError:
        return False


def _asked_before(api: Api, outgoing: Outgoing) -> dict[str, Any]:
    """The post to answer, as it stands now: it may have been moved to another topic. Whatever
    goes wrong here, nothing was sent."""
    try:
        parent = read_one(api, post_id_of(outgoing.parent_remote_id))
        if parent is not None and not is_gone(parent):
            int(number_id(parent["topic_id"]))
            if type(parent["post_number"]) is int:
                return parent
    except (UnreachableError, BadAnswerError, *_UNREADABLE) as e:
        raise UnreachableError("the post to answer cannot be read", maybe_done=False) from e
    raise RefusedError(Refusal.GONE, "the post to answer is gone")


def _made(answer: Any, place: Place, outgoing: Outgoing, parent: dict[str, Any]) -> Posted:
    """Where our post is, or that it waits."""
    if answer.get("action") == "enqueued":
        return _waiting(answer.get("pending_post"), place, outgoing, str(parent["topic_id"]))
    post = answer.get("post", answer)
    return _posted(post, place)


def _posted(post: dict[str, Any], place: Place) -> Posted:
    post_id, topic_id, number = (
        number_id(post["id"]),
        number_id(post["topic_id"]),
        post["post_number"],
    )
    if type(number) is not int:
        raise TypeError("a post without a number")
    url = place.topic_url(text_or(post.get("topic_slug")), topic_id, number)
    return Posted(f"{topic_id}/{post_id}", place.post_uri(post_id), url)


def _waiting(pending: Any, place: Place, outgoing: Outgoing, topic_id: str) -> Posted:
    """A post in the moderators' queue has no address yet: it is called after its words."""
    waiting_id = id_of(pending["id"]) if isinstance(pending, dict) and pending.get("id") else "0"
    name = f"{PENDING}/{topic_id}/{_digest(outgoing.text)}/{waiting_id}"
    return Posted(name, f"{place.base}/{name}", f"{place.base}/t/{topic_id}")


def look_for_reply(api: Api, place: Place, outgoing: Outgoing) -> Posted | None:
    """Among our newest posts in the topic, then among those that wait for a moderator. Raises
    BadAnswerError when one of ours cannot be read: it may be the one."""
    parent = read_one(api, post_id_of(outgoing.parent_remote_id))
    if parent is None:
        return None
    try:
        topic_id, number = number_id(parent["topic_id"]), parent["post_number"]
        above = (number, None) if number == 1 else (number,)
        for post in _own_posts(api, place, topic_id, above):
            if is_same(text_or(post.get("raw")), read_time(post["created_at"]), outgoing):
                return _posted(post, place)
        return _queued(api, place, outgoing, topic_id)
    except _UNREADABLE:
        pass
    raise BadAnswerError("our own posts came unreadably")


def _own_posts(
    api: Api, place: Place, topic_id: str, above: tuple[int | None, ...] | None
) -> list[dict[str, Any]]:
    """Our own newest posts of a topic with their words, newest first. `above`: which posts they
    answer, None = whatever."""
    thread = read_thread(api, topic_id)
    if thread is None:
        return []
    last = thread.stream[-N_LAST:]
    missing = [id_ for id_ in last if id_ not in thread.posts]
    posts = {**thread.posts, **posts_of(api, topic_id, missing)}
    mine = [
        id_
        for id_ in reversed(last)
        if id_ in posts
        and place.is_ours(text_or(posts[id_].get("username")))
        and (above is None or posts[id_].get("reply_to_post_number") in above)
    ]
    whole = [read_one(api, id_) for id_ in mine[:MAX_CANDIDATES]]
    return [post for post in whole if post is not None and not is_gone(post)]


def _queued(api: Api, place: Place, outgoing: Outgoing, topic_id: str) -> Posted | None:
    for pending in _pending(api, place):
        raw, at = text_or(pending.get("raw")), text_or(pending.get("created_at"))
        if str(pending.get("topic_id")) == topic_id and is_same(raw, read_time(at), outgoing):
            return _waiting(pending, place, outgoing, topic_id)
    return None


def _pending(api: Api, place: Place) -> list[dict[str, Any]]:
    """Our posts that wait; () where the forum is too old to tell."""
    try:
        data = api.get(f"/posts/{place.username}/pending.json")
    except RefusedError:
        return []
    waiting = data.get("pending_posts")
    return [one for one in waiting if isinstance(one, dict)] if isinstance(waiting, list) else []


def settled(api: Api, place: Place, remote_id: str) -> str | None:
    """What a reply that waited is called now, None while it waits or when it was refused."""
    if not remote_id.startswith(PENDING + "/"):
        return remote_id
    _, topic_id, digest, _ = remote_id.split("/")
    for post in _own_posts(api, place, topic_id, None):
        if _digest(text_or(post.get("raw"))) == digest:
            return _posted(post, place).remote_id
    return None


def is_shown(api: Api, place: Place, remote_id: str) -> bool | None:
    """Whether everybody can see it: not while it waits, not when flags hid it."""
    known_as = settled(api, place, remote_id)
    if known_as is None:
        return False
    post = read_one(api, post_id_of(known_as))
    return post is not None and not is_gone(post) and not post.get("hidden")


def read_one(api: Api, post_id: str) -> dict[str, Any] | None:
    """A post with its `raw`; None when the forum says that there is none."""
    try:
        post: dict[str, Any] = api.get(f"/posts/{post_id}.json")
    except RefusedError as e:
        if e.reason is Refusal.GONE:
            return None
        raise
    return post


def change(api: Api, place: Place, remote_id: str, text: str) -> Posted:
    """Edit a post of ours."""
    known_as = _settled_or_refused(api, place, remote_id)
    answer = api.put(f"/posts/{post_id_of(known_as)}.json", {"post": {"raw": text}})
    try:
        post = answer["post"]
        return replace(_posted(post, place), remote_id=known_as)
    except _UNREADABLE:
        pass
    raise UnreachableError("the forum took it and answered unreadably", maybe_done=True)


def take_off(api: Api, place: Place, remote_id: str) -> None:
    """Delete a post of ours; one already gone is no error."""
    known_as = _settled_or_refused(api, place, remote_id)
    try:
        api.delete(f"/posts/{post_id_of(known_as)}.json")
    except RefusedError as e:
        if e.reason is not Refusal.GONE:
            raise


def _settled_or_refused(api: Api, place: Place, remote_id: str) -> str:
    known_as = settled(api, place, remote_id)
    if known_as is None:
        raise RefusedError(Refusal.NOT_APPROVED, "the reply still waits for a moderator")
    return known_as


def _digest(text: str) -> str:
    """Names a text without showing it."""
    return hashlib.sha256(same_words(text).encode()).hexdigest()[:16]
