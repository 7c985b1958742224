"""The newest schema, as SQL with its comments: SQLite keeps them, the schema page is made of them.

All times are integer milliseconds UTC; 0 or NULL = none, as the column says. Ids are integers.
One file per family of tables. A change here needs a step in `steps.py` once it was released.
"""

from socialdesk.store.file.file_kind import APPLICATION_ID as APPLICATION_ID
from socialdesk.store.file.file_kind import VERSION as VERSION
from socialdesk.store.file.schema import (
    answers,
    contacts,
    crisis,
    crm,
    insight,
    journal,
    network,
    triage,
)

_FAMILIES = (journal, network, triage, insight, contacts, answers, crisis, crm)
TABLES = "\n".join(family.TABLES for family in _FAMILIES)
SEARCH = network.SEARCH
INDEXES = "".join(family.INDEXES for family in _FAMILIES)

GUARDS = "\n".join(
    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, '{table} is append only'); END;"
    for table in ("journal", "approval", "approval_end")
    for act in ("UPDATE", "DELETE")
)

VIEWS = """
CREATE VIEW queue_in_words AS -- for people with another SQLite tool
SELECT m.id, m.network, a.name AS author, a.handle, m.body, m.url,
  datetime(m.published_at / 1000, 'unixepoch') AS published_utc,
  CASE t.status WHEN 0 THEN 'new' WHEN 1 THEN 'open' WHEN 2 THEN 'waiting' WHEN 3 THEN 'snoozed'
    WHEN 4 THEN 'done' ELSE 'spam' END AS status
FROM triage t JOIN mention m ON m.id = t.mention_id JOIN author a ON a.id = m.author_id;
"""
