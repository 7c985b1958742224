"""What we decide about mentions: statuses, order, people, counters."""

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.queue.rows import Order, View
from socialdesk.store.mentions import counters
from socialdesk.store.queue import lists
from socialdesk.store.triage import acts, triage
from tests.makers import a_mention
from tests.store.queue_file import HOUR_MS, QueueFile

DAY_MS = 24 * HOUR_MS


def order_of_need(file: QueueFile) -> list[int]:
    listing = file.read(lists.list_ids, View.NEEDS_REPLY, "", Order.NEED, 100, file.clock.now)
    return list(listing.ids)


def counts(file: QueueFile) -> dict[str, int]:
    return {b.key: b.n for b in file.read(lists.count_views, file.clock.now)}


def are_right(file: QueueFile) -> bool:
    """The counters are what a count of the rows gives."""
    return not file.write(counters.recount)


def test_filing_many_moves_the_counters_once_and_rightly(file):
    ids = file.fill(6)
    n = file.write(
        lambda tx: triage.set_status(tx, None, ids[:4], Status.DONE, Disposition.NO_REPLY_NEEDED)
    )
    assert n == 4
    assert counts(file) | {"new": 2, "needs_reply": 2, "done": 4, "all": 6} == counts(file)
    assert are_right(file)


def test_a_status_that_is_there_already_changes_nothing(file):
    ids = file.fill(2)
    file.write(lambda tx: triage.set_status(tx, None, ids, Status.SPAM))
    assert file.write(lambda tx: triage.set_status(tx, None, ids, Status.SPAM)) == 0


def test_ids_that_are_not_in_the_queue_are_passed_over(file):
    ids = file.fill(1)
    assert file.write(lambda tx: triage.set_status(tx, None, [*ids, 12345], Status.DONE)) == 1


def test_only_a_done_mention_has_ended_in_some_way(file):
    ids = file.fill(1)
    file.write(lambda tx: triage.set_status(tx, None, ids, Status.WAITING, Disposition.REPLIED))
    assert file.row(ids[0]).disposition is Disposition.NONE
    file.write(lambda tx: triage.set_status(tx, None, ids, Status.DONE, Disposition.REPLIED))
    assert file.row(ids[0]).disposition is Disposition.REPLIED


def test_opening_makes_new_open_and_leaves_the_rest(file):
    ids = file.fill(2)
    file.write(lambda tx: triage.set_status(tx, None, ids[1:], Status.WAITING))
    opened = [file.write(lambda tx, i=i: triage.open_mention(tx, i)) for i in ids]
    assert opened == [True, False]
    assert file.statuses(ids) == [Status.OPEN, Status.WAITING]
    assert are_right(file)


def test_a_snooze_ends_on_top_and_marked(file):
    ids = file.fill(3)
    until = file.clock.now + HOUR_MS
    file.write(lambda tx: triage.snooze(tx, None, ids[2:], until))
    assert order_of_need(file) == ids[:2]
    assert file.read(triage.next_snooze_end) == until
    assert file.write(triage.wake_snoozes) == 0
    file.clock.advance(3601)
    assert file.write(triage.wake_snoozes) == 1
    row = file.row(ids[2])
    assert (row.status, row.is_woken, row.snoozed_until) == (Status.OPEN, True, 0)
    assert order_of_need(file) == [ids[2], *ids[:2]]
    assert file.read(triage.next_snooze_end) is None
    assert are_right(file)


def test_a_woken_mention_that_is_marked_unread_takes_its_place_again(file):
    ids = file.fill(2)
    file.write(lambda tx: triage.snooze(tx, None, ids[1:], file.clock.now + 1000))
    file.clock.advance(2)
    file.write(triage.wake_snoozes)
    file.write(lambda tx: triage.set_status(tx, None, ids[1:], Status.NEW))
    assert order_of_need(file) == ids
    assert not file.row(ids[1]).is_woken


@pytest.mark.parametrize("ms", [0, -1])
def test_a_snooze_into_the_past_is_refused(file, ms):
    ids = file.fill(1)
    with pytest.raises(CommandError) as refusal:
        file.write(lambda tx: triage.snooze(tx, None, ids, tx.now + ms))
    assert refusal.value.fault is CommandFault.BAD_INPUT


