"""People from a file into the workspace: who of them is known, then all of it as one act.

100,000 new people take 4 s here, in sets; those we know are changed one by one.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from socialdesk.domain.changes import Area
from socialdesk.domain.people.contact import (
    FieldKind,
    Imported,
    Profile,
    bare_handle,
    fill_gaps,
    folded,
    values_of,
)
from socialdesk.store.contacts import contacts
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.triage import labels
from socialdesk.store.triage.acts import Act

UPDATE, SKIP, NEW = KNOWN = ("update", "skip", "new")  # what happens to somebody we know
_HANDLE: Final = FieldKind.HANDLE.value

_BY_EMAIL: Final = """
SELECT value, contact_id FROM contact_field
WHERE kind = 'email' AND value IN (SELECT value FROM json_each(?)) ORDER BY contact_id DESC"""
_BY_HANDLE: Final = """
SELECT lower(ltrim(value, '@')), contact_id FROM contact_field
WHERE kind = 'handle' AND lower(ltrim(value, '@')) IN (SELECT value FROM json_each(?))
ORDER BY contact_id DESC"""
_AUTHORS: Final = """
SELECT lower(ltrim(handle, '@')) AS bare, min(id), max(contact_id) FROM author
WHERE lower(ltrim(handle, '@')) IN (SELECT value FROM json_each(?))
GROUP BY bare HAVING count(*) = 1"""


@dataclass(slots=True)
class Plan:
    """`new`: people to make; `changed`: what the file adds to people we know, once each;
    `authors`: whose handle is just one author's, by the handle."""

    new: list[Imported] = field(default_factory=list)
    changed: dict[int, Imported] = field(default_factory=dict)
    n_changed: int = 0  # rows that went into `changed`, or into another row of the file
    n_skipped: int = 0
    authors: dict[str, int] = field(default_factory=dict)


def plan(conn: Connection, people: Sequence[Imported], known: str) -> Plan:
    """What an import would do. The same mail address or handle is the same person, in the file
    too; with `known` NEW nobody is."""
    made = Plan()
    emails = [e for p in people for e in values_of(p.profile.fields, FieldKind.EMAIL)]
    handles = [h for p in people for h in _handles(p)]
    here = _known(conn, emails, handles) if known != NEW else {}
    for bare, author, contact in conn.execute(_AUTHORS, (json.dumps(handles),)):
        if not contact:
            made.authors[bare] = author
        elif known != NEW:
            here[f"@{bare}"] = contacts.root_of(conn, contact)
    twins: dict[str, int] = {}  # of a key, its place in `new`
    for person in people:
        keys = [*values_of(person.profile.fields, FieldKind.EMAIL),
                *(f"@{h}" for h in _handles(person))]  # fmt: skip
        contact = next((here[k] for k in keys if k in here), 0)
        twin = next((twins[k] for k in keys if k in twins), -1)
        if known != NEW and (contact or twin >= 0):
            _meet(made, person, contact, twin, known)
        else:
            twins |= {key: len(made.new) for key in keys}
            made.new.append(person)
    return made


def _meet(made: Plan, person: Imported, contact: int, twin: int, known: str) -> None:
    if known == SKIP:
        made.n_skipped += 1
        return
    made.n_changed += 1
    if not contact:
        made.new[twin] = _joined(made.new[twin], person)
    else:
        before = made.changed.get(contact)
        made.changed[contact] = person if before is None else _joined(before, person)


def _joined(one: Imported, other: Imported) -> Imported:
    notes = dict.fromkeys(note for note in (one.note, other.note) if note)
    return replace(
        one, profile=fill_gaps(one.profile, other.profile),
        labels=tuple(dict.fromkeys((*one.labels, *other.labels))), note="\n".join(notes),
    )  # fmt: skip


def _handles(person: Imported) -> list[str]:
    return [bare_handle(h) for h in values_of(person.profile.fields, FieldKind.HANDLE)]


def _known(conn: Connection, emails: list[str], handles: list[str]) -> dict[str, int]:
    """Whose an address or "@handle" is; the contact that was there first."""
    found = dict(conn.execute(_BY_EMAIL, (json.dumps(emails),)).fetchall())
    for bare, contact in conn.execute(_BY_HANDLE, (json.dumps(handles),)):
        found[f"@{bare}"] = contact
    return {key: contacts.root_of(conn, contact) for key, contact in found.items()}


