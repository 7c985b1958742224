"""The hash an approval is bound to, made from the words, pictures and names in the file.

An approval counts for exactly one hash (`domain.crisis.approval`): whoever checks a text that is
about to leave makes it anew here.
"""

import json
from collections.abc import Sequence

from socialdesk.domain.crisis.approval import approval_hash
from socialdesk.domain.replies.picture import Picture
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.outbox.outbox_moves import Entry


def reply_hash(
    conn: Connection, account_id: int, lang: str, text: str, pictures: Sequence[Picture] = ()
) -> str:
    """Of a reply: these words and pictures, in this language, from this account."""
    row = conn.execute("SELECT network, name FROM account WHERE id = ?", (account_id,)).fetchone()
    account = f"{row[0]}:{row[1]}" if row else f"account:{account_id}"
    media = [one.approved_as() for one in pictures]
    return approval_hash(kind="reply", lang=lang, text=text, accounts=[account], media=media)


def row_hash(conn: Connection, row: Entry) -> str:
    """Of a row's words and pictures as they are now: of the statement it publishes, which names
    every account that will speak, else of a reply. "" when the statement is not there."""
    if not row.statement_version_id:
        return reply_hash(conn, row.account_id, row.lang, row.text, row.pictures)
    found = conn.execute(_STATEMENT, (row.statement_version_id,)).fetchone()
    if found is None:
        return ""
    kind, code, accounts = found
    return approval_hash(
        kind=kind, incident=code, lang=row.lang, text=row.text,
        accounts=account_names(conn, accounts), media=[one.approved_as() for one in row.pictures],
    )  # fmt: skip


def account_names(conn: Connection, accounts: str) -> list[str]:
    """`accounts`: a JSON list of ids, as the version keeps it; "network:name" of each, as the hash
    names them."""
    rows = conn.execute(
        "SELECT network || ':' || name FROM account WHERE id IN (SELECT value FROM json_each(?))",
        (accounts if _is_list(accounts) else "[]",),
    )
    return [name for (name,) in rows]


def _is_list(text: str) -> bool:
    try:
        return isinstance(json.loads(text), list)
    except ValueError:
        return False


_STATEMENT = """
SELECT s.kind, i.code, v.accounts FROM statement_version v
JOIN statement s ON s.id = v.statement_id JOIN incident i ON i.id = s.incident_id
WHERE v.id = ?"""
