"""One outgoing reply as the file has it, and the only way its state moves.

`move` checks the step by `domain.replies.reply.may_move` and writes the journal entry in the same
transaction. Beside it only what stops all rows at once changes `outbox.state`, with one entry
for all: an incident (`crisis/held.py`) and a restore (`copies/recovery.py`).
"""

from dataclasses import fields, replace
from typing import Any, Final

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.domain.replies.picture import Picture
from socialdesk.domain.replies.plan import Plan, unpacked_versions
from socialdesk.domain.replies.reply import HoldReason, OutboxState, may_move
from socialdesk.store import journal
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.outbox import drafts, outbox_pictures, promises


@frozen
class Entry:
    """A row of `outbox`, column by column. Times are ms UTC, 0 = none. `mention_id` 0: a post of
    our own; `statement_version_id`: the approved text it publishes."""

    id: int
    mention_id: int
    account_id: int
    state: OutboxState
    text: str
    lang: str
    visibility: str
    warning: str
    hash: str
    version_id: int
    slot_values: str
    person_id: int
    made_at: int
    dedupe_key: str
    checksum: int
    attachments: str = ""
    began_version: int = 0
    more_versions: str = ""
    n_edited: int = -1
    line: str = ""
    facts: str = ""
    statement_version_id: int = 0
    incident_id: int = 0
    hold_reason: str = ""
    hold_incident: int | None = None
    held_at: int = 0
    held_until: int = 0
    decision: str = ""
    claim_seq: int = 0
    first_try_at: int = 0
    n_tries: int = 0
    n_looks: int = 0
    next_at: int = 0
    reason: str = ""
    detail: str = ""
    remote_id: str = ""
    uri: str = ""
    url: str = ""
    sent_at: int = 0
    seen_public_at: int = 0
    is_dropped_if_written: int = 0
    media: str = ""

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """With the network's names for those that were uploaded."""
        return outbox_pictures.unpacked(self.attachments, self.media)


_NAMES: Final = tuple(f.name for f in fields(Entry))
COLUMNS: Final = ", ".join(_NAMES)
_MOVING: Final = _NAMES[_NAMES.index("hold_reason") :]  # what may change after the first write
_READ: Final = f"SELECT {COLUMNS} FROM outbox WHERE id = ?"
_WRITE: Final = (
    f"UPDATE outbox SET state = ?, {', '.join(f'{name} = ?' for name in _MOVING)} WHERE id = ?"
)
_INSERT: Final = (
    f"INSERT INTO outbox({', '.join(_NAMES[1:])}) VALUES ({', '.join('?' * len(_NAMES[1:]))})"
)
OPEN: Final = "state NOT IN ('sent', 'taken_back', 'discarded')"  # as its partial indexes say


def entry(row: tuple[Any, ...]) -> Entry:
    """A selected row of COLUMNS."""
    found = Entry(*row)
    return replace(found, state=OutboxState(found.state))


def read(conn: Connection, outbox_id: int) -> Entry:
    """Raises CommandError NOT_FOUND."""
    row = conn.execute(_READ, (outbox_id,)).fetchone()
    if row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    return entry(row)


def parent_of(conn: Connection, row: Entry) -> tuple[str, str] | None:
    """Remote id and uri of what the row answers; empty for a post of our own."""
    if not row.mention_id:
        return "", ""
    found: tuple[str, str] | None = conn.execute(
        "SELECT remote_id, uri FROM mention WHERE id = ?", (row.mention_id,)
    ).fetchone()
    return found


def insert(tx: Transaction, new: Entry) -> int:
    """A new row; `new.id` does not count."""
    values = [_stored(getattr(new, name)) for name in _NAMES[1:]]
    tx.touch(Area.OUTBOX)
    tx.note_updated([new.mention_id])
    return int(tx.conn.execute(_INSERT, values).lastrowid or 0)


def move(tx: Transaction, before: Entry, kind: str, person: int | None, **changes: Any) -> int:
    """Write the row with `changes` (its state among them) and journal that as `kind`; the entry.

    Raises CommandError TOO_LATE when no path leads there. `person` None = the program.
    """
    after = replace(before, **changes)
    is_same = after.state is before.state
    if not is_same and not may_move(before.state, after.state, before.n_tries):
        raise CommandError(CommandFault.TOO_LATE, state=before.state.value)
    seq = note(tx, after, kind, person)
    if after.state is OutboxState.SENDING:
        after = replace(after, claim_seq=seq)
    write(tx, after)
    if after.state in (OutboxState.TAKEN_BACK, OutboxState.DISCARDED):
        promises.reply_unsaid(tx, after.mention_id, after.id)
    return seq


def write(tx: Transaction, after: Entry) -> None:
    """What may change of a row, without a journal entry: only for what is no decision."""
    values = [_stored(getattr(after, name)) for name in ("state", *_MOVING)]
    tx.conn.execute(_WRITE, (*values, after.id))
    tx.touch(Area.OUTBOX)
    tx.note_updated([after.mention_id])


def note(tx: Transaction, row: Entry, kind: str, person: int | None, **facts: Any) -> int:
    """A journal entry about the row: ids, codes and the hash, never the words."""
    data = {"outbox": row.id, "mention": row.mention_id, "state": row.state.value,
            "hash": row.hash, "reason": row.reason, **facts}  # fmt: skip
    if row.statement_version_id:
        data["statement_version"] = row.statement_version_id
    if row.hold_incident:
        data["decision"] = row.decision
    incident = row.incident_id or row.hold_incident or None
    return journal.append(tx, kind, data, person=person, incident=incident)


def take_back(tx: Transaction, outbox_id: int, person: int) -> int:
    """Held, or waiting for approval: back to a draft, unless a newer draft is there. The journal
    entry. Raises CommandError TOO_LATE once it has left."""
    return come_back(tx, read(tx.conn, outbox_id), "reply_taken_back", person)


def come_back(
    tx: Transaction,
    row: Entry,
    kind: str,
    person: int | None,
    *,
    note: str = "",
    by: str = "",
    comment: str = "",
    decision: str = "",
) -> int:
    """A draft again, with its plan, and `note`, `by`, `comment` for its writer, as
    `domain.replies.plan.Plan` has them. Without a note it is the draft of `person`. A statement
    makes no draft."""
    plan = replace(plan_of(tx.conn, row), note=note, by=by, comment=comment)
    seq = move(
        tx, row, kind, person, state=OutboxState.TAKEN_BACK, reason=note or row.reason,
        decision=decision or row.decision,
    )  # fmt: skip
    if row.statement_version_id or not row.mention_id:
        return seq  # its words are kept with the statement
    drafts.bring_back(
        tx, row.mention_id, row.text, row.version_id or row.began_version, row.slot_values,
        row.lang, row.person_id if note or person is None else person, plan,
    )  # fmt: skip
    return seq


def plan_of(conn: Connection, row: Entry) -> Plan:
    """What the reply carries besides its words."""
    promise_at, words = promises.planned_by(conn, row.mention_id, row.id)
    is_scheduled = row.hold_reason == HoldReason.SCHEDULED.value
    return Plan(
        pictures=row.pictures, send_at=row.held_until if is_scheduled else 0,
        is_dropped_if_written=bool(row.is_dropped_if_written) or not is_scheduled,
        promise_at=promise_at, promise_words=words,
        more_versions=unpacked_versions(row.more_versions),
    )  # fmt: skip


def _stored(value: Any) -> Any:
    return value.value if isinstance(value, OutboxState) else value
