"""Two who are one person: merged by hand, taken apart again, suggested with the reason, or not.

A suggestion is never acted on by the program. Nothing moves in a merge: see `contacts.py`.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, NoReturn

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.people.contact import Somebody, Suggestion
from socialdesk.store.contacts import contacts
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.mentions import contact_facets
from socialdesk.store.triage import acts
from socialdesk.store.triage.acts import Act

MIN_HANDLE_CHARS: Final = 4  # "ann" is somebody else on every network
MAX_SUGGESTIONS: Final = 100
MAX_GROUP: Final = 6  # a link or a name shared by more people says nothing


def merge(tx: Transaction, act: Act, into: int, from_: int, why: str) -> int:
    """`from_` and all that is theirs belongs to `into` from now on; the merge's id. Raises
    CommandError NOT_FOUND, BAD_INPUT when they are one already."""
    into, from_ = contacts.root_of(tx.conn, into), contacts.root_of(tx.conn, from_)
    if not into or not from_:
        raise CommandError(CommandFault.NOT_FOUND)
    if into == from_:
        raise CommandError(CommandFault.BAD_INPUT, what="=")
    values = (into, from_, why, tx.now, act.person, 0)
    made = tx.conn.execute(
        "INSERT INTO contact_merge(into_id, from_id, why, at, person_id, ended_at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        values,
    ).lastrowid
    id = int(made or 0)
    acts.record(tx, act, contact_facets.MERGE, id, [], list(values))
    _set_merged_into(tx, act, from_, into)
    return id


def unmerge(tx: Transaction, act: Act, contact: int) -> int:
    """A contact stands for itself again, with all that came with it; whom it belonged to. Raises
    CommandError NOT_FOUND when it was not merged."""
    row = tx.conn.execute("SELECT merged_into FROM contact WHERE id = ?", (contact,)).fetchone()
    if row is None or not row[0]:
        raise CommandError(CommandFault.NOT_FOUND)
    merges = tx.conn.execute(
        "SELECT id, into_id, from_id, why, at, person_id FROM contact_merge"
        " WHERE from_id = ? AND ended_at = 0",
        (contact,),
    ).fetchall()
    for id, *values in merges:
        tx.conn.execute("UPDATE contact_merge SET ended_at = ? WHERE id = ?", (tx.now, id))
        acts.record(tx, act, contact_facets.MERGE, id, [*values, 0], [*values, tx.now])
    _set_merged_into(tx, act, contact, 0)
    return int(row[0])


def keep_apart(tx: Transaction, act: Act, one: tuple[int, int], other: tuple[int, int]) -> None:
    """These two, each (contact, author), are no longer suggested. Raises CommandError NOT_FOUND,
    BAD_INPUT when they are one."""
    keys = sorted(_key_of(tx.conn, *who) for who in (one, other))
    if keys[0] == keys[1]:
        raise CommandError(CommandFault.BAD_INPUT, what="=")
    values = [*keys, tx.now, act.person]
    made = tx.conn.execute(
        "INSERT INTO contact_apart(one, other, at, person_id) VALUES (?, ?, ?, ?)", values
    ).lastrowid
    acts.record(tx, act, contact_facets.APART, int(made or 0), [], values)
    tx.touch(Area.CONTACTS)


def _key_of(conn: Connection, contact: int, author: int) -> str:
    if contact:
        key = f"c{contacts.root_of(conn, contact)}"
        return key if key != "c0" else _nobody()
    if not conn.execute("SELECT 1 FROM author WHERE id = ?", (author,)).fetchone():
        return _nobody()
    return _key_now(conn, f"a{author}")


def _nobody() -> NoReturn:
    raise CommandError(CommandFault.NOT_FOUND)


def _key_now(conn: Connection, key: str) -> str:
    """Whom a key stands for today: an author may have become a contact, a contact part of another
    one."""
    number = int(key[1:])
    if key.startswith("c"):
        return f"c{contacts.root_of(conn, number)}"
    root = contacts.contact_of(conn, number)
    return f"c{root}" if root else key


def _set_merged_into(tx: Transaction, act: Act, contact: int, into: int) -> None:
    (before,) = tx.conn.execute(
        "SELECT merged_into FROM contact WHERE id = ?", (contact,)
    ).fetchone()
    tx.conn.execute("UPDATE contact SET merged_into = ? WHERE id = ?", (into, contact))
    acts.record(tx, act, contact_facets.MERGED, contact, [before], [into])
    tx.touch(Area.CONTACTS)


# --- who may be one person ---


def suggest(conn: Connection, contact: int = 0, author: int = 0) -> list[Suggestion]:
    """Who may be one person, the best founded first; of one person, or (both 0) of everybody."""
    reasons: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for code, shared, keys in _groups(conn):
        people = sorted(set(keys))
        if 1 < len(people) <= MAX_GROUP:
            for n, one in enumerate(people):
                for other in people[n + 1 :]:
                    reasons[one, other].setdefault(code, shared)
    root = contacts.root_of(conn, contact) if contact else contacts.contact_of(conn, author)
    apart = _apart(conn)
    wanted = f"c{root}" if root else f"a{author}" if author else ""
    ranked = sorted(
        (pair for pair in reasons if pair not in apart and (not wanted or wanted in pair)),
        key=lambda pair: (-_weight(reasons[pair]), pair),
    )[:MAX_SUGGESTIONS]
    known = _somebodies(conn, {key for pair in ranked for key in pair})
    return [
        Suggestion(known[one], known[other], tuple(sorted(reasons[one, other].items())))
        for one, other in ranked
    ]


def _apart(conn: Connection) -> set[tuple[str, str]]:
    """Pairs of whom somebody said that they are not one person, in the order of their keys."""
    pairs = conn.execute("SELECT one, other FROM contact_apart").fetchall()
    found = (sorted(_key_now(conn, key) for key in pair) for pair in pairs)
    return {(one, other) for one, other in found}


_WEIGHTS: Final = {"email": 8, "link": 4, "name": 2, "handle": 2}


def _weight(reasons: dict[str, str]) -> int:
    return sum(_WEIGHTS[code] for code in reasons)


# One row per thing shared: what, and who by. A person is "c<contact>" or, without one, "a<author>".
_WHO: Final = "CASE a.contact_id WHEN 0 THEN 'a' || a.id ELSE 'c' || a.contact_id END"
_SHARED_FIELDS: Final = """
SELECT value, json_group_array(DISTINCT 'c' || contact_id) FROM contact_field
WHERE kind = ? GROUP BY value HAVING count(DISTINCT contact_id) > 1 LIMIT 1000"""
_SHARED_LINKS: Final = f"""
SELECT link, json_group_array(DISTINCT who) FROM (
  SELECT rtrim(url, '/') AS link, {_WHO} AS who FROM author a WHERE url <> ''
  UNION SELECT rtrim(value, '/'), 'c' || contact_id FROM contact_field WHERE kind = 'url')
