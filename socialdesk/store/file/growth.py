"""How an older file grows into the newest schema: columns step by step, then what else is missing.

New columns stand at the end of their tables. Tables and indexes come last, all at once: an index
may lie over a column that only a later step adds.
"""

import re
from collections.abc import Sequence
from typing import Final

from socialdesk.store.file import schema
from socialdesk.store.file.sqlite import statements
from socialdesk.store.file.sqlite_tools import Database

Columns = Sequence[tuple[str, str]]  # (table, column as in CREATE TABLE)

SECOND: Final[Columns] = (
    ("author", "contact_id INTEGER NOT NULL DEFAULT 0"),
    ("triage", "score INTEGER NOT NULL DEFAULT 0"),
    ("triage", "pinned_at INTEGER NOT NULL DEFAULT 0"),
    ("triage", "left_ms INTEGER NOT NULL DEFAULT 0"),
    ("triage", "is_alarming INTEGER NOT NULL DEFAULT 0"),
    ("saved_view", "list_order TEXT NOT NULL DEFAULT ''"),
    ("saved_view", "notice TEXT NOT NULL DEFAULT ''"),
    ("outbox", "is_dropped_if_written INTEGER NOT NULL DEFAULT 0"),
    ("outbox", "attachments TEXT NOT NULL DEFAULT ''"),
    ("outbox", "media TEXT NOT NULL DEFAULT ''"),
    ("outbox", "more_versions TEXT NOT NULL DEFAULT ''"),
    ("outbox", "n_edited INTEGER NOT NULL DEFAULT -1"),
    ("outbox", "began_version INTEGER NOT NULL DEFAULT 0"),
    ("draft", "plan TEXT NOT NULL DEFAULT '{}'"),
)
THIRD: Final[Columns] = (
    ("template", "is_light INTEGER NOT NULL DEFAULT 0"),
    ("outbox", "line TEXT NOT NULL DEFAULT ''"),
    ("outbox", "facts TEXT NOT NULL DEFAULT ''"),
    ("outbox", "statement_version_id INTEGER NOT NULL DEFAULT 0"),
    ("outbox", "incident_id INTEGER NOT NULL DEFAULT 0"),
)
FOURTH: Final[Columns] = (("mention", "expired_at INTEGER NOT NULL DEFAULT 0"),)
_NAME: Final = re.compile(r"CREATE (?:TABLE|UNIQUE INDEX|INDEX) (\w+)")


def add_columns(db: Database, columns: Columns) -> None:
    """Those that are not there yet, in tables that are."""
    for table, column in columns:
        there = {row[1] for row in db.conn.execute(f"PRAGMA table_info({table})")}
        if there and column.split()[0] not in there:
            db.conn.execute(f"ALTER TABLE {table} ADD COLUMN {column}")


def add_missing(db: Database) -> None:
    """Tables and indexes of the newest schema that are not there yet."""
    there = {name for (name,) in db.conn.execute("SELECT name FROM sqlite_master")}
    for statement in (*statements(schema.TABLES), *statements(schema.INDEXES)):
        found = _NAME.search(statement)
        if found is not None and found.group(1) not in there:
            db.conn.execute(statement)
