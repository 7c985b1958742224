"""A reply of which nobody knows whether it is on its network: looked for, and never two of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from socialdesk.domain.errors import StoreError, StoreFault, UnreachableError
from socialdesk.domain.queue.rows import Order, OutboxRow, View
from socialdesk.domain.replies.reply import OutboxState, Outgoing, Posted
from socialdesk.engine.commands import Discard, SendReply, SetSetting, SettleUncertain
from socialdesk.engine.queries import ListMentions, ListOutbox
from socialdesk.networks.base import find_sent
from socialdesk.practice.faults import Fault, Trouble
from socialdesk.practice.kinds import Kind
from socialdesk.store.replies import outbox
from tests.conftest import ExpectLog
from tests.engine.conftest import Bench, StartBench
from tests.engine.pond import Pond, PondConnector, PondDesk, PondNetwork, pond_desk
from tests.fakes import HandClock

S = OutboxState
POSTS = "/api/v1/statuses"
FIND = "socialdesk.engine.sending.sender.find_sent"


@pytest.fixture
def pond(tmp_path: Path) -> Iterator[PondDesk]:
    """Its keys are known for an hour, and nothing is found there."""
    made = pond_desk(tmp_path, PondNetwork(Pond()))
    made.pond.add("Are you open?", made.at())
    made.turn(400)
    yield made
    made.desk.close()


def answer(pond: PondDesk) -> int:
    (mention,) = pond.desk.ask(ListMentions(View.ALL, "", Order.NEWEST)).result().ids
    done = pond.desk.do(SendReply(mention, "Until six.", is_sure=True)).result()
    return int(done.answer["outbox_id"])


def only(made: PondDesk | Bench) -> OutboxRow:
    (row,) = made.desk.ask(ListOutbox(only_open=False)).result()
    return row


def answers(monkeypatch: pytest.MonkeyPatch, *errors: UnreachableError) -> list[UnreachableError]:
    """One try after the other ends with one of `errors`, which are given back as they are left:
    with one that leaves it open whether it was done, it was."""
    plain, left = PondConnector.reply, list(errors)

    def reply(self: PondConnector, outgoing: Outgoing) -> Posted:
        if not left:
            return plain(self, outgoing)
        error = left.pop(0)
        if error.maybe_done:
            plain(self, outgoing)
        raise error

    monkeypatch.setattr(PondConnector, "reply", reply)
    return left


SILENCE = UnreachableError("silence", maybe_done=True)
NO_ROUTE = UnreachableError("no route", maybe_done=False)


def test_a_repeat_that_was_kept_from_leaving_until_its_key_is_forgotten_is_a_persons(
    pond: PondDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was stored, and is not shown yet; its repeat finds no way out for more than an hour."""
    left = answers(monkeypatch, SILENCE, *[NO_ROUTE] * 12)
    id = answer(pond)
    pond.turn(60, times=120)
    left.clear()  # there is a way again
    pond.turn(60, times=90)
    assert (only(pond).state, only(pond).reason) == (S.UNCERTAIN, "key_outlived")
    assert len(pond.pond.replies) == 1
    pond.desk.do(SettleUncertain(id, is_there=False)).result()  # a person looked
    pond.turn(60)
    assert only(pond).state is S.SENT
    assert len(pond.pond.replies) == 2


def test_a_repeat_that_waited_while_sending_was_off_is_a_persons(
    pond: PondDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, SILENCE, NO_ROUTE)
    answer(pond)
    pond.turn(11, times=3)
    pond.desk.do(SetSetting("sender", "off")).result()
    pond.turn(3600, times=2)
    pond.desk.do(SetSetting("sender", "on")).result()
    pond.turn(60, times=60)
    assert only(pond).state is S.UNCERTAIN
    assert len(pond.pond.replies) == 1


def test_a_clock_that_was_set_back_makes_no_repeat_safe(
    pond: PondDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PondConnector, "find_reply", _unreachable)
    answers(monkeypatch, SILENCE)
    answer(pond)
    pond.turn(11, times=3)
    pond.turn(2 * 3600)
    pond.clock.jump(-3 * 3600)
    monkeypatch.undo()
    pond.turn(60, times=150)
    assert only(pond).state is S.UNCERTAIN
    assert len(pond.pond.replies) == 1


def _unreachable(self: PondConnector, outgoing: Outgoing) -> Posted | None:
    raise NO_ROUTE


