"""The people who work here: names, no sign-in."""

from typing import TYPE_CHECKING

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.queue.rows import PersonRow
from socialdesk.store import journal, settings
from socialdesk.store.file.sqlite import Connection

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction

MAX_CHARS = 80


def list_people(conn: Connection) -> list[PersonRow]:
    """By name; `is_here`: at the keys now."""
    here = settings.read(conn, "here", "1")
    rows = conn.execute("SELECT id, name FROM person").fetchall()
    people = [PersonRow(person, name, str(person) == here) for person, name in rows]
    return sorted(people, key=lambda person: person.name.casefold())


def add_person(tx: "Transaction", name: str, by: int) -> tuple[int, int]:
    """The new person's id and the journal entry. Raises CommandError BAD_INPUT: no name, too long,
    or there is somebody of that name."""
    clean = _new_name(tx.conn, name)
    person = tx.conn.execute(
        "INSERT INTO person(name, added_at) VALUES (?, ?)", (clean, tx.now)
    ).lastrowid
    tx.touch(Area.PEOPLE)
    return int(person or 0), journal.append(tx, "person_added", {"person": person}, person=by)


def rename_person(tx: "Transaction", person: int, name: str, by: int) -> int:
    """Everything they did stands under the new name; the journal entry keeps the old one. Raises
    CommandError NOT_FOUND, BAD_INPUT as `add_person`."""
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
    rows = conn.execute("SELECT name FROM person WHERE id <> ?", (besides,))
    known = {known.casefold() for (known,) in rows}
    if not clean or len(clean) > MAX_CHARS or clean.casefold() in known:
        raise CommandError(CommandFault.BAD_INPUT, what=clean[:MAX_CHARS])
    return clean


def make_first(tx: "Transaction", name: str) -> None:
    """A new workspace has one person, who is at the keys; nothing where there is somebody."""
    if not tx.conn.execute("SELECT 1 FROM person LIMIT 1").fetchone():
        tx.conn.execute("INSERT INTO person(id, name, added_at) VALUES (1, ?, ?)", (name, tx.now))
        tx.touch(Area.PEOPLE)


def be_person(tx: "Transaction", person: int, by: int) -> int:
    """Who is at the keys from now on. The journal entry. Raises CommandError NOT_FOUND."""
    if not tx.conn.execute("SELECT 1 FROM person WHERE id = ?", (person,)).fetchone():
        raise CommandError(CommandFault.NOT_FOUND)
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
