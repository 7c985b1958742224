"""What comes is heard at once where the network can tell, and nothing depends on it."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from socialdesk.domain.account import Can
from socialdesk.domain.errors import UnreachableError
from socialdesk.engine.commands import SetAccountOn
from tests.engine.pond import CAN, CHANGED, Pond, PondDesk, PondNetwork, pond_desk

HEARD_S, LOOK_S = 10.0, 0.01  # a hang guard; what nobody tells is looked at so often


@pytest.fixture
def pond(tmp_path: Path) -> Iterator[PondDesk]:
    made = pond_desk(tmp_path, PondNetwork(Pond()))
    yield made
    made.desk.close()


def until(is_so: Callable[[], bool]) -> None:
    """Wait for the listener's thread."""
    with CHANGED:
        for _ in range(int(HEARD_S / LOOK_S)):
            if is_so():
                return
            CHANGED.wait(LOOK_S)
    raise AssertionError("it never came")


def settle(pond: PondDesk) -> None:
    """The first fetch, then a listener that waits."""
    pond.turn()
    pond.turn()
    until(lambda: pond.pond.n_waiting > 0)


def test_news_are_fetched_long_before_the_next_poll(pond: PondDesk) -> None:
    settle(pond)
    n_before = pond.pond.n_fetched
    pond.turn(5)
    assert pond.pond.n_fetched == n_before
    pond.pond.add("are you open?", pond.at())
    pond.pond.news.set()
    until(lambda: not pond.pond.news.is_set())

    def is_fetched() -> bool:
        pond.turn()
        return pond.pond.n_fetched > n_before

    until(is_fetched)


def test_polling_is_rarer_where_somebody_listens(pond: PondDesk) -> None:
    settle(pond)
    pond.turn(301)  # the fetch before was planned when nobody listened yet
    n_before = pond.pond.n_fetched
    pond.turn(120)
    assert pond.pond.n_fetched == n_before
    pond.turn(240)
    assert pond.pond.n_fetched == n_before + 1


def test_what_is_not_heard_is_polled(tmp_path: Path) -> None:
    deaf = pond_desk(tmp_path, PondNetwork(Pond(), can=CAN & ~Can.WAIT))
    deaf.turn()
    n_before = deaf.pond.n_fetched
    deaf.turn(70)
    assert deaf.pond.n_fetched == n_before + 1
    assert deaf.pond.n_waiting == 0
    deaf.desk.close()


def test_a_line_that_breaks_is_polled_again_as_often_as_without_it(pond: PondDesk) -> None:
    settle(pond)
    pond.pond.failure = UnreachableError("the line broke")
    until(lambda: not pond.desk.news.hears(pond.account_id))
    pond.pond.failure = None
    pond.turn(301)
    n_before = pond.pond.n_fetched
    pond.turn(70)
    assert pond.pond.n_fetched == n_before + 1


def test_a_paused_account_is_not_listened_to(pond: PondDesk) -> None:
    settle(pond)
    pond.desk.do(SetAccountOn(pond.account_id, False)).result()
    pond.turn()
    until(lambda: not pond.desk.news.hears(pond.account_id))
    pond.desk.do(SetAccountOn(pond.account_id, True)).result()
    n_before = pond.pond.n_waiting
    pond.turn()
    pond.turn()
    until(lambda: pond.pond.n_waiting > n_before)


def test_closing_waits_for_no_listener(pond: PondDesk) -> None:
    settle(pond)
    began = time.monotonic()
    pond.desk.close()
    assert time.monotonic() - began < HEARD_S