def test_a_server_that_stays_silent_is_tried_ever_more_rarely(
    pond: PondDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []

    def reply(self: PondConnector, outgoing: Outgoing) -> Posted:
        tries.append(pond.clock.now)
        raise SILENCE

    monkeypatch.setattr(PondConnector, "reply", reply)
    answer(pond)
    pond.turn(20, times=500)
    assert 3 < len(tries) < 12  # every five seconds were 700
    assert only(pond).state is S.UNCERTAIN


@pytest.mark.parametrize("kind", [Kind.HONOURS_KEY, Kind.IGNORES_KEY])
def test_what_could_not_be_written_down_is_looked_for_by_the_same_engine(
    start_bench: StartBench, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog, kind: Kind
) -> None:
    """The disk is full as the network says yes."""
    expect_log("what became of it could not be kept")
    bench = start_bench(kind=kind)
    bench.turn(120)
    monkeypatch.setattr(outbox, "settle_sent", _full)
    bench.reply()
    bench.turn(12)
    assert bench.network.n_posts_by_us() == 1
    assert only(bench).state is not S.SENT
    monkeypatch.undo()
    bench.turn(600)
    assert only(bench).state is S.SENT
    assert bench.network.n_posts_by_us() == 1


def _full(*_: Any, **__: Any) -> int:
    raise StoreError(StoreFault.FULL, "no room")


def test_a_full_disk_is_no_reason_to_ask_the_network_again_and_again(
    pond: PondDesk, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    expect_log("what became of it could not be kept")
    looks: list[Outgoing] = []
    answers(monkeypatch, SILENCE)
    for name in ("requeue", "note_look"):
        monkeypatch.setattr(outbox, name, _full)
    monkeypatch.setattr(FIND, lambda connector, outgoing: looks.append(outgoing))
    answer(pond)
    pond.turn(11)
    pond.turn(0.5, times=100)
    assert 1 <= len(looks) <= 3


def test_what_was_on_the_wire_is_looked_for_also_where_sending_was_switched_off(
    start_bench: StartBench, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    expect_log("what became of it could not be kept")
    clock = HandClock()
    bench = start_bench(clock)
    bench.turn(120)
    monkeypatch.setattr(outbox, "settle_sent", _full)
    bench.reply()
    monkeypatch.setattr(bench.desk.sender, "recover", lambda: 0)  # it dies before it can
    bench.turn(11)
    bench.desk.do(SetSetting("sender", "off")).result()
    assert only(bench).state is S.SENDING
    bench.end()
    monkeypatch.undo()
    again = start_bench(clock)
    again.turn(60)
    assert only(again).state is S.SENT
    assert again.network.n_posts_by_us() == 1


@pytest.mark.parametrize("says", ["not_there", "there", "discard"])
def test_a_person_who_decides_while_it_is_looked_for_makes_no_second_post(
    start_bench: StartBench, monkeypatch: pytest.MonkeyPatch, says: str
) -> None:
    bench = start_bench(kind=Kind.IGNORES_KEY)
    bench.turn(120)
    bench.network.faults.add(Fault(Trouble.TIME_OUT, "POST", POSTS, is_stored=True))
    id = bench.reply()

    def find(*asked: Any) -> Posted | None:
        found = find_sent(*asked)
        command = Discard(id) if says == "discard" else SettleUncertain(id, says == "there")
        bench.desk.do(command).result()
        return found

    monkeypatch.setattr(FIND, find)
    bench.turn(600)
    assert only(bench).state is (S.DISCARDED if says == "discard" else S.SENT)
    assert bench.network.n_posts_by_us() == 1


def test_a_person_who_says_it_is_there_while_it_is_not_found_is_believed(
    start_bench: StartBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = start_bench(kind=Kind.IGNORES_KEY)
    bench.turn(120)
    bench.network.faults.add(Fault(Trouble.TIME_OUT, "POST", POSTS))
    id = bench.reply()
    answered = only(bench).mention_id

    def find(*_: Any) -> Posted | None:
        bench.desk.do(SettleUncertain(id, is_there=True)).result()
        return None

    monkeypatch.setattr(FIND, find)
    bench.turn(3600)
    assert only(bench).state is S.SENT
    assert answered not in {r.id for r in bench.rows()}


def test_nothing_is_sent_while_no_outcome_can_be_kept(
    pond: PondDesk, monkeypatch: pytest.MonkeyPatch, expect_log: ExpectLog
) -> None:
    """The disk takes a claim, but not the outcome; four replies wait."""
    expect_log("what became of it could not be kept")
    for n in range(3):
        pond.pond.add(f"And on day {n}?", pond.at())
    pond.turn(400)
    for mention in pond.desk.ask(ListMentions(View.ALL, "", Order.NEWEST)).result().ids:
        pond.desk.do(SendReply(mention, f"Until six, {mention}.", is_sure=True)).result()
    with monkeypatch.context() as patched:
        patched.setattr(outbox, "settle_sent", _full)
        pond.turn(11)
        pond.turn(1, times=15)
        assert len(pond.pond.replies) == 1
    pond.turn(20, times=60)
    assert len(pond.pond.replies) >= 4
