"""A source that is not there: asked again for a week, then left alone until a person asks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from socialdesk.domain.errors import UnreachableError
from socialdesk.domain.queue.rows import WatchHealth
from socialdesk.engine.commands import FetchNow
from socialdesk.engine.queries import ListAccounts
from tests.engine.pond import Pond, PondDesk, PondNetwork, pond_desk

DAY_S = 24 * 3600.0
MISSING = UnreachableError("HTTP 404 from pond.example", maybe_done=False, is_missing=True)
DOWN = UnreachableError("HTTP 503 from pond.example", maybe_done=False)


@pytest.fixture
def made(tmp_path: Path) -> Iterator[PondDesk]:
    desk = pond_desk(tmp_path, PondNetwork(Pond()))
    desk.turn(400)
    yield desk
    desk.desk.close()


def pass_days(made: PondDesk, days: float) -> WatchHealth:
    """Nobody looks meanwhile; then all that is due is tried."""
    made.clock.advance(days * DAY_S)
    made.turn(5)
    (account,) = made.desk.ask(ListAccounts()).result()
    return account.watches[0]


def test_a_source_is_left_alone_when_it_was_missing_for_a_week(made: PondDesk) -> None:
    made.pond.failure = MISSING
    assert pass_days(made, 1).is_on
    assert pass_days(made, 6).is_on
    watch = pass_days(made, 1.1)
    assert not watch.is_on
    assert (watch.fault, watch.detail) == ("RefusedError", f"gone: {MISSING}")
    made.desk.do(FetchNow()).result()
    assert not pass_days(made, 0).is_on  # it was tried once more
    made.pond.failure = None
    made.desk.do(FetchNow()).result()
    watch = pass_days(made, 0)
    assert (watch.is_on, watch.fault) == (True, "")


def test_a_first_miss_after_a_long_pause_leaves_nothing_alone(made: PondDesk) -> None:
    made.pond.failure = MISSING
    watch = pass_days(made, 30)
    assert (watch.is_on, watch.fault) == (True, "UnreachableError")


def test_a_source_that_came_back_has_its_week_anew(made: PondDesk) -> None:
    made.pond.failure = MISSING
    pass_days(made, 1)
    made.pond.failure = None
    assert pass_days(made, 5).fault == ""
    made.pond.failure = MISSING
    pass_days(made, 1)
    assert pass_days(made, 2).is_on


def test_a_server_that_is_down_is_asked_for_ever(made: PondDesk) -> None:
    made.pond.failure = DOWN
    for days in (1, 6, 2, 30):
        assert pass_days(made, days).is_on
    made.pond.failure = MISSING
    for days in (1, 1, 4):  # it is rebuilt; the week begins with the first of these
        assert pass_days(made, days).is_on
    assert not pass_days(made, 3).is_on


def test_a_miss_among_other_failures_counts_from_the_last_first_one(made: PondDesk) -> None:
    made.pond.failure = MISSING
    pass_days(made, 1)
    made.pond.failure = DOWN
    pass_days(made, 6)
    made.pond.failure = MISSING
    for days in (2, 1, 4):
        assert pass_days(made, days).is_on