def write(tx: Transaction, act: Act, made: Plan) -> None:
    """All of the plan, as part of one act."""
    names = {name for p in (*made.new, *made.changed.values()) for name in p.labels}
    ids = {name: labels.find_or_make(tx, name) for name in sorted(names)}
    for contact, person in made.changed.items():
        _change(tx, act, contact, person)
    (last,) = tx.conn.execute("SELECT coalesce(max(id), 0) FROM contact").fetchone()
    new = list(enumerate((_linked(p, made.authors) for p in made.new), last + 1))
    _insert(tx, [(id, person) for id, (person, _) in new], act.person)
    worn = sorted({(ids[name], id) for id, (p, _) in new for name in p.labels})
    tx.conn.executemany("INSERT INTO contact_label VALUES (?, ?)", worn)
    for sql in _RECORD:
        tx.conn.execute(sql, {"seq": act.seq, "last": last})
    for id, (_, authors) in new:
        if authors:
            contacts.set_contact(tx, act, authors, id)
    tx.touch(Area.CONTACTS, Area.LABELS)


def _linked(person: Imported, authors: dict[str, int]) -> tuple[Imported, list[int]]:
    """Without the handles that are authors of ours, and those authors."""
    if not authors or not _handles(person):
        return person, []
    fields, found = [], []
    for kind, value in person.profile.fields:
        author = authors.pop(bare_handle(value), 0) if kind == _HANDLE else 0
        if author:
            found.append(author)
        else:
            fields.append((kind, value))
    return replace(person, profile=replace(person.profile, fields=tuple(fields))), found


def _change(tx: Transaction, act: Act, contact: int, person: Imported) -> None:
    name, org, channel, crm_url = tx.conn.execute(
        "SELECT name, org, channel, crm_url FROM contact WHERE id = ?", (contact,)
    ).fetchone()
    kept = Profile(name, org, channel, crm_url, contacts.fields_of(tx.conn, contact))
    ours = {
        bare_handle(handle)
        for (handle,) in tx.conn.execute(
            "SELECT handle FROM author WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(contacts.authors_of(tx.conn, contact)),),
        )
    }
    told = tuple(
        f for f in person.profile.fields if f[0] != _HANDLE or bare_handle(f[1]) not in ours
    )
    contacts.save(tx, act, contact, fill_gaps(kept, replace(person.profile, fields=told)))
    for label in person.labels:
        contacts.set_label(tx, act, contact, label, wears=True)
    if (
        person.note
        and not tx.conn.execute(
            "SELECT 1 FROM contact_note WHERE contact_id = ? AND text = ?", (contact, person.note)
        ).fetchone()
    ):
        contacts.add_note(tx, act, contact, act.person, person.note)


def _insert(tx: Transaction, new: Sequence[tuple[int, Imported]], person: int) -> None:
    tx.conn.executemany(
        "INSERT INTO contact(id, name, org, channel, crm_url, folded, made_at, changed_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)",
        (
            (id, p.profile.name, p.profile.org, p.profile.channel, p.profile.crm_url,
             folded(p.profile.name, p.profile.org), tx.now)
            for id, p in new
        ),
    )  # fmt: skip
    tx.conn.executemany(
        "INSERT INTO contact_field VALUES (?, ?, ?)",
        ((id, kind, value) for id, p in new for kind, value in p.profile.fields),
    )
    tx.conn.executemany(
        "INSERT INTO contact_note(contact_id, person_id, at, text) VALUES (?, ?, ?, ?)",
        ((id, person, tx.now, p.note) for id, p in new if p.note),
    )


# What was made above the :last contact there was, for undo; as `contact_facets.py` reads it.
_RECORD: Final = (
    """
INSERT INTO act_row(seq, table_name, row_id, before, after)
SELECT :seq, 'contact', id, '[]', json_array(name, org, channel, crm_url, folded, made_at)
FROM contact WHERE id > :last""",
    """
INSERT INTO act_row(seq, table_name, row_id, before, after)
SELECT :seq, 'contact_field', contact_id, json_array(kind, value, 0), json_array(kind, value, 1)
FROM contact_field WHERE contact_id > :last""",
    """
INSERT INTO act_row(seq, table_name, row_id, before, after)
SELECT :seq, 'contact_label', contact_id, json_array(label_id, 0), json_array(label_id, 1)
FROM contact_label WHERE contact_id > :last""",
    """
INSERT INTO act_row(seq, table_name, row_id, before, after)
SELECT :seq, 'contact_note', id, '[]', json_array(contact_id, person_id, at, text)
FROM contact_note WHERE contact_id > :last""",
)
