"""Questions, answers and comments as mentions of ours.

Titles and names come HTML-escaped, bodies as HTML. Only questions have a title here: an answer's
is not in every call, and two looks at one post must read the same.
"""

import html
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from socialdesk.domain.mentions.mention import Author, CanReply, Kind, Mention
from socialdesk.networks.html_text import one_line, to_text
from socialdesk.networks.values import id_of, text_of, text_or, unix_time

QUESTION, ANSWER, COMMENT = "question", "answer", "comment"
NOTE: Final = "no_api"


def question_uri(host: str, question_id: str) -> str:
    return f"https://{host}/questions/{question_id}"


def answer_uri(host: str, answer_id: str) -> str:
    return f"https://{host}/a/{answer_id}"


def read_question(item: dict[str, Any], host: str, kind: Kind) -> Mention:
    """Remote id "question/id"."""
    question_id = number_id(item["question_id"])
    uri = question_uri(host, question_id)
    return Mention(
        uri=uri,
        remote_id=f"{QUESTION}/{question_id}",
        author=read_author(item.get("owner"), host),
        body=to_text(text_of(item["body"])),
        published_at=unix_time(item["creation_date"]),
        kind=kind,
        title=one_line(html.unescape(text_of(item["title"]))),
        url=_link(item.get("link")) or uri,
        edited_at=_edited_at(item),
        can_reply=CanReply.BROWSER,
        reply_note=NOTE,
    )


def read_answer(item: dict[str, Any], host: str, kind: Kind) -> Mention:
    """Remote id "answer/question's id/id"."""
    answer_id, question_id = number_id(item["answer_id"]), number_id(item["question_id"])
    return Mention(
        uri=answer_uri(host, answer_id),
        remote_id=f"{ANSWER}/{question_id}/{answer_id}",
        author=read_author(item.get("owner"), host),
        body=to_text(text_of(item["body"])),
        published_at=unix_time(item["creation_date"]),
        kind=kind,
        parent_uri=question_uri(host, question_id),
        root_uri=question_uri(host, question_id),
        edited_at=_edited_at(item),
        can_reply=CanReply.BROWSER,
        reply_note=NOTE,
    )


def read_comment(item: dict[str, Any], host: str, root: str, parents: dict[str, str]) -> Mention:
    """For threads only. `parents`: uris by post id."""
    comment_id, post_id = number_id(item["comment_id"]), number_id(item["post_id"])
    return Mention(
        uri=f"https://{host}/posts/comments/{comment_id}",
        remote_id=f"{COMMENT}/{comment_id}",
        author=read_author(item.get("owner"), host),
        body=to_text(text_of(item["body"])),
        published_at=unix_time(item["creation_date"]),
        kind=Kind.CONTEXT,
        url=f"{root}#comment{comment_id}_{post_id}",
        parent_uri=parents.get(post_id, root),
        root_uri=root,
        can_reply=CanReply.BROWSER,
        reply_note=NOTE,
    )


def read_author(owner: Any, host: str) -> Author:
    """`owner` lacks its id when the account is deleted; then only a name is left."""
    owner = owner if isinstance(owner, dict) else {}
    name = one_line(html.unescape(text_or(owner.get("display_name"))))
    user_id = owner.get("user_id")
    if type(user_id) is not int:
        return Author(f"https://{host}/users/-1#{name}", handle=name or "?", name=name)
    return Author(
        remote_id=f"https://{host}/users/{user_id}",
        handle=name or str(user_id),
        name=name,
        url=_link(owner.get("link")) or f"https://{host}/users/{user_id}",
        avatar_url=_link(owner.get("profile_image")),
    )


def times_of(items: tuple[Any, ...]) -> Iterator[datetime]:
    """The times of those that have one."""
    for item in items:
        try:
            yield unix_time(item["creation_date"])
        except (KeyError, TypeError, ValueError, OverflowError, OSError):
            continue


def number_id(value: Any) -> str:
    """An id that may stand in an address. Raises ValueError."""
    found = id_of(value)
    if not (found.isascii() and found.isdecimal()):
        raise ValueError("an id that is no number")
    return found


def _edited_at(item: dict[str, Any]) -> datetime | None:
    at = item.get("last_edit_date")
    return unix_time(at) if at else None


def _link(value: Any) -> str:
    return value if isinstance(value, str) and value.startswith("https://") else ""
