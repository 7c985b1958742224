"""Approvals: append only. An approval stands for one exact text, its hash, until it is ended."""

from typing import TYPE_CHECKING

from socialdesk.domain.approval import Look
from socialdesk.store.sqlite import Connection

if TYPE_CHECKING:
    from socialdesk.store.transaction import Transaction

TEMPLATE, REPLY = "template", "reply"  # subjects

_STANDING = (
    "SELECT a.person_id, a.kind FROM approval a WHERE a.subject = ? AND a.subject_id = ? "
    "AND a.hash = ? AND (a.ends_at = 0 OR a.ends_at > ?) "
    "AND NOT EXISTS (SELECT 1 FROM approval_end e WHERE e.approval_id = a.id) "
    "ORDER BY a.id DESC"
)
NEVER_ENDS = 1 << 62


def add(
    tx: "Transaction", subject: str, subject_id: int, digest: str, person: int, look: Look
) -> int:
    """Somebody looked at exactly this text. The approval's id."""
    made = tx.conn.execute(
        "INSERT INTO approval(subject, subject_id, hash, person_id, kind, at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        (subject, subject_id, digest, person, look.value, tx.now),
    ).lastrowid
    return int(made or 0)


def end(tx: "Transaction", subject: str, subject_id: int, why: str) -> int:
    """What was approved of it counts no more. How many approvals ended."""
    return tx.conn.execute(
        "INSERT INTO approval_end(approval_id, at, why) SELECT id, ?, ? FROM approval a "
        "WHERE subject = ? AND subject_id = ? "
        "AND NOT EXISTS (SELECT 1 FROM approval_end e WHERE e.approval_id = a.id)",
        (tx.now, why, subject, subject_id),
    ).rowcount


def standing(
    conn: Connection, subject: str, subject_id: int, digest: str, now: int | None = None
) -> list[tuple[int, str]]:
    """(person, kind of look) of the approvals of this exact text that count, newest first.

    Without `now` (ms UTC) an approval that ends by time does not count: the careful side.
    """
    at = NEVER_ENDS if now is None else now
    return conn.execute(_STANDING, (subject, subject_id, digest, at)).fetchall()
