"""What the tests of X share."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.ids import Cursor
from socialdesk.domain.mentions.mention import Mention
from socialdesk.domain.replies.reply import Outgoing
from socialdesk.networks.testing import START, read_on
from socialdesk.networks.x.connector import XConnector
from tests.networks.fake_x import FakeX
from tests.networks.samples.x import SAMPLE

MENTIONS = Watch(WatchKind.MENTIONS)
LONG_AGO = START - timedelta(days=7)


class CapReachedError(Exception):
    """What this purse raises; the real one's error belongs to the domain."""


@dataclass
class CountingPurse:
    """Counts in memory, as the store does in the file. `events`: what was asked, in order."""

    cap: int = 1 << 40
    spent: int = 0
    n_calls: int = 0
    highest: int = 0
    events: list[tuple[str, int]] = field(default_factory=list)
    before_call: Callable[[], None] = lambda: None

    def left(self, *, percent: int = 100) -> int:
        return max(0, self.cap * percent // 100 - self.spent)

    def hold(self, price: int, *, percent: int = 100) -> str:
        if price > self.left(percent=percent):
            raise CapReachedError
        self.spent, self.n_calls = self.spent + price, self.n_calls + 1
        self.highest = max(self.highest, self.spent)
        self.events.append(("hold", price))
        return "2026-11"

    def settle(self, month: str, back: int) -> None:
        assert month == "2026-11"
        self.spent -= back
        self.events.append(("settle", back))


def connected(server: FakeX, purse: CountingPurse | None = None) -> XConnector:
    connector = SAMPLE.connect(server)
    assert isinstance(connector, XConnector)
    if purse is not None:
        connector.pay_from(purse)
    return connector


def read(
    connector: XConnector, watch: Watch = MENTIONS, cursor: Cursor | None = None
) -> tuple[list[Mention], Cursor | None]:
    """Everything of one walk."""
    mentions, _, after = read_on(connector, watch, cursor, LONG_AGO)
    return mentions, after


def a_reply(parent: str, text: str = "Yes, until eight.", **changes: Any) -> Outgoing:
    """`parent`: a remote id."""
    outgoing = Outgoing(parent, f"https://x.com/i/status/{parent}", text, "key-1", START)
    return replace(outgoing, **changes)
