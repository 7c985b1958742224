"""One item received: somebody's words, with author, time and link; as the network tells it."""

from datetime import datetime
from enum import Enum

from socialdesk.domain.frozen import frozen

SECOND_BITS = 20  # up to 1,048,576 mentions in one second


class Kind(Enum):
    """Why the network handed it to us."""

    MENTION = 1  # names the brand
    REPLY = 2  # answers a post of the brand
    POST = 3  # found by hashtag or keyword
    COMMENT = 4
    REVIEW = 5
    ARTICLE = 6  # a feed's entry
    CONTEXT = 7  # fetched only to show the thread


class Visibility(Enum):
    """Who can read it, widest first."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    FOLLOWERS = "followers"
    DIRECT = "direct"


class CanReply(Enum):
    """How this mention can be answered."""

    API = "api"
    BROWSER = "browser"
    NO = "no"


@frozen
class Author:
    """A person on one network. `remote_id` is the network's lasting name for them (DID, URL, id);
    `handle` may change. `n_followers` is None when the network did not say."""

    remote_id: str
    handle: str
    name: str = ""
    url: str = ""
    avatar_url: str = ""
    n_followers: int | None = None
    is_bot: bool = False


@frozen
class Attachment:
    """A picture or file beside the words; never loaded without a click."""

    url: str
    kind: str = "image"
    alt: str = ""


@frozen
class Mention:
    """Facts from the network, never our state. Times are aware UTC. `body` is plain text as it
    shall be shown. `uri` is the same on every server that knows the post; `remote_id` is what
    this account's server calls it. `parent_uri`/`root_uri` are "" when unknown or none."""

    uri: str
    remote_id: str
    author: Author
    body: str
    published_at: datetime
    kind: Kind = Kind.MENTION
    is_own: bool = False  # the brand wrote it: kept out of the queue
    repost_of: str = ""  # uri of the original: folds into its count
    title: str = ""  # articles and reviews
    url: str = ""  # where a person reads it; "" = same as uri
    lang: str = ""  # BCP 47 as the network says, "" unknown
    parent_uri: str = ""
    root_uri: str = ""
    visibility: Visibility = Visibility.PUBLIC
    warning: str = ""  # content warning
    edited_at: datetime | None = None
    n_reposts: int = 0
    n_stars: int | None = None  # reviews, 1 to 5
    attachments: tuple[Attachment, ...] = ()
    can_reply: CanReply = CanReply.API
    reply_note: str = ""  # a reason code for BROWSER and NO; engine/words/messages.py has the words


def mention_id(second: int, n: int) -> int:
    """The id of the `n`-th mention of a unix `second`; order of ids is order of time."""
    if not 0 <= n < 1 << SECOND_BITS:
        raise ValueError("too many mentions in one second")
    return second << SECOND_BITS | n


def second_of(mention: int) -> int:
    """The unix second a mention id was made for."""
    return mention >> SECOND_BITS
