"""What posts, comments and messages of VK are called: remote ids, uris and links.

Communities have negative ids everywhere; all ids are kept as the text they came as.
"""

from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.networks.values import id_of

WEB: Final = "https://vk.com"
WALL, PHOTO, VIDEO, MARKET, BOARD, CHAT = "wall", "photo", "video", "product", "topic", "im"
_KINDS: Final = frozenset({WALL, PHOTO, VIDEO, MARKET, BOARD, CHAT})
_PARTS: Final = range(3, 6)


@frozen
class Place:
    """`kind` of the thing, whose (`owner`, signed), and which. `comment`: under it, "" = the thing
    itself; `thread`: the comment whose thread that one is in. For messages `item` is the peer and
    `comment` the message's number there."""

    kind: str
    owner: str
    item: str
    comment: str = ""
    thread: str = ""

    @property
    def remote_id(self) -> str:
        parts = (self.kind, self.owner, self.item, self.comment, self.thread)
        return ":".join(filter(None, parts))

    @property
    def uri(self) -> str:
        """Lasting and unique."""
        if self.kind == CHAT:
            return f"vk:im{self.owner}/{self.item}" + (f"/{self.comment}" if self.comment else "")
        name = "post" if self.kind == BOARD else "reply"
        thing = f"{WEB}/{self.kind}{self.owner}_{self.item}"
        return f"{thing}?{name}={self.comment}" if self.comment else thing

    @property
    def url(self) -> str:
        """Where a person reads it; messages: the community's own letter box."""
        if self.kind == CHAT:
            return f"{WEB}/gim{self.owner.lstrip('-')}?sel={self.item}"
        return f"{self.uri}&thread={self.thread}" if self.thread else self.uri

    @property
    def root(self) -> "Place":
        """What hangs together: the thing, or the whole chat."""
        return Place(self.kind, self.owner, self.item)

    @property
    def thread_root(self) -> str:
        """The comment in whose thread an answer to this one goes, "" = none."""
        return self.thread or self.comment

    @staticmethod
    def of(remote_id: str) -> "Place":
        """Raises ValueError for what is none."""
        parts = remote_id.split(":")
        if len(parts) not in _PARTS or parts[0] not in _KINDS or not all(parts):
            raise ValueError("no place in VK")
        return Place(*parts)


def comment_place(
    kind: str, owner: Any, item: Any, comment: dict[str, Any], *, below: str = ""
) -> Place:
    """Of a comment under a thing. `below`: the comment whose thread was asked for, "" = none."""
    above = comment.get("parents_stack")
    thread = id_of(above[0]) if isinstance(above, list) and above else below
    number = id_of(comment["id"])
    return Place(kind, id_of(owner), id_of(item), number, thread if thread != number else "")
