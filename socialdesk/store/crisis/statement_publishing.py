"""Publishing a statement: everything is asked once more, then it gets a row per account.

Accounts that cannot publish from here are named (R43): a person publishes the exact text there and
pastes the link. Journal: statement_queued, check_skipped, statement_by_hand; refused (R43).
"""

import uuid
from typing import Final

from socialdesk.domain.account import AccountState, Can
from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.incident import Severity
from socialdesk.domain.crisis.look import MIN_SKIP_CHARS
from socialdesk.domain.crisis.refusal import CrisisRefusedError
from socialdesk.domain.crisis.statement import StatementKind
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.domain.length.length import remaining
from socialdesk.domain.mentions.mention import CanReply, Visibility
from socialdesk.domain.replies.reply import HoldReason, OutboxState, Posted
from socialdesk.store import accounts, approvals, journal
from socialdesk.store.accounts import AccountSpec
from socialdesk.store.crisis import (
    facts,
    held,
    incident_guards,
    incident_moves,
    looks,
    skips,
    statement_gate,
    statement_posts,
    statement_sent,
    statements,
)
from socialdesk.store.crisis.statements import Version
from socialdesk.store.file.checksum import outbox_checksum
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import facets
from socialdesk.store.outbox import outbox_moves, outbox_pictures
from socialdesk.store.outbox.outbox_moves import Entry
from socialdesk.store.triage import acts

QUEUED_KIND: Final = acts.STATEMENT_KIND
CANNOT_POST, NOT_CONNECTED, CANNOT_REPLY = "cannot_post", "not_connected", "cannot_reply"  # why
MAX_URL: Final = 2_000
_UNDO: Final = HoldReason.UNDO.value


@frozen
class Published:
    """`outbox`: ids of rows; `by_hand`: account ids with why they cannot publish from here."""

    outbox: tuple[int, ...]
    by_hand: tuple[tuple[int, str], ...]
    is_staff_told: bool
    seq: int


def publish(
    tx: Transaction, version_id: int, person: int, *, hold_ms: int, skip_reason: str = ""
) -> Published:
    """A row per account; one that is on its way already stays, one that was held goes on.

    `skip_reason`: break glass. Raises CrisisRefusedError R16, R20 to R27; CommandError NOT_FOUND,
    BAD_INPUT (accounts, skip_reason), TOO_LATE, TOO_LONG.
    """
    version = statements.read(tx.conn, version_id)
    _check_whole(tx.conn, version)
    skip = _broken(tx, version, skip_reason)
    if skip:
        _note_skipped(tx, version, skip, skip_reason.strip(), person)
    _refuse(tx, version, skip)
    specs = [_account(tx.conn, account_id) for account_id in version.accounts]
    hindered = [(spec, _hindrance(tx.conn, spec, version)) for spec in specs]
    _check_length(version, [spec for spec, why in hindered if not why])
    outbox = tuple(
        _send(tx, version, spec, person, hold_ms, skip) for spec, why in hindered if not why
    )  # fmt: skip
    by_hand = tuple((int(spec.id), why) for spec, why in hindered if why)
    for spec, why in hindered:
        if why:
            _note_hindered(tx, version, spec, why, person)
    data = {"statement": version.statement_id, "version": version.id, "kind": version.kind.value,
            "lang": version.lang, "hash": version.hash, "outbox": list(outbox),
            "by_hand": [account for account, _ in by_hand], "looks": _looks(tx, version),
            "skipped": sorted(skip), "facts": list(version.facts)}  # fmt: skip
    tx.touch(Area.INCIDENTS, Area.OUTBOX)
    seq = journal.append(tx, QUEUED_KIND, data, person=person, incident=version.incident_id)
    _let_undo(tx, outbox, seq, person)
    told = incident_guards.is_staff_told(tx.conn, version.incident_id)
    return Published(outbox, by_hand, told, seq)


def publish_by_hand(
    tx: Transaction, version_id: int, account_id: int, url: str, person: int
) -> tuple[int, int]:
    """A person published the approved text where we cannot: its outbox id and the journal entry.

    What `publish` let go to this account is noted whatever became of its approval meanwhile; else
    everything is asked now. Raises as `publish`, and CommandError BAD_INPUT (account, url).
    """
    version = statements.read(tx.conn, version_id)
    link = url.strip()[:MAX_URL]
    if account_id not in version.accounts:
        raise CommandError(CommandFault.BAD_INPUT, what="account")
    if not link.startswith(("https://", "http://")):
        raise CommandError(CommandFault.BAD_INPUT, what="url")
    if _posted(tx.conn, version, account_id):
        raise CommandError(CommandFault.TOO_LATE, state=OutboxState.SENT.value)
    if not _was_let_go(tx.conn, version, account_id):
        _check_whole(tx.conn, version)
        _refuse(tx, version, statement_gate.NO_SKIP)
    _drop_waiting(tx, version, account_id, person)
    row_id = outbox_moves.insert(tx, _by_hand(tx, version, account_id, link, person))
    row = outbox_moves.read(tx.conn, row_id)
    data = {"statement": version.statement_id, "version": version.id, "account": account_id,
            "outbox": row_id, "hash": version.hash, "url": link}  # fmt: skip
    seq = journal.append(
        tx, "statement_by_hand", data, person=person, incident=version.incident_id
    )  # fmt: skip
    posted = Posted(remote_id="", uri="", url=link)
    statement_sent.note_sent(tx, row, posted, person, statement_sent.BY_HAND)
    return row_id, seq


# --- what is asked ---


def _check_whole(conn: Connection, version: Version) -> None:
    """There is something to publish, and nobody wrote other words since."""
    if version.dropped_at:
        raise CommandError(CommandFault.TOO_LATE, state="dropped")
    if not version.accounts:
        raise CommandError(CommandFault.BAD_INPUT, what="accounts")
    statement_gate.refuse_older(conn, version)
    statement_gate.refuse_to_staff(conn, version.mention_id, version.accounts, version.lang)


def _refuse(tx: Transaction, version: Version, skip: frozenset[str]) -> None:
    statement_gate.refuse_unready(tx.conn, version, tx.now, skip)
    looks.refuse_leaving(tx.conn, version, version.hash, tx.now, skip)


def _broken(tx: Transaction, version: Version, reason: str) -> frozenset[str]:
    """What "Send now without the check" skips: only what would be refused. Raises CommandError
    BAD_INPUT (skip_reason) where there is no such way, or the reason is too short."""
    if not reason:
        return statement_gate.NO_SKIP
    severity = incident_moves.read(tx.conn, version.incident_id).severity
    is_first = version.kind is StatementKind.FIRST and severity is Severity.SEV1
    if not is_first or len(reason.strip()) < MIN_SKIP_CHARS:
        raise CommandError(CommandFault.BAD_INPUT, what="skip_reason")
    codes = set()
    try:
        facts.refuse_unconfirmed(
            tx.conn, version.facts, version.incident_id, skip=statement_gate.NO_SKIP
        )
    except CrisisRefusedError as e:
        codes.add(e.code)
    try:  # what changed after its approval (R26), or outlived it (R27), has no way round
        looks.refuse_leaving(tx.conn, version, version.hash, tx.now, frozenset(codes))
    except CrisisRefusedError as e:
        codes.add(e.code)
    return frozenset(codes & {"R24", "R25"})


def _hindrance(conn: Connection, spec: AccountSpec, version: Version) -> str:
    """Why this account cannot publish from here; "" = it can."""
    if spec.state is not AccountState.ON or spec.card is None:
        return NOT_CONNECTED
    if not version.mention_id:
        return "" if Can.POST in spec.card.can else CANNOT_POST
    row = conn.execute(
        "SELECT can_reply FROM mention WHERE id = ?", (version.mention_id,)
    ).fetchone()
    can = row is not None and row[0] == CanReply.API.value and Can.REPLY in spec.card.can
    return "" if can else CANNOT_REPLY


def _check_length(version: Version, specs: list[AccountSpec]) -> None:
    for spec in specs:
        left = remaining(version.text, spec.card.length) if spec.card else 0
        if left < 0:
            raise CommandError(CommandFault.TOO_LONG, n=-left)


def _was_let_go(conn: Connection, version: Version, account_id: int) -> bool:
    row = conn.execute(
        "SELECT 1 FROM journal WHERE incident = ? AND kind = ?"
        " AND json_extract(data, '$.version') = ? AND EXISTS"
        " (SELECT 1 FROM json_each(data, '$.by_hand') WHERE value = ?)",
        (version.incident_id, QUEUED_KIND, version.id, account_id),
    ).fetchone()
    return row is not None


# --- what is written ---


def _send(
    tx: Transaction,
    version: Version,
    spec: AccountSpec,
    person: int,
    hold_ms: int,
    skip: frozenset[str],
) -> int:
    known = tx.conn.execute(
        "SELECT id FROM outbox WHERE statement_version_id = ? AND statement_version_id > 0"
        " AND account_id = ? AND state NOT IN ('taken_back', 'discarded') ORDER BY id DESC",
        (version.id, spec.id),
    ).fetchone()
    if known is not None:
        return _go_on(tx, outbox_moves.read(tx.conn, known[0]), person, skip)
    if posted := _posted(tx.conn, version, spec.id):
        return posted
    return statement_posts.add(
        tx, account_id=spec.id, text=version.text, lang=version.lang, digest=version.hash,
        statement_version_id=version.id, incident_id=version.incident_id, person=person,
        dedupe_key=uuid.uuid4().hex, pictures=version.pictures, hold_ms=hold_ms,
        mention_id=version.mention_id,
        visibility=statement_gate.visibility(tx.conn, version.mention_id),
    )  # fmt: skip


