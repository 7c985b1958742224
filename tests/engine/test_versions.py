"""A version of a network's API that ends is told in time, and once."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from socialdesk.engine.queries.notices import ListNotices
from socialdesk.engine.words.notices import title
from socialdesk.networks.base import ApiVersion
from tests.engine.pond import Pond, PondDesk, PondNetwork, pond_desk
from tests.fakes import HandClock

TODAY = HandClock().utc.date()
DAY_S = 86_400.0


def desk(folder: Path, until: date) -> PondDesk:
    return pond_desk(folder, PondNetwork(Pond(), versions=(ApiVersion("Pond API v3", until),)))


def told(pond: PondDesk) -> list[str]:
    lines = pond.desk.ask(ListNotices()).result()
    return [title(line) for line in lines if line.popup.code == "version_ending"]


@pytest.mark.parametrize(("days_left", "n"), [(400, 0), (61, 0), (60, 1), (10, 1), (-5, 1)])
def test_an_end_that_is_near_is_told_at_the_start(tmp_path: Path, days_left: int, n: int) -> None:
    pond = desk(tmp_path, TODAY + timedelta(days=days_left))
    pond.turn()
    pond.turn()
    until = (TODAY + timedelta(days=days_left)).isoformat()
    words = f"Pond promises Pond API v3 until {until} only. Update SocialDesk before that day."
    assert told(pond) == [words] * n
    pond.desk.close()


def test_it_is_told_again_when_the_end_is_nearer_and_not_between(tmp_path: Path) -> None:
    pond = desk(tmp_path, TODAY + timedelta(days=50))
    pond.turn()
    for _ in range(30):
        pond.turn(DAY_S)
    assert len(told(pond)) == 1
    for _ in range(30):
        pond.turn(DAY_S)
    assert len(told(pond)) == 3
    pond.desk.close()
