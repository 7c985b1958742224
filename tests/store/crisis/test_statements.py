"""Statements: immutable versions, what an edit ends, and how they are published."""

from typing import Any

import pytest

from socialdesk.domain.crisis.approval import Look
from socialdesk.domain.crisis.incident import IncidentState, Severity
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.replies.reply import OutboxState, Posted
from socialdesk.store.crisis import facts, incident_moves, statement_publishing, statements
from socialdesk.store.outbox import outbox_moves
from socialdesk.store.replies import outbox
from tests.store.crisis.incident_file import CONFIRMING, a_fact, an_incident
from tests.store.crisis.statement_file import BLOCKS, REASON, let_post, look, publish, saved, seen
from tests.store.queue_file import QueueFile

POSTED = Posted(remote_id="1", uri="https://pond.example/1", url="https://pond.example/1")


def refused(file: QueueFile, version_id: int, **values) -> CrisisRefusedError:
    with pytest.raises(CrisisRefusedError) as error:
        publish(file, version_id, **values)
    return error.value


def events(file: QueueFile, kind: str) -> int:
    return len(file.sql("SELECT 1 FROM journal WHERE kind = ?", kind))


def row_of(file: QueueFile, outbox_id: int) -> outbox_moves.Entry:
    return file.read(outbox_moves.read, outbox_id)


def test_the_same_words_again_are_the_same_version(file: QueueFile):
    incident = an_incident(file)
    text = saved(file, incident, blocks=(), text="Sorry.\nMore soon.")
    again = saved(
        file, incident, statement_id=text.statement_id, blocks=(), text="Sorry. \t\r\nMore soon.\n"
    )
    assert (again.version_id, again.hash, again.seq) == (text.version_id, text.hash, 0)


def test_each_language_has_versions_of_its_own(file: QueueFile):
    incident = an_incident(file)
    en = saved(file, incident)
    ru = saved(file, incident, statement_id=en.statement_id, lang="ru")
    second = saved(file, incident, statement_id=en.statement_id, text="Other.", blocks=())
    found = [file.read(statements.read, v) for v in (en.version_id, ru.version_id,
                                                     second.version_id)]  # fmt: skip
    assert [(v.lang, v.n) for v in found] == [("en", 1), ("ru", 1), ("en", 2)]
    assert len({v.hash for v in found}) == 3


def test_an_edit_ends_the_approval_and_stops_what_waits(file: QueueFile):
    let_post(file)
    incident = an_incident(file)
    text = seen(file, incident)
    (row,) = publish(file, text.version_id).outbox
    newer = saved(file, incident, statement_id=text.statement_id, text="Other.", blocks=())
    held = row_of(file, row)
    assert (held.state, held.hold_reason, held.hold_incident) == (
        OutboxState.HELD, "crisis", incident.id,
    )  # fmt: skip
    error = refused(file, text.version_id)
    assert (error.code, error.facts["old12"], error.facts["new12"]) == (
        "R26", text.hash[:12], newer.hash[:12],
    )  # fmt: skip
    assert events(file, "approval_ended") == 1


def test_a_change_of_an_approved_text_says_what_changed(file: QueueFile):
    incident = an_incident(file)
    text = seen(file, incident, kind="update")
    newer = saved(
        file, incident, kind="update", statement_id=text.statement_id, text="Other.", blocks=()
    )
    error = refused(file, newer.version_id)
    assert (error.code, error.facts["old12"], error.facts["new12"]) == (
        "R26", text.hash[:12], newer.hash[:12],
    )  # fmt: skip


def test_a_text_nobody_looked_at_stays(file: QueueFile):
    let_post(file)
    assert refused(file, saved(file, an_incident(file)).version_id).code == "R25"
    assert file.sql("SELECT count(*) FROM outbox") == [(0,)]


def test_publishing_twice_makes_one_row(file: QueueFile):
    let_post(file)
    text = seen(file, an_incident(file))
    assert publish(file, text.version_id).outbox == publish(file, text.version_id).outbox


