"""What people do with outgoing replies; what the sender does with them is in `outbox.py`.

Each function gives the journal entry of what it did. The gate (`domain.crisis.gate`) is asked here
when a reply is written and again in the transaction that claims it: the policy may have changed in
between.
"""

import json
from dataclasses import replace
from typing import Final

from socialdesk.domain.crisis.approval import canonical_text
from socialdesk.domain.crisis.gate import Pass
from socialdesk.domain.crisis.incident import MINUTE_MS
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Visibility
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.plan import SENT_BACK, packed_versions
from socialdesk.domain.replies.reply import HOLD_MS, HoldReason, OutboxState, Posted
from socialdesk.domain.replies.template import MAX_TOGETHER, fill
from socialdesk.domain.replies.template_use import n_changed
from socialdesk.store import approvals, people, settings
from socialdesk.store.crisis import held, incident_mentions, lock, statement_sent
from socialdesk.store.file.checksum import outbox_checksum
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import facets
from socialdesk.store.mentions.textindex import reindexed
from socialdesk.store.notices import notices
from socialdesk.store.outbox import (
    approval_hashes,
    drafts,
    outbox_moves,
    outbox_pictures,
    outbox_told,
    promises,
)
from socialdesk.store.outbox.outbox_moves import Entry
from socialdesk.store.replies import gate_facts, outbox_holds, reply_gate, templates
from socialdesk.store.triage import acts, tags, triage

MAX_COMMENT: Final = 1_000  # characters of what a second look says
PROMISING: Final = "/dont_know"  # the line that makes a promise
RISK: Final = "risk"  # reason of a row that waits for a look because of its risks (`detail`)
BY_HAND: Final = "by_hand"  # reason of a row that a person posted in the browser


@frozen
class NewReply:
    """A reply as it was written. `dedupe_key` is fixed here, before any try; `account_id` 0 = the
    account that met the mention; `hold_ms`: how long one key takes it back. `send_at` (ms UTC, 0 =
    now): scheduled, and a draft again when they write first if `is_dropped_if_written`.
    `promise_at`: what the words promise, once they are out. `line` ("playbook/key", "" = none): it
    is that approved line, which leans on the `facts` (fact items)."""

    mention_id: int
    text: str
    person_id: int
    dedupe_key: str
    account_id: int = 0
    version_id: int = 0
    values: tuple[tuple[str, str], ...] = ()
    lang: str = ""
    visibility: Visibility = Visibility.PUBLIC
    warning: str = ""
    hold_ms: int = HOLD_MS
    pictures: tuple[Picture, ...] = ()
    send_at: int = 0
    is_dropped_if_written: bool = True
    promise_at: int = 0
    promise_words: str = ""
    more_versions: tuple[int, ...] = ()
    line: str = ""
    facts: tuple[int, ...] = ()

    @property
    def versions(self) -> tuple[int, ...]:
        """Of the templates it was begun with."""
        return (self.version_id, *self.more_versions) if self.version_id else ()


@frozen
class Added:
    """Where the new reply is: `state` APPROVAL when it waits for a second look, else HELD."""

    outbox_id: int
    seq: int
    state: OutboxState
    hash: str


def add(tx: Transaction, new: NewReply) -> Added:
    """Into the outbox, in place of the draft; Undo takes it back until it leaves.

    Raises CommandError: NOT_FOUND, BAD_INPUT (a time that lies behind, or none for a line that
    promises), and all that `domain.crisis.gate.may_send` raises.
    """
    if new.send_at and new.send_at <= tx.now:
        raise CommandError(CommandFault.BAD_INPUT, what="send_at")
    if new.promise_at and new.promise_at <= max(tx.now, new.send_at):
        raise CommandError(CommandFault.BAD_INPUT, what="promise_at")
    if new.line.endswith(PROMISING) and not new.promise_at:
        raise CommandError(CommandFault.BAD_INPUT, what="promise_at")
    mention = tx.conn.execute(
        "SELECT account_id FROM mention WHERE id = ?", (new.mention_id,)
    ).fetchone()
    if mention is None:
        raise CommandError(CommandFault.NOT_FOUND)
    account_id = new.account_id or mention[0]
    if len(new.more_versions) >= MAX_TOGETHER:
        raise CommandError(CommandFault.BAD_INPUT, what="more_versions")
    is_warned = reply_gate.is_own_warning(tx.conn, new.mention_id, new.warning)
    text = gate_facts.Text(
        new.text, new.mention_id, account_id, new.lang, new.line, new.facts,
        has_more=bool(new.pictures) or is_warned, visibility=new.visibility,
    )  # fmt: skip
    passed = reply_gate.check_text(tx.conn, text, tx.now, new.versions, new.values)
    held_by = lock.lock_of(tx.conn, account_id, new.mention_id, new.lang)
    row = _entry(tx, new, account_id, passed, held_by.incident_id if held_by else 0)
    row_id = outbox_moves.insert(tx, row)
    act = acts.begin(
        tx, acts.REPLY_KIND, new.person_id,
        {"outbox": row_id, "mention": new.mention_id, "hash": row.hash, "state": row.state.value,
         "version": row.version_id},
    )  # fmt: skip
    acts.record(tx, act, facets.REPLY, row_id, [], [row.state.value])
    if new.promise_at:
        promises.add(tx, new.mention_id, new.promise_at, new.promise_words, new.person_id, row_id)
        incident_mentions.mark_asked(tx, new.mention_id)
    triage.let_wait(tx, act, new.mention_id)
    drafts.remove(tx, new.mention_id)
    if row.version_id:
        for version in (row.version_id, *new.more_versions):
            templates.count_use(tx, version)
    return Added(row_id, act.seq, row.state, row.hash)


