"""From version 1 to 2: insight, response targets, rules, contacts, promises, known questions.

Not released yet: it takes the new tables as the schema has them now, and is frozen with it.
"""

import re
from typing import Final

from sqlite_utils import Database

from socialdesk.store import schema
from socialdesk.store.sqlite import statements

COLUMNS: Final = (
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
_NAME: Final = re.compile(r"CREATE (?:TABLE|UNIQUE INDEX|INDEX) (\w+)")


def apply(db: Database) -> None:
    """New columns at the end of their tables, new tables and indexes: what is not there yet."""
    for table, column in COLUMNS:
        if column.split()[0] not in _columns(db, table):
            db.conn.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    there = {name for (name,) in db.conn.execute("SELECT name FROM sqlite_master")}
    for statement in (*statements(schema.TABLES), *statements(schema.INDEXES)):
        found = _NAME.search(statement)
        if found is not None and found.group(1) not in there:
            db.conn.execute(statement)


def _columns(db: Database, table: str) -> set[str]:
    return {row[1] for row in db.conn.execute(f"PRAGMA table_info({table})")}
