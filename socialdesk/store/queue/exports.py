"""Mentions as they are written to a file: whole words, one row each."""

import json
from collections.abc import Sequence
from typing import Final

from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import ExportRow
from socialdesk.store.file.sqlite import Connection

_ROWS: Final = """
SELECT m.id, m.network, a.name, a.handle, m.published_at, t.status,
  (SELECT json_group_array(l.name) FROM mention_label x JOIN label l ON l.id = x.label_id
    WHERE x.mention_id = m.id),
  m.lang, trim(m.title || char(10) || m.body, char(10)),
  CASE m.url WHEN '' THEN m.uri ELSE m.url END,
  coalesce((SELECT o.text FROM outbox o WHERE o.mention_id = m.id AND o.state = 'sent'
    ORDER BY o.id DESC LIMIT 1), '')
FROM json_each(?) i JOIN mention m ON m.id = i.value JOIN author a ON a.id = m.author_id
LEFT JOIN triage t ON t.mention_id = m.id
WHERE m.network NOT IN (SELECT value FROM json_each(?)) ORDER BY i.key"""


def export_rows(
    conn: Connection, ids: Sequence[int], without: Sequence[str] = ()
) -> list[ExportRow]:
    """One row per id that is there and not of a network of `without`, in that order."""
    return [
        ExportRow(number, network, name, handle, at, _word(status),
                  tuple(sorted(json.loads(labels))), lang, body, url, reply)
        for number, network, name, handle, at, status, labels, lang, body, url, reply
        in conn.execute(_ROWS, (json.dumps(list(ids)), json.dumps(list(without))))
    ]  # fmt: skip


def _word(status: int | None) -> str:
    return "" if status is None else Status(status).name.lower()
