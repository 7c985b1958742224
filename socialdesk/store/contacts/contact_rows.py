"""People as screens show them: the list by name, one person across networks, what they said."""

import json
from array import array
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from socialdesk.domain.people.contact import (
    AuthorRow,
    ContactNote,
    ContactRow,
    FieldKind,
    MergeRow,
    PersonDetail,
    Profile,
    Said,
    clean_profile,
    folded,
)
from socialdesk.store.contacts import contacts
from socialdesk.store.contacts.contacts import MEMBERS
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.triage import labels as label_rows

MAX_COUNTED: Final = 1_000  # mentions of an author that are counted
MAX_NOTES: Final = 500
WORDS_CHARS: Final = 280
LABEL_OPERATOR: Final = "label:"


def list_ids(conn: Connection, search: str = "") -> "array[int]":
    """Contacts by name; `search`: all its words are in name, organisation, fields or handles;
    `label:NAME` among them (`label:"TWO WORDS"` too)."""
    words, label = _split(search)
    if not words and not label:
        sql = "SELECT id FROM contact WHERE merged_into = 0 ORDER BY folded, id"
        return _ids(conn, sql, {})
    values: dict[str, object] = {"label": label_rows.find(conn, label) or 0}
    tests = []
    for n, word in enumerate(words):
        values[f"w{n}"] = f"%{_literal(folded(word))}%"
        values[f"v{n}"] = f"%{_literal(word)}%"
        tests.append(_FOUND.replace(":w", f":w{n}").replace(":v", f":v{n}"))
    if label:
        tests.append(_LABELLED)
    sql = " INTERSECT ".join(tests)
    return _ids(conn, _ROOTS_OF.replace("FOUND", sql), values)


_FOUND: Final = """
SELECT id FROM (
  SELECT id FROM contact WHERE folded LIKE :w ESCAPE '\\'
  UNION SELECT contact_id FROM contact_field WHERE value LIKE :v ESCAPE '\\'
  UNION SELECT contact_id FROM author WHERE contact_id > 0
    AND (handle LIKE :v ESCAPE '\\' OR name LIKE :v ESCAPE '\\'))"""
_LABELLED: Final = """
SELECT contact_id FROM contact_label WHERE label_id = :label"""
# Who was merged into somebody is found as that person.
_ROOTS_OF: Final = """
WITH RECURSIVE up(id, into_id) AS (
  SELECT id, merged_into FROM contact WHERE id IN (FOUND)
  UNION SELECT c.id, c.merged_into FROM up JOIN contact c ON c.id = up.into_id)
SELECT c.id FROM up JOIN contact c ON c.id = up.id WHERE up.into_id = 0 ORDER BY c.folded, c.id"""


def _split(search: str) -> tuple[list[str], str]:
    words, label = [], ""
    rest = search.strip()
    start = rest.lower().find(f'{LABEL_OPERATOR}"')
    if start >= 0:
        name, _, after = rest[start + len(LABEL_OPERATOR) + 1 :].partition('"')
        label, rest = name.strip(), f"{rest[:start]} {after}"
    for word in rest.split():
        if word.lower().startswith(LABEL_OPERATOR):
            label = word[len(LABEL_OPERATOR) :]
        else:
            words.append(word)
    return words, label


def _literal(text: str) -> str:
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, f"\\{sign}")
    return text


def _ids(conn: Connection, sql: str, values: dict[str, object]) -> "array[int]":
    (packed,) = conn.execute(f"SELECT json_group_array(id) FROM ({sql})", values).fetchone()
    return array("q", json.loads(packed))


def read_rows(conn: Connection, ids: Sequence[int]) -> list[ContactRow]:
    """One row per id, in that order; blank when gone."""
    values = {"ids": json.dumps(list(ids)), "most": MAX_COUNTED}
    names = {id: (name, org) for id, name, org in conn.execute(_NAMES, values)}
    labels: dict[int, list[str]] = defaultdict(list)
    for id, name in conn.execute(_LABELS, values):
        labels[id].append(name)
    networks: dict[int, list[str]] = defaultdict(list)
    n_mentions: dict[int, int] = defaultdict(int)
    last: dict[int, int] = defaultdict(int)
    vips = set()
    for id, network, is_vip, n, newest in conn.execute(_AUTHORS_OF_ROWS, values):
        if network not in networks[id]:
            networks[id].append(network)
        n_mentions[id] += n
        last[id] = max(last[id], newest or 0)
        if is_vip:
            vips.add(id)
    words = _words_of(conn, [mention for mention in last.values() if mention])
    return [
        ContactRow(
            id, *names[id], tuple(sorted(labels[id], key=str.casefold)), tuple(networks[id]),
            *words.get(last[id], (0, "")), n_mentions[id], id in vips,
        )
        if id in names
        else ContactRow(id)
        for id in ids
    ]  # fmt: skip


_NAMES: Final = "SELECT id, name, org FROM contact WHERE id IN (SELECT value FROM json_each(:ids))"
_LABELS: Final = f"""{MEMBERS}
SELECT DISTINCT m.root, l.name FROM member m JOIN contact_label x ON x.contact_id = m.id
JOIN label l ON l.id = x.label_id"""
_AUTHORS_OF_ROWS: Final = f"""{MEMBERS}
SELECT m.root, a.network, a.is_vip,
  (SELECT count(*) FROM (SELECT 1 FROM mention WHERE author_id = a.id AND role = 0 LIMIT :most)),
  (SELECT max(id) FROM mention WHERE author_id = a.id)
FROM member m JOIN author a ON a.contact_id = m.id WHERE a.contact_id > 0 ORDER BY a.id"""


