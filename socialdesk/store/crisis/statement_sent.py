"""What follows when an account has published a statement: the incident may be holding, promises are
kept and made. Asked for every row of the outbox that turns `sent`, whatever way it got there.

Journal: statement_published (statement, version, kind, lang, hash, outbox, account, how: posted |
by_hand, url).
"""

from socialdesk.domain.changes import Area
from socialdesk.domain.crisis.incident import Severity
from socialdesk.domain.crisis.statement import StatementKind
from socialdesk.domain.replies.reply import Posted
from socialdesk.store import journal
from socialdesk.store.crisis import incident_dues, incident_life, incident_moves
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.outbox.outbox_moves import Entry

BY_HAND, POSTED = "by_hand", "posted"


def note_sent(tx: Transaction, row: Entry, posted: Posted, person: int | None, how: str) -> None:
    """The network has it, or a person published it by hand. Nothing for a row that publishes no
    statement."""
    found = tx.conn.execute(_FACTS, (row.statement_version_id,)).fetchone()
    if found is None:
        return
    statement_id, kind_name, incident_id, audience_id, lang, next_update_at = found[:-1]
    is_reply = bool(found[-1])
    kind = StatementKind(kind_name)
    data = {"statement": statement_id, "version": row.statement_version_id, "kind": kind.value,
            "lang": lang, "hash": row.hash, "outbox": row.id, "account": row.account_id,
            "how": how, "url": posted.url}  # fmt: skip
    journal.append(tx, "statement_published", data, person=person, incident=incident_id)
    tx.touch(Area.INCIDENTS)
    if not audience_id and _is_first(tx.conn, kind, incident_id, is_reply=is_reply):
        incident_life.first_statement_out(tx, incident_id, by_hand=how == BY_HAND)
    if kind is not StatementKind.ONEOFF and (audience_id or kind is not StatementKind.STAFF):
        incident_dues.statement_published(
            tx, incident_id, row.statement_version_id, next_update_at, audience_id
        )


def _is_first(conn: Connection, kind: StatementKind, incident_id: int, *, is_reply: bool) -> bool:
    """A first statement to the public; in a small incident a reply in one thread may be it, be it
    written as one or as a one-off answer."""
    if not is_reply:
        return kind is StatementKind.FIRST
    is_small = incident_moves.read(conn, incident_id).severity is Severity.SEV3
    return is_small and kind in (StatementKind.FIRST, StatementKind.ONEOFF)


_FACTS = """
SELECT s.id, s.kind, s.incident_id, s.audience_id, v.lang, v.next_update_at,
  s.mention_id
FROM statement_version v JOIN statement s ON s.id = v.statement_id WHERE v.id = ? AND v.id > 0"""
