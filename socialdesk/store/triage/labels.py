"""Labels: free tags, one per spelling whatever its case."""

import unicodedata
from typing import TYPE_CHECKING, Final

from socialdesk.domain.changes import Area
from socialdesk.domain.errors import CommandError, CommandFault
from socialdesk.domain.queue.rows import LabelRow
from socialdesk.store.file.sqlite import Connection

if TYPE_CHECKING:
    from socialdesk.store.file.transaction import Transaction

MAX_CHARS: Final = 60


def clean_name(name: str) -> str:
    """NFC, single blanks, no quotes (they would end a search). Raises CommandError BAD_INPUT."""
    clean = " ".join(unicodedata.normalize("NFC", name).replace('"', "'").split())
    kept = "".join(c for c in clean if unicodedata.category(c) not in {"Cc", "Cs"})
    if not kept or len(kept) > MAX_CHARS:
        raise CommandError(CommandFault.BAD_INPUT, what=kept[:MAX_CHARS])
    return kept


def list_labels(conn: Connection) -> list[LabelRow]:
    """Labels by name, with how many mentions wear each."""
    rows = conn.execute(
        "SELECT id, name, (SELECT count(*) FROM mention_label WHERE label_id = label.id) FROM label"
    )
    return sorted((LabelRow(*row) for row in rows), key=lambda label: label.name.casefold())


def find(conn: Connection, name: str) -> int | None:
    """The label's id. SQLite folds ASCII only, so the case of other letters is folded here."""
    wanted = " ".join(unicodedata.normalize("NFC", name).split()).casefold()
    for label, known in conn.execute("SELECT id, name FROM label"):
        if known.casefold() == wanted:
            return int(label)
    return None


def find_or_make(tx: "Transaction", name: str) -> int:
    """The id of the label, made when there is none. Raises CommandError BAD_INPUT."""
    clean = clean_name(name)
    known = find(tx.conn, clean)
    if known is not None:
        return known
    tx.touch(Area.LABELS)
    made = tx.conn.execute("INSERT INTO label(name) VALUES (?)", (clean,)).lastrowid
    return int(made or 0)
