"""Everything stored about one person, as plain values for a file."""

import json
from collections import defaultdict
from datetime import UTC, datetime
from typing import Any, Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.mentions.status import Status
from socialdesk.domain.people.crm import RecordRow
from socialdesk.store.contacts import contact_rows
from socialdesk.store.crm import crm_records
from socialdesk.store.file.sqlite import Connection

_MENTIONS: Final = """
SELECT m.id, m.network, m.uri, coalesce(nullif(m.url, ''), m.uri), m.title, m.body, m.warning,
  m.lang, m.visibility, m.published_at, m.first_seen_at, m.edited_at, m.deleted_at, m.attachments,
  t.status
FROM mention m LEFT JOIN triage t ON t.mention_id = m.id
WHERE m.author_id IN (SELECT value FROM json_each(?)) ORDER BY m.id"""
_REPLIES: Final = """
SELECT mention_id, text, state, sent_at, url FROM outbox
WHERE mention_id IN (SELECT value FROM json_each(?)) ORDER BY id"""
_VERSIONS: Final = """
SELECT mention_id, seen_at, title, body, warning FROM mention_version
WHERE mention_id IN (SELECT value FROM json_each(?)) ORDER BY mention_id, n"""
_LABELS: Final = """
SELECT x.mention_id, l.name FROM mention_label x JOIN label l ON l.id = x.label_id
WHERE x.mention_id IN (SELECT value FROM json_each(?)) ORDER BY l.name"""
_NOTES: Final = """
SELECT n.mention_id, n.at, coalesce(p.name, ''), n.text FROM note n
LEFT JOIN person p ON p.id = n.person_id
WHERE n.mention_id IN (SELECT value FROM json_each(?)) ORDER BY n.id"""
_CASES: Final = """
SELECT mention_id, kind, subject, body, state, made_at, url, remote_state FROM crm_case
WHERE mention_id IN (SELECT value FROM json_each(?)) ORDER BY id"""
_INSIGHT: Final = """
SELECT mention_id, lang, sentiment, confidence, intent, own_lang, own_sentiment, own_intent
FROM insight WHERE mention_id IN (SELECT value FROM json_each(?))"""
_JOURNAL: Final = """
SELECT j.seq, j.at, coalesce(p.name, ''), j.kind FROM journal j
LEFT JOIN person p ON p.id = j.person
WHERE json_extract(j.data, '$.contact') IN (SELECT value FROM json_each(:contacts))
  OR json_extract(j.data, '$.author') IN (SELECT value FROM json_each(:authors))
  OR json_extract(j.data, '$.mention') IN (SELECT value FROM json_each(:mentions))
  OR (json_type(j.data, '$.ids') = 'array' AND EXISTS (
    SELECT 1 FROM json_each(j.data, '$.ids') i
    WHERE i.value IN (SELECT value FROM json_each(:mentions))))
ORDER BY j.seq"""


def gather(conn: Connection, contact: int, author: int) -> dict[str, Any]:
    """Words, versions, our answers, notes, fields, labels, insight and the journal entries that
    concern them; times as ISO 8601 UTC. Raises CommandError NOT_FOUND."""
    person = contact_rows.read_person(conn, contact, author)
    if person is None:
        raise CommandError(CommandFault.NOT_FOUND)
    authors = json.dumps([a.id for a in person.authors])
    mentions = [_mention(row) for row in conn.execute(_MENTIONS, (authors,))]
    ids = json.dumps([m["id"] for m in mentions])
    _add(mentions, "replies", _grouped(conn, _REPLIES, ids, ("text", "state", "sent_at", "url")))
    _add(
        mentions,
        "versions",
        _grouped(conn, _VERSIONS, ids, ("seen_at", "title", "body", "warning")),
    )
    _add(mentions, "notes", _grouped(conn, _NOTES, ids, ("at", "by", "text")))
    cases = ("kind", "subject", "body", "state", "made_at", "url", "remote_state")
    _add(mentions, "crm_cases", _grouped(conn, _CASES, ids, cases))
    _add(
        mentions,
        "insight",
        _grouped(
            conn,
            _INSIGHT,
            ids,
            (
                "lang",
                "sentiment",
                "confidence",
                "intent",
                "own_lang",
                "own_sentiment",
                "own_intent",
            ),
        ),
    )
    labels: dict[int, list[str]] = defaultdict(list)
    for mention, name in conn.execute(_LABELS, (ids,)):
        labels[mention].append(name)
    for m in mentions:
        m["labels"] = labels[m["id"]]
    journal = conn.execute(
        _JOURNAL,
        {
            "contacts": json.dumps([person.contact_id] if person.contact_id else []),
            "authors": authors,
            "mentions": ids,
        },
    )
    return {
        "name": person.profile.name, "organisation": person.profile.org,
        "preferred_channel": person.profile.channel, "crm": person.profile.crm_url,
        "fields": [list(f) for f in person.profile.fields], "labels": list(person.labels),
        "notes": [{"at": _iso(n.at), "by": n.person, "text": n.text} for n in person.notes],
        "authors": [
            {"network": a.network, "handle": a.handle, "name": a.name, "url": a.url,
             "followers": a.n_followers, "vip": a.is_vip, "muted": a.is_muted,
             "first_seen": _iso(a.first_seen_at)}
            for a in person.authors
        ],
        "merged_from": [m.name for m in person.merges], "mentions": mentions,
        "crm_records": [_record(one) for a in person.authors
                        for one in crm_records.list_records(conn, a.id)],
        "journal": [{"seq": seq, "at": _iso(at), "by": by, "kind": kind}
                    for seq, at, by, kind in journal],
    }  # fmt: skip


def _record(one: RecordRow) -> dict[str, Any]:
    return {
        "crm": one.account, "name": one.record.name, "url": one.record.url,
        "facts": [list(fact) for fact in one.record.facts], "is_chosen": one.is_chosen,
        "looked_at": _iso(one.looked_at),
    }  # fmt: skip


def _mention(row: tuple[Any, ...]) -> dict[str, Any]:
    (id, network, uri, url, title, body, warning, lang, visibility, published, seen, edited,
     deleted, attachments, status) = row  # fmt: skip
    return {
        "id": id, "network": network, "uri": uri, "url": url, "title": title, "body": body,
        "warning": warning, "lang": lang, "visibility": visibility,
        "published_at": _iso(published), "first_seen_at": _iso(seen), "edited_at": _iso(edited),
        "deleted_at": _iso(deleted), "attachments": json.loads(attachments or "[]"),
        "status": "" if status is None else Status(status).name.lower(),
    }  # fmt: skip


def _grouped(
    conn: Connection, sql: str, ids: str, names: tuple[str, ...]
) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for mention, *values in conn.execute(sql, (ids,)):
        row = dict(zip(names, values, strict=True))
        found[mention].append({k: _iso(v) if k.endswith("at") else v for k, v in row.items()})
    return found


def _add(mentions: list[dict[str, Any]], key: str, found: dict[int, list[dict[str, Any]]]) -> None:
    for m in mentions:
        m[key] = found.get(m["id"], [])


def _iso(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds") if ms else ""
