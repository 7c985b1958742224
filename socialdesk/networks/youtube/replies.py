"""Our own comments on YouTube: sent, looked for, changed, taken back.

YouTube has no key against doubles and takes the same words twice, so after a doubt the thread is
read. Threads are one level deep: an answer to a reply goes under the head of its thread.
"""

from collections.abc import Iterator
from typing import Any, Final

from socialdesk.domain.errors import (
    BadAnswerError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.networks.before_send import before_send
from socialdesk.networks.google.api import NOT_THERE, GoogleApi, items_of, next_page
from socialdesk.networks.http import Value
from socialdesk.networks.read_back import earliest, is_same
from socialdesk.networks.values import id_of, read_time
from socialdesk.networks.youtube.addresses import COMMENTS, THREADS, VIDEOS
from socialdesk.networks.youtube.comments import (
    author_id,
    comment_uri,
    comment_url,
    split,
    top_of,
)

PAGE: Final = 100  # the API's maximum
MAX_PAGES: Final = 10  # of a thread that is looked through
SNIPPET: Final = {"part": "snippet"}

_CLOSED: Final = NOT_THERE | {"commentsDisabled"}
_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError)


def send_reply(api: GoogleApi, outgoing: Outgoing) -> Posted:
    """Under a comment, or on a video as a comment of its own."""
    video, comment = split(outgoing.parent_remote_id)
    if not comment:
        return _send_comment(api, video, outgoing.text)
    head = top_of(comment, {}) or comment
    body = {"snippet": {"parentId": head, "textOriginal": outgoing.text}}
    return _posted(api.post(COMMENTS, SNIPPET, body), video)


def look_for_reply(api: GoogleApi, own_id: str, outgoing: Outgoing) -> Posted | None:
    """Our comment with the same words in the same place, made after the first try."""
    video, comment = split(outgoing.parent_remote_id)
    found = _below(api, comment) if comment else _on_video(api, video, outgoing)
    for item in found:
        if _is_it(item, own_id, outgoing):
            return _posted(item, video)
    return None


def change_reply(api: GoogleApi, remote_id: str, text: str) -> Posted:
    """Give a comment of ours other words."""
    video, comment = split(remote_id)
    body = {"id": comment, "snippet": {"textOriginal": text}}
    return _posted(api.put(COMMENTS, SNIPPET, body), video)


def delete_reply(api: GoogleApi, remote_id: str) -> None:
    """Take it off; one already gone is no error."""
    try:
        api.delete(COMMENTS, {"id": split(remote_id)[1]})
    except RefusedError as e:
        if e.reason is not Refusal.GONE:
            raise


def is_reply_public(api: GoogleApi, remote_id: str) -> bool | None:
    """False while YouTube holds it back: then it is in no list (sheet §6). A comment that heads a
    thread is told by the thread itself."""
    comment = split(remote_id)[1]
    is_head = "." not in comment
    params: dict[str, Value] = {"part": "snippet", "id": comment, "textFormat": "plainText"}
    answer = api.look(THREADS if is_head else COMMENTS, params)
    items = [] if answer is None else items_of(answer, may_lack=True)
    try:
        snippets = [item["snippet"] for item in items]
        flags = [one["isPublic"] if is_head else one.get("moderationStatus") for one in snippets]
    except _UNREADABLE:
        return None
    if is_head:
        return bool(flags) and flags[0] is True
    return bool(flags) and flags[0] in (None, "published")


def _send_comment(api: GoogleApi, video: str, text: str) -> Posted:
    """A thread of our own under a video. Its channel is asked first, because the call wants it;
    when that fails, nothing was sent."""

    def channel() -> str:
        items = items_of(api.get(VIDEOS, {"part": "snippet", "id": video}), may_lack=True)
        if not items:
            raise RefusedError(Refusal.GONE, "the video is gone")
        try:
            return id_of(items[0]["snippet"]["channelId"])
        except _UNREADABLE as e:
            raise BadAnswerError("the video came unreadably") from e

    head = {"snippet": {"textOriginal": text}}
    body = {
        "snippet": {"channelId": before_send(channel), "videoId": video, "topLevelComment": head}
    }
    thread = api.post(THREADS, SNIPPET, body)
    return _posted(_head(thread), video)


def _posted(item: Any, video: str) -> Posted:
    """Raises UnreachableError: what was posted and cannot be read must be looked for."""
    try:
        comment = id_of(item["id"])
        place = item["snippet"].get("videoId") or video
        url = comment_url(place, comment, item["snippet"].get("channelId") or "")
        return Posted(f"{video}/{comment}", comment_uri(comment), url)
    except _UNREADABLE:
        pass
    raise UnreachableError("YouTube told the new comment unreadably", maybe_done=True)


def _below(api: GoogleApi, comment: str) -> Iterator[Any]:
    """The comments in the thread that this one is in, its head left out; none when it is gone."""
    token = ""
    for _ in range(MAX_PAGES):
        params: dict[str, Value] = {
            "part": "snippet",
            "parentId": top_of(comment, {}) or comment,
            "maxResults": PAGE,
            "textFormat": "plainText",
            "pageToken": token,
        }
        answer = api.look(COMMENTS, params)
        if answer is None:
            return
        yield from items_of(answer)
        before, token = token, next_page(answer)
        if not token or token == before:
            return


def _on_video(api: GoogleApi, video: str, outgoing: Outgoing) -> Iterator[Any]:
    """The heads of the video's threads, newest first, back to our first try."""
    token = ""
    for _ in range(MAX_PAGES):
        params: dict[str, Value] = {
            "part": "snippet",
            "videoId": video,
            "order": "time",
            "maxResults": PAGE,
            "textFormat": "plainText",
            "pageToken": token,
        }
        answer = api.look(THREADS, params, _CLOSED)
        if answer is None:
            return
        heads = [_head(item) for item in items_of(answer)]
        yield from heads
        before, token = token, next_page(answer)
        if not token or token == before or _is_older(heads, outgoing):
            return


def _head(thread: Any) -> Any:
    try:
        return thread["snippet"]["topLevelComment"]
    except _UNREADABLE:
        return None


def _is_older(heads: list[Any], outgoing: Outgoing) -> bool:
    try:
        return read_time(heads[-1]["snippet"]["publishedAt"]) < earliest(outgoing)
    except (*_UNREADABLE, IndexError):
        return False


def _is_it(item: Any, own_id: str, outgoing: Outgoing) -> bool:
    try:
        snippet = item["snippet"]
        made_at = read_time(snippet["publishedAt"])
        texts = (snippet.get("textOriginal"), snippet.get("textDisplay"))
        is_ours = author_id(snippet) == own_id
        return is_ours and any(
            isinstance(text, str) and is_same(text, made_at, outgoing) for text in texts
        )
    except _UNREADABLE:
        return False
