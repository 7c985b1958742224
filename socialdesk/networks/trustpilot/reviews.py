"""Reviews as mentions. Of the reviewer only the name is read: order numbers and e-mail addresses
that come with invited reviews stay with Trustpilot.

Source: developers.trustpilot.com, service reviews (private), read 2026-11.
"""

from typing import Any, Final
from urllib.parse import quote

from socialdesk.domain.mentions.mention import Author, CanReply, Kind, Mention
from socialdesk.networks.values import id_of, read_time, text_of, text_or

SITE: Final = "https://www.trustpilot.com"
REPLY: Final = "/reply"  # after a review's id: the remote id of what the business answered
ACTIVE: Final = "active"


def read_review(item: Any, *, can_answer: bool) -> Mention:
    """One review. `can_answer`: the account knows in whose name it replies."""
    review_id, consumer = id_of(item["id"]), item["consumer"]
    url, created = review_url(review_id), read_time(item["createdAt"])
    edited = read_time(item["updatedAt"]) if item.get("updatedAt") else created
    way, note = _way(item, can_answer=can_answer)
    return Mention(
        uri=url, remote_id=review_id, author=_author(consumer), body=text_of(item["text"]),
        published_at=created, kind=Kind.REVIEW, title=text_or(item.get("title")), url=url,
        lang=text_or(item.get("language")), root_uri=url,
        edited_at=edited if edited > created else None, n_stars=_stars(item["stars"]),
        can_reply=way, reply_note=note,
    )  # fmt: skip


def read_answer(item: Any, own: Author) -> Mention | None:
    """What the business answered to a review; None: nothing yet."""
    answer = item.get("companyReply")
    if not answer:
        return None
    review_id = id_of(item["id"])
    url, created = review_url(review_id), read_time(answer["createdAt"])
    edited = read_time(answer["updatedAt"]) if answer.get("updatedAt") else created
    return Mention(
        uri=url + REPLY, remote_id=review_id + REPLY, author=own, body=text_of(answer["text"]),
        published_at=created, kind=Kind.REPLY, is_own=True, url=url, parent_uri=url, root_uri=url,
        edited_at=edited if edited > created else None, can_reply=CanReply.NO,
    )  # fmt: skip


def is_shown(item: Any) -> bool:
    """Whether the public can read it: what is reported, archived or under inquiry must vanish."""
    return text_or(item.get("status"), ACTIVE).casefold() == ACTIVE


def review_url(review_id: str) -> str:
    """Where everybody reads it."""
    return f"{SITE}/reviews/{quote(review_id, safe='')}"


def _author(consumer: Any) -> Author:
    """Without followers: nobody follows anybody there."""
    person = id_of(consumer["id"])
    name = text_of(consumer["displayName"])
    return Author(person, name, name, url=f"{SITE}/users/{quote(person, safe='')}")


def _stars(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 5:
        raise ValueError("stars that cannot be")
    return value


def _way(item: Any, *, can_answer: bool) -> tuple[CanReply, str]:
    if item.get("companyReply"):
        return CanReply.BROWSER, "one_reply"
    return (CanReply.API, "") if can_answer else (CanReply.BROWSER, "no_access")
