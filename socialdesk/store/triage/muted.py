"""Muted people: who they are, how much of theirs was filed, and hearing them again."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from socialdesk.domain.changes import Area
from socialdesk.domain.mentions.muted import MutedRow
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.mentions import facets

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction
    from socialdesk.store.triage.acts import Act

SHOWN: Final = 500


def list_muted(conn: Connection) -> list[MutedRow]:
    """Those muted last come first; `n`: their mentions that were filed as muted."""
    rows = conn.execute(
        "SELECT a.id, a.network, a.name, a.handle, a.muted_at, (SELECT count(*) FROM mention m "
        "  JOIN triage t ON t.mention_id = m.id WHERE m.author_id = a.id AND t.disposition = 3), "
        "  (SELECT max(m.id) FROM mention m WHERE m.author_id = a.id) "
        "FROM author a WHERE a.muted_at > 0 ORDER BY a.muted_at DESC, a.id LIMIT ?",
        (SHOWN,),
    )
    return [
        MutedRow(id, network, name or handle, handle, at, n, newest or 0)
        for id, network, name, handle, at, n, newest in rows
    ]


def unmute(tx: "Transaction", act: "Act", authors: Sequence[int]) -> int:
    """They are heard again; what was filed meanwhile stays filed. How many were muted."""
    values = {"ids": json.dumps(list(authors)), "seq": act.seq}
    chosen = "id IN (SELECT value FROM json_each(:ids)) AND muted_at > 0"
    tx.conn.execute(
        "INSERT INTO act_row(seq, table_name, row_id, before, after) "
        f"SELECT :seq, '{facets.MUTED.name}', id, {facets.MUTED.packed}, '[0]' "
        f"FROM author WHERE {chosen}",
        values,
    )
    n = tx.conn.execute(f"UPDATE author SET muted_at = 0 WHERE {chosen}", values).rowcount
    tx.touch(Area.QUEUE, Area.PEOPLE)
    return int(n)
