"""A promise comes back before it is due, and when it is; the next reply keeps it."""

import pytest

from socialdesk.domain.crisis.promise import PromiseRow, PromiseState
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import View
from socialdesk.engine.commands import Discard, SendReply, SetSetting, SetStatus, TakeBack, Undo
from socialdesk.engine.commands.answering import DropPromise, MakePromise
from socialdesk.engine.queries.answering import ListPromises
from tests.engine.conftest import Bench, StartBench

HOUR_S, HOUR_MS = 3600, 3_600_000


def promise(bench: Bench, in_s: float = 2 * HOUR_S) -> int:
    """A reply that promises; its mention. It is sent a minute later."""
    row = bench.rows()[0]
    at = bench.clock.now + round(in_s * 1000)
    command = SendReply(
        row.id, "We will tell you.", is_sure=True, promise_at=at, promise_words="by 15:00"
    )
    bench.desk.do(command).result()
    return row.id


def listed(bench: Bench, *, only_open: bool = True) -> list[PromiseRow]:
    return bench.desk.ask(ListPromises(only_open)).result()


def status(bench: Bench, mention_id: int) -> tuple[Status, bool]:
    (row,) = bench.desk.rows([mention_id])
    return row.status, row.is_woken


def notices(bench: Bench, mention_id: int) -> list[str]:
    return bench.desk._readers.here(lambda conn: [
        code for (code,) in conn.execute(
            "SELECT code FROM notice WHERE mention_id = ? AND code LIKE 'promise%' ORDER BY id",
            (mention_id,),
        )
    ])  # fmt: skip


def test_it_counts_only_once_its_reply_is_out(bench: Bench) -> None:
    mention = promise(bench)
    assert listed(bench) == []
    bench.turn(60)
    (made,) = listed(bench)
    (row,) = bench.desk.rows([mention])
    assert row.promise_at == made.due_at
    assert (made.mention_id, made.words, made.state) == (mention, "by 15:00", PromiseState.OPEN)


def test_a_reply_taken_back_promised_nothing(bench: Bench) -> None:
    promise(bench)
    bench.desk.do(TakeBack(bench.outbox()[0].id)).result()
    assert listed(bench) == []
    bench.turn(3 * HOUR_S)
    assert [p.state for p in listed(bench, only_open=False)] == [PromiseState.DROPPED]


def test_it_comes_back_before_it_is_due_and_when_it_is(bench: Bench) -> None:
    mention = promise(bench)
    bench.turn(60)
    assert status(bench, mention)[0] is Status.WAITING
    bench.turn(2 * HOUR_S - 12 * 60)
    assert notices(bench, mention) == []
    bench.turn(120)
    assert status(bench, mention) == (Status.OPEN, True)
    assert bench.rows(View.NEEDS_REPLY) and notices(bench, mention) == ["promise_soon"]
    bench.desk.do(SetStatus((mention,), Status.DONE.value)).result()
    bench.turn(12 * 60)
    assert status(bench, mention) == (Status.OPEN, True)
    assert notices(bench, mention) == ["promise_soon", "promise_due"]
    bench.turn(5 * 60)
    assert notices(bench, mention) == ["promise_soon", "promise_due", "promise_late"]
    assert [p.state for p in listed(bench)] == [PromiseState.LATE]
    bench.turn(HOUR_S)
    assert len(notices(bench, mention)) == 3


def test_one_that_is_late_is_still_kept_by_the_next_answer(bench: Bench) -> None:
    mention = promise(bench)
    bench.turn(3 * HOUR_S)
    bench.desk.do(SendReply(mention, "Sorry, here it is.", is_sure=True)).result()
    bench.turn(60)
    (kept,) = listed(bench, only_open=False)
    assert kept.state is PromiseState.KEPT and kept.ended_at > kept.due_at


def test_the_lead_is_a_setting(bench: Bench) -> None:
    bench.desk.do(SetSetting("promise_lead_min", "60")).result()
    mention = promise(bench)
    bench.turn(HOUR_S + 120)
    assert notices(bench, mention) == ["promise_soon"]


def test_a_further_reply_keeps_it(bench: Bench) -> None:
    mention = promise(bench)
    bench.turn(60)
    bench.desk.do(SendReply(mention, "Here it is.", is_sure=True)).result()
    bench.turn(60)
    assert listed(bench) == []
    assert [p.state for p in listed(bench, only_open=False)] == [PromiseState.KEPT]
    bench.turn(3 * HOUR_S)
    assert notices(bench, mention) == []


def test_one_that_never_left_keeps_nothing(bench: Bench) -> None:
    mention = promise(bench)
    bench.turn(60)
    bench.desk.do(SendReply(mention, "Here it is.", is_sure=True)).result()
    bench.desk.do(Discard(bench.outbox()[0].id)).result()
    assert len(listed(bench)) == 1


@pytest.mark.parametrize("jump_s", [5 * HOUR_S, 40 * 24 * HOUR_S])
def test_a_sleep_loses_none(bench: Bench, jump_s: float) -> None:
    mention = promise(bench)
    bench.turn(60)
    bench.clock.jump(jump_s)
    bench.turn(30)
    assert status(bench, mention) == (Status.OPEN, True)
    assert notices(bench, mention) == ["promise_late"]


def test_a_restart_loses_none(start_bench: StartBench) -> None:
    bench = start_bench()
    bench.turn(120)
    mention = promise(bench)
    bench.turn(60)
    bench.end()
    bench.clock.advance(5 * HOUR_S)
    again = start_bench(bench.clock)
    again.turn(30)
    assert notices(again, mention) == ["promise_late"]


def test_by_hand_it_is_made_dropped_and_brought_back(bench: Bench) -> None:
    mention = bench.rows()[0].id
    made = bench.desk.do(MakePromise(mention, bench.clock.now + HOUR_MS, "noon")).result()
    promise_id = int(made.answer["promise_id"])
    bench.desk.do(DropPromise(promise_id)).result()
    assert listed(bench) == []
    with pytest.raises(CommandError) as refusal:
        bench.desk.do(DropPromise(promise_id)).result()
    assert refusal.value.fault is CommandFault.TOO_LATE
    bench.desk.do(Undo()).result()
    assert [p.id for p in listed(bench)] == [promise_id]


def test_a_promise_by_hand_can_be_undone(bench: Bench) -> None:
    mention = bench.rows()[0].id
    bench.desk.do(MakePromise(mention, bench.clock.now + HOUR_MS)).result()
    assert [p.mention_id for p in listed(bench)] == [mention]
    bench.desk.do(Undo()).result()
    assert listed(bench) == []
    with pytest.raises(CommandError) as refusal:
        bench.desk.do(MakePromise(mention, bench.clock.now)).result()
    assert refusal.value.fault is CommandFault.BAD_INPUT


def test_what_is_due_before_the_reply_leaves_is_refused(bench: Bench) -> None:
    now = bench.clock.now
    command = SendReply(
        bench.rows()[0].id, "x", is_sure=True, send_at=now + HOUR_MS, promise_at=now + HOUR_MS
    )
    with pytest.raises(CommandError) as refusal:
        bench.desk.do(command).result()
    assert refusal.value.facts["what"] == "promise_at"


def test_a_time_that_lies_behind_is_refused(bench: Bench) -> None:
    with pytest.raises(CommandError) as refusal:
        promise(bench, -60)
    assert refusal.value.fault is CommandFault.BAD_INPUT
    assert bench.outbox() == []
