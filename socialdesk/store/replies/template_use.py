"""What templates were used for: suggestions for the next mention, and how well their words fit."""

from collections import Counter, defaultdict
from statistics import median
from typing import Final

from socialdesk.domain.replies.suggestion import PastUse, Suggestion, suggest
from socialdesk.domain.replies.template_use import TemplateUse
from socialdesk.store.file.sqlite import Connection

REMEMBERED: Final = 2_000  # replies looked back at: 5 ms, and last year's habits fade

# A reply, from a template (kept or changed) or free (0: what the others are told from); the words
# and the intent of what it answered.
_USES: Final = """
SELECT coalesce(t.id, 0), m.title || ' ' || m.body,
  coalesce(nullif(i.own_intent, 0), i.intent, 0)
FROM outbox o
LEFT JOIN template_version v ON v.id = max(o.version_id, o.began_version)
LEFT JOIN template t ON t.id = v.template_id AND t.is_archived = 0
JOIN mention m ON m.id = o.mention_id
LEFT JOIN insight i ON i.mention_id = m.id
WHERE o.state = 'sent' ORDER BY o.id DESC LIMIT ?"""
_ONE: Final = """
SELECT m.title || ' ' || m.body, coalesce(nullif(i.own_intent, 0), i.intent, 0)
FROM mention m LEFT JOIN insight i ON i.mention_id = m.id WHERE m.id = ?"""
_SENT: Final = """
SELECT v.template_id, t.name, t.folder, o.lang, o.version_id, o.n_edited, o.sent_at
FROM outbox o
JOIN template_version v ON v.id = max(o.version_id, o.began_version)
JOIN template t ON t.id = v.template_id
WHERE o.state = 'sent' AND o.sent_at >= ? AND o.sent_at < ?"""


def suggested(conn: Connection, mention_id: int, limit: int = 3) -> list[Suggestion]:
    """The templates that answered mentions like this one, best first."""
    row = conn.execute(_ONE, (mention_id,)).fetchone()
    if row is None:
        return []
    uses = [PastUse(*use) for use in conn.execute(_USES, (REMEMBERED,)).fetchall()]
    words, intent = row
    return suggest(uses, words, intent, limit)


def read_use(conn: Connection, since: int, until: int) -> list[TemplateUse]:
    """Per template that was used between two times (ms UTC), the most used first."""
    groups: dict[int, list[tuple[str, str, str, int, int, int]]] = defaultdict(list)
    for template_id, *facts in conn.execute(_SENT, (since, until)):
        groups[template_id].append(tuple(facts))
    found = [_use(template_id, rows) for template_id, rows in groups.items()]
    return sorted(found, key=lambda u: (-u.n_sent, u.name.casefold(), u.template_id))


def _use(template_id: int, rows: list[tuple[str, str, str, int, int, int]]) -> TemplateUse:
    edited = [n for *_, version_id, n, _ in rows if not version_id and n >= 0]
    langs = Counter(lang for _, _, lang, *_ in rows)
    return TemplateUse(
        template_id, rows[0][0], rows[0][1], len(rows),
        n_kept=sum(bool(version_id) for *_, version_id, _, _ in rows),
        n_edited=median(edited) if edited else -1,
        langs=tuple(sorted(langs.items(), key=lambda pair: (-pair[1], pair[0]))),
        last_at=max(at for *_, at in rows),
    )  # fmt: skip