def _let_undo(tx: Transaction, outbox: tuple[int, ...], seq: int, person: int) -> None:
    """One key takes back what is held for its seconds, at all accounts as one act."""
    rows = [outbox_moves.read(tx.conn, row) for row in outbox]
    waiting = [r for r in rows if r.state is OutboxState.HELD and r.hold_reason == _UNDO]
    if not waiting:
        return
    act = acts.stand(tx, seq, QUEUED_KIND, person)
    for row in waiting:
        acts.record(tx, act, facets.REPLY, row.id, [], [row.state.value])


def _posted(conn: Connection, version: Version, account_id: int) -> int:
    """The row of an earlier version with the very same words and pictures that is out there, or may
    be: nothing is posted twice. 0 = none."""
    row = conn.execute(
        "SELECT o.id FROM outbox o JOIN statement_version v ON v.id = o.statement_version_id"
        " WHERE v.statement_id = ? AND o.account_id = ? AND o.lang = ? AND o.text = ?"
        " AND o.attachments = ? AND o.state IN ('sending', 'uncertain', 'sent')"
        " AND o.reason <> 'deleted' ORDER BY o.id DESC",
        (version.statement_id, account_id, version.lang, version.text,
         outbox_pictures.packed(version.pictures)),
    ).fetchone()  # fmt: skip
    return int(row[0]) if row else 0


def _go_on(tx: Transaction, row: Entry, person: int, skip: frozenset[str]) -> int:
    """What was held, or refused by the network, goes again under its own key. Raises
    CrisisRefusedError R15."""
    was_held = held.is_held(row)
    if was_held and "R25" not in skip:
        held.refuse_unseen(tx.conn, row, tx.now)
    if was_held or row.state is OutboxState.FAILED:
        outbox_moves.move(
            tx, row, "reply_released", person, state=OutboxState.QUEUED, next_at=0, hold_reason="",
            held_until=0, held_at=tx.now, decision="keep", reason="", detail="",
        )  # fmt: skip
    return row.id


def _drop_waiting(tx: Transaction, version: Version, account_id: int, person: int) -> None:
    """What still waits for this account would say the same a second time."""
    rows = tx.conn.execute(
        "SELECT id FROM outbox WHERE statement_version_id = ? AND statement_version_id > 0"
        " AND account_id = ? AND state IN ('held', 'queued', 'failed')",
        (version.id, account_id),
    ).fetchall()
    for (row_id,) in rows:
        outbox_moves.move(
            tx, outbox_moves.read(tx.conn, row_id), "reply_discarded", person,
            state=OutboxState.DISCARDED, decision="discard",
        )  # fmt: skip


def _by_hand(tx: Transaction, version: Version, account_id: int, url: str, person: int) -> Entry:
    """It begins as sent: it never left from here."""
    key = uuid.uuid4().hex
    return Entry(
        id=0, mention_id=version.mention_id, account_id=account_id, state=OutboxState.SENT,
        text=version.text, lang=version.lang, visibility=Visibility.PUBLIC.value, warning="",
        hash=version.hash, version_id=0, slot_values="[]", person_id=person, made_at=tx.now,
        dedupe_key=key, attachments=outbox_pictures.packed(version.pictures),
        statement_version_id=version.id, incident_id=version.incident_id,
        reason=statement_sent.BY_HAND, url=url, sent_at=tx.now,
        checksum=outbox_checksum(
            text=version.text, mention_id=version.mention_id, account_id=account_id,
            dedupe_key=key, hash=version.hash,
        ),
    )  # fmt: skip


def _note_skipped(
    tx: Transaction, version: Version, skip: frozenset[str], reason: str, person: int
) -> None:
    data = {"statement": version.statement_id, "version": version.id, "hash": version.hash,
            "codes": sorted(skip), "reason": reason}  # fmt: skip
    journal.append(
        tx, skips.SKIPPED_KIND, data, person=person, incident=version.incident_id
    )  # fmt: skip


def _note_hindered(
    tx: Transaction, version: Version, spec: AccountSpec, why: str, person: int
) -> None:
    known = {"account": spec.name, "why": why}
    data = {"code": "R43", "command": "PublishStatement", "facts": known, "version": version.id}
    journal.append(tx, "refused", data, person=person, incident=version.incident_id)


def _looks(tx: Transaction, version: Version) -> list[str]:
    what = looks.written(tx.conn, approvals.STATEMENT, version.id)
    return [one.look.value for one in looks.standing(tx.conn, what, tx.now)]


def _account(conn: Connection, account_id: int) -> AccountSpec:
    spec = accounts.read_account(conn, account_id)
    if spec is None:
        raise CommandError(CommandFault.NOT_FOUND)
    return spec
