"""What we write: answers, posts on our own page, changes; and looking for what a doubt hides."""

from typing import Any, Final

from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError, UnreachableError
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.networks.html_text import one_line
from socialdesk.networks.read_back import is_same
from socialdesk.networks.reddit.api import Api
from socialdesk.networks.reddit.things import (
    COMMENT,
    LINK,
    MESSAGE,
    WEB,
    is_gone,
    message_uri,
    split,
    uri_of,
)
from socialdesk.networks.values import text_or, unix_time

N_OWN: Final = 25  # newest of ours that are searched
TITLE: Final = 300  # characters

_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError,
                      OSError)  # fmt: skip


def send_reply(api: Api, outgoing: Outgoing) -> Posted:
    """Under a comment, a submission or a message."""
    form = {"thing_id": _known(outgoing.parent_remote_id), "text": outgoing.text}
    return _made(api.post("/api/comment", form))


def send_post(api: Api, outgoing: Outgoing) -> Posted:
    """A text on the account's own page."""
    form = {
        "sr": f"u_{api.name}",
        "kind": "self",
        "title": title_of(outgoing.text),
        "text": outgoing.text,
    }
    told = api.post("/api/submit", form)
    try:
        kind, id36 = split(told["data"]["name"])
        if kind == LINK:
            return Posted(f"{kind}_{id36}", uri_of(id36))
    except _UNREADABLE:
        pass
    raise UnreachableError("Reddit took it and answered unreadably", maybe_done=True)


def title_of(text: str) -> str:
    """The first line, cut at a word where it is longer than a title may be."""
    first = one_line(text.strip().partition("\n")[0])
    if len(first) <= TITLE:
        return first
    cut = first[: TITLE - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"


def _made(told: Any) -> Posted:
    """The thing that came of it. An empty list is seen where the other side blocks us: nobody
    knows then."""
    try:
        return _posted(told["data"]["things"][0]["data"])
    except _UNREADABLE:
        pass
    raise UnreachableError("Reddit took it and answered unreadably", maybe_done=True)


def _posted(data: dict[str, Any]) -> Posted:
    kind, id36 = split(data["name"])
    fullname = f"{kind}_{id36}"
    if kind == MESSAGE:
        return Posted(fullname, message_uri(id36))
    if kind == LINK:
        return Posted(fullname, uri_of(id36))
    return Posted(fullname, uri_of(split(data["link_id"])[1], id36), _web(data))


def _web(data: dict[str, Any]) -> str:
    path = text_or(data.get("permalink"))
    return WEB + path if path.startswith("/r/") or path.startswith("/user/") else ""


def look_for_reply(api: Api, outgoing: Outgoing) -> Posted | None:
    """Our newest comments, or sent messages, that answer that post."""
    kind, _ = split(_known(outgoing.parent_remote_id))
    path = "/message/sent" if kind == MESSAGE else f"/user/{api.name}/comments"
    for data in _own(api, path):
        if data.get("parent_id") == outgoing.parent_remote_id and _is_it(data, "body", outgoing):
            try:
                return _posted(data)
            except _UNREADABLE:
                raise BadAnswerError("our own post came unreadably") from None
    return None


def look_for_post(api: Api, outgoing: Outgoing) -> Posted | None:
    """Our newest submissions on our own page."""
    page = f"u_{api.name}".casefold()
    for data in _own(api, f"/user/{api.name}/submitted"):
        place = text_or(data.get("subreddit")).casefold()
        if place == page and _is_it(data, "selftext", outgoing):
            return Posted(text_or(data["name"]), uri_of(split(data["name"])[1]))
    return None


def _is_it(data: dict[str, Any], words: str, outgoing: Outgoing) -> bool:
    try:
        split(data["name"])
        at = unix_time(data["created_utc"])
    except _UNREADABLE:
        return False
    return not is_gone(data) and is_same(text_or(data.get(words)), at, outgoing)


def _own(api: Api, path: str) -> list[dict[str, Any]]:
    data = api.get(path, {"limit": N_OWN, "sort": "new"}).data
    try:
        things = data["data"]["children"]
        return [thing["data"] for thing in things if isinstance(thing["data"], dict)]
    except _UNREADABLE:
        pass
    raise BadAnswerError("our own posts came unreadably")


def change(api: Api, remote_id: str, text: str) -> Posted:
    """New words under the old name."""
    return _made(api.post("/api/editusertext", {"thing_id": _known(remote_id), "text": text}))


def take_off(api: Api, remote_id: str) -> None:
    """Delete; a message cannot be."""
    if _known(remote_id).startswith(f"{MESSAGE}_"):
        raise RefusedError(Refusal.PERMISSION, "a private message cannot be taken back")
    api.post("/api/del", {"id": remote_id})


def _known(remote_id: str) -> str:
    try:
        kind, _ = split(remote_id)
    except ValueError:
        kind = ""
    if kind not in (COMMENT, LINK, MESSAGE):
        raise RefusedError(Refusal.GONE, "no post of Reddit")
    return remote_id
