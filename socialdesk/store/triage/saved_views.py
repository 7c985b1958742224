"""Searches kept under a name, in the order of the list of views."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.queue.rows import Order, SavedView
from socialdesk.store import journal
from socialdesk.store.file.sqlite import Connection

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction

MAX_CHARS = 80


def list_views(conn: Connection) -> list[SavedView]:
    """In their order."""
    rows = conn.execute(
        "SELECT id, name, search, position, list_order, notice "
        "FROM saved_view ORDER BY position, id"
    )
    return [SavedView(*row) for row in rows]


def save_view(
    tx: "Transaction", name: str, search: str, person: int, view_id: int = 0
) -> tuple[int, int]:
    """`view_id` 0 makes a new one, last in the list. Its id and the journal entry.

    Raises CommandError BAD_INPUT without a name, NOT_FOUND.
    """
    clean = " ".join(name.split())[:MAX_CHARS]
    if not clean:
        raise CommandError(CommandFault.BAD_INPUT, what="name")
    if view_id:
        n = tx.conn.execute(
            "UPDATE saved_view SET name = ?, search = ? WHERE id = ?", (clean, search, view_id)
        ).rowcount
        if not n:
            raise CommandError(CommandFault.NOT_FOUND)
    else:
        view_id = int(tx.conn.execute(_INSERT, (clean, search)).lastrowid or 0)
    tx.touch(Area.VIEWS)
    return view_id, journal.append(tx, "view_saved", {"view": view_id}, person=person)


def order_views(tx: "Transaction", view_ids: Sequence[int], person: int) -> int:
    """In this order; those not named come after. The journal entry."""
    others = [v.id for v in list_views(tx.conn) if v.id not in view_ids]
    tx.conn.executemany(
        "UPDATE saved_view SET position = ? WHERE id = ?",
        list(enumerate([*view_ids, *others], 1)),
    )
    tx.touch(Area.VIEWS)
    return journal.append(tx, "views_ordered", {"views": list(view_ids)[:100]}, person=person)


def set_list_order(tx: "Transaction", view_id: int, order: str, person: int) -> int:
    """The order its list opens in; "" = the usual one. The journal entry. Raises CommandError
    BAD_INPUT, NOT_FOUND."""
    if order not in {"", *(o.value for o in Order)}:
        raise CommandError(CommandFault.BAD_INPUT, what=order[:40])
    sql = "UPDATE saved_view SET list_order = ? WHERE id = ?"
    if not tx.conn.execute(sql, (order, view_id)).rowcount:
        raise CommandError(CommandFault.NOT_FOUND)
    tx.touch(Area.VIEWS)
    data = {"view": view_id, "order": order}
    return journal.append(tx, "view_order_set", data, person=person)


def delete_view(tx: "Transaction", view_id: int, person: int) -> int:
    """The journal entry. Raises CommandError NOT_FOUND."""
    if not tx.conn.execute("DELETE FROM saved_view WHERE id = ?", (view_id,)).rowcount:
        raise CommandError(CommandFault.NOT_FOUND)
    tx.touch(Area.VIEWS)
    return journal.append(tx, "view_deleted", {"view": view_id}, person=person)


_INSERT = (
    "INSERT INTO saved_view(name, search, position) "
    "VALUES (?, ?, (SELECT coalesce(max(position), 0) + 1 FROM saved_view))"
)
