"""Every table of the workspace, row by row, for an export of everything: never whole in memory.

Left out: what SQLite and the search keep for themselves, and the words of networks whose terms
forbid copies (their mentions, authors and what could not be read of them).
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.store.file import schema
from socialdesk.store.file.sqlite import Connection

BATCH: Final = 500
_TABLE: Final = re.compile(r"CREATE TABLE (\w+) \((?: -- ([^\n]*))?\n(.*?)\n\)", re.DOTALL)
_COLUMN: Final = re.compile(r"^  ([a-z]\w*) [A-Z].*?(?:-- (.*))?$", re.MULTILINE)
_OF_NETWORK: Final = {
    "mention": "network IN {gone}",
    "author": "network IN {gone}",
    "anchor": "network IN {gone}",
    "repost": "network IN {gone}",
    "mention_version": "mention_id IN (SELECT id FROM mention WHERE network IN {gone})",
    "reject": "account_id IN (SELECT id FROM account WHERE network IN {gone})",
}
_GONE: Final = "(SELECT value FROM json_each(:gone))"


@frozen
class Table:
    """`about`: one line; `columns`: name and meaning, "" where its name says it."""

    name: str
    about: str
    columns: tuple[tuple[str, str], ...]
    n_rows: int = 0


def tables(conn: Connection, without: Sequence[str] = ()) -> list[Table]:
    """In the schema's order, with their counts. `without`: networks whose terms forbid copies."""
    found = []
    for name, about, body in _TABLE.findall(schema.TABLES):
        columns = tuple((column, meaning.strip()) for column, meaning in _COLUMN.findall(body))
        where, values = _kept(name, without)
        (n,) = conn.execute(f"SELECT count(*) FROM {name} WHERE {where}", values).fetchone()
        found.append(Table(name, about.strip(), columns, int(n)))
    return found


def rows(
    conn: Connection, table: str, without: Sequence[str] = ()
) -> Iterator[list[dict[str, Any]]]:
    """A batch of rows at a time, by column name. `table`: one of `tables`."""
    where, values = _kept(table, without)
    cursor = conn.execute(f"SELECT * FROM {table} WHERE {where}", values)
    names = [column[0] for column in cursor.description]
    while batch := cursor.fetchmany(BATCH):
        yield [dict(zip(names, row, strict=True)) for row in batch]


def mention_ids(conn: Connection, without: Sequence[str] = ()) -> list[int]:
    """What stands in the readable file: strangers' mentions whose words are here, oldest first.
    8 bytes each."""
    where, values = _kept("mention", without)
    return [
        id for (id,) in conn.execute(
            f"SELECT id FROM mention WHERE role = 0 AND expired_at = 0 AND {where} ORDER BY id",
            values,
        )
    ]  # fmt: skip


def count_left_out(conn: Connection, without: Sequence[str]) -> int:
    """Mentions of these networks."""
    (n,) = conn.execute(
        f"SELECT count(*) FROM mention WHERE network IN {_GONE}", {"gone": json.dumps(without)}
    ).fetchone()
    return int(n)


def _kept(table: str, without: Sequence[str]) -> tuple[str, dict[str, str]]:
    rule = _OF_NETWORK.get(table)
    if rule is None or not without:
        return "true", {}
    return f"NOT ({rule.format(gone=_GONE)})", {"gone": json.dumps(list(without))}
