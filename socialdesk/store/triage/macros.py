"""Macros, in the order of their keys."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.rules.macro import MAX_NAME, Macro, fault_of
from socialdesk.domain.rules.step import Step, StepKind
from socialdesk.store import journal
from socialdesk.store.file.sqlite import Connection

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction

MOST: Final = 100


def list_macros(conn: Connection) -> list[Macro]:
    """In their order; one that a later program wrote in another way is left out."""
    rows = conn.execute("SELECT id, name, steps FROM macro ORDER BY position, id").fetchall()
    found = ((id, name, _steps(steps)) for id, name, steps in rows)
    return [Macro(id, name, steps) for id, name, steps in found if steps]


def read_macro(conn: Connection, macro_id: int) -> Macro:
    """Raises CommandError NOT_FOUND."""
    found = next((m for m in list_macros(conn) if m.id == macro_id), None)
    if found is None:
        raise CommandError(CommandFault.NOT_FOUND)
    return found


def save_macro(
    tx: "Transaction", name: str, steps: Sequence[Step], person: int, macro_id: int = 0
) -> tuple[int, int]:
    """`macro_id` 0 makes a new one, last. Its id and the journal entry.

    Raises CommandError BAD_INPUT (no name, one of that name, steps that are no macro), NOT_FOUND.
    """
    clean, fault = " ".join(name.split())[:MAX_NAME], fault_of(steps)
    others = [m for m in list_macros(tx.conn) if m.id != macro_id]
    is_taken = clean.casefold() in {m.name.casefold() for m in others}
    if not clean or is_taken or fault or len(others) >= MOST:
        raise CommandError(CommandFault.BAD_INPUT, what=fault or "name")
    packed = json.dumps([[s.kind.value, s.text, s.number, s.disposition] for s in steps])
    if macro_id:
        read_macro(tx.conn, macro_id)
        tx.conn.execute(
            "UPDATE macro SET name = ?, steps = ? WHERE id = ?", (clean, packed, macro_id)
        )
    else:
        made = tx.conn.execute(
            "INSERT INTO macro(name, steps, position) VALUES "
            "(?, ?, (SELECT coalesce(max(position), 0) + 1 FROM macro))",
            (clean, packed),
        ).lastrowid
        macro_id = int(made or 0)
    tx.touch(Area.MACROS)
    return macro_id, journal.append(tx, "macro_saved", {"macro": macro_id}, person=person)


def delete_macro(tx: "Transaction", macro_id: int, person: int) -> int:
    """The journal entry. Raises CommandError NOT_FOUND."""
    if not tx.conn.execute("DELETE FROM macro WHERE id = ?", (macro_id,)).rowcount:
        raise CommandError(CommandFault.NOT_FOUND)
    tx.touch(Area.MACROS)
    return journal.append(tx, "macro_deleted", {"macro": macro_id}, person=person)


def order_macros(tx: "Transaction", ids: Sequence[int], person: int) -> int:
    """In this order; those not named come after. The journal entry."""
    others = [m.id for m in list_macros(tx.conn) if m.id not in ids]
    tx.conn.executemany(
        "UPDATE macro SET position = ? WHERE id = ?", list(enumerate([*ids, *others], 1))
    )
    tx.touch(Area.MACROS)
    return journal.append(tx, "macros_ordered", {"macros": list(ids)[:MOST]}, person=person)


def _steps(packed: str) -> tuple[Step, ...]:
    try:
        return tuple(Step(StepKind(kind), *rest) for kind, *rest in json.loads(packed))
    except (ValueError, TypeError):
        return ()
