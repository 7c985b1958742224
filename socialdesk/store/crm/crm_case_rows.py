"""Rows of cases for a CRM: one by its id, and as people are shown them."""

from dataclasses import replace
from typing import Any, Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.frozen import frozen
from socialdesk.domain.people.crm import CaseKind, CaseRow, CaseState
from socialdesk.store.file.sqlite import Connection

COLUMNS: Final = (
    "id, account_id, mention_id, key, kind, subject, body, person_remote_id, state, reason, detail,"
    " n_tries, n_looks, first_tried_at, next_at, remote_id, url, remote_state, checked_at,"
    " person_id, made_at"
)


@frozen
class Entry:
    """A row of `crm_case`, column by column. Times are ms UTC, 0 = none."""

    id: int
    account_id: int
    mention_id: int
    key: str
    kind: str
    subject: str
    body: str
    person_remote_id: str
    state: CaseState
    reason: str
    detail: str
    n_tries: int
    n_looks: int
    first_tried_at: int
    next_at: int
    remote_id: str
    url: str
    remote_state: str
    checked_at: int
    person_id: int
    made_at: int


def read(conn: Connection, case_id: int) -> Entry:
    """Raises CommandError NOT_FOUND."""
    row = conn.execute(f"SELECT {COLUMNS} FROM crm_case WHERE id = ?", (case_id,)).fetchone()
    if row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    return entry_of(row)


def entry_of(row: tuple[Any, ...]) -> Entry:
    """`row`: COLUMNS."""
    found = Entry(*row)
    return replace(found, state=CaseState(found.state))


def list_cases(conn: Connection, mention_id: int = 0, author_id: int = 0) -> list[CaseRow]:
    """Of one mention, or of all that an author wrote, newest first; discarded ones are not
    here. Both 0: all that are not in their CRM yet."""
    whose = "c.mention_id = ?1" if mention_id else "c.state <> 'sent' AND ?1 = 0"
    if author_id:
        whose = "c.mention_id IN (SELECT id FROM mention WHERE author_id = ?1)"
    rows = conn.execute(
        "SELECT c.id, c.mention_id, c.account_id, coalesce(a.name, ''), c.kind, c.subject, c.state,"
        " c.made_at, coalesce(p.name, ''), c.reason, c.detail, c.n_tries, c.next_at, c.url,"
        " c.remote_state, c.checked_at FROM crm_case c LEFT JOIN account a ON a.id = c.account_id"
        " LEFT JOIN person p ON p.id = c.person_id"
        f" WHERE {whose} AND c.state <> 'discarded' ORDER BY c.id DESC LIMIT 50",
        (author_id or mention_id,),
    )
    return [_shown(row) for row in rows]


def _shown(row: tuple[Any, ...]) -> CaseRow:
    id, mention, account, name, kind, subject, state, *rest = row
    return CaseRow(
        id, mention, account, name, CaseKind(kind), subject, CaseState(state), *rest
    )  # fmt: skip
