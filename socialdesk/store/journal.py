"""The journal's rows: appended in the transaction of what they tell, chained by hash."""

import json
from collections.abc import Iterator
from typing import Any

from socialdesk.domain.journal import GENESIS, Entry, canonical_json, entry_hash, first_break
from socialdesk.domain.queue.rows import JournalRow
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

_COLUMNS = "seq, incident, at, mono_ms, boot_id, person, kind, data, prev_hash, hash"


def append(
    tx: Transaction,
    kind: str,
    data: dict[str, Any],
    *,
    person: int | None,
    incident: int | None = None,
) -> int:
    """One more entry; its `seq`. `data`: our ids, codes and texts, never a stranger's words.

    `person` None = the program itself.
    """
    last = tx.conn.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    seq, prev = (last[0] + 1, last[1]) if last else (1, GENESIS)
    digest = entry_hash(
        prev, seq=seq, incident=incident, at=tx.now, mono_ms=tx.mono_ms,
        boot_id=tx.boot_id, person=person, kind=kind, data=data,
    )  # fmt: skip
    tx.conn.execute(
        f"INSERT INTO journal({_COLUMNS}) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (seq, incident, tx.now, tx.mono_ms, tx.boot_id, person, kind, canonical_json(data),
         prev, digest),
    )  # fmt: skip
    return seq


def entries(conn: Connection, after: int = 0, limit: int | None = None) -> Iterator[Entry]:
    """Entries with a `seq` above `after`, oldest first; lazily, so any number of them."""
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM journal WHERE seq > ? ORDER BY seq LIMIT ?",
        (after, -1 if limit is None else limit),
    )
    for seq, incident, at, mono_ms, boot, person, kind, data, prev_hash, digest in rows:
        yield Entry(
            seq, incident, at, mono_ms, boot, person, kind, _data(data), prev_hash, digest
        )  # fmt: skip


def newest(conn: Connection, limit: int = 200, kind: str = "") -> list[JournalRow]:
    """For people, newest first; `kind` "" = all."""
    rows = conn.execute(
        "SELECT j.seq, j.at, coalesce(p.name, ''), j.kind, j.data FROM journal j"
        " LEFT JOIN person p ON p.id = j.person"
        " WHERE ?1 = '' OR j.kind = ?1 ORDER BY j.seq DESC LIMIT ?2",
        (kind, limit),
    )
    return [JournalRow(*row) for row in rows]


def verify(conn: Connection) -> int | None:
    """The first `seq` that does not follow, or that is missing; None when the chain is whole."""
    broken = first_break(entries(conn))
    if broken is not None:
        return broken
    (last,) = conn.execute("SELECT coalesce(max(seq), 0) FROM journal").fetchone()
    # AUTOINCREMENT remembers the highest seq ever given: entries cut off the end are missed too.
    given = conn.execute("SELECT seq FROM sqlite_sequence WHERE name = 'journal'").fetchone()
    return last + 1 if given and given[0] > last else None


def _data(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except ValueError:
        value = None
    return value if isinstance(value, dict) else {"unreadable": text}  # fails its hash
