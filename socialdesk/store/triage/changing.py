"""Give a group of columns new values, row by row in sets, and record both sides for undo."""

import json
from collections.abc import Sequence
from typing import Any, Final

from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions.facets import Facet
from socialdesk.store.triage.acts import Act

IDS: Final = "(SELECT value FROM json_each(:ids))"


def change(
    tx: Transaction,
    act: Act | None,
    facet: Facet,
    after: Sequence[str],
    ids: Sequence[int],
    values: dict[str, Any],
) -> int:
    """Give the facet's columns the values `after` (SQL of our own) where that changes something.

    One statement records both sides, one writes: 100,000 rows take about a second.
    """
    if not ids:
        return 0
    values = {**values, "ids": json.dumps(list(ids)), "now": tx.now}
    new = f"json_array({', '.join(after)})"
    chosen = f"{facet.key} IN {IDS} AND {facet.packed} <> {new}"
    if act is not None:
        tx.conn.execute(
            "INSERT INTO act_row(seq, table_name, row_id, before, after) "
            f"SELECT {act.seq}, '{facet.name}', {facet.key}, {facet.packed}, {new} "
            f"FROM {facet.table} WHERE {chosen} ORDER BY {facet.key}",
            values,
        )
    sets = ", ".join(
        f"{column} = {value}" for column, value in zip(facet.columns, after, strict=True)
    )
    n = tx.conn.execute(f"UPDATE {facet.table} SET {sets} WHERE {chosen}", values).rowcount
    if facet.table == "triage":
        tx.note_updated(ids)
    return n
