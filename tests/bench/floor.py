"""What the database alone costs: one wide table, five indexes, full text per page, no program.

As perf/b1b_fts_write.py writes them: `write_pages` is its floor, which the goal names, and
`write_ordered_pages` does all that the measure names (ids by time, counters of the page). The
pragmas are the program's own, so that only its work on top makes the difference.
"""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any, Final

from socialdesk.domain.mentions.mention import SECOND_BITS, Mention
from socialdesk.store.file.sqlite import Connection, open_writer

_SCHEMA: Final = """
CREATE TABLE post(
  id INTEGER PRIMARY KEY, network TEXT, account INTEGER, remote_id TEXT, kind INTEGER,
  parent TEXT, author INTEGER, author_name TEXT, author_handle TEXT, body TEXT, url TEXT,
  lang TEXT, at INTEGER, seen_at INTEGER, feeling REAL, status INTEGER, priority INTEGER,
  is_unread INTEGER, labels TEXT, stars INTEGER, reach INTEGER, due_at INTEGER);
CREATE UNIQUE INDEX post_remote ON post(network, remote_id);
CREATE INDEX post_queue ON post(status, priority, at);
CREATE INDEX post_time ON post(at);
CREATE INDEX post_network ON post(network, at);
CREATE INDEX post_author ON post(author, at);
CREATE VIRTUAL TABLE post_text USING fts5(
  body, author_name, content='post', content_rowid='id',
  tokenize="unicode61 remove_diacritics 2");
CREATE TABLE tally(
  network TEXT, status INTEGER, is_unread INTEGER, n INTEGER NOT NULL,
  PRIMARY KEY(network, status, is_unread)) WITHOUT ROWID;
"""
_INSERT: Final = f"INSERT INTO post VALUES(NULL, {', '.join('?' * 21)})"
_INSERT_AT: Final = f"INSERT INTO post VALUES({', '.join('?' * 22)})"
_AT: Final = 11  # where a row has its time, ms
_INDEX: Final = (
    "INSERT INTO post_text(rowid, body, author_name)"
    " SELECT id, body, author_name FROM post WHERE id > ? ORDER BY id"
)
_TALLY: Final = (
    "INSERT INTO tally SELECT network, status, is_unread, count(*) FROM post WHERE id > ?"
    " GROUP BY 1, 2, 3 ON CONFLICT DO UPDATE SET n = n + excluded.n"
)


def floor_rows(posts: Sequence[tuple[str, Mention]]) -> list[tuple[Any, ...]]:
    """The mentions as rows of the floor's table, made beforehand."""
    dice = Random("floor")
    return [
        (network, 1, m.remote_id, m.kind.value, m.parent_uri, dice.randrange(60_000),
         m.author.name, m.author.handle, m.body, m.uri, m.lang,
         int(m.published_at.timestamp() * 1000), 0, 0.0, dice.choice((0, 1, 4, 4, 4)), 0, 1, "[]",
         0, m.author.n_followers, 0)
        for network, m in posts
    ]  # fmt: skip


def open_floor(path: Path) -> Connection:
    """A new file with the floor's tables, committing as fetched pages do."""
    conn = open_writer(path)
    conn.executescript(_SCHEMA)
    conn.execute("PRAGMA synchronous = NORMAL")
    return conn


def write_pages(conn: Connection, rows: Sequence[tuple[Any, ...]], size: int) -> None:
    """One transaction per page: executemany, then the page's full text in one statement."""
    (last,) = conn.execute("SELECT coalesce(max(id), 0) FROM post").fetchone()
    for start in range(0, len(rows), size):
        page = rows[start : start + size]
        conn.execute("BEGIN IMMEDIATE")
        conn.executemany(_INSERT, page)
        conn.execute(_INDEX, (last,))
        conn.execute("COMMIT")
        last += len(page)


def write_ordered_pages(conn: Connection, rows: Sequence[tuple[Any, ...]], size: int) -> None:
    """The same with ids in the order of time, each page sorted by them, and the counters of the
    page moved by one grouped upsert. `rows`: newer than those that are there."""
    (last,) = conn.execute("SELECT coalesce(max(id), 0) FROM post").fetchone()
    for start in range(0, len(rows), size):
        page = rows[start : start + size]
        placed = sorted((row[_AT] // 1000 << SECOND_BITS | n, *row) for n, row in enumerate(page))
        conn.execute("BEGIN IMMEDIATE")
        conn.executemany(_INSERT_AT, placed)
        conn.execute(_INDEX, (last,))
        conn.execute(_TALLY, (last,))
        conn.execute("COMMIT")
        last = placed[-1][0]
