"""After an erasing: its words leave the full-text index, the file's free space and the WAL.

`secure_delete` overwrites most of what is deleted, not all: the index keeps deleted words until its
parts are merged, pages keep what was moved away, the WAL keeps old pages. So the index is merged,
the file written anew and the WAL cut to nothing. Wanted work is noted in the transaction of the
erasing: a killed engine goes on with it.
"""

from typing import Final

from socialdesk.store import settings
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

SETTING: Final = "cleaning"
_MERGED_PAGES: Final = 500  # of the index, a slice: about 20 ms


def ask_for(tx: Transaction) -> None:
    """Clean before long."""
    tx.conn.execute("INSERT OR REPLACE INTO setting(key, value) VALUES (?, 'due')", (SETTING,))


def is_due(conn: Connection) -> bool:
    """Something was erased and not cleaned away yet."""
    return settings.read(conn, SETTING) == "due"


def note_clean(tx: Transaction) -> None:
    """All of it is gone."""
    tx.conn.execute("DELETE FROM setting WHERE key = ?", (SETTING,))


def merge_index(tx: Transaction, *, is_first: bool) -> bool:
    """One slice of the merge of the index; True while there is more to do. Source: FTS5, "merge":
    a negative first step makes one of all parts, as `optimize` does at once."""
    before = tx.conn.total_changes
    tx.conn.execute(
        "INSERT INTO mention_search(mention_search, rank) VALUES ('merge', ?)",
        (-_MERGED_PAGES if is_first else _MERGED_PAGES,),
    )
    return tx.conn.total_changes - before >= 2


def rewrite(conn: Connection) -> bool:
    """The whole file anew, and the WAL cut to nothing; outside a transaction. False when a reader
    held the WAL open: cut it again later. Takes 8 s per GB, during which readers go on.

    The temporary copy is a file without a name rather than memory: it holds what is kept alone.
    """
    conn.execute("PRAGMA temp_store = FILE")
    try:
        conn.execute("VACUUM")
    finally:
        conn.execute("PRAGMA temp_store = MEMORY")
    return cut_wal(conn)


def cut_wal(conn: Connection) -> bool:
    """True when nothing of it is left."""
    (is_busy, *_) = conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy
