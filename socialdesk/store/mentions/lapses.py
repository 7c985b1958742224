"""Words that a network lets us keep for a time only, unless it confirms them.

What lapses loses its words, its pictures and what stood before its edits; the row stays with its
link, its status, our notes and our replies. An author none of whose words are left loses name and
address too. The free pages of the file are written over by SQLite as it goes on, not at once: an
erasing on request does that (`cleaning.py`).
"""

import json
from collections.abc import Iterable, Sequence
from typing import Final

from socialdesk.store.file.checksum import mention_checksum
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions.textindex import reindexed

_GIVEN: Final = "(SELECT value FROM json_each(:given))"


def put_off(tx: Transaction, account_id: int, uris: Iterable[str], network: str, at: int) -> None:
    """The network told these posts just now: strangers' words among them may stay until `at`."""
    tx.conn.execute(
        "INSERT INTO lapse(mention_id, account_id, at)"
        " SELECT id, :account, :at FROM mention"
        f" WHERE network = :network AND uri IN {_GIVEN} AND role <> 1 AND true"
        " ON CONFLICT(mention_id) DO UPDATE SET at = max(at, excluded.at)",
        {"account": account_id, "at": at, "network": network, "given": json.dumps(list(uris))},
    )


def put_off_remote(tx: Transaction, account_id: int, remote_ids: Iterable[str], at: int) -> None:
    """The same for posts looked at again."""
    tx.conn.execute(
        "UPDATE lapse SET at = max(at, :at) WHERE mention_id IN (SELECT id FROM mention"
        f" WHERE account_id = :account AND remote_id IN {_GIVEN})",
        {"account": account_id, "at": at, "given": json.dumps(list(remote_ids))},
    )


def end_now(tx: Transaction, account_id: int, remote_ids: Iterable[str]) -> None:
    """The words of these posts may not stay: they are gone there."""
    tx.conn.execute(
        "INSERT INTO lapse(mention_id, account_id, at)"
        " SELECT id, :account, :at FROM mention"
        f" WHERE account_id = :account AND remote_id IN {_GIVEN} AND role <> 1 AND expired_at = 0"
        " ON CONFLICT(mention_id) DO UPDATE SET at = excluded.at",
        {"account": account_id, "at": tx.now, "given": json.dumps(list(remote_ids))},
    )


def end_these(tx: Transaction, account_id: int, ids: Iterable[int]) -> None:
    """The same by our own ids."""
    tx.conn.execute(
        "INSERT INTO lapse(mention_id, account_id, at)"
        " SELECT id, :account, :at FROM mention"
        f" WHERE id IN {_GIVEN} AND role <> 1 AND expired_at = 0"
        " ON CONFLICT(mention_id) DO UPDATE SET at = excluded.at",
        {"account": account_id, "at": tx.now, "given": json.dumps(list(ids))},
    )


def due(conn: Connection, account_id: int, before: int, n: int) -> list[str]:
    """Remote ids of at most `n` posts of the account whose words lapse before `before` (ms), the
    soonest first; what is deleted there need not be asked about."""
    rows = conn.execute(
        "SELECT m.remote_id FROM lapse l JOIN mention m ON m.id = l.mention_id"
        " WHERE l.account_id = ? AND l.at < ? AND m.deleted_at = 0 ORDER BY l.at LIMIT ?",
        (account_id, before, n),
    )
    return [remote_id for (remote_id,) in rows]


def let_lapse(tx: Transaction, n: int) -> int:
    """Take out the words of at most `n` mentions whose time has come; how many there were."""
    rows = tx.conn.execute(
        "SELECT m.id FROM lapse l JOIN mention m ON m.id = l.mention_id WHERE l.at <= ? LIMIT ?",
        (tx.now, n),
    ).fetchall()
    ids = [id for (id,) in rows]
    take_words(tx, ids)
    return len(ids)


def take_words(tx: Transaction, ids: Sequence[int]) -> None:
    """The words of these mentions, and of every place that repeats them."""
    given = {"given": json.dumps(list(ids))}
    rows = tx.conn.execute(
        "SELECT m.id, m.author_id, m.uri, m.published_at, a.remote_id FROM mention m"
        f" JOIN author a ON a.id = m.author_id WHERE m.id IN {_GIVEN}",
        given,
    ).fetchall()
    if not rows:
        return
    emptied = _emptied(tx.conn, {row[1] for row in rows}, given)
    authors = {"given": json.dumps(emptied)}
    with reindexed(tx, {*(row[0] for row in rows), *_found_by(tx.conn, authors)}):
        tx.conn.executemany(
            "UPDATE mention SET title = '', body = '', warning = '', attachments = '',"
            " checksum = ?, expired_at = ? WHERE id = ?",
            [(mention_checksum(uri, author, "", "", "", at), tx.now, id)
             for id, _, uri, at, author in rows],
        )  # fmt: skip
        tx.conn.execute(f"DELETE FROM mention_version WHERE mention_id IN {_GIVEN}", given)
        tx.conn.execute(f"UPDATE insight SET parts = '[]' WHERE mention_id IN {_GIVEN}", given)
        tx.conn.execute(f"DELETE FROM notice WHERE mention_id IN {_GIVEN}", given)
        tx.conn.execute(f"UPDATE faq_gap SET words = '' WHERE mention_id IN {_GIVEN}", given)
        tx.conn.execute(
            "UPDATE crm_case SET subject = '' WHERE state IN ('sent', 'failed', 'discarded')"
            f" AND mention_id IN {_GIVEN}",
            given,
        )
        tx.conn.execute(f"DELETE FROM lapse WHERE mention_id IN {_GIVEN}", given)
        tx.conn.execute(_EMPTY_AUTHORS, authors)
    tx.note_updated(ids)


def _emptied(conn: Connection, authors: Iterable[int], given: dict[str, str]) -> list[int]:
    """Those of the authors who have no words left without these mentions. The newest are asked
    first: of a feed with 50,000 articles the old ones went long ago."""
    sql = (
        "SELECT 1 FROM mention WHERE author_id = :author AND expired_at = 0"
        f" AND id NOT IN {_GIVEN} ORDER BY id DESC LIMIT 1"
    )
    return [
        author for author in sorted(authors)
        if conn.execute(sql, {**given, "author": author}).fetchone() is None
    ]  # fmt: skip


def _found_by(conn: Connection, authors: dict[str, str]) -> list[int]:
    """Every mention of these authors: their names are words of the index too."""
    rows = conn.execute(f"SELECT id FROM mention WHERE author_id IN {_GIVEN}", authors)
    return [id for (id,) in rows]


# The handle cannot be empty on screen; the number tells two of them apart.
_EMPTY_AUTHORS: Final = f"""
UPDATE author SET name = '', handle = '…' || id, url = '', avatar_url = '', n_followers = NULL
WHERE id IN {_GIVEN}"""


def drop_rejects(tx: Transaction, account_id: int, before: int) -> int:
    """What could not be read may hold words too: gone when it was set aside before `before`."""
    return tx.conn.execute(
        "DELETE FROM reject WHERE account_id = ? AND at < ?", (account_id, before)
    ).rowcount
