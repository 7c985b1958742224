"""LinkedIn's names for things: urn:li:organization:7, urn:li:comment:(urn:li:activity:1,2).

A remote id of ours is the URN of what it names; of an answer to a comment, that comment's URN and
its own with a space between, because further answers go under the first level (two levels only).
"""

import re
from typing import Any, Final
from urllib.parse import quote

from socialdesk.domain.frozen import frozen
from socialdesk.networks.values import text_of

FEED: Final = "https://www.linkedin.com/feed/update"

_PLAIN: Final = re.compile(r"urn:li:[A-Za-z]{2,40}:[\w-]{1,80}")
_COMMENT: Final = re.compile(
    r"urn:li:comment:\((urn:li:[A-Za-z]{2,40}:[\w-]{1,80}),([\w-]{1,80})\)"
)


@frozen
class Spot:
    """Where something stands. `post`: the URN of the post; `comment`: of the comment, "" = it is
    the post itself; `top`: of the comment it answers, "" = it answers the post."""

    post: str
    comment: str = ""
    top: str = ""

    @property
    def remote_id(self) -> str:
        """As this program names it."""
        return f"{self.top} {self.comment}" if self.top else self.comment or self.post

    @property
    def parent(self) -> str:
        """What an answer to this goes under."""
        return self.top or self.comment or self.post

    @property
    def url(self) -> str:
        """Where a person reads it: the post, at the comment."""
        page = f"{FEED}/{self.post}/"
        return f"{page}?commentUrn={quoted(self.comment)}" if self.comment else page


def spot_of(remote_id: str) -> Spot:
    """The place that a remote id names. Raises ValueError."""
    top, _, own = remote_id.rpartition(" ")
    found = _COMMENT.fullmatch(own)
    if found is None:
        return Spot(urn_of(own))
    return Spot(found[1], own, comment_urn(top) if top else "")


def urn_of(value: Any) -> str:
    """A URN of anything. Raises TypeError, ValueError."""
    urn = text_of(value)
    if not (_PLAIN.fullmatch(urn) or _COMMENT.fullmatch(urn)):
        raise ValueError("no URN")
    return urn


def comment_urn(value: Any) -> str:
    """The URN of a comment. Raises TypeError, ValueError."""
    urn = text_of(value)
    if not _COMMENT.fullmatch(urn):
        raise ValueError("no comment's URN")
    return urn


def number_of(comment: str) -> str:
    """A comment's own number in its URN."""
    found = _COMMENT.fullmatch(comment)
    return found[2] if found else ""


def quoted(urn: str) -> str:
    """For an address: everything encoded, parentheses and colons too."""
    return quote(urn, safe="")