def take_back(tx: Transaction, outbox_id: int, person: int) -> int:
    """Back to a draft. Raises CommandError TOO_LATE once it is no longer held, CrisisRefusedError
    R15 where an incident holds it."""
    held.refuse_held(tx.conn, outbox_moves.read(tx.conn, outbox_id))
    return acts.take_reply_back(tx, outbox_id, person)


def send_now(tx: Transaction, outbox_id: int, person: int) -> int:
    """Held: end the waiting. Failed: try again, under the same key. Raises CommandError TOO_LATE,
    NOT_APPROVED; CrisisRefusedError R15 (an incident holds it), and what the gate says under a
    lock."""
    row = outbox_moves.read(tx.conn, outbox_id)
    if row.state is OutboxState.APPROVAL:
        raise CommandError(CommandFault.NOT_APPROVED)
    if row.state not in (OutboxState.HELD, OutboxState.FAILED):
        raise CommandError(CommandFault.TOO_LATE, state=row.state.value)
    held.refuse_held(tx.conn, row)
    reply_gate.refuse_locked(tx.conn, row, tx.now)
    decision = "keep" if row.hold_reason == HoldReason.ASK.value else row.decision
    # What a network refused may be what was uploaded for it: a new try uploads anew.
    media = "" if row.state is OutboxState.FAILED else row.media
    return outbox_moves.move(
        tx, row, "reply_released", person, state=OutboxState.QUEUED, next_at=0, hold_reason="",
        held_until=0, held_at=tx.now, decision=decision, reason="", detail="", media=media,
    )  # fmt: skip


def reschedule(
    tx: Transaction, outbox_id: int, send_at: int, is_dropped_if_written: bool, person: int
) -> int:
    """Held, or waiting for approval: to leave at `send_at` (ms UTC) instead.

    Raises CommandError TOO_LATE, BAD_INPUT, and NOT_APPROVED where the policy asks for a look now;
    CrisisRefusedError R15, and what the gate says under a lock.
    """
    row = outbox_moves.read(tx.conn, outbox_id)
    if row.state not in (OutboxState.APPROVAL, OutboxState.HELD):
        raise CommandError(CommandFault.TOO_LATE, state=row.state.value)
    held.refuse_held(tx.conn, row)
    if send_at <= tx.now:
        raise CommandError(CommandFault.BAD_INPUT, what="send_at")
    reply_gate.refuse_locked(tx.conn, row, tx.now)
    if row.state is OutboxState.HELD and not reply_gate.is_allowed(tx.conn, row, tx.now):
        raise CommandError(CommandFault.NOT_APPROVED)
    return outbox_moves.move(
        tx, row, "reply_scheduled", person, hold_reason=HoldReason.SCHEDULED.value,
        held_at=tx.now, held_until=send_at, is_dropped_if_written=int(is_dropped_if_written),
        reason="",
    )  # fmt: skip


def send_back(tx: Transaction, outbox_id: int, comment: str, person: int) -> int:
    """A second look asks for a change: a draft again, with the comment for its writer.

    Raises CommandError EMPTY (no comment), TOO_LATE."""
    said = comment.strip()[:MAX_COMMENT]
    if not said:
        raise CommandError(CommandFault.EMPTY)
    row = outbox_moves.read(tx.conn, outbox_id)
    if row.state is not OutboxState.APPROVAL:
        raise CommandError(CommandFault.TOO_LATE, state=row.state.value)
    by = people.name_of(tx.conn, person)
    seq = outbox_moves.come_back(
        tx, row, "reply_sent_back", person, note=SENT_BACK, by=by, comment=said
    )
    tags.add_note(tx, None, row.mention_id, person, said)
    triage.reopen(tx, row.mention_id)
    notices.add(tx, outbox_told.SENT_BACK, {"outbox": row.id, "by": by}, row.mention_id)
    return seq


