"""Which posts to look at again: a network tells nobody that a post was edited or deleted."""

from typing import Final

from socialdesk.store.file.sqlite import Connection

# From the newest of what is not settled, by index: a million settled mentions cost nothing here.
_DUE: Final = """
SELECT m.remote_id FROM (
  SELECT mention_id FROM (
    SELECT mention_id FROM triage WHERE status <= 1 ORDER BY mention_id DESC LIMIT 300)
  UNION ALL SELECT mention_id FROM (
    SELECT mention_id FROM triage WHERE status = 2 ORDER BY mention_id DESC LIMIT 100)
) JOIN mention m ON m.id = mention_id
WHERE m.account_id = :account AND m.deleted_at = 0
  AND max(m.checked_at, m.first_seen_at) <= :before
ORDER BY max(m.checked_at, m.first_seen_at), m.id DESC LIMIT :n"""


def posts_due(conn: Connection, account_id: int, before: int, n: int) -> list[str]:
    """Remote ids of at most `n` undecided or waiting mentions of the account, last looked at
    before `before` (ms UTC), longest ago first."""
    values = {"account": account_id, "before": before, "n": n}
    return [remote_id for (remote_id,) in conn.execute(_DUE, values)]
