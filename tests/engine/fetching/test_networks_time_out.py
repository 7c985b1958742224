"""A reply whose answer got lost: found by looking, or left to a person. Never two."""

from pathlib import Path

import pytest

from socialdesk.domain.account import Can
from socialdesk.domain.mentions.mention import CanReply
from socialdesk.domain.queue.rows import Order, OutboxRow, View
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.engine.commands import ApproveReply, SendReply
from socialdesk.engine.queries import ListMentions, ListOutbox, ReadDetail
from tests.engine.street import SAMPLES, Street
from tests.networks.samples.sample import Sample

TEXT = "Thank you for telling us, we are looking into it."
ANSWERS = [s for s in SAMPLES if Can.REPLY in s.network.info.can]
HOURS = 3


def answer(street: Street) -> None:
    """A reply to the newest mention that takes one; ten seconds later it leaves."""
    for mention in street.desk.ask(ListMentions(View.ALL, "", Order.NEWEST)).result().ids:
        detail = street.desk.ask(ReadDetail(mention)).result()
        if detail is not None and detail.can_reply is CanReply.API:
            street.desk.do(SendReply(mention, TEXT, is_sure=True)).result()
            if row(street).state is OutboxState.APPROVAL:  # its author is heard far
                street.turn(1800)  # nobody approves their own text at once
                street.desk.do(ApproveReply(row(street).id, row(street).hash)).result()
            return
    raise AssertionError("nothing to answer")


def row(street: Street) -> OutboxRow:
    (found,) = street.desk.ask(ListOutbox(only_open=False)).result()
    return found


@pytest.mark.parametrize("sample", ANSWERS, ids=lambda s: s.key)
@pytest.mark.parametrize("n_lost", [1, 3])
def test_it_is_there_once_and_said_to_be(tmp_path: Path, sample: Sample, n_lost: int) -> None:
    street = Street(tmp_path, sample)
    street.server.add_mention("are you open?")
    street.turn(3600, times=2)
    answer(street)
    street.server.lose_answers(n_lost)
    street.turn(11)
    for _ in range(HOURS * 12):
        street.turn(300)
    found = row(street)
    assert found.state in (OutboxState.SENT, OutboxState.UNCERTAIN, OutboxState.FAILED)
    assert street.server.n_posted(TEXT) <= 1
    if found.state is OutboxState.SENT:
        assert street.server.n_posted(TEXT) == 1
    if found.state is OutboxState.UNCERTAIN:  # a person decides: nothing more happens by itself
        assert found.next_at == 0
    street.desk.close()


def test_where_nobody_can_look_a_person_decides_at_once(tmp_path: Path) -> None:
    sample = next(s for s in SAMPLES if s.key == "telegram")
    street = Street(tmp_path, sample)
    street.server.add_mention("are you open?")
    street.turn(3600, times=2)
    answer(street)
    street.server.lose_answers()
    street.turn(11)
    street.turn(1)
    assert (row(street).state, row(street).next_at) == (OutboxState.UNCERTAIN, 0)
    street.desk.close()
