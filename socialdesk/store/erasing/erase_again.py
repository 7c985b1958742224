"""After a restore: who was erased since the backup was made is erased again."""

from pathlib import Path

from socialdesk.domain.errors import StoreError
from socialdesk.domain.frozen import frozen
from socialdesk.store import settings
from socialdesk.store.contacts import contacts
from socialdesk.store.erasing import cleaning, erasing
from socialdesk.store.file.sqlite import DAMAGE_ERRORS, Connection, open_untouched
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import erased


@frozen
class Erased:
    """What the file that is replaced knows. `rows`: digest, at, n met; `salt`: of the digests."""

    salt: str = ""
    rows: tuple[tuple[str, int, int], ...] = ()


def known_erased(path: Path) -> Erased:
    """Nothing where the file is gone or unreadable."""
    if not path.is_file():
        return Erased()
    try:
        conn = open_untouched(path)
        try:
            rows = conn.execute("SELECT digest, at, n_met FROM erased").fetchall()
            return Erased(settings.read(conn, "workspace_id"), tuple(rows))
        finally:
            conn.close()
    except (StoreError, *DAMAGE_ERRORS):
        return Erased()


def erase_again(tx: Transaction, known: Erased) -> int:
    """In the restored file; how many authors. Somebody of whom only some authors were erased
    loses those. A backup from before its workspace had an id gets the id of the file."""
    if not known.rows:
        return 0
    tx.conn.execute("INSERT OR IGNORE INTO setting VALUES ('workspace_id', ?)", (known.salt,))
    if settings.workspace_id(tx) == known.salt:  # else digests of another workspace say nothing
        sql = "INSERT OR IGNORE INTO erased(digest, at, n_met) VALUES (?, ?, ?)"
        tx.conn.executemany(sql, known.rows)
    gone = set(erased.erased_authors(tx.conn, known.salt, {row[0] for row in known.rows}))
    n = len(gone)
    while gone:
        author = min(gone)
        contact = contacts.contact_of(tx.conn, author)
        theirs = set(contacts.authors_of(tx.conn, contact)) if contact else {author}
        if not theirs <= gone:
            contacts.set_contact(tx, None, [author], 0)
            theirs = {author}
        erasing.erase(tx, 0, author, None)
        gone -= theirs
    return n


def clean(conn: Connection, tx: Transaction) -> None:
    """Of a file nobody else has open; the caller has committed."""
    is_first = True
    while cleaning.merge_index(tx, is_first=is_first):
        is_first = False
    cleaning.rewrite(conn)
    cleaning.note_clean(tx)
    cleaning.cut_wal(conn)
