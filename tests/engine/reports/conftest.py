"""A generated workspace, read only; and a desk on a copy of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from socialdesk.domain.account import Secret
from socialdesk.engine.accounts.secrets import NoKeyring
from socialdesk.engine.inline import InlineDesk
from socialdesk.engine.outside import Outside
from socialdesk.networks import http
from socialdesk.store.copies import backups
from tests.engine.reports.world import START, World, fill_world
from tests.fakes import HandClock
from tests.store.queue_file import HOUR_MS, QueueFile

N_DAYS = 42
NOW = START + N_DAYS * 24 * HOUR_MS - 5 * HOUR_MS  # Sunday evening of the last week


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Four thousand mentions over six weeks."""
    queue = QueueFile(tmp_path_factory.mktemp("world"))
    yield fill_world(queue, 4_000, n_days=N_DAYS)
    queue.close()


OpenDesk = Callable[..., InlineDesk]


@pytest.fixture
def open_desk(tmp_path: Path) -> Iterator[OpenDesk]:
    """Desks on a copy of a workspace file, with no network at all."""
    made: list[InlineDesk] = []

    def open_one(source: QueueFile | None = None, now: int = NOW) -> InlineDesk:
        target = tmp_path / "workspace.db"
        if source is not None:
            source.read(backups.back_up, tmp_path / "copies", now, target)
        made.append(desk_on(target, HandClock(now)))
        return made[-1]

    yield open_one
    for desk in made:
        desk.close()


def desk_on(database: Path, clock: HandClock) -> InlineDesk:
    outside = Outside({}, http.session, lambda _: NoKeyring(Secret("")))
    return InlineDesk(database, database.parent / "backups", clock, outside)


def answer_of(future: Any) -> Any:
    """What a desk answered, once."""
    return future.result(timeout=30)