def _words_of(conn: Connection, mentions: Sequence[int]) -> dict[int, tuple[int, str]]:
    rows = conn.execute(
        f"SELECT id, published_at, substr(trim(title || ' ' || body), 1, {WORDS_CHARS})"
        " FROM mention WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(mentions)),),
    )
    return {id: (at, words) for id, at, words in rows}


def read_person(
    conn: Connection, contact: int = 0, author: int = 0, mention: int = 0
) -> PersonDetail | None:
    """Everything about the person meant: a contact, else the one behind an author, else behind
    who wrote a mention. None when there is none."""
    if mention and not author:
        row = conn.execute("SELECT author_id FROM mention WHERE id = ?", (mention,)).fetchone()
        author = row[0] if row else 0
    root = contacts.root_of(conn, contact) if contact else contacts.contact_of(conn, author)
    if not root:
        rows = _authors(conn, [author]) if not contact else ()
        return PersonDetail(0, Profile(rows[0].name), rows) if rows else None
    name, org, channel, crm_url = conn.execute(
        "SELECT name, org, channel, crm_url FROM contact WHERE id = ?", (root,)
    ).fetchone()
    profile = Profile(name, org, channel, crm_url, contacts.fields_of(conn, root))
    ids = {"ids": f"[{root}]"}
    return PersonDetail(
        root, profile, _authors(conn, contacts.authors_of(conn, root)),
        labels=tuple(sorted({name for _, name in conn.execute(_LABELS, ids)}, key=str.casefold)),
        notes=tuple(ContactNote(*row) for row in conn.execute(_NOTES, ids)),
        merges=tuple(MergeRow(*row) for row in conn.execute(_MERGES, ids)),
    )  # fmt: skip


_NOTES: Final = f"""{MEMBERS}
SELECT n.id, n.at, coalesce(p.name, ''), n.text FROM member m
JOIN contact_note n ON n.contact_id = m.id LEFT JOIN person p ON p.id = n.person_id
ORDER BY n.at DESC, n.id DESC LIMIT {MAX_NOTES}"""
_MERGES: Final = f"""{MEMBERS}
SELECT c.id, c.name, coalesce(g.at, 0), coalesce(p.name, ''), coalesce(g.why, '')
FROM member m JOIN contact c ON c.id = m.id
LEFT JOIN contact_merge g ON g.from_id = c.id AND g.ended_at = 0
LEFT JOIN person p ON p.id = g.person_id
WHERE m.id <> m.root ORDER BY g.at DESC, c.id"""
_AUTHORS: Final = f"""
SELECT a.id, a.network, coalesce(nullif(a.name, ''), a.handle), a.handle, a.url,
  coalesce(a.n_followers, -1), a.is_bot, a.is_vip, a.muted_at > 0, a.first_seen_at,
  (SELECT count(*) FROM (SELECT 1 FROM mention WHERE author_id = a.id AND role = 0
    LIMIT {MAX_COUNTED})),
  (SELECT count(*) FROM (SELECT id FROM mention WHERE author_id = a.id AND role = 0
    ORDER BY id DESC LIMIT {MAX_COUNTED}) m JOIN outbox o ON o.mention_id = m.id
    WHERE o.state = 'sent'),
  coalesce((SELECT published_at FROM mention WHERE author_id = a.id ORDER BY id DESC LIMIT 1), 0)
FROM author a WHERE a.id IN (SELECT value FROM json_each(?)) ORDER BY a.first_seen_at, a.id"""


def _authors(conn: Connection, ids: Sequence[int]) -> tuple[AuthorRow, ...]:
    return tuple(
        AuthorRow(*row[:6], *map(bool, row[6:9]), *row[9:])
        for row in conn.execute(_AUTHORS, (json.dumps(list(ids)),))
    )


def list_said(
    conn: Connection, contact: int = 0, author: int = 0, before: int = 0, limit: int = 50
) -> list[Said]:
    """What a person wrote across networks and what we answered, newest first; `before`: the last
    mention of the page before, 0 = from the newest."""
    root = contacts.root_of(conn, contact) if contact else contacts.contact_of(conn, author)
    ids = contacts.authors_of(conn, root) if root else [author]
    rows = conn.execute(
        f"SELECT id, network, published_at, substr(trim(title || ' ' || body), 1, {WORDS_CHARS})"
        " FROM mention WHERE author_id IN (SELECT value FROM json_each(?1)) AND role <> 1"
        " AND (?2 = 0 OR id < ?2) ORDER BY id DESC LIMIT ?3",
        (json.dumps(ids), before, limit),
    ).fetchall()
    replies: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for mention, at, text in conn.execute(
        f"SELECT mention_id, sent_at, substr(text, 1, {WORDS_CHARS}) FROM outbox"
        " WHERE state = 'sent' AND mention_id IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps([row[0] for row in rows]),),
    ):
        replies[mention].append((at, text))
    return [
        Said(id, network, at, words, tuple(replies[id])) for id, network, at, words in rows
    ]  # fmt: skip


def for_file(conn: Connection, search: str) -> list[tuple[Profile, tuple[str, ...]]]:
    """Profile and labels of everybody found, by name; the handles of their authors are among the
    fields: so a file knows who is who."""
    found = []
    for id in list_ids(conn, search):
        person = read_person(conn, id)
        if person is not None:
            handles = tuple((FieldKind.HANDLE.value, a.handle) for a in person.authors if a.handle)
            profile = replace(person.profile, fields=(*person.profile.fields, *handles))
            found.append((clean_profile(profile), person.labels))
    return found
