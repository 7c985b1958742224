"""How cases stand in their CRM, as it told last."""

from collections.abc import Collection, Mapping

from socialdesk.domain.changes import Area
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction


def to_check(conn: Connection, *, before: int, made_after: int) -> dict[int, list[str]]:
    """Remote ids of cases made after that time and last checked before the other (ms), by CRM."""
    found: dict[int, list[str]] = {}
    for account, remote_id in conn.execute(
        "SELECT c.account_id, c.remote_id FROM crm_case c JOIN account a ON a.id = c.account_id"
        " WHERE c.state = 'sent' AND c.remote_id <> '' AND c.checked_at < ? AND c.made_at > ?"
        " AND a.state = 'on' ORDER BY c.checked_at LIMIT 200",
        (before, made_after),
    ):
        found.setdefault(account, []).append(remote_id)
    return found


def remote_ids(conn: Connection, author_id: int) -> dict[int, list[str]]:
    """Of the cases made of what an author wrote, by CRM."""
    found: dict[int, list[str]] = {}
    for account, remote_id in conn.execute(
        "SELECT account_id, remote_id FROM crm_case"
        " WHERE mention_id IN (SELECT id FROM mention WHERE author_id = ?)"
        " AND state = 'sent' AND remote_id <> ''",
        (author_id,),
    ):
        found.setdefault(account, []).append(remote_id)
    return found


def note_states(
    tx: Transaction, account_id: int, asked: Collection[str], states: Mapping[str, str]
) -> None:
    """What the CRM told of those that were asked for; one that is gone there keeps its last."""
    for remote_id in asked:
        tx.conn.execute(
            "UPDATE crm_case SET checked_at = ?, remote_state = coalesce(?, remote_state)"
            " WHERE account_id = ? AND remote_id = ?",
            (tx.now, states.get(remote_id), account_id, remote_id),
        )
    tx.touch(Area.CRM)