def discard(tx: Transaction, outbox_id: int, person: int, reason: str = "") -> int:
    """Never to be sent; `reason` stands as a note on the mention.

    Raises CommandError TOO_LATE when it is on the wire or was sent."""
    row = outbox_moves.read(tx.conn, outbox_id)
    if held.is_held(row):
        return held.decide(tx, outbox_id, held.DISCARD, person)
    seq = outbox_moves.move(
        tx, row, "reply_discarded", person, state=OutboxState.DISCARDED, decision="discard"
    )
    if said := reason.strip()[:MAX_COMMENT]:
        tags.add_note(tx, None, row.mention_id, person, said)
    triage.reopen(tx, row.mention_id)
    return seq


def approve(
    tx: Transaction, outbox_id: int, digest: str, person: int, hold_ms: int = HOLD_MS
) -> int:
    """A second look at the exact text with this hash; then it is held like any other. What an
    incident held stays held: the look only lets a person decide to keep it.

    Raises CommandError CHANGED_SINCE (another text was shown), SAME_PERSON, TOO_LATE;
    CrisisRefusedError R15 under a lock (there only looks of crisis mode count), R28 (a risky text
    of one's own wants a rest first), and what the gate says.
    """
    row = outbox_moves.read(tx.conn, outbox_id)
    if row.state not in (OutboxState.APPROVAL, OutboxState.HELD):
        raise CommandError(CommandFault.TOO_LATE, state=row.state.value)
    _refuse_look(tx, row, person)
    made = approval_hashes.reply_hash(tx.conn, row.account_id, row.lang, row.text, row.pictures)
    if digest != row.hash or row.hash != made:
        raise CommandError(CommandFault.CHANGED_SINCE)
    look = templates.look_of(tx.conn, writer=row.person_id, approver=person)
    approvals.add(tx, approvals.REPLY, row.id, row.hash, person, look)
    if held.is_held(row):
        return outbox_moves.note(tx, row, "reply_approved", person)
    return outbox_moves.move(
        tx, row, "reply_approved", person, state=OutboxState.HELD, held_at=tx.now,
        **_after_approval(tx, row, hold_ms),
    )  # fmt: skip