GROUP BY link HAVING count(DISTINCT who) > 1 LIMIT 1000"""
_SHARED_NAMES: Final = f"""
SELECT a.name, json_group_array(DISTINCT {_WHO}) FROM author a
WHERE a.name LIKE '% %' AND a.is_bot = 0
GROUP BY a.name HAVING count(DISTINCT a.network) > 1 LIMIT 1000"""
_KEY: Final = "lower(ltrim(a.handle, '@'))"
_SHARED_HANDLES: Final = f"""
SELECT local, json_group_array(DISTINCT who) FROM (
  SELECT substr({_KEY}, 1, min(instr({_KEY} || '@', '@'), instr({_KEY} || '.', '.')) - 1) AS local,
    {_WHO} AS who, a.network FROM author a)
WHERE length(local) >= {MIN_HANDLE_CHARS}
GROUP BY local HAVING count(DISTINCT network) > 1 LIMIT 1000"""


def _groups(conn: Connection) -> Iterable[tuple[str, str, list[str]]]:
    """(code, what they share, who), with contacts as those they belong to now."""
    roots: dict[str, str] = {}

    def now(key: str) -> str:
        if key.startswith("a"):
            return key
        if key not in roots:
            roots[key] = f"c{contacts.root_of(conn, int(key[1:]))}"
        return roots[key]

    for code, sql, values in (
        ("email", _SHARED_FIELDS, ("email",)),
        ("link", _SHARED_LINKS, ()),
        ("name", _SHARED_NAMES, ()),
        ("handle", _SHARED_HANDLES, ()),
    ):
        for shared, keys in conn.execute(sql, values):
            yield code, shared, [now(key) for key in json.loads(keys)]


def _somebodies(conn: Connection, keys: set[str]) -> dict[str, Somebody]:
    found: dict[str, Somebody] = {}
    for key in keys:
        number = int(key[1:])
        if key.startswith("c"):
            row = conn.execute("SELECT name FROM contact WHERE id = ?", (number,)).fetchone()
            ids = contacts.authors_of(conn, number)
            found[key] = Somebody(number, 0, row[0] if row else "", ())
        else:
            ids = [number]
            found[key] = Somebody(0, number, "", ())
        for name, handle, network in conn.execute(
            "SELECT name, handle, network FROM author WHERE id IN (SELECT value FROM json_each(?))"
            " ORDER BY id",
            (json.dumps(ids),),
        ):
            known = found[key]
            found[key] = replace(
                known,
                name=known.name or name or handle,
                handle=known.handle or handle,
                networks=tuple(dict.fromkeys((*known.networks, network))),
            )
    return found
