"""How far the reading of older mentions is: counted from the file, with the number it began with.

Kept among the settings, under keys that no person sets.
"""

from typing import Final

from socialdesk.domain.changes import Area
from socialdesk.domain.learning import ReadingState
from socialdesk.store import journal, settings
from socialdesk.store.file.sqlite import Connection
from socialdesk.store.file.transaction import Transaction
from socialdesk.store.insight import insights

_TOTAL: Final = "reading.total"
_STOPPED: Final = "reading.stopped"


def read_state(conn: Connection) -> ReadingState:
    """As it is now; about 20 ms at a million mentions."""
    left = insights.count_unread(conn)
    if not left:
        return ReadingState()
    total = max(left, _number(settings.read(conn, _TOTAL)))
    return ReadingState(total - left, total, is_stopped(conn))


def is_stopped(conn: Connection) -> bool:
    """A person stopped it."""
    return settings.read(conn, _STOPPED) == "yes"


def begin(tx: Transaction, left: int) -> None:
    """A pass begins: what there is to do now is its total, unless one goes on. `left`: counted by
    a reader. At a million the writer would hold up a command, and keep 13 MB of what it read."""
    if left > _number(settings.read(tx.conn, _TOTAL)):
        settings.put(tx, _TOTAL, str(left))


def end(tx: Transaction) -> None:
    """Everything was read."""
    settings.put(tx, _TOTAL, "")
    tx.touch(Area.INSIGHT)


def set_stopped(tx: Transaction, is_stopped: bool, person: int) -> int:
    """Stop it, or let it go on. The journal entry."""
    settings.put(tx, _STOPPED, "yes" if is_stopped else "")
    tx.touch(Area.INSIGHT)
    kind = "reading_stopped" if is_stopped else "reading_continued"
    return journal.append(tx, kind, {}, person=person)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0
