"""No path leads from a draft to the wire without the approval that the policy demands."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from socialdesk.domain.crisis.approval import Policy, TeamMode
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.store import approvals
from socialdesk.store import settings as kept
from socialdesk.store.outbox import drafts, outbox_pictures
from socialdesk.store.replies import outbox, outbox_holds, replies, templates
from socialdesk.store.replies.replies import NewReply
from socialdesk.store.triage import acts
from tests.store.queue_file import QueueFile

BODY = "Dear {name}, we are on it."
TEXTS = {"template": "Dear Ann, we are on it.", "free": "We are closed."}
PICTURE = Picture("ab" * 32 + ".png", "image/png", "A loaf")


def set_policy(file: QueueFile, mode: TeamMode, policy: Policy) -> None:
    file.write(lambda tx: kept.set_value(tx, "team_mode", mode.value, file.ann))
    file.write(lambda tx: kept.set_value(tx, "policy", policy.value, file.ann))


def a_version(file: QueueFile, *, approved: bool = True) -> int:
    made = file.write(
        lambda tx: templates.save_version(tx, name="On it", body=BODY, lang="en", person=file.ann)
    )
    if approved:
        file.write(lambda tx: templates.approve(tx, made.version_id, made.hash, file.ann))
    return made.version_id


def a_reply(
    file: QueueFile, mention: int, text: str, version: int = 0, **more: Any
) -> replies.Added:
    new = NewReply(
        mention, text, file.ann, f"key {file.clock.now}", version_id=version,
        values=(("name", "Ann"),) if version else (), **more,
    )  # fmt: skip
    return file.write(lambda tx: replies.add(tx, new))


def sent_texts(file: QueueFile) -> set[str]:
    """Everything that would go out within the next minute."""
    file.clock.advance(60)
    file.write(outbox_holds.release_due)
    texts = set()
    while (claim := file.write(lambda tx: outbox.claim_next(tx, set()))) is not None:
        texts.add(claim.content.text)
    return texts


@pytest.mark.parametrize("policy", Policy)
def test_an_approved_template_goes_out_whatever_the_policy(file, policy):
    version = a_version(file)
    set_policy(file, TeamMode.PAIR, policy)
    a_reply(file, file.fill(1)[0], TEXTS["template"], version)
    assert sent_texts(file) == {TEXTS["template"]}


@pytest.mark.parametrize("policy", [Policy.APPROVAL, Policy.TEMPLATES])
def test_a_content_warning_of_our_own_is_free_text_beside_approved_words(file, policy):
    version = a_version(file)
    set_policy(file, TeamMode.PAIR, policy)
    theirs, other = file.fill(2, warning="food")
    waits = a_reply(file, other, TEXTS["template"], version, warning="They are liars")
    assert waits.state is OutboxState.APPROVAL
    file.clock.advance(1)
    assert a_reply(file, theirs, TEXTS["template"], version, warning="food").state is (
        OutboxState.HELD
    )
    assert sent_texts(file) == {TEXTS["template"]}
    file.write(lambda tx: replies.approve(tx, waits.outbox_id, waits.hash, file.ben))
    assert sent_texts(file) == {TEXTS["template"]}


def test_a_content_warning_written_before_the_policy_does_not_leave_under_it(file):
    version = a_version(file)
    set_policy(file, TeamMode.PAIR, Policy.FREE)
    a_reply(file, file.fill(1)[0], TEXTS["template"], version, warning="They are liars")
    set_policy(file, TeamMode.PAIR, Policy.APPROVAL)
    assert sent_texts(file) == set()


def test_an_unapproved_template_is_refused(file):
    version = a_version(file, approved=False)
    with pytest.raises(CommandError) as refusal:
        a_reply(file, file.fill(1)[0], TEXTS["template"], version)
    assert refusal.value.fault is CommandFault.NOT_APPROVED


def test_free_text_waits_for_somebody_else_in_a_pair(file):
    set_policy(file, TeamMode.PAIR, Policy.APPROVAL)
    added = a_reply(file, file.fill(1)[0], TEXTS["free"])
    assert added.state is OutboxState.APPROVAL
    assert sent_texts(file) == set()
    for person, digest, fault in (
        (file.ann, added.hash, CommandFault.SAME_PERSON),
        (file.ben, "0" * 64, CommandFault.CHANGED_SINCE),
    ):
        with pytest.raises(CommandError) as refusal:
            file.write(lambda tx, p=person, d=digest: replies.approve(tx, added.outbox_id, d, p))
        assert refusal.value.fault is fault
    file.write(lambda tx: replies.approve(tx, added.outbox_id, added.hash, file.ben))
    assert sent_texts(file) == {TEXTS["free"]}


def test_a_policy_that_became_stricter_holds_what_is_queued_already(file):
    added = a_reply(file, file.fill(1)[0], TEXTS["free"])
    set_policy(file, TeamMode.PAIR, Policy.APPROVAL)
    assert sent_texts(file) == set()
    (state, reason), *_ = file.sql("SELECT state, reason FROM outbox")
    assert (state, reason) == ("held", "not_approved")
    file.write(lambda tx: replies.approve(tx, added.outbox_id, added.hash, file.ben))
    assert sent_texts(file) == {TEXTS["free"]}


def test_a_template_whose_approval_was_tampered_with_is_not_sent(file):
    version = a_version(file)
    set_policy(file, TeamMode.PAIR, Policy.TEMPLATES)
    a_reply(file, file.fill(1)[0], TEXTS["template"], version)
    file.execute("UPDATE template_version SET body = 'Dear Ann, we are on it.'")
    assert sent_texts(file) == set()


def test_a_picture_beside_approved_words_needs_a_look_of_its_own(file):
    version = a_version(file)
    set_policy(file, TeamMode.PAIR, Policy.TEMPLATES)
    mention = file.fill(1)[0]
    added = a_reply(file, mention, TEXTS["template"], version, pictures=(PICTURE,))
    assert added.state is OutboxState.APPROVAL
    file.write(lambda tx: replies.approve(tx, added.outbox_id, added.hash, file.ben))
    assert sent_texts(file) == {TEXTS["template"]}


@pytest.mark.parametrize("other", [
    Picture("cd" * 32 + ".png", "image/png", "A loaf"),
    Picture("ab" * 32 + ".png", "image/png", "Something else"),
])  # fmt: skip
def test_another_picture_or_description_is_another_text(file, other):
    set_policy(file, TeamMode.PAIR, Policy.APPROVAL)
    added = a_reply(file, file.fill(1)[0], TEXTS["free"], pictures=(PICTURE,))
    file.write(lambda tx: replies.approve(tx, added.outbox_id, added.hash, file.ben))
    file.execute("UPDATE outbox SET attachments = ?", outbox_pictures.packed((other,)))
    assert sent_texts(file) == set()
    assert file.sql("SELECT state, reason FROM outbox") == [("failed", "damaged")]


def test_an_approval_that_ended_holds_a_scheduled_reply_and_tells(file):
    set_policy(file, TeamMode.PAIR, Policy.APPROVAL)
    at = file.clock.now + 30_000
    added = a_reply(file, file.fill(1)[0], TEXTS["free"], send_at=at)
    file.write(lambda tx: replies.approve(tx, added.outbox_id, added.hash, file.ben))
    file.write(lambda tx: approvals.end(tx, approvals.REPLY, added.outbox_id, "test"))
    assert sent_texts(file) == set()
    assert file.sql("SELECT state, reason FROM outbox") == [("held", "not_approved")]
    assert file.sql("SELECT code FROM notice") == [("reply_not_approved",)]


def test_why_a_reply_was_rejected_stands_at_its_mention(file):
    set_policy(file, TeamMode.PAIR, Policy.APPROVAL)
    mention = file.fill(1)[0]
    added = a_reply(file, mention, TEXTS["free"])
    file.write(lambda tx: replies.discard(tx, added.outbox_id, file.ben, " No promises "))
    assert file.sql("SELECT state FROM outbox") == [("discarded",)]
    assert file.sql("SELECT mention_id, text FROM note") == [(mention, "No promises")]
    assert sent_texts(file) == set()


def test_what_is_sent_back_is_a_draft_with_its_comment_and_cannot_leave(file):
    set_policy(file, TeamMode.PAIR, Policy.APPROVAL)
    mention = file.fill(1)[0]
    added = a_reply(file, mention, TEXTS["free"], pictures=(PICTURE,))
    with pytest.raises(CommandError) as refusal:
        file.write(lambda tx: replies.send_back(tx, added.outbox_id, " ", file.ben))
    assert refusal.value.fault is CommandFault.EMPTY
    file.write(lambda tx: replies.send_back(tx, added.outbox_id, "Name the day", file.ben))
    draft = file.read(drafts.read, mention)
    assert (draft.text, draft.plan.by, draft.plan.comment) == (
        TEXTS["free"], "Ben", "Name the day",
    )  # fmt: skip
    assert draft.plan.pictures == (PICTURE,)
    assert sent_texts(file) == set()
    with pytest.raises(CommandError):
        file.write(lambda tx: replies.approve(tx, added.outbox_id, added.hash, file.ben))


STEPS = st.sampled_from(
    ["template", "free", "later", "picture", "reschedule", "send back", "end", "approve ann",
     "approve ben", "release", "send now", "discard", "undo",
     "solo free", "pair approval", "templates only", "send", "crash", "not there"]
)  # fmt: skip


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(script=st.lists(STEPS, min_size=4, max_size=16))
def test_no_sequence_of_steps_sends_what_the_policy_of_that_moment_forbids(
    tmp_path_factory, script
):
    file = QueueFile(tmp_path_factory.mktemp("gate"))
    try:
        mention = file.fill(1)[0]
        version = a_version(file)
        approved: set[str] = set()  # keys that Ben approved
        mode, policy = TeamMode.SOLO, Policy.FREE
        policies = {"solo free": (TeamMode.SOLO, Policy.FREE),
                    "pair approval": (TeamMode.PAIR, Policy.APPROVAL),
                    "templates only": (TeamMode.PAIR, Policy.TEMPLATES)}  # fmt: skip
        for step in script:
            file.clock.advance(1)
            if step in policies:
                mode, policy = policies[step]
                set_policy(file, mode, policy)
            elif step == "send":
                file.clock.advance(20)
                file.write(outbox_holds.release_due)
                claim = file.write(lambda tx: outbox.claim_next(tx, set()))
                if claim is not None and (
                    claim.content.text == TEXTS["free"] or claim.content.pictures
                ):
                    is_seen = claim.content.dedupe_key in approved
                    is_free = claim.content.text == TEXTS["free"]
                    may_be = not is_free or policy is Policy.APPROVAL
                    assert policy is Policy.FREE or (may_be and is_seen)
            elif step == "end":
                _end_approvals(file)
                approved.clear()
            else:
                approved |= _step(file, step, mention, version)
        assert file.sql("SELECT count(*) FROM outbox WHERE state = 'sent'") == [(0,)]
    finally:
        file.close()


def _end_approvals(file: QueueFile) -> None:
    ids = [id for (id,) in file.sql("SELECT id FROM outbox")]
    file.write(lambda tx: [approvals.end(tx, approvals.REPLY, id, "test") for id in ids])


def _step(file: QueueFile, step: str, mention: int, version: int) -> set[str]:
    """One thing somebody does; refusals are fine. The keys that Ben approved by it."""
    rows = file.sql("SELECT id, hash, dedupe_key FROM outbox ORDER BY id DESC LIMIT 1")
    try:
        if step in TEXTS:
            a_reply(file, mention, TEXTS[step], version if step == "template" else 0)
        elif step == "later":
            a_reply(file, mention, TEXTS["free"], send_at=file.clock.now + 15_000)
        elif step == "picture":
            a_reply(file, mention, TEXTS["template"], version, pictures=(PICTURE,))
        elif step == "release":
            file.clock.advance(20)
            file.write(outbox_holds.release_due)
        elif step == "undo":
            file.write(lambda tx: acts.undo(tx, file.ann))
        elif step == "crash":
            file.write(lambda tx: outbox.doubt_unanswered(tx, 0))
        elif rows:
            ((id, digest, key),) = rows
            turns = {
                "approve ann": lambda tx: replies.approve(tx, id, digest, file.ann),
                "approve ben": lambda tx: replies.approve(tx, id, digest, file.ben),
                "send now": lambda tx: replies.send_now(tx, id, file.ann),
                "reschedule": lambda tx: replies.reschedule(
                    tx, id, file.clock.now + 15_000, True, file.ann
                ),
                "send back": lambda tx: replies.send_back(tx, id, "Change it", file.ben),
                "discard": lambda tx: replies.discard(tx, id, file.ann),
                "not there": lambda tx: replies.settle_uncertain(
                    tx, id, is_there=False, person=file.ann
                ),
            }
            file.write(turns[step])
            return {key} if step == "approve ben" else set()
    except CommandError:
        pass
    return set()
