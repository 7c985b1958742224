"""Which copies are kept, what they are for and what was counted in them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from socialdesk.store.copies import backup_list, backups
from socialdesk.store.copies.backup_list import NOTES, Reason
from tests.fakes import NOON, HandClock

DAY = 86_400_000


def put(folder: Path, at: int) -> Path:
    stamp = datetime.fromtimestamp(at / 1000, UTC).strftime("%Y%m%d-%H%M%S")
    path = folder / f"backup-{stamp}.db"
    path.touch()
    return path


def times(folder: Path) -> list[int]:
    return [b.at for b in backups.list_backups(folder)]


def test_a_year_of_days_ends_with_seven_days_and_four_weeks() -> None:
    kept: set[int] = set()
    for day in range(366):
        now = NOON + day * DAY
        kept = backups.to_keep({*kept, now}, now)
        ages = sorted((now - at) // DAY for at in kept)
        if day >= 35:
            assert ages[:7] == [0, 1, 2, 3, 4, 5, 6]
            assert len(backups.weekly(kept)) == 4
            assert 21 <= ages[-1] <= 27
        assert now - min(kept) < backups.LONGEST_MS


def test_the_oldest_of_a_week_stays_for_it() -> None:
    monday = NOON - 5 * DAY  # 2026-11-16
    week = [monday + n * DAY for n in range(7)]
    later = [monday + n * DAY for n in range(7, 21)]
    now = later[-1]
    assert backups.weekly([*week, *later]) & set(week) == {monday}
    assert monday in backups.to_keep([*week, *later], now)


def test_three_short_openings_a_day_make_one_backup_each_day(tmp_path) -> None:
    clock = HandClock()
    for day in range(30):
        for minute in (540 - day % 7, 780, 1020 - day % 5):  # never at the same minute
            now = clock.now - NOON % DAY + day * DAY + minute * 60_000
            if backups.is_due(tmp_path, now):
                put(tmp_path, now)
                backups.rotate(tmp_path, now)
    made = times(tmp_path)
    assert len({at // DAY for at in made}) == len(made)
    assert [made[0] // DAY - at // DAY for at in made[:7]] == [0, 1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("jump", [10 * 365 * DAY, -50 * 365 * DAY])
def test_a_clock_that_jumps_and_comes_back_costs_no_backup(tmp_path, jump) -> None:
    real = [NOON - n * DAY for n in range(7)]
    for at in real:
        put(tmp_path, at)
    for day in range(20):  # wrong for so long
        wrong = NOON + jump + day * DAY
        assert backups.is_due(tmp_path, wrong)
        put(tmp_path, wrong)
        backups.rotate(tmp_path, wrong)
    back = NOON + DAY
    assert backups.is_due(tmp_path, back)  # one "from the future" does not count as today's
    put(tmp_path, back)
    backups.rotate(tmp_path, back)
    left = times(tmp_path)
    assert back in left and len(left) > backups.KEPT_DAYS
    if jump < 0:  # nobody takes the real ones for old
        assert set(real) <= set(left)
    assert len(left) <= 2 * (backups.KEPT_DAYS + backups.KEPT_WEEKS)


def test_copies_are_listed_by_what_they_are_for(file) -> None:
    file.fill(3)
    folder = file.path.parent / "backups"
    made = file.readers.here(lambda conn: backups.back_up(conn, folder, file.clock.now))
    old = file.readers.here(lambda conn: backups.back_up(conn, folder, file.clock.now - 20 * DAY))
    for day in range(1, 7):
        put(folder, file.clock.now - day * DAY)
    (folder / "before-update-from-3-1795000000000.db").touch()
    kept = file.path.parent / "kept-1790000000000"
    kept.mkdir()
    (kept / "workspace.db").touch()
    backup_list.note(folder, made)
    copies = backup_list.list_copies(folder)
    assert copies[0].path == made.path and copies[0].n_mentions == 3
    reasons = [copy.reason for copy in copies]
    assert reasons.count(Reason.DAILY) == 7 and reasons.count(Reason.WEEKLY) == 1
    assert {Reason.UPDATE, Reason.KEPT} <= set(reasons)
    backup_list.count_missing(folder)
    counted = {c.path: c.n_mentions for c in backup_list.list_copies(folder)}
    assert counted[old.path] == 3
    assert counted[folder / "before-update-from-3-1795000000000.db"] == backup_list.UNKNOWN
    assert backup_list.delete(folder, kept / "workspace.db") and not kept.exists()
    assert backup_list.delete(folder, old.path) and not old.path.exists()
    assert not backup_list.delete(folder, file.path) and file.path.exists()


def test_notes_that_were_meddled_with_are_no_crash(file) -> None:
    file.fill(2)
    folder = file.path.parent / "backups"
    made = file.readers.here(lambda conn: backups.back_up(conn, folder, file.clock.now))
    for text in ("", "[]", '{"backup": 3}', '{"x": []}', "\x00"):
        (folder / NOTES).write_text(text)
        assert backup_list.list_copies(folder)[0].n_mentions == backup_list.UNKNOWN
    backup_list.note(folder, made)
    assert backup_list.list_copies(folder)[0].n_mentions == 2
