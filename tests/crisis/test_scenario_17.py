"""Given four weeks of flat stream, then at most one alert; given each drill stream joined to it,
then an alert at most five minutes after onset (median of the eight)."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

import pytest

from socialdesk.domain.crisis.alert import Level
from socialdesk.places import resource
from socialdesk.practice.content import load_content
from socialdesk.practice.drill_history import HISTORY_DAYS, history
from socialdesk.practice.drill_streams import DRILLS, DrillStream, load_drill
from socialdesk.practice.stream import Wrote
from tests.engine.alerts.alert_bench import DAY_MS, AlertBench
from tests.fakes import NOON, HandClock
from tests.store.queue_file import QueueFile

START = NOON - HISTORY_DAYS * DAY_MS
MINUTE_MS = 60_000
SEED = 7


@pytest.fixture(scope="module")
def flat_weeks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace after four weeks of flat stream, closed; nobody answered anything."""
    folder = tmp_path_factory.mktemp("flat")
    QueueFile(folder).close()
    bench = AlertBench(folder, HandClock(START))
    bench.set(fetching="off", notice_overdue="no", notice_due_soon="no")
    lines = history(load_content(resource("practice")), SEED, day_s=43_200, weekday=5)
    bench.play(
        load_content(resource("practice")),
        [(NOON + round(line.at_s * 1000), line) for line in lines],
    )
    bench.go_to(NOON)
    bench.desk.close()
    return folder


@pytest.fixture
def start(flat_weeks: Path, tmp_path: Path) -> Iterator[Callable[[str], AlertBench]]:
    """A copy of it, opened at noon."""
    made: list[AlertBench] = []

    def begin(name: str) -> AlertBench:
        folder = tmp_path / name
        shutil.copytree(flat_weeks, folder)
        made.append(AlertBench(folder, HandClock(NOON)))
        return made[-1]

    yield begin
    for bench in made:
        bench.desk.close()


def first_alert_after(bench: AlertBench, drill: DrillStream) -> float:
    """Minutes from the first bad post to the first alert that made or joined an incident."""
    events = [e for e in drill.events() if isinstance(e, Wrote) and drill.parts[e.key] != "ours"]
    bench.play(drill.content, [(NOON + event.at_ms, event.line) for event in events])
    onset = NOON + drill.onset_ms
    rung = [a.at for a in bench.alerts() if a.level >= Level.ALERT and a.incident_id]
    after = [at for at in rung if at >= onset]
    return (min(after) - onset) / MINUTE_MS if after else float("inf")


def test_scenario_17_four_flat_weeks_ring_at_most_once(start: Callable[[str], AlertBench]):
    bench = start("flat")
    assert sum(alert.level >= Level.ALERT for alert in bench.alerts()) <= 1
    assert len(bench.incidents()) <= 1


def test_scenario_17_each_drill_rings_within_five_minutes(start: Callable[[str], AlertBench]):
    minutes = {}
    for name in DRILLS:
        drill = load_drill(resource("practice"), resource("drills"), name)
        minutes[name] = first_alert_after(start(name), drill)
    assert len(minutes) == 8
    assert median(minutes.values()) <= 5, minutes
    assert all(minute < 15 for minute in minutes.values()), minutes
