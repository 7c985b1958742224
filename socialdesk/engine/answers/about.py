"""What answers the question what this is."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from socialdesk import __version__
from socialdesk.engine.queries.about import About, ReadAbout
from socialdesk.store.file.sqlite import SQLITE_VERSION, Connection
from socialdesk.store.outbox.outbox_pictures import folder_of


def read_about(conn: Connection) -> About:
    """Of the file that is open."""
    folder = Path(folder_of(conn)).parent
    pages = conn.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
    return About(__version__, SQLITE_VERSION, str(folder), int(pages.fetchone()[0]))


ANSWERS: Final[dict[type, Callable[[Connection, Any, int], Any]]] = {
    ReadAbout: lambda c, x, now: read_about(c),
}
