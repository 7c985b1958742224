"""One key takes a statement back for as long as it is held, at all its accounts as one act."""

import pytest

from socialdesk.domain.crisis.incident import Incident
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.replies.reply import HOLD_MS, OutboxState
from socialdesk.store.crisis.statements import Saved
from socialdesk.store.outbox import outbox_moves
from socialdesk.store.replies import outbox_holds, replies
from socialdesk.store.triage import acts
from tests.store.crisis.incident_file import an_incident
from tests.store.crisis.statement_file import (
    let_post,
    publish,
    saved,
    second_account,
    seen,
)
from tests.store.queue_file import QueueFile


@pytest.fixture
def incident(file: QueueFile) -> Incident:
    return an_incident(file)


@pytest.fixture
def text(file: QueueFile, incident: Incident) -> Saved:
    """A statement for two accounts that somebody looked at."""
    let_post(file)
    return seen(file, incident, accounts=(file.account, second_account(file)))


def states(file: QueueFile, rows: tuple[int, ...]) -> list[OutboxState]:
    return [file.read(outbox_moves.read, row).state for row in rows]


def test_undo_takes_it_back_at_all_accounts_and_makes_no_draft(file, text):
    rows = publish(file, text.version_id, hold_ms=HOLD_MS).outbox
    assert file.read(acts.peek, file.ann) == ("statement_queued", "")
    assert file.read(acts.peek, file.ben) == ("", "")
    done = file.write(lambda tx: acts.undo(tx, file.ann))
    assert (done.kind, done.n, done.ids, done.n_left) == ("statement_queued", 0, (), 0)
    assert states(file, rows) == [OutboxState.TAKEN_BACK] * 2
    assert file.sql("SELECT count(*) FROM draft") == [(0,)]
    assert file.read(acts.peek, file.ann) == ("", "")  # publishing again is a new act
    assert states(file, publish(file, text.version_id, hold_ms=HOLD_MS).outbox) == (
        [OutboxState.HELD] * 2
    )


def test_where_it_left_already_is_counted_and_the_rest_comes_back(file, text):
    rows = publish(file, text.version_id, hold_ms=HOLD_MS).outbox
    file.write(lambda tx: replies.send_now(tx, rows[0], file.ann))
    assert file.write(lambda tx: acts.undo(tx, file.ann)).n_left == 1
    assert states(file, rows) == [OutboxState.QUEUED, OutboxState.TAKEN_BACK]


def test_undo_goes_past_one_whose_seconds_are_over(file, text):
    rows = publish(file, text.version_id, hold_ms=HOLD_MS).outbox
    file.clock.advance(HOLD_MS / 1000)
    file.write(outbox_holds.release_due)
    with pytest.raises(CommandError) as refusal:
        file.write(lambda tx: acts.undo(tx, file.ann))
    assert refusal.value.fault is CommandFault.NOTHING_TO_UNDO
    assert states(file, rows) == [OutboxState.QUEUED] * 2


def test_one_that_an_edit_holds_is_left_to_a_decision(file, incident, text):
    rows = publish(file, text.version_id, hold_ms=HOLD_MS).outbox
    saved(file, incident, statement_id=text.statement_id, text="Other.", blocks=())
    assert states(file, rows) == [OutboxState.HELD] * 2
    assert file.read(acts.peek, file.ann) == ("", "")


def test_one_that_was_never_held_is_no_act(file, text):
    publish(file, text.version_id)
    assert file.read(acts.peek, file.ann) == ("", "")
