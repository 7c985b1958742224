"""What people do with outgoing replies; what the sender does with them is in `outbox.py`.

Each function gives the journal entry of what it did. The gate (`domain.gate`) is asked here when
a reply is written and again in the transaction that claims it: the policy may have changed in
between.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from socialdesk.domain.approval import approval_hash, canonical_text
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.gate import Pass, may_send
from socialdesk.domain.mention import Visibility
from socialdesk.domain.reply import HOLD_S, HoldReason, OutboxState, Posted
from socialdesk.store import (
    acts,
    approvals,
    drafts,
    facets,
    outbox_moves,
    settings,
    templates,
    triage,
)
from socialdesk.store.checksum import outbox_checksum
from socialdesk.store.outbox_moves import Entry
from socialdesk.store.sqlite import Connection
from socialdesk.store.textindex import reindexed
from socialdesk.store.transaction import Transaction

HOLD_MS: Final = round(HOLD_S * 1000)
BY_HAND: Final = "by_hand"  # reason of a row that a person posted in the browser


@dataclass(frozen=True, slots=True)
class NewReply:
    """A reply as it was written. `dedupe_key` is fixed here, before any try; `account_id` 0 = the
    account that met the mention; `hold_ms`: how long one key takes it back."""

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


@dataclass(frozen=True, slots=True)
class Added:
    """Where the new reply is: `state` APPROVAL when it waits for a second look, else HELD."""

    outbox_id: int
    seq: int
    state: OutboxState
    hash: str


def add(tx: Transaction, new: NewReply) -> Added:
    """Into the outbox, in place of the draft; Undo takes it back while it is held.

    Raises CommandError: NOT_FOUND, and all that `domain.gate.may_send` raises.
    """
    mention = tx.conn.execute(
        "SELECT account_id FROM mention WHERE id = ?", (new.mention_id,)
    ).fetchone()
    if mention is None:
        raise CommandError(CommandFault.NOT_FOUND)
    account_id = new.account_id or mention[0]
    passed = check_text(tx.conn, new.text, new.version_id, new.values, tx.now)
    row = _entry(tx, new, account_id, passed)
    row_id = outbox_moves.insert(tx, row)
    act = acts.begin(
        tx, acts.REPLY_KIND, new.person_id,
        {"outbox": row_id, "mention": new.mention_id, "hash": row.hash, "state": row.state.value,
         "version": row.version_id},
    )  # fmt: skip
    acts.record(tx, act, facets.REPLY, row_id, [], [row.state.value])
    triage.let_wait(tx, act, new.mention_id)
    drafts.remove(tx, new.mention_id)
    if row.version_id:
        templates.count_use(tx, row.version_id)
    return Added(row_id, act.seq, row.state, row.hash)


def check_text(
    conn: Connection,
    text: str,
    version_id: int,
    values: Sequence[tuple[str, str]],
    now: int | None = None,
) -> Pass:
    """The gate under the policy in force now. Raises CommandError as `domain.gate.may_send`."""
    wording = templates.wording(conn, version_id, now) if version_id else None
    return may_send(text, wording=wording, values=dict(values), policy=settings.policy(conn))


def reply_hash(conn: Connection, account_id: int, lang: str, text: str) -> str:
    """The approval hash of a reply: these words, in this language, from this account."""
    row = conn.execute("SELECT network, name FROM account WHERE id = ?", (account_id,)).fetchone()
    account = f"{row[0]}:{row[1]}" if row else f"account:{account_id}"
    return approval_hash(kind="reply", lang=lang, text=text, accounts=[account])


def take_back(tx: Transaction, outbox_id: int, person: int) -> int:
    """Back to a draft. Raises CommandError TOO_LATE once it is no longer held."""
    return acts.take_reply_back(tx, outbox_id, person)


def send_now(tx: Transaction, outbox_id: int, person: int) -> int:
    """Held: end the waiting. Failed: try again, under the same key. Raises CommandError TOO_LATE,
    NOT_APPROVED."""
    row = outbox_moves.read(tx.conn, outbox_id)
    if row.state is OutboxState.APPROVAL:
        raise CommandError(CommandFault.NOT_APPROVED)
    if row.state not in (OutboxState.HELD, OutboxState.FAILED):
        raise CommandError(CommandFault.TOO_LATE, state=row.state.value)
    decision = "keep" if row.hold_reason == HoldReason.ASK.value else row.decision
    return outbox_moves.move(
        tx, row, "reply_released", person, state=OutboxState.QUEUED, next_at=0, hold_reason="",
        held_until=0, held_at=tx.now, decision=decision, reason="", detail="",
    )  # fmt: skip


def discard(tx: Transaction, outbox_id: int, person: int) -> int:
    """Never to be sent. Raises CommandError TOO_LATE when it is on the wire or was sent."""
    row = outbox_moves.read(tx.conn, outbox_id)
    seq = outbox_moves.move(
        tx, row, "reply_discarded", person, state=OutboxState.DISCARDED, decision="discard"
    )
    triage.reopen(tx, row.mention_id)
    return seq


def approve(
    tx: Transaction, outbox_id: int, digest: str, person: int, hold_ms: int = HOLD_MS
) -> int:
    """A second look at the exact text with this hash; then it is held like any other.

    Raises CommandError CHANGED_SINCE (another text was shown), SAME_PERSON, TOO_LATE.
    """
    row = outbox_moves.read(tx.conn, outbox_id)
    if row.state not in (OutboxState.APPROVAL, OutboxState.HELD):
        raise CommandError(CommandFault.TOO_LATE, state=row.state.value)
    if digest != row.hash or row.hash != reply_hash(tx.conn, row.account_id, row.lang, row.text):
        raise CommandError(CommandFault.CHANGED_SINCE)
    look = templates.look_of(tx.conn, writer=row.person_id, approver=person)
    approvals.add(tx, approvals.REPLY, row.id, row.hash, person, look)
    return outbox_moves.move(
        tx, row, "reply_approved", person, state=OutboxState.HELD, reason="",
        hold_reason=HoldReason.UNDO.value, held_at=tx.now, held_until=tx.now + hold_ms,
    )  # fmt: skip


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
            tx, row, "reply_not_there", person, state=OutboxState.QUEUED, next_at=0
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
    return seq


def _entry(tx: Transaction, new: NewReply, account_id: int, passed: Pass) -> Entry:
    text = canonical_text(new.text)
    digest = reply_hash(tx.conn, account_id, new.lang, text)
    version_id = new.version_id if passed.keeps_template else 0
    is_held = not passed.needs_look
    return Entry(
        id=0, mention_id=new.mention_id, account_id=account_id,
        state=OutboxState.HELD if is_held else OutboxState.APPROVAL,
        text=text, lang=new.lang, visibility=new.visibility.value, warning=new.warning,
        hash=digest, version_id=version_id, slot_values=drafts.packed_values(new.values),
        person_id=new.person_id, made_at=tx.now, dedupe_key=new.dedupe_key,
        hold_reason=HoldReason.UNDO.value if is_held else "", held_at=tx.now,
        held_until=tx.now + new.hold_ms if is_held else 0,
        checksum=outbox_checksum(
            text=text, mention_id=new.mention_id, account_id=account_id,
            dedupe_key=new.dedupe_key, hash=digest,
        ),
    )  # fmt: skip
