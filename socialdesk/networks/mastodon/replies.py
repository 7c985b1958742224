"""Sending a reply or a post of our own, and finding one that may have been sent."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from socialdesk.domain.errors import (
    BadAnswerError,
    Refusal,
    RefusedError,
    UnreachableError,
)
from socialdesk.domain.mentions.mention import Visibility
from socialdesk.domain.replies.reply import LOOK_BACK_S, Outgoing, Posted
from socialdesk.networks.html_text import to_text
from socialdesk.networks.http import Value
from socialdesk.networks.mastodon.instance import Habits
from socialdesk.networks.mastodon.server import Server, expect_list, never_left, status_path
from socialdesk.networks.mastodon.statuses import (
    WIRE_VISIBILITY,
    Me,
    full_acct,
    parent_id,
    read_id,
    read_time,
    read_visibility,
)

OWN_PAGE: Final = 40  # statuses; the API's maximum
MAX_PAGES: Final = 5

_WIDTH: Final = tuple(Visibility)  # widest first
_REMOTE: Final = re.compile(r"(@[\w.-]+)@[\w.:-]+")
_LEADING: Final = re.compile(r"\A(?:@[\w.-]+\s+)+")
_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


def send_reply(server: Server, me: Me, habits: Habits, outgoing: Outgoing) -> Posted:
    """Post it. The parent is read first: a deleted one is never answered, its author is named,
    and the answer is no wider than it. Raises UnreachableError with `maybe_done` false when that
    reading fails, for then nothing was sent."""
    parent = _parent(server, outgoing.parent_remote_id)
    answer = replace(
        outgoing,
        text=with_author(outgoing.text, parent, me),
        visibility=narrower(outgoing.visibility, read_visibility(parent)),
    )
    return send_post(server, habits, answer)


def send_post(server: Server, habits: Habits, outgoing: Outgoing) -> Posted:
    """Post it as it is: these words, to those who may read them."""
    body = {
        "status": outgoing.text,
        "in_reply_to_id": outgoing.parent_remote_id,
        "visibility": WIRE_VISIBILITY[outgoing.visibility],
        "language": outgoing.lang.partition("-")[0].lower(),
        "spoiler_text": outgoing.warning,
        "sensitive": True if outgoing.warning else None,
        "content_type": "text/plain" if habits.has_content_type else None,
        "media_ids": [one.name for one in outgoing.pictures],
    }
    body = {key: value for key, value in body.items() if value not in (None, "", [])}
    return _posted(server.post("/api/v1/statuses", body, key=outgoing.dedupe_key))


def change_reply(server: Server, me: Me, habits: Habits, remote_id: str, text: str) -> Posted:
    """Give a reply of ours other words; the person it answers stays named, the warning stays."""
    now = server.get(status_path(remote_id))
    try:
        body = {
            "status": _with_names(text, _answered(now), me),
            "spoiler_text": now.get("spoiler_text") or "",
            "language": now.get("language") or "",
            "sensitive": now.get("sensitive") is True,
            "content_type": "text/plain" if habits.has_content_type else "",
            # left out, the server would take the pictures off the post
            "media_ids": [read_id(one["id"]) for one in now.get("media_attachments") or ()],
        }
    except _UNREADABLE:
        body = {}
    if not body:
        raise BadAnswerError("the reply to be changed came unreadably")
    body = {k: value for k, value in body.items() if value not in ("", []) or k == "spoiler_text"}
    return _posted(server.put(status_path(remote_id), body))


def look_for_reply(server: Server, me: Me, outgoing: Outgoing) -> Posted | None:
    """Our post under the parent with the same words, made after the first try."""
    earliest = outgoing.made_at - timedelta(seconds=LOOK_BACK_S)
    if found := look_for_post(server, me, outgoing):
        return found
    for status in _below(server, outgoing.parent_remote_id):
        if _is_it(status, me, outgoing, earliest):
            return _posted(status)
    return None


def look_for_post(server: Server, me: Me, outgoing: Outgoing) -> Posted | None:
    """Among our own posts: the same words in the same place, made after the first try."""
    earliest = outgoing.made_at - timedelta(seconds=LOOK_BACK_S)
    for status in _own_since(server, me, earliest, with_replies=outgoing.is_answer):
        if _is_it(status, me, outgoing, earliest):
            return _posted(status)
    return None


def narrower(asked: Visibility, parent: Visibility) -> Visibility:
    """The one that fewer can read."""
    return max(asked, parent, key=_WIDTH.index)


def with_author(text: str, parent: Any, me: Me) -> str:
    """`text` with the parent's author named at its start, unless it names them or we are it:
    the server adds no mention, and without one nobody is told of the answer."""
    account = parent["account"]
    return text if read_id(account["id"]) == me.own_id else _with_names(text, [account["acct"]], me)


def same_words(text: str) -> str:
    """What of a text survives a server: its HTML shortens @ann@host to @ann, joins white space,
    and our own mention of the author may stand before it."""
    shortened = _REMOTE.sub(r"\1", unicodedata.normalize("NFC", text))
    return _LEADING.sub("", " ".join(shortened.split()) + " ").strip()


def _with_names(text: str, accts: Iterable[str], me: Me) -> str:
    missing = [acct for acct in accts if not _names(text, acct, me)]
    return "".join(f"@{acct} " for acct in missing) + text


def _names(text: str, acct: str, me: Me) -> bool:
    forms = {acct.casefold(), full_acct(acct, me.host).casefold()}
    said = re.findall(r"(?<![\w/@])@([\w.-]*\w(?:@[\w.-]*\w)?)", text.casefold())
    return not forms.isdisjoint(said)


def _answered(status: Any) -> list[str]:
    """The acct of the person a post of ours answers, if it names them."""
    above = str(status.get("in_reply_to_account_id") or "")
    return [str(one["acct"]) for one in status.get("mentions") or () if str(one.get("id")) == above]


def _parent(server: Server, remote_id: str) -> Any:
    try:
        parent = server.get(status_path(remote_id))
    except (UnreachableError, BadAnswerError) as e:
        raise never_left(e) from e
    try:
        read_id(parent["account"]["id"])
        full_acct(parent["account"]["acct"], "host")
        read_visibility(parent)
    except _UNREADABLE:
        parent = None
    if parent is None:
        raise UnreachableError("the post to be answered came unreadably", maybe_done=False)
    return parent


def _posted(status: Any) -> Posted:
    """Raises UnreachableError: what was posted and cannot be read must be looked for."""
    try:
        url = status.get("url")
        return Posted(
            read_id(status["id"]), read_id(status["uri"]), url if isinstance(url, str) else ""
        )
    except _UNREADABLE:
        pass
    raise UnreachableError("the server told the new post unreadably", maybe_done=True)


def _own_since(server: Server, me: Me, earliest: datetime, *, with_replies: bool) -> Iterator[Any]:
    """Our own posts, newest first, back to `earliest`."""
    before = ""
    for _ in range(MAX_PAGES):
        params: dict[str, Value] = {"limit": OWN_PAGE, "exclude_reblogs": True, "max_id": before}
        if not with_replies:  # a hundred answers may have followed a statement
            params["exclude_replies"] = True
        found = server.get(f"/api/v1/accounts/{me.own_id}/statuses", params)
        statuses = expect_list(found, "our own posts")
        yield from statuses
        try:
            last = statuses[-1]
            if read_id(last["id"]) == before or read_time(last["created_at"]) < earliest:
                return
            before = read_id(last["id"])
        except (*_UNREADABLE, IndexError):
            return


def _below(server: Server, remote_id: str) -> list[Any]:
    try:
        context = server.get(status_path(remote_id, "/context"))
    except RefusedError as e:
        if e.reason is Refusal.GONE:
            return []
        raise
    below = context.get("descendants") if isinstance(context, dict) else None
    return expect_list(below, "the thread")


def _is_it(status: Any, me: Me, outgoing: Outgoing, earliest: datetime) -> bool:
    try:
        return (
            read_id(status["account"]["id"]) == me.own_id
            and parent_id(status) == outgoing.parent_remote_id
            and read_time(status["created_at"]) >= earliest
            and same_words(to_text(status["content"])) == same_words(outgoing.text)
        )
    except _UNREADABLE:
        return False


__all__ = [
    "change_reply",
    "look_for_post",
    "look_for_reply",
    "narrower",
    "same_words",
    "send_post",
    "send_reply",
    "with_author",
]
