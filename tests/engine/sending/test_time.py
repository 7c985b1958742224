"""Clocks jump, machines sleep: nothing is sent in a burst, and what waits ends when it should."""

from datetime import UTC, datetime

import pytest

from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import Order, View
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.commands import AddNote, SendReply, Snooze
from socialdesk.engine.queries import ListAccounts, ListMentions, ReadJournal, ReadRows
from tests.engine.conftest import Bench, StartBench

HOUR, DAY = 3600.0, 86_400.0
# Back and forth; to 1970 and to 2038 as a dead battery or a wrong zone would have it.
EPOCH = -datetime(2026, 11, 21, 12, tzinfo=UTC).timestamp()
Y2038 = datetime(2038, 1, 19, 4, tzinfo=UTC).timestamp() + EPOCH
JUMPS = [HOUR, -HOUR, DAY, -DAY, EPOCH, Y2038]


def snoozed(bench: Bench, seconds: float) -> int:
    mention = bench.rows()[0].id
    until = bench.clock.now + round(seconds * 1000)
    bench.desk.do(Snooze((mention,), until)).result()
    return mention


def status(bench: Bench, mention: int) -> Status:
    (row,) = bench.desk.ask(ReadRows((mention,))).result()
    return row.status


@pytest.mark.promise(11)
@pytest.mark.parametrize("jump", JUMPS)
def test_a_jump_sends_nothing_twice_and_loses_no_reply(bench: Bench, jump: float) -> None:
    bench.reply()
    bench.turn(3)
    bench.clock.jump(jump)
    bench.turn(60)
    bench.clock.jump(-jump)
    bench.turn(60)
    (row,) = bench.outbox()
    assert row.state is OutboxState.SENT
    assert bench.network.n_posts_by_us() == 1


@pytest.mark.promise(11)
@pytest.mark.parametrize("jump", JUMPS)
def test_a_jump_makes_no_burst_of_requests(bench: Bench, jump: float) -> None:
    before = bench.requests.n
    bench.turn(60)
    usual = bench.requests.n - before
    bench.clock.jump(jump)
    before = bench.requests.n
    bench.turn(60)
    assert bench.requests.n - before <= 3 * usual + 10


@pytest.mark.promise(11)
@pytest.mark.parametrize("jump", JUMPS)
def test_after_a_jump_mentions_go_on_arriving(bench: Bench, jump: float) -> None:
    bench.clock.jump(jump)
    bench.turn(60)
    bench.clock.jump(-jump)
    before = len(bench.desk.ask(ListMentions(View.ALL)).result().ids)
    bench.turn(600)
    assert len(bench.desk.ask(ListMentions(View.ALL)).result().ids) > before
    (account,) = bench.desk.ask(ListAccounts()).result()
    assert {w.fault for w in account.watches} == {""}


@pytest.mark.promise(11)
def test_a_snooze_ends_at_its_wall_clock_time_whatever_the_clock_did_meanwhile(
    bench: Bench,
) -> None:
    mention = snoozed(bench, 2 * HOUR)
    bench.clock.jump(-HOUR)  # its end lies three hours ahead now
    bench.turn(2 * HOUR)
    assert status(bench, mention) is Status.SNOOZED
    bench.clock.jump(HOUR)
    bench.turn(1)
    assert status(bench, mention) is not Status.SNOOZED


@pytest.mark.promise(12)
def test_a_snooze_that_ended_while_the_machine_slept_ends_at_once(bench: Bench) -> None:
    mention = snoozed(bench, HOUR)
    bench.clock.jump(8 * HOUR)  # the monotonic clock stood still
    bench.turn()
    assert status(bench, mention) is not Status.SNOOZED


@pytest.mark.promise(11)
def test_a_clock_set_back_holds_no_reply_longer_than_was_meant(bench: Bench) -> None:
    bench.reply()
    bench.turn(2)
    bench.clock.jump(-HOUR)
    bench.turn(30)
    assert bench.outbox()[0].state is OutboxState.SENT


@pytest.mark.promise(12)
def test_a_night_asleep_sends_what_was_due_once_each_and_no_faster_than_one_at_a_time(
    bench: Bench,
) -> None:
    ids = bench.desk.ask(ListMentions(View.NEEDS_REPLY, "", Order.NEWEST)).result().ids[:5]
    held = 0
    for n, mention in enumerate(ids):
        command = SendReply(mention, f"Answer number {n}.", is_sure=True)
        held += bench.desk.do(command).result().answer["state"] == "held"
    assert held >= 4  # an answer to somebody heard far waits for a look
    bench.clock.jump(8 * HOUR)
    bench.turn(120)
    texts = [post.now.text for post in bench.network.posts_by_us()]
    assert len(texts) == len(set(texts)) == held
    assert {row.state for row in bench.outbox()} <= {OutboxState.SENT, OutboxState.APPROVAL}


@pytest.mark.promise(11)
def test_the_journal_keeps_the_order_of_events_not_of_clocks(start_bench: StartBench) -> None:
    bench = start_bench()
    bench.turn(60)
    mention = bench.rows()[0].id
    for n, jump in enumerate([0.0, HOUR, -DAY, HOUR]):
        bench.clock.jump(jump)
        bench.desk.do(AddNote(mention, f"{n}")).result()
    entries = bench.desk.ask(ReadJournal(200)).result()
    seqs = [entry.seq for entry in entries if entry.kind == "noted"]
    assert len(seqs) == 4 and seqs == sorted(seqs, reverse=True)
