"""The mark of a sandbox, and the clock that both its processes go by."""

from dataclasses import replace
from pathlib import Path

import pytest

from socialdesk.engine.drills.mark import DrillClock, DrillMark, begin, end, read_mark, write_mark
from socialdesk.places import workspace
from tests.fakes import HandClock

MARK = DrillMark("outage", 10, "/somewhere", made_ms=1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "drill.json"
    write_mark(path, MARK)
    return path


def test_time_is_real_until_the_drill_begins_and_fast_from_then_on(path: Path):
    real = HandClock()
    clock = DrillClock(real, path)
    real.advance(7)
    assert clock.now_ms() == real.now
    begin(path, real.now)
    began = real.now
    real.advance(6)
    assert clock.now_ms() == began + 60_000


def test_both_processes_read_the_same_time(path: Path):
    real = HandClock()
    begin(path, real.now)
    one = DrillClock(real, path)
    real.advance(33)
    assert DrillClock(real, path).now_ms() == one.now_ms()


def test_wall_and_monotonic_clock_never_drift_apart(path: Path):
    real = HandClock()
    begin(path, real.now)
    clock = DrillClock(real, path)
    before = clock.now_ms() - clock.monotonic_ms()
    real.advance(1234.5)
    assert clock.now_ms() - clock.monotonic_ms() == before


def test_a_drill_ends_once_and_the_first_reason_stays(path: Path):
    assert end(path, 50, "declared").why_ended == "declared"
    assert end(path, 90, "person") == replace(MARK, ended_ms=50, why_ended="declared")
    assert read_mark(path) == replace(MARK, ended_ms=50, why_ended="declared")


@pytest.mark.parametrize("text", ["", "[]", '{"stream": "outage"}', '{"x": 1}', "{"])
def test_a_torn_mark_is_no_mark(path: Path, text: str):
    path.write_text(text, "utf-8")
    assert read_mark(path) is None
    with pytest.raises(ValueError, match="no drill"):
        begin(path, 1)


def test_the_mark_makes_a_folder_a_drill_and_no_practice(tmp_path: Path):
    place = workspace(str(tmp_path / "main"))
    place.folder.mkdir(parents=True)
    place.practice_posts.touch()
    assert place.is_practice and not place.is_drill
    write_mark(place.drill_mark, MARK)
    assert place.is_drill and not place.is_practice
    place.prepare()  # a folder with its mark in it is ours
