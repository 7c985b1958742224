"""The steps from one version of the file to the next, never edited after a release."""

from typing import Final

from socialdesk.store.file import growth, schema
from socialdesk.store.file.sqlite import statements
from socialdesk.store.file.sqlite_tools import Database, Migrations

STEPS: Final = Migrations("socialdesk")


@STEPS()
def first_schema(db: Database) -> None:
    """A new file: the newest schema at once, with its comments; later steps find their work done.
    A file of version 1 has had this step."""
    for part in (schema.TABLES, schema.SEARCH, schema.INDEXES, schema.GUARDS, schema.VIEWS):
        for statement in statements(part):
            db.conn.execute(statement)


@STEPS()
def to_version_2(db: Database) -> None:
    """Insight, response targets, rules, contacts, promises, known questions."""
    growth.add_columns(db, growth.SECOND)


@STEPS()
def to_version_3(db: Database) -> None:
    """Crisis mode."""
    growth.add_columns(db, growth.THIRD)


@STEPS()
def to_version_4(db: Database) -> None:
    """More networks: what they cost, how long their words are kept; the CRM."""
    growth.add_columns(db, growth.FOURTH)
    growth.add_missing(db)
