"""No call on X without its price held before, and what is counted is what X bills."""

from collections.abc import Callable

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.domain.account import Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, ConnectorError, UnreachableError
from socialdesk.networks.testing import Scripted
from socialdesk.networks.x.connector import XConnector
from socialdesk.networks.x.prices import POSTING
from tests.networks.fake_x import ANN, FakeX, id_of
from tests.networks.x_kit import (
    LONG_AGO,
    MENTIONS,
    CapReachedError,
    CountingPurse,
    a_reply,
    connected,
    read,
)

KEYWORD = Watch(WatchKind.KEYWORD, "bread")


class Watched(FakeX):
    """Looks at every paid call that its price was held before."""

    def __init__(self, purse: CountingPurse) -> None:
        super().__init__()
        self.purse, self.n_paid = purse, 0

    def handle(self, request: requests.PreparedRequest) -> Scripted:
        if "/oauth2/" not in str(request.url):
            self.n_paid += 1
            assert self.purse.n_calls == self.n_paid
        return super().handle(request)


def busy_day(connector: XConnector, server: FakeX) -> None:
    """Every kind of call."""
    connector.card()
    root = id_of(server.write(ANN, "root"))
    uris = [server.add_mention(f"number {n}") for n in range(25)]
    below = id_of(server.write(ANN, "@brandbakery?", names_us=True, parent=root))
    server.hits = {id_of(server.write(ANN, f"bread {n}")) for n in range(30)}
    read(connector)
    read(connector, KEYWORD)
    connector.thread(f"{below}/{root}")
    server.edit(uris[0], "number zero")
    server.remove(uris[1])
    connector.recheck([id_of(uri) for uri in uris[:5]])
    outgoing = a_reply(below)
    posted = connector.reply(outgoing)
    connector.find_reply(outgoing)
    connector.post(a_reply("", "We bake. See brand.kz", parent_uri=""))
    connector.delete(posted.remote_id)


@pytest.mark.parametrize("dialect", ["tweet", "post"])
def test_what_is_counted_is_what_x_bills(dialect: str) -> None:
    purse = CountingPurse()
    server = Watched(purse)
    server.dialect = dialect
    busy_day(connected(server, purse), server)
    assert purse.spent == server.billed > 0
    assert server.n_paid == purse.n_calls


@pytest.mark.parametrize(
    ("text", "is_answer", "micros"),
    [("Yes.", True, 10_000), ("We bake.", False, 15_000), ("brand.kz", True, 200_000),
     ("See https://brand.kz/now", False, 200_000), ("9.30 to 18.00", True, 10_000)],
)  # fmt: skip
def test_the_price_of_a_post(text: str, is_answer: bool, micros: int) -> None:
    assert POSTING.of(text, is_answer=is_answer) == micros


CALLS: dict[str, Callable[[XConnector, str], object]] = {
    "fetch": lambda x, id_: x.fetch(MENTIONS, None, since=LONG_AGO),
    "search": lambda x, id_: x.fetch(KEYWORD, None, since=LONG_AGO),
    "recheck": lambda x, id_: x.recheck([id_]),
    "thread": lambda x, id_: x.thread(f"{id_}/{id_}"),
    "reply": lambda x, id_: x.reply(a_reply(id_)),
    "look": lambda x, id_: x.find_reply(a_reply(id_)),
    "card": lambda x, id_: x.card(),
}


@pytest.mark.parametrize("call", CALLS)
def test_nothing_leaves_when_nothing_is_left(call: str) -> None:
    server, purse = FakeX(), CountingPurse(cap=900)
    connector = connected(server, purse)
    with pytest.raises(CapReachedError):
        CALLS[call](connector, id_of(server.add_mention("open?")))
    assert server.calls == [] and purse.spent == 0


@pytest.mark.parametrize("call", CALLS)
def test_a_lost_answer_is_counted_in_full(call: str) -> None:
    server, purse = FakeX(), CountingPurse()
    connector = connected(server, purse)
    id_ = id_of(server.add_mention("open?"))
    server.cut()
    with pytest.raises(UnreachableError):
        CALLS[call](connector, id_)
    assert [kind for kind, _ in purse.events] == ["hold"]
    assert purse.spent > 0


@pytest.mark.parametrize("call", ["fetch", "search", "recheck", "thread", "look", "card"])
def test_an_unreadable_answer_is_counted_in_full(call: str) -> None:
    server, purse = FakeX(), CountingPurse()
    connector = connected(server, purse)
    id_ = id_of(server.add_mention("open?"))
    server.always(200, b"<html>")
    with pytest.raises(BadAnswerError):
        CALLS[call](connector, id_)
    assert [kind for kind, _ in purse.events] == ["hold"]


def test_a_failed_write_is_counted_because_it_may_be_there() -> None:
    server, purse = FakeX(), CountingPurse()
    server.always_to_writes(503, b"")
    with pytest.raises(UnreachableError):
        connected(server, purse).reply(a_reply("1"))
    assert purse.spent == 10_000


def test_an_empty_poll_is_free() -> None:
    server, purse = FakeX(), CountingPurse()
    connector = connected(server, purse)
    server.add_mention("hello")
    _, cursor = read(connector)
    before = purse.spent
    for _ in range(10):
        _, cursor = read(connector, MENTIONS, cursor)
    assert purse.spent == before == 11_000


def test_a_page_shrinks_to_what_is_left() -> None:
    """A mention with its author costs at most 11,000: with 80,000 left X is asked for seven."""
    server, purse = FakeX(), CountingPurse(cap=80_000)
    for n in range(20):
        server.add_mention(f"number {n}")
    page = connected(server, purse).fetch(MENTIONS, None, since=LONG_AGO)
    assert len(page.mentions) == 7 and page.more
    assert purse.spent == page.cost == server.billed <= 80_000


@settings(deadline=None)
@given(
    st.integers(0, 400_000),
    st.lists(st.tuples(st.sampled_from(sorted(CALLS)), st.sampled_from(["", "", "cut", "html"])),
             max_size=12),
)  # fmt: skip
def test_no_order_of_calls_and_troubles_passes_the_cap(
    cap: int, calls: list[tuple[str, str]]
) -> None:
    server, purse = FakeX(), CountingPurse(cap=cap)
    connector = connected(server, purse)
    ids = [id_of(server.add_mention(f"number {n}")) for n in range(9)]
    server.hits = set(ids)
    for n, (call, trouble) in enumerate(calls):
        if trouble == "cut":
            server.cut()
        elif trouble:
            server.always(200, b"<html>")
        try:
            CALLS[call](connector, ids[n % len(ids)])
        except (ConnectorError, CapReachedError):
            pass
        server.recover()
        assert purse.highest <= cap
        assert server.billed <= purse.spent
