"""Lists and badges: the right ids in the right order, each from its own index."""

from array import array
from functools import partial
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.crisis.alert import AlertKind, Found, Level
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.queue.rows import ORDERS, Order, View
from socialdesk.store.crisis import alerts
from socialdesk.store.file import sqlite
from socialdesk.store.outbox import outbox_rows
from socialdesk.store.queue import lists, rows
from socialdesk.store.triage import triage
from tests.makers import a_mention, an_author
from tests.store.queue_file import HOUR_MS, QueueFile

SHIPPED = [(view, order) for view, orders in ORDERS.items() for order in orders]


def plan(file: QueueFile, sql: str, **values: object) -> list[str]:
    rows = file.read(lambda conn: conn.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall())
    return [row[3] for row in rows]


def ids_of(file: QueueFile, view: View, order: Order = Order.NEWEST, limit: int = 100) -> list[int]:
    return list(file.read(lists.list_ids, view, "", order, limit, file.clock.now).ids)


@pytest.mark.parametrize(("view", "order"), SHIPPED)
def test_every_shipped_view_and_order_walks_an_index_and_sorts_nothing(file, view, order):
    steps = plan(file, lists.view_sql(view, order), limit=200, now=9, soon=99)
    assert steps
    for step in steps:
        assert "TEMP B-TREE" not in step
        # a partial index of the view is walked whole; the table itself never is
        walks = "COVERING INDEX triage_" in step
        assert walks or "INTEGER PRIMARY KEY (rowid>?)" in step, step


@pytest.mark.parametrize("only_approval", [False, True])
def test_the_outbox_views_walk_their_index(file, only_approval):
    where = " AND +o.state = 'approval'" if only_approval else ""
    sql = f"{outbox_rows._COLUMNS} WHERE o.id > 0 AND {outbox_rows._OPEN}{where} ORDER BY o.id DESC"
    steps = plan(file, sql)
    assert any("outbox_newest" in step for step in steps)
    assert not any("TEMP B-TREE" in step or (step.startswith("SCAN o") and "INDEX" not in step)
                   for step in steps)  # fmt: skip


def test_rows_of_a_page_are_read_by_their_ids(file):
    for sql in (rows._PAGE, rows._LABELS, rows._OUTBOX, rows._DRAFTS):
        tables = {"m", "a", "t", "p", "ml", "l", "outbox", "draft"}
        scanned = {step.split()[1] for step in plan(file, sql, ids="[1]") if "SCAN" in step}
        assert not scanned & tables


def fill_every_status(file: QueueFile) -> dict[Status, list[int]]:
    ids = file.fill(12)
    by_status = {Status(n): ids[2 * n : 2 * n + 2] for n in range(6)}
    for status, chosen in by_status.items():
        if status is Status.SNOOZED:
            for n, id in enumerate(chosen):  # the newer one ends first
                until = file.clock.now + (2 - n) * HOUR_MS
                file.write(partial(triage.snooze, act=None, ids=[id], until=until))
        elif status is not Status.NEW:
            file.write(partial(triage.set_status, act=None, ids=chosen, status=status))
    return by_status


def test_each_view_holds_its_statuses_and_its_badge_says_how_many(file):
    by_status = fill_every_status(file)
    views = {
        View.NEEDS_REPLY: by_status[Status.NEW] + by_status[Status.OPEN],
        View.NEW: by_status[Status.NEW],
        View.WAITING: by_status[Status.WAITING],
        View.SNOOZED: by_status[Status.SNOOZED],
        View.DONE: by_status[Status.DONE],
        View.SPAM: by_status[Status.SPAM],
        View.MUTED: [],
        View.ALL: list(chain.from_iterable(by_status.values())),
    }
    badges = {b.key: b.n for b in file.read(lists.count_views, file.clock.now)}
    for view, wanted in views.items():
        assert ids_of(file, view) == sorted(wanted, reverse=True)
        assert ids_of(file, view, Order.LONGEST) == sorted(wanted)
        assert badges[view.value] == len(wanted)
    assert ids_of(file, View.SNOOZED, Order.NEED) == by_status[Status.SNOOZED][::-1]


def test_open_alerts_are_counted_until_they_are_over(file):
    def n_open():
        return {b.key: b.n for b in file.read(lists.count_views, file.clock.now)}["alerts"]

    assert n_open() == 0
    found = Found(AlertKind.VOLUME, Level.WATCH, ())
    first = file.write(lambda tx: alerts.add(tx, found))
    file.write(lambda tx: alerts.add(tx, found))
    assert n_open() == 2
    file.write(lambda tx: alerts.clear(tx, first))
    assert n_open() == 1


