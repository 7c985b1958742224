"""What was looked at before, elsewhere or otherwise does not leave under a lock."""

import pytest

from socialdesk.domain.crisis.approval import Look, Policy, TeamMode
from socialdesk.domain.crisis.gate import Around, ReplyLine, may_send
from socialdesk.domain.crisis.incident import IncidentState, Scope, Severity
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.store import settings as kept
from socialdesk.store.copies import recovery
from socialdesk.store.crisis import (
    facts,
    held,
    incident_life,
    incident_moves,
    lines,
    lock,
    looks,
    statement_publishing,
    statements,
)
from socialdesk.store.outbox import outbox_moves
from socialdesk.store.outbox.claims import Claim
from socialdesk.store.replies import outbox, outbox_holds, replies
from socialdesk.store.replies.replies import NewReply
from tests.store.crisis.incident_file import CONFIRMING, a_fact, an_incident
from tests.store.crisis.statement_file import REASON, let_post, look, prepared, publish, saved
from tests.store.queue_file import QueueFile

TEXT = "We are closed."
PICTURE = Picture("ab" * 32 + ".png", "image/png", "A loaf")


def in_pair_mode(file: QueueFile) -> None:
    file.write(lambda tx: kept.set_value(tx, "team_mode", TeamMode.PAIR.value, file.ann))
    file.write(lambda tx: kept.set_value(tx, "policy", Policy.APPROVAL.value, file.ann))


def a_reply(file: QueueFile, mention: int, **more) -> replies.Added:
    new = NewReply(mention, TEXT, file.ann, f"key {file.clock.now}", **more)
    return file.write(lambda tx: replies.add(tx, new))


def claimed(file: QueueFile) -> Claim[Outgoing] | None:
    return file.write(lambda tx: outbox.claim_next(tx, set()))


def row_of(file: QueueFile, outbox_id: int) -> outbox_moves.Entry:
    return file.read(outbox_moves.read, outbox_id)


def _refusal(file: QueueFile, text: statements.Saved) -> str:
    return file.read(looks.leaving_refusal, text.version_id, text.hash, file.clock.now)[0]


def test_a_look_of_normal_times_counts_for_nothing_after_declaring(file: QueueFile):
    in_pair_mode(file)
    at = file.clock.now + 60_000
    added = a_reply(file, file.fill(1)[0], send_at=at)
    file.write(lambda tx: replies.approve(tx, added.outbox_id, added.hash, file.ben))
    file.clock.advance(61)
    file.write(outbox_holds.release_due)
    assert claimed(file) is not None
    file.write(lambda tx: outbox.mark_uncertain(tx, added.outbox_id, 0, "timeout"))
    incident = an_incident(file, declared_at=file.clock.now)
    file.write(
        lambda tx: replies.settle_uncertain(tx, added.outbox_id, is_there=False, person=file.ann)
    )
    assert claimed(file) is None
    row = row_of(file, added.outbox_id)
    assert (row.state.value, row.hold_reason, row.hold_incident) == ("held", "crisis", incident.id)


def test_a_check_that_says_no_stops_what_went_with_too_few_checks(file: QueueFile):
    let_post(file)
    incident = an_incident(file)
    fact = a_fact(file, incident, CONFIRMING[0])
    text = saved(file, incident, facts=(fact,))
    (row_id,) = publish(file, text.version_id, skip_reason=REASON).outbox
    file.write(lambda tx: facts.check(tx, fact, "person", "Dee", "no", file.ann))
    assert claimed(file) is None
    assert row_of(file, row_id).reason == "R27"


def test_a_check_that_says_no_stops_a_line_that_went_with_too_few(file: QueueFile):
    incident = an_incident(file)
    file.write(
        lambda tx: incident_moves.change(
            tx, incident, "incident_changed", None, {}, first_statement_at=file.clock.now,
            state=IncidentState.HOLDING,
        )
    )  # fmt: skip
    fact = a_fact(file, incident, CONFIRMING[0])
    line = prepared(
        file, incident.id, is_claim=True, is_safety=True, facts=(fact,), skip_reason=REASON
    )
    assert line.missing == ""
    file.write(lambda tx: facts.check(tx, fact, "person", "Dee", "no", file.ann))
    again = file.read(lines.with_missing, line, file.clock.now, incident.id)
    assert again.missing == "R23"


