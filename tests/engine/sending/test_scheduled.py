"""Scheduled replies leave on time, once; or they come back to a person."""

from typing import Any

import pytest

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import Detail, OutboxRow
from socialdesk.domain.replies.plan import DROPPED
from socialdesk.domain.replies.reply import HoldReason, OutboxState
from socialdesk.engine.commands import (
    ApproveReply,
    SendNow,
    SendReply,
    SetSetting,
    TakeBack,
)
from socialdesk.engine.commands.answering import Reschedule
from socialdesk.engine.queries import ReadDetail
from socialdesk.practice.content import Line
from socialdesk.practice.stream import Wrote
from tests.engine.conftest import Bench, StartBench

HOUR_S = 3600


def schedule(bench: Bench, in_s: float = HOUR_S, **more: Any) -> OutboxRow:
    """A reply to the first mention, to leave in `in_s` seconds. People of the stream write on as
    they like, so most tests send it all the same."""
    row = bench.rows()[0]
    at = bench.clock.now + round(in_s * 1000)
    more = {"is_dropped_if_written": False, **more}
    command = SendReply(row.id, "We open at nine.", is_sure=True, send_at=at, **more)
    bench.desk.do(command).result()
    return bench.outbox()[0]


def only(bench: Bench) -> OutboxRow:
    (row,) = bench.outbox()
    return row


def detail(bench: Bench, mention_id: int) -> Detail:
    found = bench.desk.ask(ReadDetail(mention_id)).result()
    assert found is not None
    return found


def write_again(bench: Bench, mention_id: int) -> None:
    """The author says something more in the same thread, and it is fetched."""
    d = detail(bench, mention_id)
    post = bench.network._network.posts[d.parent_remote_id]
    network = bench.network._network
    at_ms = network._clock.stream_ms(network.now_ms)
    line = Line(f"more/{at_ms}", 0.0, post.line.by, "@tuliprye never mind!", "question", "en",
                to=post.line.key)  # fmt: skip
    bench.network.happen(Wrote(at_ms, line.key, line))
    bench.turn(30)


def test_lists_and_threads_know_when_it_goes_out(bench: Bench) -> None:
    row = schedule(bench)
    d = detail(bench, row.mention_id)
    ours = [post for post in d.thread if post.outbox is not None]
    assert d.row.leaves_at == row.held_until > bench.clock.now
    assert [post.leaves_at for post in ours] == [row.held_until]
    bench.desk.do(TakeBack(row.id)).result()
    assert detail(bench, row.mention_id).row.leaves_at == 0


def test_it_leaves_at_its_time_and_once(bench: Bench) -> None:
    schedule(bench)
    bench.turn(HOUR_S - 60)
    assert only(bench).hold is HoldReason.SCHEDULED
    assert bench.network.n_posts_by_us() == 0
    bench.turn(120)
    assert only(bench).state is OutboxState.SENT
    assert bench.network.n_posts_by_us() == 1


def test_a_time_that_lies_behind_is_refused(bench: Bench) -> None:
    with pytest.raises(CommandError) as refusal:
        schedule(bench, -5)
    assert refusal.value.fault is CommandFault.BAD_INPUT


def test_they_wrote_first_so_it_is_a_draft_again_and_the_mention_is_open(bench: Bench) -> None:
    mention = schedule(bench, is_dropped_if_written=True).mention_id
    write_again(bench, mention)
    assert only(bench).state is OutboxState.TAKEN_BACK
    d = detail(bench, mention)
    assert d.row.status is Status.OPEN
    assert d.draft is not None and d.draft.text == "We open at nine."
    assert d.draft.plan.note == DROPPED and d.draft.plan.send_at > bench.clock.now
    bench.turn(2 * HOUR_S)
    assert bench.network.n_posts_by_us() == 0


def test_unless_a_person_wanted_it_sent_all_the_same(bench: Bench) -> None:
    mention = schedule(bench).mention_id
    write_again(bench, mention)
    assert only(bench).hold is HoldReason.SCHEDULED
    bench.turn(HOUR_S)
    assert only(bench).state is OutboxState.SENT


@pytest.mark.parametrize("late_s", [11 * 60, 30 * 24 * HOUR_S])
def test_after_a_sleep_it_asks_instead_of_leaving_late(bench: Bench, late_s: float) -> None:
    row = schedule(bench)
    bench.clock.jump(HOUR_S + late_s)
    bench.turn(60)
    held = only(bench)
    assert (held.state, held.hold, held.reason) == (OutboxState.HELD, HoldReason.ASK, "late")
    assert bench.network.n_posts_by_us() == 0
    bench.desk.do(SendNow(row.id)).result()
    bench.turn(60)
    assert only(bench).state is OutboxState.SENT


def test_a_little_late_is_on_time(bench: Bench) -> None:
    schedule(bench)
    bench.clock.jump(HOUR_S + 5 * 60)
    bench.turn(60)
    assert only(bench).state is OutboxState.SENT


def test_a_clock_set_back_sends_nothing_early(bench: Bench) -> None:
    schedule(bench)
    bench.clock.jump(-24 * HOUR_S)
    bench.turn(HOUR_S + 600)
    assert only(bench).hold is HoldReason.SCHEDULED
    assert bench.network.n_posts_by_us() == 0


def test_after_a_restart_past_its_time_it_asks(start_bench: StartBench) -> None:
    bench = start_bench()
    bench.turn(120)
    schedule(bench)
    bench.end()
    bench.clock.advance(5 * HOUR_S)
    again = start_bench(bench.clock)
    again.desk.sender.recover()
    again.turn(60)
    assert only(again).reason == "late"
    assert again.network.n_posts_by_us() == 0


def test_its_time_can_be_changed_and_it_can_be_taken_back_with_its_plan(bench: Bench) -> None:
    row = schedule(bench)
    later = bench.clock.now + 5 * HOUR_S * 1000
    bench.desk.do(Reschedule(row.id, later)).result()
    bench.turn(2 * HOUR_S)
    assert only(bench).held_until == later
    bench.desk.do(TakeBack(row.id)).result()
    d = detail(bench, row.mention_id)
    assert d.draft is not None and d.draft.plan.send_at == later


def test_a_policy_that_became_stricter_holds_it_at_its_time(bench: Bench) -> None:
    row = schedule(bench)
    bench.desk.do(SetSetting("policy", "approval")).result()
    bench.turn(HOUR_S + 60)
    assert (only(bench).state, only(bench).reason) == (OutboxState.HELD, "not_approved")
    bench.desk.do(ApproveReply(row.id, row.hash)).result()
    bench.turn(60)
    assert only(bench).state is OutboxState.SENT


def test_what_waits_for_approval_keeps_its_time(bench: Bench) -> None:
    bench.desk.do(SetSetting("policy", "approval")).result()
    row = schedule(bench)
    assert row.state is OutboxState.APPROVAL
    bench.desk.do(ApproveReply(row.id, row.hash)).result()
    assert only(bench).hold is HoldReason.SCHEDULED
    bench.turn(HOUR_S + 60)
    assert only(bench).state is OutboxState.SENT


def test_approved_after_its_time_it_asks(bench: Bench) -> None:
    bench.desk.do(SetSetting("policy", "approval")).result()
    row = schedule(bench)
    bench.turn(3 * HOUR_S)
    bench.desk.do(ApproveReply(row.id, row.hash)).result()
    assert only(bench).reason == "late"
    bench.turn(600)
    assert bench.network.n_posts_by_us() == 0
