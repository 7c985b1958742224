"""Engines that watch for alerts, on one file."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engine.alerts.alert_bench import AlertBench
from tests.fakes import HandClock
from tests.store.queue_file import QueueFile


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], AlertBench]]:
    """Starts engines on the same file, one after the other."""
    QueueFile(tmp_path).close()
    clock = HandClock()
    running: list[AlertBench] = []

    def begin() -> AlertBench:
        for bench in running:
            bench.desk.close()
        running[:] = [AlertBench(tmp_path, clock)]
        running[0].set(fetching="off", notice_overdue="no", notice_due_soon="no")
        return running[0]

    yield begin
    for bench in running:
        bench.desk.close()


@pytest.fixture
def bench(start) -> AlertBench:
    """Four quiet weeks were watched."""
    made: AlertBench = start()
    made.watched(28)
    made.desk.clockwork.turn()
    return made