def set_severity(file: QueueFile, incident_id: int, severity: int) -> None:
    file.write(
        lambda tx: incident_life.change(
            tx, incident_moves.read(tx.conn, incident_id), "severity", str(severity), "as it is",
            file.ann,
        )
    )  # fmt: skip


def test_what_was_broken_in_the_worst_case_ends_with_it(file: QueueFile):
    let_post(file)
    incident = an_incident(file)
    text = saved(file, incident)
    (row_id,) = publish(file, text.version_id, skip_reason=REASON).outbox
    set_severity(file, incident.id, 2)
    assert claimed(file) is None
    assert row_of(file, row_id).reason == "R25"
    set_severity(file, incident.id, 1)  # and does not begin again with it
    with pytest.raises(CrisisRefusedError) as error:
        publish(file, text.version_id)
    assert error.value.code == "R25"
    publish(file, text.version_id, skip_reason=REASON)
    assert _refusal(file, text) == ""


def test_a_safety_line_without_its_look_ends_with_the_worst_case_too(file: QueueFile):
    incident = an_incident(file)
    line = prepared(file, incident.id, is_safety=True, skip_reason=REASON)
    assert line.missing == ""
    set_severity(file, incident.id, 3)
    assert file.read(lines.with_missing, line, file.clock.now, incident.id).missing == "R25"


def test_a_kept_statement_needs_a_look_since_it_was_held(file: QueueFile):
    let_post(file)
    incident = an_incident(file)
    text = saved(file, incident)
    (row_id,) = publish(file, text.version_id, skip_reason=REASON).outbox
    row = row_of(file, row_id)
    file.write(lambda tx: held.hold_one(tx, row, incident.id, "R22"))
    with pytest.raises(CrisisRefusedError) as error:
        file.write(lambda tx: held.decide(tx, row_id, "keep", file.ann))
    assert error.value.code == "R15"
    file.clock.advance(1)
    look(file, text.version_id, text.hash, look=Look.PERSON_AWAY)
    file.write(lambda tx: held.decide(tx, row_id, "keep", file.ann))
    assert claimed(file) is not None


def test_an_older_version_leaves_no_more_once_there_are_other_words(file: QueueFile):
    """Though one account has published it, and its look stands."""
    let_post(file)
    incident = an_incident(file)
    text = saved(file, incident)
    look(file, text.version_id, text.hash, look=Look.PERSON_AWAY)
    (row_id,) = publish(file, text.version_id).outbox
    assert claimed(file) is not None
    file.write(lambda tx: outbox.settle_sent(tx, row_id, Posted("1", "https://p.example/1", "")))
    other = f"{text.text} Thank you."
    saved(file, incident, statement_id=text.statement_id, text=other)
    assert _refusal(file, text) == "R26"


def test_the_same_words_are_not_posted_twice_by_a_later_version(file: QueueFile):
    let_post(file)
    incident = an_incident(file)
    text = saved(file, incident, kind="resolution", next_update_at=0)
    look(file, text.version_id, text.hash, look=Look.PERSON_AWAY)
    (first,) = publish(file, text.version_id).outbox
    assert claimed(file) is not None
    file.write(lambda tx: outbox.mark_uncertain(tx, first, 0, "timeout"))
    fact = a_fact(file, incident, *CONFIRMING)
    again = saved(
        file, incident, kind="resolution", next_update_at=0, statement_id=text.statement_id,
        text=text.text, facts=(fact,),
    )  # fmt: skip
    assert again.version_id != text.version_id
    look(file, again.version_id, again.hash, look=Look.PERSON_AWAY)
    assert publish(file, again.version_id).outbox == (first,)
    assert file.sql("SELECT count(*) FROM outbox") == [(1,)]


def test_a_closing_text_has_no_next_time_that_could_pass(file: QueueFile):
    incident = an_incident(file)
    soon = file.clock.now + 60_000
    text = saved(file, incident, kind="resolution", next_update_at=soon)
    look(file, text.version_id, text.hash, look=Look.PERSON_AWAY)
    file.clock.advance(61)
    assert _refusal(file, text) == ""


