"""Incidents in the file: declared, locked, held, led, linked, hidden."""

import json
from typing import Any

import pytest

from socialdesk.domain.crisis.incident import Category, IncidentState, Scope, Severity
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.status import Disposition, Status
from socialdesk.domain.replies.reply import OutboxState
from socialdesk.store import settings
from socialdesk.store.crisis import (
    declaring,
    held,
    hiding,
    incident_dues,
    incident_guards,
    incident_life,
    incident_mentions,
    incident_moves,
    incident_rows,
    incidents,
    lock,
)
from socialdesk.store.crisis.declaring import Declaration, Declared, NewFact
from socialdesk.store.crisis.steps import NewStep
from socialdesk.store.replies import outbox, outbox_holds, replies
from socialdesk.store.replies.replies import NewReply
from tests.makers import a_mention
from tests.store.crisis.incident_file import events, refused, suspect
from tests.store.queue_file import QueueFile

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


def declare(file: QueueFile, **facts: Any) -> Declared:
    values: dict[str, Any] = {
        "title": "Payment is down", "playbook": "outage", "playbook_version": "1.0.0",
        "severity": 3, "commander": file.ann,
    }  # fmt: skip
    asked = Declaration(**(values | facts))
    return file.write(lambda tx: declaring.declare(tx, asked, file.ann))


def reply(file: QueueFile, mention: int, text: str = "We are on it.", **facts: Any) -> int:
    new = NewReply(mention, text, file.ann, f"key {text} {mention}", **facts)
    return file.write(lambda tx: replies.add(tx, new)).outbox_id


def state(file: QueueFile, outbox_id: int) -> str:
    return str(file.sql("SELECT state FROM outbox WHERE id = ?", outbox_id)[0][0])


# --- declared ---


def test_what_is_missing_is_named(file: QueueFile):
    error = refused(lambda: declare(file, title=" ", playbook="", severity=0, commander=0))
    assert (error.code, error.facts["list"]) == ("R01", "title, type, severity, commander")
    assert file.sql("SELECT count(*) FROM incident") == [(0,)]


def test_a_second_one_over_the_same_scope_is_refused(file: QueueFile):
    first = declare(file).incident
    error = refused(lambda: declare(file, title="Another"))
    assert (error.code, error.facts["id"]) == ("R02", first.code)


def test_two_scopes_that_do_not_meet_are_two_incidents(file: QueueFile):
    declare(file, scope=Scope(accounts=(file.account,)))
    declare(file, scope=Scope(accounts=(file.account + 1,)))
    assert file.sql("SELECT count(*) FROM incident") == [(2,)]


def test_a_declaration_brings_its_checklist_facts_and_audiences(file: QueueFile):
    file.execute("INSERT INTO audience(name, kind) VALUES ('All of us', 'staff')")
    found = declare(
        file, steps=[NewStep("a", "declared", "operator", "Do it", 10)],
        facts=[NewFact("seen", "holding", "Seen it?")],
    ).incident  # fmt: skip
    assert file.sql("SELECT key, due_at FROM step") == [("a", found.declared_at + 10 * MINUTE)]
    assert file.sql("SELECT key, state FROM fact_item") == [("seen", "open")]
    assert file.sql("SELECT incident_id FROM incident_audience") == [(found.id,)]
    assert (found.commander, found.began_solo) == (file.ann, True)


def test_it_holds_what_waits_and_names_what_is_on_the_wire(file: QueueFile):
    one, two, three = file.fill(3)
    flying = reply(file, one)
    file.clock.advance(10)
    file.write(lambda tx: outbox_holds.release_due(tx))
    file.write(lambda tx: outbox.claim_next(tx, ()))
    waiting = reply(file, two)
    planned = reply(file, three, send_at=file.clock.now + HOUR)
    done = declare(file)
    assert (done.stopped.held, done.stopped.in_flight) == ((waiting, planned), (flying,))
    assert [state(file, id) for id in (flying, waiting, planned)] == ["sending", "held", "held"]
    (event,) = events(file, "incident_declared")
    assert (event["held"], event["in_flight"]) == (f"{waiting}-{planned}", [flying])
    assert [f.outbox_id for f in file.read(held.list_in_flight, done.incident.id)] == [flying]
    rows = {r.outbox_id: r.was_due_at for r in file.read(held.list_held, done.incident.id)}
    assert rows == {waiting: 0, planned: file.clock.now + HOUR}
    any_incident = {r.incident_id for r in file.read(held.list_held)}
    assert any_incident == {done.incident.id}


