"""Pinned mentions: on top of what needs a reply, whatever the order."""

import json
from array import array
from collections.abc import Sequence
from itertools import chain, filterfalse
from typing import TYPE_CHECKING, Final

from socialdesk.domain.queue.rows import View
from socialdesk.store.file.sqlite import Connection

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction
    from socialdesk.store.triage.acts import Act

SHOWN: Final = 100  # more than this on top is no top
PINNED_IN: Final = {View.NEEDS_REPLY: "status <= 1", View.NEW: "+status = 0"}


def set_pinned(tx: "Transaction", act: "Act | None", ids: Sequence[int], is_pinned: bool) -> int:
    """The newest pin stands first. How many changed."""
    from socialdesk.store.mentions import facets  # no list needs them

    values = {"ids": json.dumps(list(ids)), "seq": act.seq if act else 0,
              "at": tx.now if is_pinned else 0, "pinned": int(is_pinned)}  # fmt: skip
    if act is not None:
        tx.conn.execute(
            "INSERT INTO act_row(seq, table_name, row_id, before, after) "
            f"SELECT :seq, '{facets.PIN.name}', mention_id, {facets.PIN.packed}, json_array(:at) "
            f"FROM triage WHERE {_DIFFERENT}",
            values,
        )
    n = tx.conn.execute(f"UPDATE triage SET pinned_at = :at WHERE {_DIFFERENT}", values).rowcount
    tx.note_updated(ids)
    return n


def on_top(conn: Connection, ids: "array[int]", view: View, limit: int) -> "array[int]":
    """The ids of a view, at most `limit`, with its pinned ones first."""
    if view not in PINNED_IN:
        return ids
    pinned = [
        row[0]
        for row in conn.execute(
            "SELECT mention_id FROM triage WHERE pinned_at > 0 AND "
            f"{PINNED_IN[view]} ORDER BY pinned_at DESC, mention_id DESC LIMIT {SHOWN}"
        )
    ]
    if not pinned:
        return ids
    rest = filterfalse(frozenset(pinned).__contains__, ids)  # one pass, however many pins
    return array("q", chain(pinned, rest))[:limit]


_DIFFERENT: Final = (
    "mention_id IN (SELECT value FROM json_each(:ids)) AND (pinned_at > 0) <> :pinned"
)
