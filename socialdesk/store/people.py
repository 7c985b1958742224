"""The people who work here: names, no sign-in.

2026-11, who left is put away, never removed: the journal and every text name them. Who is, stands
in a setting of the program's own, as numbers: the table `person` needs no new column for it.
"""

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.queue.rows import PersonRow
from socialdesk.store import journal, settings
from socialdesk.store.file.sqlite import Connection

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction

MAX_CHARS = 80
PUT_AWAY: Final = "put_away"  # setting: ids by comma


def list_people(conn: Connection, *, with_put_away: bool = False) -> list[PersonRow]:
    """By name; `is_here`: at the keys now. `with_put_away`: those who left, too."""
    here, gone = settings.read(conn, "here", "1"), put_away_ids(conn)
    rows = conn.execute("SELECT id, name FROM person").fetchall()
    people = [
        PersonRow(person, name, str(person) == here, person in gone)
        for person, name in rows
        if with_put_away or person not in gone
    ]
    return sorted(people, key=lambda person: person.name.casefold())


def put_away_ids(conn: Connection) -> frozenset[int]:
    """Who left the team."""
    kept = settings.read(conn, PUT_AWAY).split(",")
    return frozenset(int(text) for text in kept if text.isdecimal())


def keep_put_away(tx: "Transaction", people: Collection[int]) -> None:
    """These, and nobody else. The journal entry is the caller's."""
    settings.put(tx, PUT_AWAY, ",".join(map(str, sorted(people))))
    tx.touch(Area.PEOPLE)


def require_at_work(conn: Connection, person: int) -> None:
    """Whoever is chosen for something works here. Raises CommandError NOT_FOUND, PERSON (away)."""
    name = name_of(conn, person)
    if not name:
        raise CommandError(CommandFault.NOT_FOUND)
    if person in put_away_ids(conn):
        raise CommandError(CommandFault.PERSON, why="away", name=name)


def add_person(tx: "Transaction", name: str, by: int) -> tuple[int, int]:
    """The new person's id and the journal entry. Raises CommandError BAD_INPUT: no name, too long,
    or there is somebody of that name; PERSON (name): who has it is put away."""
    clean = _new_name(tx.conn, name)
    person = tx.conn.execute(
        "INSERT INTO person(name, added_at) VALUES (?, ?)", (clean, tx.now)
    ).lastrowid
    tx.touch(Area.PEOPLE)
    return int(person or 0), journal.append(tx, "person_added", {"person": person}, person=by)


def rename_person(tx: "Transaction", person: int, name: str, by: int) -> int:
    """Everything they did stands under the new name; the journal entry keeps the old one. Raises
    CommandError NOT_FOUND, BAD_INPUT and PERSON as `add_person`."""
    before = name_of(tx.conn, person)
    if not before:
        raise CommandError(CommandFault.NOT_FOUND)
    clean = _new_name(tx.conn, name, besides=person)
    tx.conn.execute("UPDATE person SET name = ? WHERE id = ?", (clean, person))
    tx.touch(Area.ALL)  # a name may stand on any screen
    facts = {"person": person, "before": before, "after": clean}
    return journal.append(tx, "person_renamed", facts, person=by)


def _new_name(conn: Connection, name: str, besides: int = 0) -> str:
    """`besides`: who may have this name already, in other letters."""
    clean = " ".join(name.split())
    rows = conn.execute("SELECT name, id FROM person WHERE id <> ?", (besides,)).fetchall()
    known = {name.casefold(): person for name, person in rows}
    if known.get(clean.casefold()) in put_away_ids(conn):
        raise CommandError(CommandFault.PERSON, why="name", name=clean)
    if not clean or len(clean) > MAX_CHARS or clean.casefold() in known:
        raise CommandError(CommandFault.BAD_INPUT, what=clean[:MAX_CHARS])
    return clean


def make_first(tx: "Transaction", name: str) -> None:
    """A new workspace has one person, who is at the keys; nothing where there is somebody."""
    if not tx.conn.execute("SELECT 1 FROM person LIMIT 1").fetchone():
        tx.conn.execute("INSERT INTO person(id, name, added_at) VALUES (1, ?, ?)", (name, tx.now))
        tx.touch(Area.PEOPLE)


def be_person(tx: "Transaction", person: int, by: int) -> int:
    """Who is at the keys from now on. The journal entry. Raises CommandError NOT_FOUND, PERSON."""
    require_at_work(tx.conn, person)
    tx.touch(Area.PEOPLE)
    return settings.set_value(tx, "here", str(person), by)


def name_of(conn: Connection, person: int) -> str:
    """ "" when unknown."""
    row = conn.execute("SELECT name FROM person WHERE id = ?", (person,)).fetchone()
    return row[0] if row else ""


def names_of(conn: Connection, person: int) -> frozenset[str]:
    """Also earlier ones, but for what somebody else is called now."""
    rows = conn.execute(
        "SELECT json_extract(data, '$.before') AS name FROM journal WHERE kind = 'person_renamed'"
        " AND json_extract(data, '$.person') = ?1"
        " AND name NOT IN (SELECT p.name FROM person p WHERE p.id <> ?1)",
        (person,),
    )
    return frozenset(name for (name,) in rows) | {name_of(conn, person)}