def test_reach_orders_by_followers(file):
    ids = file.save(*(a_mention(author=an_author(name, n_followers=n), at=file.clock.now - 1000)
                      for name, n in (("few", 3), ("many", 900), ("some", 40))))  # fmt: skip
    by_name = {file.row(id).author: id for id in ids}
    wanted = [by_name[name] for name in ("Many", "Some", "Few")]
    assert ids_of(file, View.NEEDS_REPLY, Order.REACH) == wanted


def test_an_order_that_a_view_has_not_gives_its_first(file):
    file.fill(3)
    assert ids_of(file, View.ALL, Order.NEED) == ids_of(file, View.ALL, ORDERS[View.ALL][0])


def test_a_limit_cuts_the_ids_but_not_the_total(file):
    ids = file.fill(5)
    listing = file.read(lists.list_ids, View.NEEDS_REPLY, "", Order.NEWEST, 2, file.clock.now)
    assert (list(listing.ids), listing.n_total) == (ids[:2:-1], 5)
    assert listing.ids == array("q", listing.ids)


def test_views_without_mentions_are_empty_here(file):
    file.fill(1)
    assert ids_of(file, View.OUTBOX) == ids_of(file, View.PROBLEMS) == []


def test_overdue_and_due_soon_are_counted_from_the_due_time(file):
    for minutes in (0, 50, 70, 90):  # due an hour after they were published
        file.save(a_mention(at=file.clock.now - minutes * 60_000))
    file.save(a_mention(at=file.clock.now - 9 * HOUR_MS), status=Status.DONE)
    badges = {b.key: b.n for b in file.read(lists.count_views, file.clock.now)}
    assert (badges["overdue"], badges["due_soon"]) == (2, 1)


def test_what_is_overdue_or_due_soon_is_listed_due_first_and_searched_as_listed(file):
    ids = [
        file.save(a_mention(f"minute {m}", at=file.clock.now - m * 60_000))[0]
        for m in (0, 90, 50, 70, 46)
    ]  # due an hour after they were published
    overdue, soon = [ids[1], ids[3]], [ids[2], ids[4]]
    assert ids_of(file, View.OVERDUE) == overdue
    assert ids_of(file, View.DUE_SOON) == soon
    for view, text, wanted in (
        (View.OVERDUE, "is:overdue", overdue),
        (View.DUE_SOON, "is:due", soon),
    ):
        found = file.read(lists.list_ids, View.ALL, text, Order.NEWEST, 9, file.clock.now)
        assert sorted(found.ids) == sorted(wanted)
        narrowed = file.read(lists.list_ids, view, "minute", Order.NEED, 9, file.clock.now)
        assert list(narrowed.ids) == wanted
    file.clock.now += 11 * 60_000  # nothing was written, and yet
    assert ids_of(file, View.OVERDUE) == [*overdue, soon[0]]


def test_old_posts_filed_as_done_are_in_no_queue(file):
    file.fill(1)
    old = file.save(a_mention(at=file.clock.now - 99 * HOUR_MS), status=Status.DONE,
                    disposition=Disposition.BACKFILL)  # fmt: skip
    assert ids_of(file, View.DONE) == list(old)
    assert file.row(old[0]).due_at == 0


def test_a_row_that_is_gone_is_blank_and_a_damaged_one_says_so(file):
    (id,) = file.fill(1)
    blank, row = file.read(rows.queue_rows, [7, id])
    assert (blank.id, blank.author, blank.status) == (7, "", Status.DONE)
    assert not row.is_damaged
    file.execute("UPDATE mention SET body = 'Everything is fine' WHERE id = ?", id)
    assert file.row(id).is_damaged


def test_a_row_whose_author_was_lost_to_damage_says_so(file: QueueFile) -> None:
    (id,) = file.fill(1)
    file.close()
    conn = sqlite.open_writer(file.path)
    conn.execute("PRAGMA foreign_keys = OFF")
    conn.execute("UPDATE mention SET author_id = -36")
    conn.close()
    file.open()
    assert file.row(id).is_damaged


def test_values_an_enum_has_not_cost_the_row_nothing_else(file):
    (id,) = file.fill(1)
    file.execute("UPDATE triage SET status = 77, disposition = 88 WHERE mention_id = ?", id)
    row = file.row(id)
    assert (row.author, row.status, row.disposition) == ("Ann", Status.DONE, Disposition.NONE)


def test_a_long_body_is_one_short_line(file):
    (id,) = file.save(a_mention("word \n\t" * 100_000))
    assert file.row(id).body == ("word " * 56).strip()


def test_more_than_a_page_is_refused(file):
    with pytest.raises(ValueError, match="101"):
        file.read(rows.queue_rows, range(101))


@given(st.text(st.sampled_from("ab \u00a0\n\t\u2028é") | st.characters()), st.integers(0, 300))
def test_a_body_is_folded_to_one_short_line(text, n):
    text = text + "x " * n
    assert rows.one_line(text) == " ".join(text[:560].split())[:280].rstrip()
