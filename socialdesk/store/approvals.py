"""Approvals: append only. An approval stands for one exact text, its hash, until it is ended."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from socialdesk.domain.crisis.approval import Look
from socialdesk.domain.frozen import frozen
from socialdesk.store.file.sqlite import Connection

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction

TEMPLATE, REPLY = "template", "reply"  # subjects
STATEMENT, LINE, SILENCE = "statement", "line", "silence"

_ENDED = "EXISTS (SELECT 1 FROM approval_end e WHERE e.approval_id = a.id)"
_STANDING = (
    "SELECT a.person_id, a.kind FROM approval a WHERE a.subject = ? AND a.subject_id = ? "
    "AND a.hash = ? AND (a.ends_at = 0 OR a.ends_at > ?) "
    f"AND NOT {_ENDED} ORDER BY a.id DESC"
)
NEVER_ENDS: Final = 1 << 62


@frozen
class Approval:
    """One approval of a subject, ended or not. `how`: of person_away who answered and how, of
    self_cooldown the milliseconds the text had rested. `ended_at`, `ended_why`: 0 and "" = not."""

    id: int
    hash: str
    person_id: int
    look: Look
    how: str
    answers: tuple[tuple[str, str], ...]
    at: int
    ends_at: int
    ended_at: int = 0
    ended_why: str = ""

    def stands(self, digest: str, now: int) -> bool:
        """Whether it counts for this text at this time (ms UTC)."""
        in_time = not self.ends_at or self.ends_at > now
        return self.hash == digest and not self.ended_at and in_time


def add(
    tx: "Transaction",
    subject: str,
    subject_id: int,
    digest: str,
    person: int,
    look: Look,
    *,
    how: str = "",
    answers: Sequence[tuple[str, str]] = (),
    ends_at: int = 0,
) -> int:
    """Somebody looked at exactly this text. The approval's id. `ends_at`: ms UTC, 0 = never."""
    made = tx.conn.execute(
        "INSERT INTO approval(subject, subject_id, hash, person_id, kind, how, answers, at,"
        " ends_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (subject, subject_id, digest, person, look.value, how,
         json.dumps(dict(answers), ensure_ascii=False), tx.now, ends_at),
    ).lastrowid  # fmt: skip
    return int(made or 0)


def end(tx: "Transaction", subject: str, subject_id: int, why: str) -> int:
    """What was approved of it counts no more. How many approvals ended."""
    return tx.conn.execute(
        "INSERT INTO approval_end(approval_id, at, why) SELECT id, ?, ? FROM approval a "
        f"WHERE subject = ? AND subject_id = ? AND NOT {_ENDED}",
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


def list_all(conn: Connection, subject: str, subject_id: int) -> list[Approval]:
    """Every approval of a subject, newest first, ended ones too."""
    rows = conn.execute(_ALL, (subject, subject_id))
    return [
        Approval(id, digest, person, Look(kind), how, tuple(json.loads(answers).items()), at, ends,
                 ended_at, why)
        for id, digest, person, kind, how, answers, at, ends, ended_at, why in rows
    ]  # fmt: skip


_ALL = """
SELECT a.id, a.hash, a.person_id, a.kind, a.how, a.answers, a.at, a.ends_at, coalesce(e.at, 0),
  coalesce(e.why, '')
FROM approval a LEFT JOIN approval_end e ON e.approval_id = a.id
WHERE a.subject = ? AND a.subject_id = ? ORDER BY a.id DESC"""
