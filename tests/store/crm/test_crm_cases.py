"""A case's row moves as `domain.crm` says and no other way; records stay as a person chose."""

import uuid
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialdesk.domain.account import Can, Card
from socialdesk.domain.errors import CommandError, StoreError
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author
from socialdesk.domain.people.crm import (
    CaseKind,
    CaseState,
    CrmCase,
    CrmPushed,
    CrmRecord,
    may_step,
)
from socialdesk.store import accounts, journal
from socialdesk.store.contacts import person_export
from socialdesk.store.crm import crm_case_rows, crm_cases, crm_records
from socialdesk.store.erasing import erasing
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.outbox.claims import REPEAT
from socialdesk.store.triage import crm_acts
from tests.makers import a_mention
from tests.store.queue_file import QueueFile


def a_crm(file: QueueFile) -> int:
    own = Author(remote_id="9", handle="Shed", name="Shed")
    card = Card(own=own, can=Can.CRM, length=LengthRule(1000), server="shed.example")

    def write(tx: Transaction) -> int:
        id = accounts.sign_in(tx, network="shed", signed_settings={}, card=card)
        accounts.switch_on(tx, id, file.ann)
        return id

    return file.write(write)


def made(file: QueueFile, crm: int, mention: int) -> int:
    case = CrmCase(str(uuid.uuid4()), CaseKind.CASE, "Lost order", "words", file.clock.utc)
    make = partial(
        crm_acts.make, account_id=crm, mention_id=mention, case=case, person=file.ann,
        leaves_at=file.clock.now,
    )  # fmt: skip
    return file.write(make)[0]


STEPS = (
    lambda tx, id: crm_cases.claim_next(tx, ()),
    lambda tx, id: crm_cases.settle_sent(tx, id, CrmPushed("t/1", "https://shed.example/1")),
    lambda tx, id: crm_cases.settle_failed(tx, id, "text"),
    lambda tx, id: crm_cases.mark_uncertain(tx, id, tx.now + 1, "x"),
    lambda tx, id: crm_cases.note_look(tx, id, 0),
    lambda tx, id: crm_cases.requeue(tx, id, tx.now, "x"),
    lambda tx, id: crm_cases.make_again(tx, id, 1),
    lambda tx, id: crm_cases.note_seen(tx, id, "", 1),
    lambda tx, id: crm_cases.discard(tx, id, 1),
    lambda tx, id: crm_cases.doubt_unanswered(tx, tx.now + 1),
)


@settings(max_examples=60, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.lists(st.integers(0, len(STEPS) - 1), max_size=12))
def test_no_way_leads_past_the_known_steps(file: QueueFile, ways: list[int]) -> None:
    crm = a_crm(file)
    (mention,) = file.save(a_mention())
    id = made(file, crm, mention)
    state, key = CaseState.QUEUED, file.read(crm_case_rows.read, id).key
    for way in ways:
        before = file.read(crm_case_rows.read, id)
        try:
            file.write(lambda tx, way=way: STEPS[way](tx, id))  # type: ignore[misc]
        except (CommandError, ValueError):
            continue
        after = file.read(crm_case_rows.read, id)
        assert after.state is state or may_step(state, after.state, before.n_tries)
        assert after.key == key
        if after.state in (CaseState.SENT, CaseState.DISCARDED):
            assert after.body == ""
        state = after.state
    file.write(lambda tx: tx.conn.execute("DELETE FROM crm_case").close())
    assert file.read(journal.verify) is None


def test_a_case_is_claimed_once_and_only_of_a_crm_that_is_on(file: QueueFile) -> None:
    crm = a_crm(file)
    (mention,) = file.save(a_mention())
    made(file, crm, mention)
    assert file.write(lambda tx: crm_cases.claim_next(tx, {crm})) is None
    claim = file.write(lambda tx: crm_cases.claim_next(tx, ()))
    assert claim is not None
    assert claim.content.body == "words"
    assert file.write(lambda tx: crm_cases.claim_next(tx, ())) is None
    made(file, crm, mention)
    file.execute("UPDATE account SET state = 'paused' WHERE id = ?", crm)
    assert file.write(lambda tx: crm_cases.claim_next(tx, ())) is None
    assert file.read(crm_cases.next_due) is None


