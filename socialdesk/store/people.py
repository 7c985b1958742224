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
    clean = " ".join(name.split())
    known = {known.casefold() for (known,) in tx.conn.execute("SELECT name FROM person")}
    if not clean or len(clean) > MAX_CHARS or clean.casefold() in known:
        raise CommandError(CommandFault.BAD_INPUT, what=clean[:MAX_CHARS])
    person = tx.conn.execute(
        "INSERT INTO person(name, added_at) VALUES (?, ?)", (clean, tx.now)
    ).lastrowid
    tx.touch(Area.PEOPLE)
    return int(person or 0), journal.append(tx, "person_added", {"person": person}, person=by)


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