def test_priority_and_vip_move_a_mention_forward(file):
    old, mid, new = file.save(
        a_mention(author="ann", at=file.clock.now - 3 * HOUR_MS),
        a_mention(author="ben", at=file.clock.now - 2 * HOUR_MS),
        a_mention(author="eve", at=file.clock.now - HOUR_MS - 60_000),
    )
    file.write(lambda tx: triage.set_vip(tx, None, [new], True))
    assert order_of_need(file) == [old, new, mid]
    file.write(lambda tx: triage.set_priority(tx, None, [mid], 1))
    assert order_of_need(file) == [mid, old, new]
    file.write(lambda tx: triage.set_priority(tx, None, [mid], 0))
    file.write(lambda tx: triage.set_vip(tx, None, [new], False))
    assert order_of_need(file) == [old, mid, new]


def test_a_new_mention_of_a_vip_comes_with_the_bonus(file):
    (first,) = file.save(a_mention(author="vera"))
    file.write(lambda tx: triage.set_vip(tx, None, [first], True))
    (second,) = file.save(a_mention(author="vera"))
    (need,), (other,) = (
        file.sql("SELECT due_at - need_at FROM triage WHERE mention_id = ?", id)
        for id in (first, second)
    )
    assert need == other


def test_muting_files_what_waits_of_the_author_and_what_comes(file):
    mine = file.fill(2, author="troll")
    other = file.fill(1, author="ann")
    assert file.write(lambda tx: triage.set_muted(tx, None, mine[:1], True)) == 1
    (later,) = file.save(a_mention(author="troll"))
    assert file.statuses([*mine, later]) == [Status.DONE] * 3
    assert {file.row(i).disposition for i in [*mine, later]} == {Disposition.MUTED}
    assert file.statuses(other) == [Status.NEW]
    assert counts(file)["muted"] == 3
    assert are_right(file)


def test_our_reply_makes_older_undecided_mentions_of_the_author_in_the_thread_wait(file):
    root = a_mention(n=1, author="ann", at=file.clock.now - 300_000)
    parts = [
        a_mention(n=n, author=who, parent_uri=root.uri, at=file.clock.now - 300_000 + n * 10_000)
        for n, who in ((2, "ann"), (3, "ben"), (4, "ann"))
    ]
    first, second, bens, last = file.save(root, *parts)
    elsewhere = file.fill(1, author="ann")[0]
    assert file.write(lambda tx: triage.after_reply(tx, second)) == 2
    assert file.statuses([first, second, bens, last, elsewhere]) == [
        Status.WAITING, Status.WAITING, Status.NEW, Status.NEW, Status.NEW,
    ]  # fmt: skip
    assert are_right(file)


def test_silence_for_seven_days_ends_the_waiting(file):
    ids = file.fill(2)
    file.write(lambda tx: triage.set_status(tx, None, ids[:1], Status.WAITING))
    file.clock.advance(7 * 86_400 - 1)
    file.write(lambda tx: triage.set_status(tx, None, ids[1:], Status.WAITING))
    assert file.write(triage.quiet_waiting) == 0
    file.clock.advance(1)
    assert file.write(triage.quiet_waiting) == 1
    row = file.row(ids[0])
    assert (row.status, row.disposition) == (Status.DONE, Disposition.QUIET)


def test_a_mention_is_assigned_to_somebody_who_works_here(file):
    ids = file.fill(1)
    file.write(lambda tx: triage.assign(tx, None, ids, file.ben))
    assert file.row(ids[0]).assignee == "Ben"
    with pytest.raises(CommandError):
        file.write(lambda tx: triage.assign(tx, None, ids, 99))


def test_a_counter_that_went_wrong_is_mended(file):
    file.fill(3)
    file.execute("UPDATE counter SET n = 7")
    assert file.write(counters.recount)
    assert counts(file)["new"] == 3


def test_a_bulk_act_is_announced_once(file):
    ids = file.fill(300)
    file.told.clear()
    act = file.write(lambda tx: acts.begin(tx, "status_set", file.ann, {}))
    file.write(lambda tx: triage.set_status(tx, act, ids, Status.DONE))
    assert [len(changes.updated) for changes in file.told] == [300]
