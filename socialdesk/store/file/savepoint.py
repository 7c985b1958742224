"""A part of a transaction that may fail alone: it is taken back, the rest is kept."""

from collections.abc import Iterator
from contextlib import contextmanager

from socialdesk.store.file.transaction import Transaction


@contextmanager
def savepoint(tx: Transaction) -> Iterator[None]:
    """What raises inside is undone and raised on. When the file itself failed (a full disk), the
    whole transaction may be gone: `tx.conn.in_transaction` tells, and nothing may go on then."""
    tx.conn.execute("SAVEPOINT part")
    try:
        yield
    except Exception:
        if tx.conn.in_transaction:
            tx.conn.execute("ROLLBACK TO part")
            tx.conn.execute("RELEASE part")
        raise
    tx.conn.execute("RELEASE part")