def test_only_its_scope_is_held(file: QueueFile):
    one, two = file.fill(2)
    russian, kazakh = reply(file, one, "Да.", lang="ru"), reply(file, two, "Иә.", lang="kk")
    declare(file, scope=Scope(languages=("kk",)))
    assert file.sql("SELECT id, hold_reason FROM outbox ORDER BY id") == [
        (russian, "undo"), (kazakh, "crisis"),
    ]  # fmt: skip


def test_what_was_approved_before_counts_no_more(file: QueueFile):
    file.write(lambda tx: settings.set_value(tx, "policy", "approval", file.ann))
    (mention,) = file.fill(1)
    row = reply(file, mention)
    digest = file.sql("SELECT hash FROM outbox")[0][0]
    file.write(lambda tx: replies.approve(tx, row, digest, file.ann))
    declare(file)
    assert file.sql("SELECT why FROM approval_end") == [("held",)]
    assert refused(lambda: file.write(lambda tx: held.decide(tx, row, "keep", file.ann))).code == (
        "R15"
    )


# --- the lock ---


def test_a_stand_down_locks_linked_mentions_and_planned_posts_only(file: QueueFile):
    linked, other = file.fill(2)
    found = declare(file).incident
    file.write(lambda tx: incident_mentions.link(
        tx, incidents.read(tx.conn, found.id), [linked], how="hand", person=file.ann
    ))  # fmt: skip
    full = file.read(lock.lock_of, file.account, other)
    assert full is not None and full.is_full and full.is_claim_locked
    _to(file, found.id, "holding", "responding", "stand_down")
    assert file.read(lock.lock_of, file.account, other) is None
    for mention in (linked, 0):
        partial = file.read(lock.lock_of, file.account, mention)
        assert partial is not None and not partial.is_full
    assert file.read(lock.light_lock, file.account) == found.id
    _to(file, found.id, "review")
    assert file.read(lock.lock_of, file.account, linked) is None


def test_no_state_is_reached_but_by_its_steps(file: QueueFile):
    found = declare(file).incident
    for wrong in ("responding", "stand_down", "review", "closed", "dismissed", "suspected"):
        with pytest.raises(CommandError) as refusal:
            _to(file, found.id, wrong)
        assert refusal.value.fault is CommandFault.TOO_LATE


# --- led ---


def test_responding_wants_a_serious_statement_or_a_reason_in_the_smallest(file: QueueFile):
    found = declare(file, severity=2).incident
    file.write(lambda tx: incident_life.first_statement_out(tx, found.id))
    with pytest.raises(CommandError):
        _respond(file, found.id, "none needed")
    _change(file, found.id, "severity", "3", "It was small.")
    with pytest.raises(CommandError):
        _respond(file, found.id, "")
    _respond(file, found.id, "none needed")
    after = file.read(incidents.read, found.id)
    assert (after.state, after.is_serious_needed) == (IncidentState.RESPONDING, False)


def test_each_change_wants_a_reason_and_is_in_the_log(file: QueueFile):
    found = declare(file).incident
    with pytest.raises(CommandError) as refusal:
        _change(file, found.id, "severity", "1", " ")
    assert refusal.value.facts == {"what": "reason"}
    _change(file, found.id, "severity", "1", "The press calls.")
    _change(file, found.id, "commander", str(file.ben), "Ann sleeps.")
    _change(file, found.id, "cluster", "preventable", "We knew.")
    _change(file, found.id, "title", "Payment is down everywhere", "")
    after = file.read(incidents.read, found.id)
    assert (after.severity, after.commander, after.cluster) == (
        Severity.SEV1, file.ben, "preventable",
    )  # fmt: skip
    fields = [e["field"] for e in events(file, "incident_changed")]
    assert fields == ["severity", "commander", "cluster", "title"]


def test_the_gap_is_stretched_after_two_hours_and_four_times_at_most(file: QueueFile):
    found = declare(file, severity=2).incident
    with pytest.raises(CommandError):
        _change(file, found.id, "gap_min", "120", "Nothing new.")
    file.clock.advance(2 * 3600)
    with pytest.raises(CommandError):
        _change(file, found.id, "gap_min", "241", "Nothing new.")
    _change(file, found.id, "gap_min", "240", "Nothing new.")
    assert file.read(incidents.read, found.id).gap_min == 240


def test_quiet_is_broken_by_complaints_and_not_by_praise(file: QueueFile):
    found = declare(file).incident
    file.clock.advance(3600)
    left = file.read(incident_guards.quiet_left_ms, found, file.clock.now)
    assert left == HOUR

    def link(mention: int, category: Category) -> None:
        file.write(lambda tx: incident_mentions.link(
            tx, found, [mention], how="hand", person=file.ann, category=category
        ))  # fmt: skip

    for category, expected in ((Category.PRAISE, HOUR), (Category.COMPLAINT, 2 * HOUR)):
        (mention,) = file.save(a_mention(author=category.value))
        link(mention, category)
        assert file.read(incident_guards.quiet_left_ms, found, file.clock.now) == expected


def test_a_review_comes_by_itself_after_the_same_quiet_once_more(file: QueueFile):
    found = declare(file).incident
    _to(file, found.id, "holding", "responding", "stand_down")
    file.execute("UPDATE incident SET stand_down_at = ?", file.clock.now)
    assert file.write(lambda tx: incident_life.review(tx, found.id)) == 0
    file.clock.advance(2 * 3600)
    assert file.write(lambda tx: incident_life.review(tx, found.id))
    after = file.read(incidents.read, found.id)
    assert (after.state, after.review_due_at > file.clock.now) == (IncidentState.REVIEW, True)


def test_nobody_is_told_to_look_at_a_silence_again_after_the_review_began(file: QueueFile):
    found, again = declare(file).incident, file.clock.now + 3 * HOUR
    file.write(lambda tx: incident_dues.promise(tx, found.id, incident_dues.SILENCE, again))
    file.write(lambda tx: incident_dues.promise(tx, found.id, incident_dues.PUBLIC, again))
    _to(file, found.id, "holding", "responding", "stand_down")
    file.clock.advance(2 * 3600)
    file.write(lambda tx: incident_life.review(tx, found.id))
    states = {(due.to_kind, due.state) for due in file.read(incident_dues.list_dues, found.id)}
    assert states == {("silence", "kept"), ("public", "open")}
    file.clock.advance(2 * 3600)
    assert file.write(incident_dues.come_due) == 1


def test_it_closes_when_the_review_is_whole(file: QueueFile):
    found = declare(file).incident
    _to(file, found.id, "holding", "responding", "stand_down", "review")
    ready = file.read(incidents.read, found.id)

    def close() -> int:
        return file.write(lambda tx: incident_life.close(tx, ready, file.ann, lambda *_: "f" * 64))

    assert refused(close).facts["list"] == "cause:1, action:1, went_well:1, went_badly:1"
    words = {"cause": "A cable.", "went_well": "Quick.", "went_badly": "Late."}
    file.write(lambda tx: incident_life.save_review(tx, ready, words, file.ann))
    file.execute(
        "INSERT INTO task(incident_id, text, owner_id, due_at) VALUES (?, 'Spare', ?, ?)",
        found.id, file.ann, file.clock.now + DAY,
    )  # fmt: skip
    assert close()
    assert file.read(incidents.read, found.id).report_hash == "f" * 64


def test_the_team_mode_is_in_the_log_of_a_lock(file: QueueFile):
    declare(file)
    file.write(lambda tx: incident_life.note_setting(tx, "mode", "pair", "solo", file.ann))
    (event,) = events(file, "incident_changed")
    assert (event["field"], event["before"], event["after"]) == ("mode", "pair", "solo")


# --- mentions ---


