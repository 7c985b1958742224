"""People across networks: made when something is first added to them, changed, found again.

A contact that was merged into another keeps all that is its own: `merged_into` alone says to whom
it belongs now, and what is read of a person is read over everybody merged into them (`members`).
So taking a merge apart in any order gives back exactly what came with whom.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Final

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.people.contact import Fields, Profile, clean_note, clean_profile, folded
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import contact_facets
from socialdesk.store.triage import acts, labels
from socialdesk.store.triage.acts import Act

MAX_DEPTH: Final = 1_000  # merges into merges; more is a ring, which nothing of ours makes

_ROOT: Final = """
WITH RECURSIVE up(id, into_id, n) AS (
  SELECT id, merged_into, 0 FROM contact WHERE id = ?1
  UNION ALL SELECT c.id, c.merged_into, n + 1 FROM up JOIN contact c ON c.id = up.into_id
    WHERE n < ?2)
SELECT id FROM up WHERE into_id = 0"""
# Named in others' statements: every contact that belongs to one of the :ids, with whom (root). Its
# partial index is taken only where the statement has the index's own condition.
MEMBERS: Final = """
WITH RECURSIVE member(root, id) AS (
  SELECT value, value FROM json_each(:ids)
  UNION SELECT m.root, c.id FROM member m JOIN contact c
    ON c.merged_into = m.id AND c.merged_into > 0)
"""
_MARK_AUTHORS: Final = """
INSERT INTO act_row(seq, table_name, row_id, before, after)
SELECT :seq, 'author.contact', id, json_array(contact_id), json_array(:contact) FROM author
WHERE id IN (SELECT value FROM json_each(:ids)) AND contact_id <> :contact"""


def root_of(conn: Connection, contact: int) -> int:
    """Who a contact belongs to now: itself, or whom it was merged into. 0 when there is none."""
    row = conn.execute(_ROOT, (contact, MAX_DEPTH)).fetchone()
    return int(row[0]) if row else 0


def members(conn: Connection, root: int) -> list[int]:
    """The contact and everybody merged into it, ascending."""
    rows = conn.execute(f"{MEMBERS} SELECT id FROM member ORDER BY id", {"ids": f"[{root}]"})
    return [id for (id,) in rows]


def authors_of(conn: Connection, contact: int) -> list[int]:
    """The authors behind a contact and everybody merged into it, ascending."""
    rows = conn.execute(
        f"{MEMBERS} SELECT a.id FROM member m JOIN author a ON a.contact_id = m.id "
        "WHERE a.contact_id > 0 ORDER BY a.id",
        {"ids": f"[{contact}]"},
    )
    return [id for (id,) in rows]


def a_mention_of_each(conn: Connection, authors: Sequence[int]) -> list[int]:
    """The newest mention of each of these authors; who wrote none is missing."""
    rows = conn.execute(
        "SELECT max(id) FROM mention WHERE author_id IN (SELECT value FROM json_each(?))"
        " GROUP BY author_id",
        (json.dumps(list(authors)),),
    )
    return [id for (id,) in rows]


def contact_of(conn: Connection, author: int) -> int:
    """The person behind an author; 0 when nothing was added to them yet."""
    row = conn.execute("SELECT contact_id FROM author WHERE id = ?", (author,)).fetchone()
    return root_of(conn, row[0]) if row and row[0] else 0


def find(tx: Transaction, act: Act | None, contact: int, author: int) -> int:
    """The person meant: the contact, else the one behind the author, made now when there is none.
    Raises CommandError NOT_FOUND."""
    known = root_of(tx.conn, contact) if contact else contact_of(tx.conn, author)
    if known:
        return known
    row = tx.conn.execute("SELECT name, handle FROM author WHERE id = ?", (author,)).fetchone()
    if contact or row is None:
        raise CommandError(CommandFault.NOT_FOUND)
    made = make(tx, act, Profile(row[0] or row[1]))
    set_contact(tx, act, [author], made)
    return made


def make(tx: Transaction, act: Act | None, profile: Profile) -> int:
    """A new person. Raises CommandError BAD_INPUT without a name."""
    clean = _checked(profile)
    words = folded(clean.name, clean.org)
    made = tx.conn.execute(
        "INSERT INTO contact(name, org, channel, crm_url, folded, made_at, changed_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (clean.name, clean.org, clean.channel, clean.crm_url, words, tx.now, tx.now),
    ).lastrowid
    id = int(made or 0)
    if act is not None:
        after = [clean.name, clean.org, clean.channel, clean.crm_url, words, tx.now]
        acts.record(tx, act, contact_facets.CARD, id, [], after)
    _add_fields(tx, act, id, clean.fields)
    tx.touch(Area.CONTACTS)
    return id


def save(tx: Transaction, act: Act | None, contact: int, profile: Profile) -> None:
    """In place of what was known of them, over everybody merged into them. Raises CommandError."""
    clean = _checked(profile)
    before = tx.conn.execute(
        "SELECT name, org, channel, crm_url, folded, made_at FROM contact WHERE id = ?", (contact,)
    ).fetchone()
    if before is None:
        raise CommandError(CommandFault.NOT_FOUND)
    words = folded(clean.name, clean.org)
    after = (clean.name, clean.org, clean.channel, clean.crm_url, words, before[5])
    if after != before:
        tx.conn.execute(
            "UPDATE contact SET name = ?, org = ?, channel = ?, crm_url = ?, folded = ?,"
            " changed_at = ? WHERE id = ?",
            (*after[:5], tx.now, contact),
        )
        if act is not None:
            acts.record(tx, act, contact_facets.CARD, contact, list(before), list(after))
    known = _fields_by_member(tx.conn, contact)
    here = {field for _, field in known}
    _add_fields(tx, act, contact, [field for field in clean.fields if field not in here])
    for member, field in known:
        if field not in clean.fields:
            _drop_field(tx, act, member, field)
    tx.touch(Area.CONTACTS)


def set_contact(tx: Transaction, act: Act | None, authors: Sequence[int], contact: int) -> None:
    """These authors are this person; 0 = nobody's."""
    values = {"ids": json.dumps(list(authors)), "contact": contact}
    if act is not None:
        tx.conn.execute(_MARK_AUTHORS, {**values, "seq": act.seq})
    tx.conn.execute(
        "UPDATE author SET contact_id = :contact"
        " WHERE id IN (SELECT value FROM json_each(:ids)) AND contact_id <> :contact",
        values,
    )
    tx.touch(Area.CONTACTS)


