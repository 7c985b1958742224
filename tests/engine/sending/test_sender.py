"""A reply is on the network once, whatever happened on the way."""

import pytest

from socialdesk.domain.replies.reply import OutboxState, Posted
from socialdesk.engine.commands import Discard, SendNow, SettleUncertain, TakeBack, Undo
from socialdesk.engine.queries import ListAccounts, ReadDetail
from socialdesk.practice.faults import Fault, Trouble
from socialdesk.practice.kinds import Kind
from tests.engine.conftest import Bench, StartBench
from tests.fakes import HandClock

POSTS = "/api/v1/statuses"


def only(bench: Bench) -> OutboxState:
    (row,) = bench.outbox()
    return row.state


def test_a_reply_is_held_then_sent_once(bench: Bench) -> None:
    bench.reply()
    bench.turn(5)
    assert only(bench) is OutboxState.HELD
    assert bench.network.n_posts_by_us() == 0
    bench.turn(10)
    assert only(bench) is OutboxState.SENT
    assert bench.network.n_posts_by_us() == 1


def test_a_fetch_leaves_its_account_to_a_reply_that_waited_for_the_fetch_before(
    bench: Bench,
) -> None:
    """Page follows page in a flood: a long turn of the clockwork finds the account busy, and the
    next page takes it again before the next turn."""
    bench.reply()
    turns, account = bench.desk._turns, bench.desk.ask(ListAccounts()).result()[0].id
    bench.clock.advance(3600)  # the reply is due, and so is the next fetch
    assert turns.take(account)  # a page is on its way
    bench.desk.sender.step()
    turns.give_back(account)
    n = bench.requests.n
    bench.desk.poller.step()
    bench.desk.settle()
    assert bench.requests.n == n
    bench.desk.sender.step()
    bench.desk.settle()
    assert only(bench) is OutboxState.SENT
    bench.desk.sender.step()  # nothing waits any more
    bench.desk.poller.step()
    bench.desk.settle()
    assert bench.requests.n > n + 1


def test_a_reply_taken_back_while_held_never_leaves_and_is_a_draft_again(bench: Bench) -> None:
    outbox_id = bench.reply("Not yet.")
    mention = bench.outbox()[0].mention_id
    bench.desk.do(TakeBack(outbox_id)).result()
    bench.turn(60)
    assert only(bench) is OutboxState.TAKEN_BACK
    assert bench.network.n_posts_by_us() == 0
    detail = bench.desk.ask(ReadDetail(mention)).result()
    assert detail is not None and detail.draft is not None
    assert detail.draft.text == "Not yet."


def test_undo_takes_back_a_held_reply(bench: Bench) -> None:
    bench.reply()
    bench.desk.do(Undo()).result()
    bench.turn(30)
    assert bench.network.n_posts_by_us() == 0


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("trouble", [Trouble.TIME_OUT, Trouble.BROKEN, Trouble.SERVER_ERROR,
                                     Trouble.WEB_PAGE])  # fmt: skip
def test_silence_after_the_post_was_stored_leaves_one_post(
    start_bench: StartBench, kind: Kind, trouble: Trouble
) -> None:
    bench = start_bench(kind=kind)
    bench.turn(120)
    bench.network.faults.add(Fault(trouble, "POST", POSTS, is_stored=True))
    bench.reply()
    bench.turn(1200)
    assert bench.network.n_posts_by_us() == 1
    expected = OutboxState.UNCERTAIN if kind is Kind.NEITHER else OutboxState.SENT
    assert only(bench) is expected


@pytest.mark.parametrize("kind", list(Kind))
def test_silence_before_the_post_was_stored_never_makes_two(
    start_bench: StartBench, kind: Kind
) -> None:
    bench = start_bench(kind=kind)
    bench.turn(120)
    bench.network.faults.add(Fault(Trouble.TIME_OUT, "POST", POSTS))
    bench.reply()
    bench.turn(1200)
    if kind is Kind.HONOURS_KEY:  # the one kind where a repeat is known to be harmless
        assert only(bench) is OutboxState.SENT
        assert bench.network.n_posts_by_us() == 1
    else:
        assert only(bench) is OutboxState.UNCERTAIN
        assert bench.network.n_posts_by_us() == 0


def test_an_uncertain_reply_waits_for_a_person_who_may_send_it_again(
    start_bench: StartBench,
) -> None:
    bench = start_bench(kind=Kind.IGNORES_KEY)
    bench.turn(120)
    bench.network.faults.add(Fault(Trouble.TIME_OUT, "POST", POSTS))
    outbox_id = bench.reply()
    bench.turn(3600)
    assert only(bench) is OutboxState.UNCERTAIN
    bench.desk.do(SettleUncertain(outbox_id, is_there=False)).result()
    bench.turn(60)
    assert only(bench) is OutboxState.SENT
    assert bench.network.n_posts_by_us() == 1


