"""What a CRM showed of an author, kept so that it need not be asked for each time."""

import json
from collections.abc import Sequence
from typing import Any

from socialdesk.domain.account import Can
from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.people.crm import CrmAccount, CrmRecord, RecordRow
from socialdesk.store import accounts, journal, settings
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

LOOKS_UP = "crm.look_up"  # setting: ids of the CRMs that look people up by themselves


def save(tx: Transaction, author_id: int, account_id: int, records: Sequence[CrmRecord]) -> None:
    """In place of what was seen before; a record that a person chose stays chosen, and stays even
    when it was not among those found now."""
    tx.conn.execute(
        "DELETE FROM crm_record WHERE author_id = ? AND account_id = ? AND NOT is_chosen",
        (author_id, account_id),
    )
    for one in records:
        facts = json.dumps([list(fact) for fact in one.facts], ensure_ascii=False)
        tx.conn.execute(
            "INSERT INTO crm_record(author_id, account_id, remote_id, name, url, facts, looked_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET name = excluded.name,"
            " url = excluded.url, facts = excluded.facts, looked_at = excluded.looked_at",
            (author_id, account_id, one.remote_id[:512], one.name[:500], one.url[:2000],
             facts if one.facts else "", tx.now),
        )  # fmt: skip
    tx.touch(Area.CRM)


def choose(
    tx: Transaction, author_id: int, account_id: int, remote_id: str, person: int, *, is_on: bool
) -> int:
    """This is them, or not after all; one record in each CRM at most. The journal entry. Raises
    CommandError NOT_FOUND."""
    values = (author_id, account_id)
    found = tx.conn.execute(
        "SELECT 1 FROM crm_record WHERE author_id = ? AND account_id = ? AND remote_id = ?",
        (*values, remote_id),
    ).fetchone()
    if found is None:
        raise CommandError(CommandFault.NOT_FOUND)
    tx.conn.execute(
        "UPDATE crm_record SET is_chosen = (remote_id = ? AND ?)"
        " WHERE author_id = ? AND account_id = ?",
        (remote_id, is_on, *values),
    )
    tx.touch(Area.CRM)
    data = {"author": author_id, "account": account_id, "is_on": is_on}
    return journal.append(tx, "crm_record_chosen", data, person=person)


def list_records(conn: Connection, author_id: int) -> list[RecordRow]:
    """Of every CRM; a chosen one is the only one shown of its CRM."""
    rows = conn.execute(
        "SELECT r.account_id, coalesce(a.name, ''), r.remote_id, r.name, r.url, r.facts,"
        " r.is_chosen, r.looked_at FROM crm_record r LEFT JOIN account a ON a.id = r.account_id"
        " WHERE r.author_id = ?1 AND (r.is_chosen OR NOT EXISTS (SELECT 1 FROM crm_record o"
        "   WHERE o.author_id = ?1 AND o.account_id = r.account_id AND o.is_chosen))"
        " ORDER BY r.account_id, r.looked_at DESC, r.name",
        (author_id,),
    )
    return [_row(row) for row in rows]


def was_looked_up(conn: Connection, author_id: int, account_id: int, since: int) -> bool:
    """Whether somebody looked after `since` (ms UTC) and found something."""
    row = conn.execute(
        "SELECT 1 FROM crm_record WHERE author_id = ? AND account_id = ? AND looked_at > ?",
        (author_id, account_id, since),
    ).fetchone()
    return row is not None


def list_crms(conn: Connection) -> list[CrmAccount]:
    """The CRMs of this workspace, in the order they were added."""
    looking = set(settings.read(conn, LOOKS_UP).split())
    return [
        CrmAccount(row.id, row.name, row.network, row.state.value == "on", str(row.id) in looking)
        for row in accounts.list_accounts(conn)
        if row.card is not None and Can.CRM in row.card.can and row.state.value != "stopped"
    ]


def set_looking(tx: Transaction, account_id: int, person: int, *, is_on: bool) -> int:
    """Whether this CRM is asked of a person as soon as their mention is shown. The journal
    entry."""
    looking = set(settings.read(tx.conn, LOOKS_UP).split()) - {str(account_id)}
    if is_on:
        looking.add(str(account_id))
    tx.touch(Area.CRM)
    return settings.set_value(tx, LOOKS_UP, " ".join(sorted(looking)), person)


def _row(row: tuple[Any, ...]) -> RecordRow:
    account, name, remote_id, who, url, facts, is_chosen, looked_at = row
    kept = tuple((str(key), str(value)) for key, value in json.loads(facts or "[]"))
    record = CrmRecord(remote_id, who, url, kept)
    return RecordRow(account, name, record, bool(is_chosen), looked_at)
