"""Tries of a person's PIN, as events of the journal: they outlive a restart.

Journal: pin_set, pin_removed (with a reason: without the PIN that was set), pin_right, pin_wrong.
"""

from typing import Final

from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.store import journal, people
from socialdesk.store.crisis import incident_moves, incidents
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction

MAX_WRONG: Final = 5  # in a row
WAIT_MIN: Final = 5  # after each five
WAIT_MS: Final = WAIT_MIN * 60_000
MAX_REASON: Final = 1_000
_ABOUT: Final = "AND json_extract(data, '$.of') = ?"


def n_wrong(conn: Connection, person: int) -> tuple[int, int]:
    """How many wrong tries in a row, and when the last was (ms UTC)."""
    (since,) = conn.execute(
        "SELECT coalesce(max(seq), 0) FROM journal "
        f"WHERE kind IN ('pin_right', 'pin_set') {_ABOUT}",
        (person,),
    ).fetchone()
    n, last = conn.execute(
        "SELECT count(*), coalesce(max(at), 0) FROM journal "
        f"WHERE kind = 'pin_wrong' AND seq > ? {_ABOUT}",
        (since, person),
    ).fetchone()
    return int(n), int(last)


def is_set(conn: Connection, person: int) -> bool:
    """Whether the journal says that they have a PIN. The PIN itself is in the keyring."""
    row = conn.execute(
        f"SELECT kind FROM journal WHERE kind IN ('pin_set', 'pin_removed') {_ABOUT} "
        "ORDER BY seq DESC LIMIT 1",
        (person,),
    ).fetchone()
    return row is not None and row[0] == "pin_set"


def require_open(conn: Connection, person: int, now: int) -> None:
    """Raises CommandError PIN `wait`: five were wrong, and five minutes have not passed."""
    n, last = n_wrong(conn, person)
    left_ms = last + WAIT_MS - now
    if n and n % MAX_WRONG == 0 and 0 < left_ms <= WAIT_MS:
        minutes = -(-left_ms // 60_000)
        raise CommandError(CommandFault.PIN, why="wait", n=int(minutes))


def note(tx: Transaction, kind: str, of: int, by: int) -> int:
    """One of the four events, about the PIN of person `of`."""
    return journal.append(tx, kind, {"of": of}, person=by)


def note_forgotten(tx: Transaction, of: int, reason: str, by: int) -> int:
    """The PIN of person `of` was removed without being typed. Each open incident's log says so too:
    the next PIN of that person is no proof of who looked."""
    facts = {"of": of, "name": people.name_of(tx.conn, of), "reason": reason.strip()[:MAX_REASON]}
    for incident in incidents.open_incidents(tx.conn):
        incident_moves.note(tx, incident, "pin_removed", by, **facts)
    return journal.append(tx, "pin_removed", facts, person=by)