def test_what_somebody_is_comes_from_what_was_read_and_from_people(file: QueueFile):
    ids = file.fill(3)
    file.execute("UPDATE triage SET is_alarming = 1 WHERE mention_id = ?", ids[0])
    for mention, intent in ((ids[1], 1), (ids[2], 5)):
        file.execute("INSERT INTO insight(mention_id, version, intent) VALUES (?, 1, ?)",
                     mention, intent)  # fmt: skip
    found = suspect(file, *ids)
    rows = file.read(incident_rows.list_linked, found.id)
    assert [r.category for r in rows] == ["safety", "press", "complaint"]
    file.write(lambda tx: incident_mentions.link(
        tx, found, ids[:1], how="hand", person=file.ann, category=Category.TROLL
    ))  # fmt: skip
    rows = file.read(incident_rows.list_linked, found.id)
    assert [r.category for r in rows] == ["press", "complaint", "troll"]


def test_a_linked_mention_is_answered_once_the_network_has_the_reply(file: QueueFile):
    first, second = file.fill(2)
    found = suspect(file, first, second)
    written = reply(file, first)

    def linked() -> dict[int, tuple[OutboxState | None, bool, bool]]:
        rows = file.read(incident_rows.list_linked, found.id)
        return {r.mention_id: (r.reply, r.is_answered, r.is_open) for r in rows}

    assert linked() == {first: (OutboxState.HELD, False, True), second: (None, False, True)}
    file.write(lambda tx: replies.take_back(tx, written, file.ann))
    assert linked()[first] == (None, False, True)
    file.write(lambda tx: replies.mark_answered(tx, first, file.ann, dedupe_key="by hand"))
    assert linked()[first] == (OutboxState.SENT, True, False)
    file.execute("UPDATE triage SET status = 4 WHERE mention_id = ?", second)
    assert linked()[second] == (None, False, False)


def test_hiding_is_logged_without_a_word_and_never_hides_criticism(file: QueueFile):
    troll, critic = file.fill(2)
    file.execute("INSERT INTO insight(mention_id, version, intent) VALUES (?, 1, 1)", critic)
    found = suspect(file, troll)
    file.write(lambda tx: incident_mentions.link(
        tx, found, [troll], how="hand", person=file.ann, category=Category.TROLL
    ))  # fmt: skip
    file.write(lambda tx: hiding.hide(tx, troll, "insult", 0, file.ann))
    row = file.row(troll)
    assert (row.status, row.disposition) == (Status.DONE, Disposition.MUTED)
    (event,) = events(file, "mention_hidden")
    assert (event["mention"], event["reason"]) == (troll, "insult")
    assert row.body not in json.dumps(event)
    with pytest.raises(CommandError) as refusal:
        file.write(lambda tx: hiding.hide(tx, critic, "insult", 0, file.ann))
    assert refusal.value.facts == {"what": "criticism"}


# --- held ---


def test_one_kept_after_the_incident_leaves_by_the_gate(file: QueueFile):
    (mention,) = file.fill(1)
    row = reply(file, mention)
    found = declare(file).incident
    _to(file, found.id, "holding", "responding", "stand_down", "review")
    digest = file.sql("SELECT hash FROM outbox")[0][0]
    file.write(lambda tx: replies.approve(tx, row, digest, file.ann))
    assert state(file, row) == OutboxState.HELD.value
    file.write(lambda tx: held.decide(tx, row, "keep", file.ann))
    file.clock.advance(10)  # of its seconds of undo some were left
    file.write(outbox_holds.release_due)
    assert file.write(lambda tx: outbox.claim_next(tx, ())) is not None


def _to(file: QueueFile, incident_id: int, *states: str) -> None:
    def move(to: IncidentState) -> None:
        file.write(lambda tx: incident_moves.move(
            tx, incidents.read(tx.conn, incident_id), to, "incident_moved", file.ann
        ))  # fmt: skip

    for name in states:
        move(IncidentState(name))


def _respond(file: QueueFile, incident_id: int, reason: str) -> int:
    return file.write(lambda tx: incident_life.respond(
        tx, incidents.read(tx.conn, incident_id), reason, file.ann
    ))  # fmt: skip


def _change(file: QueueFile, incident_id: int, field: str, value: str, reason: str) -> int:
    return file.write(lambda tx: incident_life.change(
        tx, incidents.read(tx.conn, incident_id), field, value, reason, file.ann
    ))  # fmt: skip
