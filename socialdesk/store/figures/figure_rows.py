"""The mentions of a period as rows of a file: one each, with what is known of their answer."""

from typing import Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.times.period import Span
from socialdesk.store.figures.figures import INTENT, LANG, SENTIMENT, values_of
from socialdesk.store.file.sqlite import Connection

# A page at a time by id: never whole in memory, and no OFFSET.
_ROWS: Final = f"""
SELECT t.mention_id, m.network, a.name, a.handle, (t.mention_id >> 20) * 1000, t.status,
  t.disposition, {SENTIMENT}, {INTENT}, {LANG},
  coalesce((SELECT group_concat(name, '; ') FROM (SELECT l.name FROM mention_label x
    JOIN label l ON l.id = x.label_id WHERE x.mention_id = t.mention_id ORDER BY l.name)), ''),
  t.reach, t.due_at, t.first_reply_at,
  coalesce((SELECT o.reason = 'by_hand' FROM outbox o WHERE o.mention_id = t.mention_id
    AND o.state = 'sent' AND o.sent_at = t.first_reply_at LIMIT 1), 0),
  coalesce((SELECT p.name FROM outbox o JOIN person p ON p.id = o.person_id
    WHERE o.mention_id = t.mention_id AND o.state = 'sent' ORDER BY o.id LIMIT 1), ''),
  coalesce((SELECT p.name FROM outbox o JOIN template_version v ON v.id = o.version_id
    JOIN template p ON p.id = v.template_id
    WHERE o.mention_id = t.mention_id AND o.state = 'sent' ORDER BY o.id LIMIT 1), ''),
  CASE m.url WHEN '' THEN m.uri ELSE m.url END, trim(m.title || char(10) || m.body, char(10)),
  coalesce((SELECT o.text FROM outbox o WHERE o.mention_id = t.mention_id AND o.state = 'sent'
    ORDER BY o.id LIMIT 1), '')
FROM triage t JOIN mention m ON m.id = t.mention_id JOIN author a ON a.id = m.author_id
LEFT JOIN insight i ON i.mention_id = t.mention_id
WHERE t.mention_id >= :first AND t.mention_id < :last AND t.mention_id > :after
ORDER BY t.mention_id LIMIT :limit"""


@frozen
class ReportRow:
    """Times in ms UTC, 0 = none; `status`, `disposition`, `mood` and `intent` as numbered in the
    file; `is_by_hand`: answered, but when is not known."""

    id: int
    network: str
    author: str
    handle: str
    at: int
    status: int
    disposition: int
    mood: int
    intent: int
    lang: str
    labels: str
    reach: int
    due_at: int
    first_reply_at: int
    is_by_hand: bool
    person: str
    template: str
    url: str
    body: str
    reply: str


def list_rows(conn: Connection, span: Span, after: int, limit: int) -> list[ReportRow]:
    """The mentions of a span, spam too, oldest first, from the one after `after` on."""
    values = {**values_of(span, "", 0), "after": after, "limit": limit}
    return [ReportRow(*row) for row in conn.execute(_ROWS, values)]
