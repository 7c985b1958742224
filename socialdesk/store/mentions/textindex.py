"""The full-text index: which words of a mention are found, and how they get in and out of it.

The index is contentless, so to take a row out SQLite must be told the very words that went in.
They are always made from the stored rows, by `words`, whose tables never change after a release:
whatever changes a row's words does so inside `reindexed`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Final

from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

# Scripts written without spaces, one token per character: Han, kana, bopomofo, Hangul syllables.
_CJK: Final = (
    "\u3005-\u3007\u3040-\u30ff\u3105-\u312f\u31a0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003fffd"
)
# Emoji and symbols like them. unicode61 takes them for blanks, so each becomes a word of its own.
_EMOJI: Final = "\u231a-\u23ff\u2600-\u27bf\u2b05-\u2b55\U0001f000-\U0001f3fa\U0001f400-\U0001faff"


@cache
def _pattern(letters: str) -> re.Pattern[str]:
    """Made when first needed: these large classes take 13 ms and more, and the window that only
    reads ASCII never needs them."""
    return re.compile(f"[{letters}]+" if letters == _CJK else f"[{letters}]")


# Labels are not in here: `label:` finds them by their own index, and a label for 10,000 mentions at
# once took 3.5 s while each of them was written here too.
_CURRENT = """
SELECT m.id, m.title, m.body, m.warning, a.name, a.handle,
  (SELECT group_concat(text, char(10)) FROM (SELECT text FROM note WHERE mention_id = m.id
    ORDER BY id)),
  (SELECT group_concat(text, char(10)) FROM (SELECT text FROM outbox WHERE mention_id = m.id
    AND state = 'sent' ORDER BY id))
FROM mention m JOIN author a ON a.id = m.author_id
WHERE m.id IN (SELECT value FROM json_each(?)) ORDER BY m.id
"""

IndexRow = tuple[int, str, str, str]  # mention id, body, author, ours

REBUILD_BATCH = 2_000  # rows in memory at a time


def words(text: str) -> str:
    """`text` as the index and its searches see it: CJK characters and emoji set apart.

    The same text gives the same words for ever. A search passes its terms through here too and
    asks for a term that falls apart as a phrase.
    """
    if text.isascii() or not _pattern(_CJK + _EMOJI).search(text):
        return text
    text = _pattern(_CJK).sub(lambda run: f" {' '.join(run[0])} ", text)
    return _pattern(_EMOJI).sub(lambda found: f" emoji{ord(found[0]):x} ", text)


def body_words(title: str, body: str, warning: str) -> str:
    """The column `body` of a mention."""
    text = f"{title}\n{body}\n{warning}" if title or warning else body
    return words(text)


def author_words(name: str, handle: str) -> str:
    """The column `author`."""
    return words(f"{name} {handle}")


def add(conn: Connection, rows: Iterable[IndexRow]) -> None:
    """Rows that are not in the index yet, already split, by ascending id."""
    conn.executemany(
        "INSERT INTO mention_search(rowid, body, author, ours) VALUES(?, ?, ?, ?)", rows
    )


@contextmanager
def reindexed(tx: Transaction, ids: Iterable[int]) -> Iterator[None]:
    """Around every change of what these mentions are found by: words, author, notes, sent
    replies. Not to be nested for the same mention."""
    before = sorted(set(ids))
    _remove(tx.conn, current_rows(tx.conn, before))
    yield
    add(tx.conn, current_rows(tx.conn, before))


def current_rows(conn: Connection, ids: Sequence[int]) -> list[IndexRow]:
    """What the index holds for these mentions, made from the stored rows."""
    rows = conn.execute(_CURRENT, (json.dumps(list(ids)),)).fetchall()
    return [
        (
            id,
            body_words(title, body, warning),
            author_words(name, handle),
            words("\n".join(part for part in ours if part)),
        )
        for id, title, body, warning, name, handle, *ours in rows
    ]


def rebuild(tx: Transaction) -> int:
    """The whole index anew, for recovery. How many mentions went in."""
    tx.conn.execute("INSERT INTO mention_search(mention_search) VALUES('delete-all')")
    last = n = 0
    while ids := [
        id
        for (id,) in tx.conn.execute(
            "SELECT id FROM mention WHERE id > ? ORDER BY id LIMIT ?", (last, REBUILD_BATCH)
        )
    ]:
        add(tx.conn, current_rows(tx.conn, ids))
        last, n = ids[-1], n + len(ids)
    return n


def _remove(conn: Connection, rows: Iterable[IndexRow]) -> None:
    conn.executemany(
        "INSERT INTO mention_search(mention_search, rowid, body, author, ours)"
        " VALUES('delete', ?, ?, ?, ?)",
        rows,
    )
