"""Due times of a whole engine: at intake, and when hours or targets change."""

from datetime import UTC, datetime

import pytest

from socialdesk.domain.errors import CommandError
from socialdesk.domain.queue.rows import View
from socialdesk.domain.targets import Targets
from socialdesk.domain.times.hours_text import HoursText
from socialdesk.engine import holidays
from socialdesk.engine import targets as engine_targets
from socialdesk.engine.commands import SetSetting
from socialdesk.engine.queries import ReadSettings
from socialdesk.store.triage import targets
from tests.makers import a_mention

MIN = 60_000
NIGHTS = HoursText("Asia/Almaty", ("1-2",) * 7).packed()
NEW_YEAR = HoursText("Asia/Almaty", ("9-18",) * 7, (), "KZ").packed()


def set_to(bench, **values: str) -> None:
    for key, value in values.items():
        bench.desk.do(SetSetting(key, value)).result()


def due_times(bench) -> dict[int, tuple[int, int]]:
    """Of each undecided mention: when it was written and when it is due."""
    return {row.id: (row.at, row.due_at) for row in bench.rows(View.NEEDS_REPLY)}


def settings_of(bench) -> dict[str, str]:
    found: dict[str, str] = bench.desk.ask(ReadSettings()).result()
    return found


def test_a_new_mention_is_due_in_open_time(bench):
    set_to(bench, hours=NIGHTS, target_min="30")
    bench.turn(120)
    face = targets.hours_in(NIGHTS, "")
    times = due_times(bench)
    assert times
    for written, due in times.values():
        assert due == face.add(written, 30 * MIN)


def test_other_targets_retime_everything_undecided_in_slices(bench, monkeypatch):
    monkeypatch.setattr(engine_targets, "SLICE", 2)
    bench.turn(300)
    before = due_times(bench)
    assert len(before) > 2 * engine_targets.SLICES_A_TURN
    set_to(bench, target_min="30", hours=NIGHTS)
    bench.turn(1)
    face = targets.hours_in(NIGHTS, "")
    after = due_times(bench)
    assert {id: due for id, (_, due) in after.items() if id in before} == {
        id: face.add(written, 30 * MIN) for id, (written, _) in before.items()
    }
    set_to(bench, target_min="", hours="")
    bench.turn(1)
    assert {id: due for id, due in due_times(bench).items() if id in before} == before


def test_a_network_may_have_no_target_at_all(bench):
    set_to(bench, targets=Targets((("mastodon", 0),)).packed())
    bench.turn(120)
    assert {due for _, due in due_times(bench).values()} == {0}


def test_one_that_says_it_was_written_tomorrow_counts_from_now(bench):
    now = bench.clock.now
    due_at = bench.desk.targets.due_on("mastodon")
    assert due_at(a_mention(at=now + 30 * 86_400_000)) == now + 60 * MIN


def test_the_holidays_of_a_country_are_closed(bench):
    set_to(bench, hours=NEW_YEAR)
    bench.turn(1)
    days = settings_of(bench)["holiday_dates"]
    year = datetime.fromtimestamp(bench.clock.now / 1000, UTC).year
    assert f"{year + 1}-01-01" in days
    hours = targets.hours_in(NEW_YEAR, days)
    assert hours.holidays and not targets.hours_in(NEW_YEAR, "").holidays
    set_to(bench, hours="")
    bench.turn(1)
    assert "holiday_dates" not in settings_of(bench)


@pytest.mark.parametrize(("key", "value"), [
    ("hours", "9-18"),
    ("hours", HoursText("UTC", ("",) * 7).packed()),
    ("hours", HoursText("UTC", ("9-18",) * 7, (), "XX").packed()),
    ("hours", HoursText("UTC", ("9-18",) * 7, (), "KZ", "Mars").packed()),
    ("targets", '{"networks": {"feeds": 1}}'),
    ("due_soon_min", "0"),
    ("quiet_hours", "[]"),
])  # fmt: skip
def test_hours_and_targets_that_mean_nothing_are_refused(bench, key, value):
    with pytest.raises(CommandError):
        bench.desk.do(SetSetting(key, value)).result()
    assert key not in settings_of(bench)


def test_holidays_are_looked_up_anew_for_another_country_or_year():
    days = holidays.resolved(NEW_YEAR, 2026)
    assert not holidays.is_stale(NEW_YEAR, days, 2026)
    assert holidays.is_stale(NEW_YEAR, days, 2027)
    assert holidays.is_stale(NIGHTS, days, 2026)
    assert holidays.is_stale(NEW_YEAR, "", 2026)
    assert holidays.is_stale(NEW_YEAR, "[]", 2026)
    assert not holidays.is_stale("", "", 2026)
    assert holidays.resolved(NIGHTS, 2026) == ""


def test_every_country_with_its_parts_can_be_chosen():
    listed = holidays.countries()
    assert len(listed) > 100 and "BY" in listed["DE"]
    assert holidays.knows("DE", "BY") and holidays.knows("KZ", "")
    assert not holidays.knows("DE", "KZ") and not holidays.knows("XX", "")