def add_note(tx: Transaction, act: Act | None, contact: int, person: int, text: str) -> int:
    """Its id. Raises CommandError EMPTY."""
    clean = clean_note(text)
    if not clean:
        raise CommandError(CommandFault.EMPTY)
    values = (contact, person, tx.now, clean)
    made = tx.conn.execute(
        "INSERT INTO contact_note(contact_id, person_id, at, text) VALUES (?, ?, ?, ?)", values
    ).lastrowid
    if act is not None:
        acts.record(tx, act, contact_facets.NOTE, made or 0, [], list(values))
    tx.touch(Area.CONTACTS)
    return int(made or 0)


def set_label(tx: Transaction, act: Act | None, contact: int, name: str, *, wears: bool) -> None:
    """The label is made when there is none of that name. Taken off everybody merged into them."""
    label = labels.find_or_make(tx, name) if wears else labels.find(tx.conn, name)
    if label is None:
        raise CommandError(CommandFault.NOT_FOUND)
    wearing = [
        id
        for (id,) in tx.conn.execute(
            f"{MEMBERS} SELECT id FROM member JOIN contact_label l ON l.contact_id = id"
            " WHERE l.label_id = :label",
            {"ids": f"[{contact}]", "label": label},
        )
    ]
    if wears and not wearing:
        put_label(tx, act, contact, label)
    for member in wearing if not wears else ():
        tx.conn.execute(
            "DELETE FROM contact_label WHERE label_id = ? AND contact_id = ?", (label, member)
        )
        if act is not None:
            acts.record(tx, act, contact_facets.LABEL, member, [label, 1], [label, 0])
    tx.touch(Area.CONTACTS, Area.LABELS)


def put_label(tx: Transaction, act: Act | None, contact: int, label: int) -> None:
    """On this very row, which does not wear it yet."""
    tx.conn.execute("INSERT INTO contact_label VALUES (?, ?)", (label, contact))
    if act is not None:
        acts.record(tx, act, contact_facets.LABEL, contact, [label, 0], [label, 1])


def fields_of(conn: Connection, contact: int) -> Fields:
    """Of the person and everybody merged into them, each once."""
    return tuple(dict.fromkeys(field for _, field in _fields_by_member(conn, contact)))


def _fields_by_member(conn: Connection, contact: int) -> list[tuple[int, tuple[str, str]]]:
    rows = conn.execute(
        f"{MEMBERS} SELECT f.contact_id, f.kind, f.value FROM member m"
        " JOIN contact_field f ON f.contact_id = m.id ORDER BY f.contact_id, f.kind, f.value",
        {"ids": f"[{contact}]"},
    )
    return [(member, (kind, value)) for member, kind, value in rows]


def _add_fields(
    tx: Transaction, act: Act | None, contact: int, fields: Iterable[tuple[str, str]]
) -> None:
    for kind, value in fields:
        tx.conn.execute("INSERT INTO contact_field VALUES (?, ?, ?)", (contact, kind, value))
        if act is not None:
            acts.record(tx, act, contact_facets.FIELD, contact, [kind, value, 0], [kind, value, 1])


def _drop_field(tx: Transaction, act: Act | None, contact: int, field: tuple[str, str]) -> None:
    tx.conn.execute(
        "DELETE FROM contact_field WHERE contact_id = ? AND kind = ? AND value = ?",
        (contact, *field),
    )
    if act is not None:
        acts.record(tx, act, contact_facets.FIELD, contact, [*field, 1], [*field, 0])


def _checked(profile: Profile) -> Profile:
    try:
        clean = clean_profile(profile)
    except ValueError as e:
        raise CommandError(CommandFault.BAD_INPUT, what=str(e)[:80]) from e
    if not clean.name:
        raise CommandError(CommandFault.BAD_INPUT, what="name")
    return clean