def test_the_first_statement_out_makes_it_holding_and_promises(file: QueueFile):
    let_post(file)
    incident = an_incident(file)
    text = seen(file, incident)
    (row,) = publish(file, text.version_id).outbox
    assert file.write(lambda tx: outbox.claim_next(tx, ())) is not None
    file.write(lambda tx: outbox.settle_sent(tx, row, POSTED))
    after = file.read(incident_moves.read, incident.id)
    assert (after.state, after.first_statement_at) == (IncidentState.HOLDING, file.clock.now)
    assert file.sql("SELECT to_kind, version_id, state FROM incident_promise") == [
        ("public", text.version_id, "open")
    ]
    assert events(file, "statement_published") == 1


def test_an_account_that_cannot_post_is_named_and_published_by_hand(file: QueueFile):
    incident = an_incident(file)
    text = seen(file, incident)
    done = publish(file, text.version_id)
    assert (done.outbox, done.by_hand) == ((), ((file.account, "cannot_post"),))
    assert '"code":"R43"' in file.sql("SELECT data FROM journal WHERE kind = 'refused'")[0][0]
    file.clock.advance(5 * 3600)  # the approval grew old meanwhile, what was done is done
    row, _ = file.write(
        lambda tx: statement_publishing.publish_by_hand(
            tx, text.version_id, file.account, "https://pond.example/2", file.ann
        )
    )
    assert (row_of(file, row).state, row_of(file, row).reason) == (OutboxState.SENT, "by_hand")
    assert file.read(incident_moves.read, incident.id).state is IncidentState.HOLDING


@pytest.mark.parametrize(
    ("account", "url", "what"), [(9, "https://a.example/", "account"), (1, "here", "url")]
)
def test_what_was_published_by_hand_has_an_account_and_a_link(
    file: QueueFile, account: int, url: str, what: str
):
    text = seen(file, an_incident(file))
    with pytest.raises(CommandError) as error:
        file.write(
            lambda tx: statement_publishing.publish_by_hand(
                tx, text.version_id, account, url, file.ann
            )
        )
    assert error.value.facts["what"] == what


def test_breaking_the_glass_is_written_down_and_lets_the_row_leave(file: QueueFile):
    let_post(file)
    incident = an_incident(file)
    text = saved(file, incident)
    publish(file, text.version_id, skip_reason=REASON)
    ((data,),) = file.sql("SELECT data FROM journal WHERE kind = 'check_skipped'")
    assert '"codes":["R25"]' in data and REASON in data
    assert file.write(lambda tx: outbox.claim_next(tx, ())) is not None


def test_no_glass_breaks_a_change_after_the_approval(file: QueueFile):
    let_post(file)
    incident = an_incident(file)
    text = seen(file, incident)
    other = (*BLOCKS[:-1], (BLOCKS[-1][0], "Other."))
    newer = saved(file, incident, statement_id=text.statement_id, blocks=other)
    assert refused(file, newer.version_id, skip_reason=REASON).code == "R26"
    assert file.sql("SELECT count(*) FROM outbox") == [(0,)]
    assert events(file, "check_skipped") == 0


@pytest.mark.parametrize(
    ("severity", "kind", "reason"),
    [(1, "first", "too short"), (2, "first", REASON), (1, "update", REASON)],
)
def test_glass_is_broken_for_a_first_statement_of_the_worst_kind_only(
    file: QueueFile, severity: int, kind: str, reason: str
):
    text = saved(file, an_incident(file, severity=Severity(severity)), kind=kind)
    with pytest.raises(CommandError) as error:
        publish(file, text.version_id, skip_reason=reason)
    assert error.value.facts["what"] == "skip_reason"


