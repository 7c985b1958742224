"""One connection to a network, what it can do, and what it watches."""

from dataclasses import field
from enum import Enum, Flag, auto

from socialdesk.domain.frozen import frozen
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author, Visibility
from socialdesk.domain.price import PostPrices
from socialdesk.domain.replies.picture import PictureRule


class Can(Flag):
    """Abilities. Screens ask these, never the network's name."""

    FETCH = auto()
    REPLY = auto()
    HASHTAG = auto()
    KEYWORD = auto()
    THREAD = auto()
    PROFILE = auto()
    EDIT = auto()
    DELETE = auto()
    VISIBILITY = auto()
    WARNING = auto()  # content warnings
    RECHECK = auto()  # can tell later whether a post was edited or deleted
    MEDIA = auto()  # a reply may carry pictures
    POST = auto()  # posts of our own, that answer nobody
    WAIT = auto()  # can tell at once that something came
    SEEN = auto()  # can tell whether a sent reply is public: the network moderates
    PANEL = auto()  # words that may be shown and never kept
    CRM = auto()  # takes cases and shows what it knows of a person; has no mentions


class WatchKind(Enum):
    """What an account fetches."""

    MENTIONS = "mentions"
    HASHTAG = "hashtag"
    KEYWORD = "keyword"
    FEED = "feed"


class AccountState(Enum):
    """How an account is doing; the words are in `engine/words/messages.py`."""

    ON = "on"
    PAUSED = "paused"  # by the operator
    SIGN_IN = "sign_in"  # the network refused the sign-in
    STOPPED = "stopped"  # disconnected: its mentions stay readable


@frozen
class Watch:
    """`query`: the hashtag without #, the keyword, or the feed's address; "" for MENTIONS.
    `brand_words`: only what holds one of them is kept ("" = everything), one per line;
    a line that starts with "-" must not occur, with "+" must occur."""

    kind: WatchKind
    query: str = ""
    brand_words: str = ""


@frozen
class Card:
    """The capability record of one account, as its network told it at sign-in.

    `repeat_safe_s`: for so many seconds after the first try, a second send with the same key is
    known to be harmless (0 = never: a person decides).
    """

    own: Author
    can: Can
    length: LengthRule
    software: str = ""
    server: str = ""
    min_poll_s: int = 60
    repeat_safe_s: int = 0
    default_visibility: Visibility = Visibility.PUBLIC
    names_author: bool = False  # a reply must begin with @handle, or its author is not told
    pictures: PictureRule | None = None  # None: it takes none, or never told
    prices: PostPrices | None = None  # None: posting is free
    reads_back: bool = True  # False: nobody can look whether a doubtful reply is there


@frozen
class Secret:
    """What signs in; never shown, logged or written outside the keyring."""

    value: str = field(repr=False)
