"""Acts on very many mentions: slice by slice, stopped, killed, taken back; nothing overwritten."""

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.queue.rows import View
from socialdesk.domain.rules.step import Step, StepKind
from socialdesk.engine.errands.bulk import begin, do_slice
from socialdesk.store import jobs
from socialdesk.store.jobs import State
from socialdesk.store.mentions import counters
from socialdesk.store.queue import bulk
from socialdesk.store.triage import acts, tags, triage
from tests.store.triage.test_acts import state, undo

LATE = Step(StepKind.LABEL, "late")
DONE = Step(StepKind.STATUS, "", Status.DONE.value, Disposition.NO_REPLY_NEEDED.value)
STEPS = [LATE, DONE, Step(StepKind.PRIORITY, number=1), Step(StepKind.ASSIGN, number=2),
         Step(StepKind.PIN, number=1), Step(StepKind.MUTE, number=1), Step(StepKind.VIP, number=1),
         Step(StepKind.SNOOZE, number=1 << 50),
         Step(StepKind.STATUS, number=Status.SPAM.value)]  # fmt: skip


@pytest.fixture(autouse=True)
def small(monkeypatch):
    """A few rows are many here."""
    monkeypatch.setattr(jobs, "SLICE", 3)
    monkeypatch.setattr(acts, "LARGE", 4)


def start(file, step, ids, person=1):
    act, job = file.write(lambda tx: begin(tx, step, ids, "new", "", person))
    return act.seq, job


def slices(file, n):
    return [file.write(do_slice) for _ in range(n)]


def run(file):
    while file.write(do_slice):
        assert not file.write(counters.recount), "the live counts are right after every slice"


def job_of(file):
    return file.read(jobs.list_jobs)[0]


@pytest.mark.parametrize("step", STEPS, ids=lambda s: f"{s.kind.value} {s.number}"[:12])
def test_undo_of_all_slices_brings_every_row_back_and_redo_does_them_again(file, step):
    ids = file.fill(10)
    if step.kind is StepKind.LABEL:
        file.write(lambda tx: tags.add_label(tx, None, [], "late"))
    before = state(file)
    start(file, step, ids)
    run(file)
    after = state(file)
    assert after != before
    undone = undo(file)
    assert undone.job
    run(file)
    assert state(file) == before
    file.write(lambda tx: acts.redo(tx, 1))
    run(file)
    assert state(file) == after
    assert file.sql("SELECT count(*) FROM job_slice") == [(0,)]


def test_progress_is_told_without_naming_the_rows(file):
    start(file, LATE, file.fill(7))
    file.told.clear()
    slices(file, 2)
    assert [change.updated for change in file.told] == [(), ()]
    assert (job_of(file).n_done, job_of(file).n_total, job_of(file).is_running) == (6, 7, True)
    run(file)
    assert (job_of(file).n_done, job_of(file).state) == (7, "done")


def test_it_goes_on_after_a_restart_where_it_was(file):
    ids = file.fill(7)
    start(file, DONE, ids)
    slices(file, 1)
    file.reopen()
    assert file.statuses(ids) == [Status.DONE] * 3 + [Status.NEW] * 4
    run(file)
    assert file.statuses(ids) == [Status.DONE] * 7
    undo(file)
    run(file)
    assert file.statuses(ids) == [Status.NEW] * 7


def test_stopped_what_was_done_is_one_act_for_undo(file):
    ids = file.fill(9)
    before = state(file)
    _, job = start(file, DONE, ids)
    slices(file, 2)
    file.write(lambda tx: jobs.end(tx, job, State.STOPPED, 1))
    assert not file.write(do_slice)
    assert file.statuses(ids) == [Status.DONE] * 6 + [Status.NEW] * 3
    undo(file)
    run(file)
    assert state(file) == before


def test_undo_of_one_still_on_its_way_stops_it_first(file):
    ids = file.fill(9)
    before = state(file)
    start(file, DONE, ids)
    slices(file, 2)
    undo(file)
    run(file)
    assert state(file) == before
    assert [job.state for job in file.read(jobs.list_jobs)] == ["done", "stopped"]


def test_undo_before_the_first_slice_ends_that_act_and_not_an_older_one(file):
    ids = file.fill(9)
    file.write(lambda tx: tags.add_label(tx, acts.begin(tx, "labelled", 1, {}), ids[:2], "mine"))
    before = state(file)
    seq, _ = start(file, DONE, ids)
    assert undo(file).act_seq == seq
    run(file)
    assert state(file) == before
    assert job_of(file).state == "stopped"


def test_what_somebody_decides_on_the_way_is_not_overwritten(file):
    ids = file.fill(7)
    start(file, DONE, ids)
    slices(file, 1)

    def spam(tx):
        act = acts.begin(tx, "spam", 2, acts.named(ids[5:6]))
        triage.set_status(tx, act, ids[5:6], Status.SPAM)

    file.write(spam)
    run(file)
    assert file.row(ids[5]).status is Status.SPAM
    undo(file)
    run(file)
    assert file.statuses(ids) == [Status.NEW] * 5 + [Status.SPAM, Status.NEW]


def test_undo_of_many_leaves_alone_what_was_changed_since(file):
    ids = file.fill(7)
    start(file, DONE, ids)
    run(file)
    file.write(lambda tx: triage.set_status(tx, None, ids[:1], Status.SPAM))
    undo(file)
    run(file)
    assert file.statuses(ids) == [Status.SPAM] + [Status.NEW] * 6


def test_two_run_one_after_the_other(file):
    ids = file.fill(5)
    start(file, LATE, ids)
    start(file, DONE, ids)
    slices(file, 2)
    assert [(job.kind, job.n_done) for job in file.read(jobs.list_jobs)] == [
        ("status_set", 0), ("labelled", 5)
    ]  # fmt: skip
    run(file)
    assert {file.row(i).labels for i in ids} == {("late",)}
    assert file.statuses(ids) == [Status.DONE] * 5


def test_a_step_that_can_no_longer_be_done_stops_its_job(file):
    start(file, Step(StepKind.ASSIGN, number=77), file.fill(5))
    assert file.write(do_slice)
    assert job_of(file).state == "stopped"
    with pytest.raises(CommandError) as refused:
        undo(file)
    assert refused.value.fault is CommandFault.NOTHING_TO_UNDO


def test_the_journal_says_what_was_begun_and_how_it_ended(file):
    start(file, LATE, file.fill(7))
    run(file)
    kinds = file.sql("SELECT kind, data FROM journal ORDER BY seq DESC LIMIT 2")
    assert [kind for kind, _ in kinds] == ["job_ended", "labelled"]
    assert '"n":7' in kinds[0][1]
    assert '"n":7' in kinds[1][1]


@pytest.mark.parametrize(
    ("view", "search", "n"),
    [(View.NEW, "", 6), (View.DONE, "", 0), (View.ALL, "where", 6), (View.ALL, "status:new", 6),
     (View.OUTBOX, "", 0), (View.ALL, "is:nonsense", 0)],
)  # fmt: skip
def test_all_that_match_are_all_that_a_list_would_show(file, monkeypatch, view, search, n):
    ids = file.fill(6, body="Where is my order?")
    monkeypatch.setattr("socialdesk.store.queue.search.SEARCH_IDS", 2)
    found = file.read(bulk.match_ids, view, search, file.clock.now)
    assert list(found) == ids[:n]
    assert file.read(bulk.count_matches, view, search, file.clock.now) == n
