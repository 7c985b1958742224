"""What networks have in common whose words may be shown and never kept (Can.PANEL).

2026-11: such an account is looked at, not read: `panel` is asked when a person opens the screen,
and its words go to the window only. What is fetched on schedule is a sign of life, so that a key
that died is told by the account's health as everywhere else. No error carries the server's words,
which could be a review's.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final, Protocol, runtime_checkable

from socialdesk.domain.errors import BadAnswerError
from socialdesk.domain.frozen import frozen
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Mention
from socialdesk.networks.base import read_each

RATING: Final = "rating"  # kind of an attachment: the network's own picture of the stars given
MIN_POLL_S: Final = 6 * 3600  # a sign of life four times a day; each call costs

LENGTH: Final = LengthRule(5_000)  # never counted: answers are written in the browser


@frozen
class Credit:
    """What the network's rules want beside its words: `text` (marked by `said`) and the `url` of
    the place's page there. `inbox_url`: where the owner answers."""

    text: str
    url: str
    inbox_url: str


@runtime_checkable
class GivesCredit(Protocol):
    """What a connector with Can.PANEL has besides `base.ShowsPanel`."""

    def credit(self) -> Credit:
        """Asks nothing of the network."""
        ...


def shown_of(items: Any, read: Callable[[Any], Mention | None]) -> tuple[Mention, ...]:
    """The reviews of a list in its order, bad ones left out: nothing is set aside, because that
    would be kept. Raises BadAnswerError for no list, or when none of it can be read."""
    if not isinstance(items, list):
        raise BadAnswerError("the reviews came unreadably")
    mentions, rejects = read_each(items, read)
    if rejects and not mentions:
        raise BadAnswerError("none of the reviews can be read")
    return mentions


def newest_first(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """By the time of each, one of each address."""
    once = {mention.uri: mention for mention in mentions}
    return tuple(sorted(once.values(), key=lambda mention: mention.published_at, reverse=True))
