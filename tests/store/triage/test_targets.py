"""Due times in the file: clocks that stop, go on, and follow other hours."""

from functools import partial

import pytest

from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.queue.rows import View
from socialdesk.domain.targets import Targets
from socialdesk.domain.times.hours_text import HoursText
from socialdesk.store import settings
from socialdesk.store.queue import badges, lists
from socialdesk.store.triage import acts, labels, tags, targets, triage
from tests.makers import a_mention

MIN, HOUR = 60_000, 3_600_000
NOON = HoursText("UTC", ("12-13",) * 7).packed()  # open an hour a day


def due_of(file, id: int) -> int:
    return int(file.sql("SELECT due_at FROM triage WHERE mention_id = ?", id)[0][0])


def need_of(file, id: int) -> int:
    return int(file.sql("SELECT need_at FROM triage WHERE mention_id = ?", id)[0][0])


def state_of(file, id: int) -> tuple[int, ...]:
    (row,) = file.sql(
        "SELECT status, due_at, left_ms, need_at FROM triage WHERE mention_id = ?", id
    )
    return tuple(row)


def put(file, **values: str) -> None:
    for key, value in values.items():
        file.write(lambda tx, k=key, v=value: settings.set_value(tx, k, v, file.ann))


def decide(file, id: int, status: Status) -> None:
    def write(tx):
        act = acts.begin(tx, "status_set", file.ann, {})
        triage.set_status(tx, act, [id], status)

    file.write(write)


def undo(file) -> None:
    file.write(lambda tx: acts.undo(tx, file.ann))


@pytest.fixture
def written(file):
    """One mention, ten minutes old: due in fifty."""
    return file.save(a_mention(at=file.clock.now - 10 * MIN))[0]


def test_the_clock_stops_while_we_wait_for_them_and_goes_on_with_what_was_left(file, written):
    decide(file, written, Status.WAITING)
    file.clock.now += 5 * HOUR
    decide(file, written, Status.OPEN)
    assert due_of(file, written) == file.clock.now + 50 * MIN
    assert need_of(file, written) == due_of(file, written)


def test_an_overdue_one_comes_back_as_much_overdue(file, written):
    file.clock.now += 2 * HOUR  # 70 minutes too late
    decide(file, written, Status.WAITING)
    file.clock.now += 9 * HOUR
    decide(file, written, Status.OPEN)
    assert due_of(file, written) == file.clock.now - 70 * MIN


def test_an_answer_that_came_too_late_stays_too_late(file, written):
    before = due_of(file, written)
    file.clock.now += 2 * HOUR
    file.write(lambda tx: triage.after_reply(tx, written))
    file.clock.now += 9 * HOUR
    decide(file, written, Status.OPEN)
    (first_reply,) = file.sql("SELECT first_reply_at FROM triage WHERE mention_id = ?", written)[0]
    assert due_of(file, written) == before < first_reply


def test_an_answer_in_time_stays_in_time(file, written):
    file.write(lambda tx: triage.after_reply(tx, written))
    file.clock.now += 9 * HOUR
    decide(file, written, Status.OPEN)
    assert due_of(file, written) == file.clock.now + 50 * MIN


def test_what_was_left_is_open_time(file, written):
    put(file, hours=NOON)
    file.write(lambda tx: targets.retime(tx, None, [written], targets.read_face(tx.conn)))
    due = due_of(file, written)
    left = file.read(lambda c: targets.read_hours(c).between(file.clock.now, due))
    decide(file, written, Status.WAITING)
    file.clock.now += 30 * HOUR
    decide(file, written, Status.OPEN)
    hours = file.read(targets.read_hours)
    assert hours.between(file.clock.now, due_of(file, written)) == left


def test_a_snooze_and_done_stop_no_clock(file, written):
    before = due_of(file, written)
    file.write(partial(triage.snooze, act=None, ids=[written], until=file.clock.now + HOUR))
    file.clock.now += 2 * HOUR
    file.write(triage.wake_snoozes)
    assert due_of(file, written) == before
    decide(file, written, Status.DONE)
    file.clock.now += HOUR
    decide(file, written, Status.OPEN)
    assert due_of(file, written) == before


def test_a_reply_that_did_not_leave_has_stopped_no_clock(file, written):
    before = due_of(file, written)
    file.write(lambda tx: triage.let_wait(tx, None, written))
    file.clock.now += 3 * HOUR
    file.write(lambda tx: triage.reopen(tx, written))
    assert state_of(file, written) == (Status.OPEN.value, before, 0, before)