def test_no_glass_breaks_a_place_a_block_a_time_or_a_false_fact(file: QueueFile):
    let_post(file)
    incident = an_incident(file)
    fact = a_fact(file, incident)
    wrong: dict[str, dict[str, Any]] = {
        "R20": {"blocks": (("sorry", "Since {since}."),)},
        "R21": {"blocks": (("sorry", "Sorry."),)},
        "R22": {"next_update_at": 0},
        "R23": {"facts": (fact,)},
    }
    for code, values in wrong.items():
        text = saved(file, incident, **values)
        assert refused(file, text.version_id, skip_reason=REASON).code == code


def test_a_fact_with_too_few_checks_may_be_broken_once(file: QueueFile):
    let_post(file)
    incident = an_incident(file)
    fact = a_fact(file, incident, *CONFIRMING[:2])
    text = seen_or_not = saved(file, incident, facts=(fact,))
    assert refused(file, text.version_id).code == "R24"
    publish(file, text.version_id, skip_reason=REASON)
    assert file.write(lambda tx: outbox.claim_next(tx, ())) is not None
    assert seen_or_not.seq


def test_a_fact_that_turns_out_false_stops_the_row(file: QueueFile):
    let_post(file)
    incident = an_incident(file)
    fact = a_fact(file, incident, *CONFIRMING)
    text = seen(file, incident, facts=(fact,))
    (row,) = publish(file, text.version_id).outbox
    _, moved = file.write(lambda tx: facts.check(tx, fact, "person", "Dana", "no", file.ann))
    assert (moved.held, moved.published) == ((row,), ())
    assert row_of(file, row).hold_reason == "crisis"
    assert file.write(lambda tx: outbox.claim_next(tx, ())) is None
    assert refused(file, text.version_id).code == "R23"
    file.write(lambda tx: facts.check(tx, fact, "person", "Dana", "unclear", file.ann))
    assert refused(file, text.version_id).code == "R27"
    look(file, text.version_id, text.hash, look=Look.PERSON_AWAY)
    assert publish(file, text.version_id).outbox == (row,)
    assert row_of(file, row).state is OutboxState.QUEUED


def test_nothing_is_published_without_an_account_or_after_it_was_dropped(file: QueueFile):
    incident = an_incident(file)
    alone = saved(file, incident, accounts=())
    with pytest.raises(CommandError) as error:
        publish(file, alone.version_id)
    assert error.value.facts["what"] == "accounts"
    file.write(lambda tx: statements.drop(tx, alone.statement_id, file.ann))
    with pytest.raises(CommandError) as error:
        publish(file, alone.version_id)
    assert error.value.fault is CommandFault.TOO_LATE


def test_a_suspicion_publishes_nothing(file: QueueFile):
    incident = an_incident(file, state=IncidentState.SUSPECTED)
    text = saved(file, incident)
    with pytest.raises(CommandError) as error:
        publish(file, text.version_id)
    assert error.value.fault is CommandFault.TOO_LATE


def test_a_text_too_long_for_its_network_is_refused_before_any_row(file: QueueFile):
    let_post(file)
    incident = an_incident(file)
    text = seen(file, incident, kind="oneoff", text="word " * 200, blocks=(), next_update_at=0)
    with pytest.raises(CommandError) as error:
        publish(file, text.version_id)
    assert error.value.fault is CommandFault.TOO_LONG


@pytest.mark.parametrize(
    "values",
    [{"accounts": (99,)}, {"facts": (99,)}, {"mention_id": 99}, {"audience_id": 99},
     {"supersedes_id": 99}, {"statement_id": 99}],
)  # fmt: skip
def test_what_a_statement_names_must_be_there(file: QueueFile, values: dict[str, Any]):
    with pytest.raises(CommandError) as error:
        saved(file, an_incident(file), **values)
    assert error.value.fault is CommandFault.NOT_FOUND


def test_a_statement_on_its_way_is_not_dropped(file: QueueFile):
    let_post(file)
    text = seen(file, an_incident(file))
    publish(file, text.version_id)
    with pytest.raises(CommandError) as error:
        file.write(lambda tx: statements.drop(tx, text.statement_id, file.ann))
    assert error.value.fault is CommandFault.TOO_LATE