@pytest.mark.parametrize("trouble", [Trouble.LIMIT_RESET, Trouble.LIMIT_SECONDS, Trouble.LIMIT_DATE,
                                     Trouble.LIMIT_BARE, Trouble.NO_ROUTE])  # fmt: skip
def test_what_surely_stayed_here_is_tried_again_by_itself(bench: Bench, trouble: Trouble) -> None:
    bench.network.faults.add(Fault(trouble, "POST", POSTS, remaining=2))
    bench.reply()
    bench.turn(1200)
    assert only(bench) is OutboxState.SENT
    assert bench.network.n_posts_by_us() == 1


def test_a_dead_sign_in_keeps_the_reply_queued_and_stops_only_its_account(bench: Bench) -> None:
    bench.network.faults.add(Fault(Trouble.SIGNED_OUT, remaining=None))
    bench.reply()
    bench.turn(600)
    assert only(bench) is OutboxState.QUEUED
    assert bench.network.n_posts_by_us() == 0


def test_a_refused_text_fails_with_its_reason_and_is_not_repeated(bench: Bench) -> None:
    bench.network.faults.add(Fault(Trouble.SERVER_ERROR, "POST", POSTS, status=422))
    bench.reply()
    bench.turn(600)
    (row,) = bench.outbox()
    assert row.state is OutboxState.FAILED
    assert row.reason == "text"
    assert row.n_tries == 1


def test_a_failed_reply_is_tried_again_only_by_a_person(bench: Bench) -> None:
    bench.network.faults.add(Fault(Trouble.SERVER_ERROR, "POST", POSTS, status=422))
    outbox_id = bench.reply()
    bench.turn(600)
    bench.desk.do(SendNow(outbox_id)).result()
    bench.turn(30)
    assert only(bench) is OutboxState.SENT
    assert bench.network.n_posts_by_us() == 1


def test_a_discarded_reply_never_leaves(bench: Bench) -> None:
    outbox_id = bench.reply()
    bench.desk.do(Discard(outbox_id)).result()
    bench.turn(600)
    assert bench.network.n_posts_by_us() == 0


def test_a_restart_on_the_wire_reads_back_before_anything_is_sent(start_bench: StartBench) -> None:
    clock = HandClock()
    bench = start_bench(clock)
    bench.turn(120)
    bench.network.faults.add(Fault(Trouble.TIME_OUT, "POST", POSTS, is_stored=True))
    bench.reply()
    bench.turn(12)  # sent, and now in doubt
    bench.end()
    again = start_bench(clock)
    again.desk.sender.recover()
    again.turn(60)
    assert only(again) is OutboxState.SENT
    assert again.network.n_posts_by_us() == 1


def test_our_reply_stands_in_the_thread_once(bench: Bench) -> None:
    bench.reply("Yes, until six.")
    mention = bench.outbox()[0].mention_id
    bench.turn(60)
    detail = bench.desk.ask(ReadDetail(mention)).result()
    assert detail is not None
    ours = [p for p in detail.thread if p.is_own and "until six" in p.body]
    assert len(ours) == 1
    assert ours[0].outbox is OutboxState.SENT


def test_what_is_answered_waits_at_once_and_needs_a_reply_again_when_it_is_taken_back(
    bench: Bench,
) -> None:
    needing = {r.id for r in bench.rows()}
    bench.reply()
    answered = bench.outbox()[0].mention_id
    assert answered not in {r.id for r in bench.rows()}
    bench.desk.do(Undo()).result()
    assert {r.id for r in bench.rows()} == needing


def test_what_could_not_be_sent_needs_a_reply_again(bench: Bench) -> None:
    bench.network.faults.add(Fault(Trouble.SERVER_ERROR, "POST", POSTS, status=422))
    bench.reply()
    answered = bench.outbox()[0].mention_id
    bench.turn(30)
    assert answered in {r.id for r in bench.rows()}


def test_a_post_that_is_another_reply_is_not_taken_for_a_doubtful_one(
    start_bench: StartBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same words to two people of one thread: some networks do not tell whom a post answers."""
    same = Posted("there", "https://pond.example/there")
    monkeypatch.setattr(
        "socialdesk.engine.sending.sender.find_sent", lambda connector, outgoing: same
    )
    bench = start_bench(kind=Kind.IGNORES_KEY)
    bench.turn(120)
    for _ in range(2):
        bench.network.faults.add(Fault(Trouble.TIME_OUT, "POST", POSTS))
        bench.reply()
        bench.turn(3600)
    assert sorted(row.state.value for row in bench.outbox()) == ["sent", "uncertain"]