def test_what_a_person_decided_while_it_was_looked_for_stays(file: QueueFile) -> None:
    crm = a_crm(file)
    (mention,) = file.save(a_mention())
    id = made(file, crm, mention)
    pushed = CrmPushed("t/1", "https://shed.example/1")
    for decide in (crm_cases.make_again, crm_cases.discard):  # the look before had given up
        assert file.write(lambda tx: crm_cases.claim_next(tx, ())) is not None
        file.write(lambda tx: crm_cases.mark_uncertain(tx, id, 0, "x"))
        file.write(partial(decide, case_id=id, person=file.ann))
        decided = file.read(crm_case_rows.read, id)
        assert file.write(lambda tx: crm_cases.note_look(tx, id, 0)) == 0
        assert file.write(lambda tx: crm_cases.requeue(tx, id, 0, REPEAT)) == 0
        assert file.read(crm_case_rows.read, id) == decided
    assert file.write(lambda tx: crm_cases.settle_sent(tx, id, pushed)) == 0
    assert file.read(crm_case_rows.read, id).state is CaseState.DISCARDED


def test_a_clock_set_back_keeps_no_case_for_days(file: QueueFile) -> None:
    crm = a_crm(file)
    (mention,) = file.save(a_mention())
    made(file, crm, mention)
    file.clock.jump(-86_400)
    file.write(lambda tx: crm_cases.shorten_waits(tx, 3_600_000))
    assert file.read(crm_cases.next_due) == file.clock.now + 3_600_000


def test_records_are_kept_read_and_replaced(file: QueueFile) -> None:
    crm = a_crm(file)
    records = [CrmRecord("7", "Dana", "https://shed.example/7", (("Phone", "«1»"),)),
               CrmRecord("8", "Dana F.", "https://shed.example/8")]  # fmt: skip
    file.write(lambda tx: crm_records.save(tx, 5, crm, records))
    assert [r.record for r in file.read(crm_records.list_records, 5)] == records
    file.write(lambda tx: crm_records.choose(tx, 5, crm, "8", file.ann, is_on=True))
    file.write(lambda tx: crm_records.save(tx, 5, crm, records[:1]))
    (chosen,) = file.read(crm_records.list_records, 5)
    assert (chosen.record.remote_id, chosen.is_chosen) == ("8", True)
    assert file.read(crm_records.list_records, 6) == []
    with pytest.raises(CommandError):
        file.write(lambda tx: crm_records.choose(tx, 5, crm, "404", file.ann, is_on=True))


def test_a_locked_file_is_told_as_such(file: QueueFile) -> None:
    crm = a_crm(file)
    file.writer.close()
    with pytest.raises(StoreError):
        made(file, crm, 1)


def test_what_expired_meanwhile_does_not_leave_and_is_forgotten(file: QueueFile) -> None:
    crm = a_crm(file)
    (mention,) = file.save(a_mention())
    kept, waiting = made(file, crm, mention), made(file, crm, mention)
    file.write(lambda tx: crm_cases.claim_next(tx, ()))
    file.write(lambda tx: crm_cases.settle_failed(tx, kept, "text"))
    assert not file.read(crm_cases.has_expired)
    file.execute("UPDATE mention SET expired_at = 1 WHERE id = ?", mention)
    assert file.read(crm_cases.has_expired)
    assert file.write(crm_cases.forget_expired) == 1
    assert not file.read(crm_cases.has_expired)
    assert file.write(lambda tx: crm_cases.claim_next(tx, ())) is None
    entry = file.read(crm_case_rows.read, waiting)
    assert (entry.state, entry.reason, entry.body) == (CaseState.FAILED, crm_cases.EXPIRED, "")


def test_an_erased_person_leaves_no_case_and_no_record(file: QueueFile) -> None:
    crm = a_crm(file)
    (mention,) = file.save(a_mention())
    made(file, crm, mention)
    ((author,),) = file.sql("SELECT author_id FROM mention WHERE id = ?", mention)
    record = CrmRecord("7", "Dana", "https://shed.example/7", (("Phone", "1"),))
    file.write(lambda tx: crm_records.save(tx, author, crm, [record]))
    told = file.read(person_export.gather, 0, author)
    assert told["crm_records"][0]["facts"] == [["Phone", "1"]]
    assert told["mentions"][0]["crm_cases"][0]["subject"] == "Lost order"
    file.write(lambda tx: erasing.erase(tx, 0, author, file.ann))
    assert file.sql("SELECT * FROM crm_case") == []
    assert file.sql("SELECT * FROM crm_record") == []