def test_undo_restores_the_clock_exactly(file, written):
    before = state_of(file, written)
    decide(file, written, Status.WAITING)
    waiting = state_of(file, written)
    file.clock.now += HOUR
    decide(file, written, Status.NEW)
    file.clock.now += HOUR
    undo(file)
    assert state_of(file, written) == waiting
    undo(file)
    assert state_of(file, written) == before


def test_without_a_target_no_clock_starts(file):
    (id,) = file.save(a_mention(), status=Status.DONE, disposition=Disposition.BACKFILL)
    decide(file, id, Status.WAITING)
    decide(file, id, Status.OPEN)
    assert due_of(file, id) == 0


def test_a_label_with_a_target_moves_the_due_time_and_back(file, written):
    label = file.write(lambda tx: labels.find_or_make(tx, "press"))
    before = state_of(file, written)
    put(file, targets=Targets(labels=((label, 15),)).packed())

    def wear(tx):
        tags.add_label(tx, acts.begin(tx, "labelled", file.ann, {}), [written], "press")

    file.write(wear)
    assert due_of(file, written) == file.clock.now + 5 * MIN
    assert need_of(file, written) < before[3]
    file.write(lambda tx: tags.remove_label(tx, None, [written], "press"))
    assert state_of(file, written) == before
    file.write(wear)
    undo(file)
    assert state_of(file, written) == before
    file.write(lambda tx: tags.add_label(tx, None, [written], "other"))
    assert state_of(file, written) == before


def test_other_hours_retime_what_is_undecided_but_no_clock_that_was_stopped(file):
    ids = file.fill(3)
    decide(file, ids[0], Status.DONE)
    decide(file, ids[1], Status.WAITING)
    decide(file, ids[1], Status.OPEN)
    before = [due_of(file, id) for id in ids]
    put(file, hours=NOON)
    assert file.read(targets.undecided_after, 0, 9) == ids[1:]
    assert file.read(targets.undecided_after, ids[1], 9) == ids[2:]
    file.write(lambda tx: targets.retime(tx, None, ids, targets.read_face(tx.conn)))
    after = [due_of(file, id) for id in ids]
    assert after[:2] == before[:2]
    published = file.sql("SELECT published_at FROM mention WHERE id = ?", ids[2])[0][0]
    assert after[2] == file.read(targets.read_hours).add(published, HOUR) > before[2]


def test_due_soon_is_counted_in_open_time(file):
    put(file, hours=NOON, due_soon_min="30")
    file.clock.now += (24 + 12) * HOUR - file.clock.now % (24 * HOUR) - HOUR  # 11:00
    file.save(a_mention(at=file.clock.now))
    (id,) = file.read(targets.undecided_after, 0, 9)
    file.write(lambda tx: tx.conn.execute(
        "UPDATE triage SET due_at = ?", (file.clock.now + HOUR + 20 * MIN,)))  # fmt: skip
    due_soon = {b.key: b.n for b in file.read(badges.count_views, file.clock.now)}["due_soon"]
    assert (due_soon, list(file.read(lists.list_ids, View.DUE_SOON, now=file.clock.now).ids)) == (
        1, [id])  # fmt: skip
    put(file, due_soon_min="15")
    assert not file.read(lists.list_ids, View.DUE_SOON, now=file.clock.now).ids


@pytest.mark.parametrize("broken", ["{", "[]", '{"zone": "Mars", "week": []}'])
def test_settings_that_another_hand_broke_leave_everything_open(file, broken):
    put(file, hours=broken, targets=broken, holiday_dates=broken, due_soon_min="soon")
    assert file.read(targets.read_hours).is_always
    assert file.read(targets.read_face).due_at("pond", (), 0) == HOUR
    assert file.read(targets.times, 0) == {"now": 0, "soon": 15 * MIN}


def test_only_what_moves_due_times_changes_their_mark(file):
    assert file.read(targets.fingerprint) == ""
    put(file, theme="dark")
    assert file.read(targets.fingerprint) == ""
    put(file, target_min="30")
    marks = {file.read(targets.fingerprint)}
    put(file, hours=NOON)
    marks.add(file.read(targets.fingerprint))
    assert len(marks) == 2 and "" not in marks
