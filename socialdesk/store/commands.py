"""What was done under which sender's id, so that a command sent again is answered, not repeated;
and what was begun and never answered."""

import json
from typing import Any, Final

from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

_BEGUN: Final = "null"  # JSON, in the place of an answer


def answered(tx: Transaction, command_id: str) -> tuple[int, dict[str, Any]] | None:
    """(journal seq, answer) of a command already done; None when it is new."""
    return find(tx.conn, command_id)


def find(conn: Connection, command_id: str) -> tuple[int, dict[str, Any]] | None:
    """The same, on any connection."""
    row = conn.execute("SELECT seq, answer FROM command WHERE id = ?", (command_id,)).fetchone()
    return (row[0], json.loads(row[1])) if row and row[1] != _BEGUN else None


def begin(tx: Transaction, command_id: str) -> bool:
    """Before its effect leaves this computer, in a transaction of its own. False: it was begun
    before, and nobody knows how far that came."""
    return bool(
        tx.conn.execute(
            "INSERT OR IGNORE INTO command(id, seq, at, answer) VALUES(?, 0, ?, ?)",
            (command_id, tx.now, _BEGUN),
        ).rowcount
    )


def remember(tx: Transaction, command_id: str, seq: int, answer: dict[str, Any]) -> None:
    """In the transaction of the command's effect. `seq` 0 = it has no journal entry."""
    tx.conn.execute("DELETE FROM command WHERE id = ? AND answer = ?", (command_id, _BEGUN))
    tx.conn.execute(
        "INSERT INTO command(id, seq, at, answer) VALUES(?, ?, ?, ?)",
        (command_id, seq, tx.now, json.dumps(answer, ensure_ascii=False)),
    )


def forget_before(tx: Transaction, at: int) -> int:
    """Drop answers older than `at` (ms): no sender waits that long. How many went."""
    return tx.conn.execute("DELETE FROM command WHERE at < ?", (at,)).rowcount
