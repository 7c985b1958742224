"""Promise 12: after eight hours asleep nothing bursts out, what is overdue comes first, and what is
much too late asks a person."""

import pytest

from socialdesk.domain.queue.rows import Order, View
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.commands import SendReply
from socialdesk.engine.queries import ListMentions, ReadRows
from tests.engine.conftest import Bench, bench, start_bench  # noqa: F401

NIGHT_S = 8 * 3600.0
MAX_A_MINUTE = 30  # requests; 13 is usual, the network's own limit is 60


def ids_of(made: Bench, view: View) -> list[int]:
    return list(made.desk.ask(ListMentions(view, "", Order.NEED)).result().ids)


def check_overdue(made: Bench) -> None:
    """All that fell due in the night stands in the list of its own, the longest overdue first."""
    waiting = made.desk.ask(ReadRows(tuple(ids_of(made, View.NEEDS_REPLY)[:100]))).result()
    due = {row.id: row.due_at for row in waiting if 0 < row.due_at <= made.clock.now}
    listed = [due[id] for id in ids_of(made, View.OVERDUE) if id in due]
    assert len(listed) == len(due) > 0
    assert listed == sorted(listed)


@pytest.mark.promise(12)
@pytest.mark.parametrize("moves_monotonic", [False, True], ids=["suspended", "hibernated"])
def test_a_night_asleep(bench, moves_monotonic, trials) -> None:  # noqa: F811
    """`suspended`: the monotonic clock stood still meanwhile, as on Linux; else it ran on."""
    for n, row in enumerate(bench.rows()[:5]):
        command = SendReply(row.id, f"Answer number {n}.", is_sure=True)
        bench.desk.do(command).result()
    if moves_monotonic:
        bench.clock.advance(NIGHT_S)
    else:
        bench.clock.jump(NIGHT_S)
    for _ in range(3):
        before = bench.requests.n
        bench.turn(60)
        assert bench.requests.n - before <= MAX_A_MINUTE
        check_overdue(bench)
        trials.add()
    posts = [post.now.text for post in bench.network.posts_by_us()]
    assert len(posts) == len(set(posts)) >= 4
    states = {row.state for row in bench.outbox()}
    assert states <= {OutboxState.SENT, OutboxState.APPROVAL, OutboxState.HELD}