def test_a_next_time_too_far_for_a_worse_severity_stops_the_text(file: QueueFile):
    incident = an_incident(file, severity=Severity.SEV3)
    far = file.clock.now + 200 * 60_000
    text = saved(file, incident, next_update_at=far)
    look(file, text.version_id, text.hash, look=Look.PERSON_AWAY)
    assert _refusal(file, text) == ""
    file.write(
        lambda tx: incident_moves.change(
            tx, incident, "incident_changed", None, {}, severity=Severity.SEV1
        )
    )
    assert _refusal(file, text) == "R22"


def test_what_an_incident_held_is_still_held_after_a_restore(file: QueueFile):
    added = a_reply(file, file.fill(1)[0])
    incident = an_incident(file)
    row = row_of(file, added.outbox_id)
    file.write(lambda tx: held.hold_one(tx, row, incident.id, "declared"))
    file.write(recovery.hold_all)
    found = row_of(file, added.outbox_id)
    assert (found.hold_reason, found.hold_incident) == ("crisis", incident.id)
    with pytest.raises(CrisisRefusedError) as error:
        file.write(lambda tx: replies.send_now(tx, added.outbox_id, file.ann))
    assert error.value.code == "R15"


@pytest.mark.parametrize("policy", [Policy.APPROVAL, Policy.FREE])
def test_pictures_beside_an_approved_line_are_nobodys_approved_words(policy):
    line = ReplyLine("common/ack", TEXT)
    around = Around(line=line, has_more=True)
    passed = may_send(TEXT, wording=None, values={}, policy=policy, around=around)
    assert not passed.keeps_line
    assert passed.needs_look is (policy is Policy.APPROVAL)


def test_a_language_said_wrongly_unlocks_nothing(file: QueueFile):
    """The scope is a language; the mention is in it, whatever the answer says it is in."""
    english, french = file.fill(1, lang="en")[0], file.fill(1, lang="fr")[0]
    an_incident(file, scope=Scope(languages=("en",)))
    assert file.read(lock.lock_of, file.account, english, "fr") is not None
    assert file.read(lock.lock_of, file.account, french, "fr") is None
    assert file.read(lock.lock_of, file.account, french, "en-GB") is not None


def test_declaring_holds_what_answers_a_mention_of_its_languages(file: QueueFile):
    said = a_reply(file, file.fill(1, lang="en")[0], lang="fr", send_at=file.clock.now + 60_000)
    file.clock.advance(1)
    kept_free = a_reply(
        file, file.fill(1, lang="fr")[0], lang="fr", send_at=file.clock.now + 60_000
    )
    file.clock.advance(1)
    british = a_reply(
        file, file.fill(1, lang="fr")[0], lang="en-GB", send_at=file.clock.now + 60_000
    )
    incident = an_incident(file, scope=Scope(languages=("en",)))
    done = file.write(lambda tx: held.hold_scope(tx, incident))
    assert done.held == (said.outbox_id, british.outbox_id)
    assert kept_free.outbox_id not in done.held


def test_what_was_posted_by_hand_is_not_posted_again(file: QueueFile):
    let_post(file)
    text = saved(file, an_incident(file))
    look(file, text.version_id, text.hash, look=Look.PERSON_AWAY)
    (row_id,) = publish(file, text.version_id).outbox
    assert claimed(file) is not None
    file.write(lambda tx: outbox.settle_failed(tx, row_id, "refused"))

    def by_hand() -> None:
        file.write(
            lambda tx: statement_publishing.publish_by_hand(
                tx, text.version_id, file.account, "https://pond.example/9", file.ann
            )
        )

    by_hand()
    assert row_of(file, row_id).state.value == "discarded"
    with pytest.raises(CommandError) as error:
        by_hand()
    assert error.value.fault is CommandFault.TOO_LATE
    states = [state for _, _, state, _ in file.read(statements.posts_of, text.version_id)]
    assert states == ["discarded", "by_hand"]
    assert file.read(statements.is_out, text.version_id)
