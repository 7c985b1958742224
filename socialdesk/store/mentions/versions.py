"""Edits: the words before each one are kept, and stale copies undo none.

Two servers may hold two states of one post, and a page may come twice. So words are believed when
the network says that they were edited later than what we have; without an edit time, only from the
account that met the post first, and only when they are not words that were replaced before.
"""

from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Mention
from socialdesk.store.file.checksum import mention_checksum, version_checksum
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import textindex
from socialdesk.store.mentions.mentions import Known, to_ms


@frozen
class Edit:
    """New words for a stored post."""

    known: Known
    mention: Mention


def words_of(m: Mention) -> tuple[str, str, str]:
    """Title, body, warning."""
    return m.title, m.body, m.warning


def is_edit(tx: Transaction, known: Known, m: Mention, account_id: int) -> bool:
    """Whether these words, which differ from the stored ones, are newer than those, or come back
    after the stored ones lapsed."""
    if _is_expired(tx, known):
        return True
    told_at = to_ms(m.edited_at) if m.edited_at else 0
    rows = tx.conn.execute(
        "SELECT seen_at, title, body, warning FROM mention_version WHERE mention_id = ?"
        " ORDER BY n DESC",
        (known.id,),
    ).fetchall()
    # Where the network gave no edit time, `edited_at` is when we noticed: the last `seen_at`.
    was_told = known.edited_at > 0 and not (rows and rows[0][0] == known.edited_at)
    if told_at and (was_told or not known.edited_at):
        return told_at > known.edited_at
    if was_told or (not told_at and account_id != known.account_id):
        return False
    return words_of(m) not in {tuple(words) for _, *words in rows}


def save(tx: Transaction, edits: list[Edit]) -> None:
    """Keep the old words as a version, then the new ones in their place and in the index."""
    if not edits:
        return
    with textindex.reindexed(tx, [e.known.id for e in edits]):
        for edit in edits:
            if _is_expired(tx, edit.known):
                _put_back(tx, edit)
            else:
                _keep_old(tx, edit.known)
                _put_new(tx, edit)


def _is_expired(tx: Transaction, known: Known) -> bool:
    """Whether its words were taken out under the network's terms (`lapses.py`)."""
    if any(known.words):
        return False
    row = tx.conn.execute("SELECT expired_at FROM mention WHERE id = ?", (known.id,)).fetchone()
    return row is not None and row[0] > 0


def _put_back(tx: Transaction, edit: Edit) -> None:
    """The words as the network tells them now: no edit of anybody's."""
    _put_new(tx, edit)
    tx.conn.execute(
        "UPDATE mention SET expired_at = 0, edited_at = ? WHERE id = ?",
        (to_ms(edit.mention.edited_at) if edit.mention.edited_at else 0, edit.known.id),
    )


def _keep_old(tx: Transaction, known: Known) -> None:
    (last,) = tx.conn.execute(
        "SELECT coalesce(max(n), 0) FROM mention_version WHERE mention_id = ?", (known.id,)
    ).fetchone()
    n = last + 1
    tx.conn.execute(
        "INSERT INTO mention_version(mention_id, n, seen_at, title, body, warning, checksum)"
        " VALUES(?, ?, ?, ?, ?, ?, ?)",
        (known.id, n, tx.now, *known.words, version_checksum(known.id, n, *known.words)),
    )


def _put_new(tx: Transaction, edit: Edit) -> None:
    id, m = edit.known.id, edit.mention
    uri, published_at, author = tx.conn.execute(
        "SELECT m.uri, m.published_at, a.remote_id FROM mention m JOIN author a"
        " ON a.id = m.author_id WHERE m.id = ?",
        (id,),
    ).fetchone()
    words = words_of(m)
    tx.conn.execute(
        "UPDATE mention SET title = ?, body = ?, warning = ?, edited_at = ?, checksum = ?"
        " WHERE id = ?",
        (*words, to_ms(m.edited_at) if m.edited_at else tx.now,
         mention_checksum(uri, author, *words, published_at), id),
    )  # fmt: skip