def _refuse_look(tx: Transaction, row: Entry, person: int) -> None:
    is_locked = lock.lock_of(tx.conn, row.account_id, row.mention_id, row.lang) is not None
    if is_locked:
        held.refuse_held(tx.conn, row)
        reply_gate.refuse_locked(tx.conn, row, tx.now)
    rest_ms = settings.crisis_limits(tx.conn).risk_look_min * MINUTE_MS
    left_s = -(-(row.made_at + rest_ms - tx.now) // 1000)
    if row.reason == RISK and row.person_id == person and left_s > 0:
        raise CrisisRefusedError("R28", m=left_s // 60, s=left_s % 60, time=row.made_at)


def _after_approval(tx: Transaction, row: Entry, hold_ms: int) -> dict[str, object]:
    """Held for undo; until its own time when it has one; and asks when that has passed: a look at
    the words is no yes to sending them late."""
    if row.held_until > tx.now + hold_ms:
        reason, until = HoldReason.SCHEDULED, row.held_until
    elif outbox_holds.is_late(tx.conn, row, tx.now):
        return {"hold_reason": HoldReason.ASK.value, "reason": outbox_holds.LATE}
    else:
        reason, until = HoldReason.UNDO, tx.now + hold_ms
    return {"hold_reason": reason.value, "held_until": until, "reason": ""}


def settle_uncertain(
    tx: Transaction, outbox_id: int, *, is_there: bool, person: int, url: str = ""
) -> int:
    """A person looked on the network: it counts as sent, or it goes out again under the same key.

    Raises CommandError TOO_LATE when it is not in doubt (any more)."""
    row = outbox_moves.read(tx.conn, outbox_id)
    if row.state is not OutboxState.UNCERTAIN:
        raise CommandError(CommandFault.TOO_LATE, state=row.state.value)
    if not is_there:
        return outbox_moves.move(
            tx, row, "reply_not_there", person, state=OutboxState.QUEUED, next_at=0, n_looks=0
        )
    posted = Posted(remote_id="", uri="", url=url)
    return mark_sent(tx, row, posted, "reply_seen_there", person)


def mark_answered(
    tx: Transaction, mention_id: int, person: int, *, dedupe_key: str, url: str = "", text: str = ""
) -> int:
    """Answered by hand in the browser: kept as a sent reply, and the mention waits. Raises
    CommandError NOT_FOUND."""
    mention = tx.conn.execute(
        "SELECT account_id FROM mention WHERE id = ?", (mention_id,)
    ).fetchone()
    if mention is None:
        raise CommandError(CommandFault.NOT_FOUND)
    new = NewReply(mention_id, text, person, dedupe_key)
    row = _entry(tx, new, mention[0], Pass(keeps_template=False, needs_look=False))
    # A row may begin as sent only here: it never had a path, because it never left from here.
    by_hand = replace(
        row, state=OutboxState.SENT, reason=BY_HAND, url=url, sent_at=tx.now, hold_reason="",
        held_until=0,
    )  # fmt: skip
    with reindexed(tx, [mention_id]):
        row_id = outbox_moves.insert(tx, by_hand)
    triage.after_reply(tx, mention_id)
    promises.reply_sent(tx, mention_id, row_id)
    drafts.remove(tx, mention_id)
    return outbox_moves.note(
        tx, outbox_moves.read(tx.conn, row_id), "reply_by_hand", person, url=url
    )


def mark_sent(tx: Transaction, row: Entry, posted: Posted, kind: str, person: int | None) -> int:
    """The network has it: the only door to `sent`. The mention waits for their next word."""
    with reindexed(tx, [row.mention_id]):
        seq = outbox_moves.move(
            tx, row, kind, person, state=OutboxState.SENT, sent_at=tx.now, next_at=0, reason="",
            detail="", remote_id=posted.remote_id, uri=posted.uri, url=posted.url,
        )  # fmt: skip
    triage.after_reply(tx, row.mention_id)
    promises.reply_sent(tx, row.mention_id, row.id)
    if not promises.planned_by(tx.conn, row.mention_id, row.id)[0]:  # a promise is no answer yet
        incident_mentions.note_answered(tx, row.mention_id, row.id)
    if row.statement_version_id:
        statement_sent.note_sent(tx, row, posted, person, statement_sent.POSTED)
    return seq


def _n_edited(tx: Transaction, new: NewReply, text: str) -> int:
    """Characters changed from the template it was begun with; -1 = with none."""
    wording = templates.wording_together(tx.conn, new.versions)
    if wording is None:
        return -1
    return n_changed(canonical_text(fill(wording.body, dict(new.values))), text)


def _entry(
    tx: Transaction, new: NewReply, account_id: int, passed: Pass, incident_id: int = 0
) -> Entry:
    text = canonical_text(new.text)
    digest = approval_hashes.reply_hash(tx.conn, account_id, new.lang, text, new.pictures)
    version_id = new.version_id if passed.keeps_template else 0
    beside = not passed.keeps_line and reply_gate.needs_look_beside(
        tx.conn, new.mention_id, new.pictures, new.warning
    )
    is_held = not (passed.needs_look or beside)
    hold = HoldReason.SCHEDULED if new.send_at else HoldReason.UNDO if is_held else None
    return Entry(
        id=0, mention_id=new.mention_id, account_id=account_id,
        state=OutboxState.HELD if is_held else OutboxState.APPROVAL,
        text=text, lang=new.lang, visibility=new.visibility.value, warning=new.warning,
        hash=digest, version_id=version_id, slot_values=drafts.packed_values(new.values),
        person_id=new.person_id, made_at=tx.now, dedupe_key=new.dedupe_key,
        hold_reason=hold.value if hold else "", held_at=tx.now,
        held_until=new.send_at or (tx.now + new.hold_ms if is_held else 0),
        is_dropped_if_written=int(bool(new.send_at) and new.is_dropped_if_written),
        attachments=outbox_pictures.packed(new.pictures), began_version=new.version_id,
        more_versions=packed_versions(new.more_versions) if new.version_id else "",
        n_edited=_n_edited(tx, new, text), line=new.line if passed.keeps_line else "",
        facts=json.dumps(list(new.facts)) if new.facts else "", incident_id=incident_id,
        reason=RISK if passed.risks else "", detail=",".join(passed.risks),
        checksum=outbox_checksum(
            text=text, mention_id=new.mention_id, account_id=account_id,
            dedupe_key=new.dedupe_key, hash=digest,
        ),
    )  # fmt: skip
