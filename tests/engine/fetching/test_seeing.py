"""A reply that its network took is not called public before it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.domain.queue.rows import Order, OutboxRow, View
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.commands import SendReply
from socialdesk.engine.queries import ListMentions, ListOutbox
from socialdesk.engine.words.phrases import outbox_state
from tests.engine.pond import Pond, PondDesk, PondNetwork, pond_desk


@pytest.fixture
def pond(tmp_path: Path) -> Iterator[PondDesk]:
    made = pond_desk(tmp_path, PondNetwork(Pond()))
    yield made
    made.desk.close()


def sent(pond: PondDesk) -> OutboxRow:
    (row,) = pond.desk.ask(ListOutbox(only_open=False)).result()
    return row


def answer(pond: PondDesk) -> None:
    pond.pond.add("are you open?", pond.at())
    pond.turn(400)
    (mention,) = pond.desk.ask(ListMentions(View.ALL, "", Order.NEWEST)).result().ids
    pond.desk.do(SendReply(mention, "Until six.", is_sure=True)).result()
    pond.turn(11, times=3)
    assert sent(pond).url


def test_it_is_looked_for_until_it_is_public(pond: PondDesk) -> None:
    answer(pond)
    assert "Not yet seen public" in outbox_state(sent(pond))
    pond.turn(70, times=2)
    assert sent(pond).seen_public_at == 0
    pond.pond.public.add("r1")
    pond.turn(700)
    pond.turn(2, times=2)
    assert sent(pond).seen_public_at > 0
    assert outbox_state(sent(pond)) == "Sent, and public."


def test_it_is_asked_about_a_few_times_only(pond: PondDesk) -> None:
    asked = []
    answer(pond)
    before = pond.pond.n_asked_public
    for _ in range(200):
        pond.turn(3600)
        asked.append(pond.pond.n_asked_public - before)
    assert 3 <= asked[-1] <= 6


def test_a_duplicate_that_is_not_there_is_left_to_a_person(pond: PondDesk) -> None:
    """A network that repeats are harmless on, and that calls this one a duplicate for ever."""
    pond.pond.refusal = RefusedError(Refusal.DUPLICATE, "we have that already")
    pond.pond.add("are you open?", pond.at())
    pond.turn(400)
    (mention,) = pond.desk.ask(ListMentions(View.ALL, "", Order.NEWEST)).result().ids
    pond.desk.do(SendReply(mention, "Until six.", is_sure=True)).result()
    pond.turn(11)
    for _ in range(30):
        pond.turn(60)
    assert pond.pond.n_tried == 1
    assert (sent(pond).state, sent(pond).next_at) == (OutboxState.UNCERTAIN, 0)
